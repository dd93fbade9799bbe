"""Who made a share: what fits is told, and whatever was forged, changed, passed on or turned around is not."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import ShareError
from journal.records import Compared, Contact, Moment
from journal.share import (
    Author,
    Finding,
    Seen,
    Signed,
    Verdict,
    bech32,
    container,
    generate_identity,
    generate_signing_key,
    read_share,
    seen_before,
    verify,
    write_share,
)
from journal.share.authenticity import PART, Proof, prove
from journal.share.file import pack, unpack
from journal.share.who import UNSIGNED, who_made
from tests.journal.share.samples import everything

ANA, BEN, EVE = generate_identity(), generate_identity(), generate_identity()
SIGNING, OTHER_KEY = generate_signing_key(), generate_signing_key()
AT = Moment(datetime(2026, 3, 5, 12, tzinfo=UTC))
PAYLOAD = everything()
SHARE = PAYLOAD.share
BY_ANA = Author(ANA.recipient, ANA.secret)
KNOWN_ANA = Contact(name="Ana", recipient=ANA.recipient, checked=AT, how=Compared.IN_PERSON)
OF_BEN = {BEN.recipient: BEN.secret}


def found(contents: bytes, own: dict[str, str] | None = OF_BEN, *contacts: Contact) -> Finding:
    opened = unpack(contents)
    return verify(opened.share, opened.proof, own, contacts or (KNOWN_ANA,))


def with_proof(body: bytes, *, twice: bytes | None = None, after: bytes | None = None) -> bytes:
    """The share with this part `auth`, whatever it says: what somebody who can open it can make."""
    bare = container.unpack(pack(PAYLOAD, BY_ANA, [BEN.recipient]))
    parts = [container.Part(PART, body)]
    parts += [container.Part(PART, twice)] if twice is not None else []
    parts += [container.Part("later", after)] if after is not None else []
    return container.pack(bare._replace(others=tuple(parts)))


def body_of(contents: bytes) -> bytes:
    return container.unpack(contents).others[-1].body


# -- what fits ---------------------------------------------------------------------------------------------------


def test_without_a_proof_nothing_is_known():
    assert found(pack(PAYLOAD)) == Finding(Verdict.UNSIGNED)
    assert who_made(found(pack(PAYLOAD))) == (UNSIGNED, False)


def test_a_proof_for_a_reader_convinces_them():
    finding = found(pack(PAYLOAD, BY_ANA, [BEN.recipient]))
    assert finding == Finding(Verdict.MADE, ANA.recipient, KNOWN_ANA, proved=True)
    told = who_made(finding)
    assert told.sure
    assert told.text.startswith("Made by Ana. Words compared on 5 March 2026, in person.")
    assert "Only you and Ana could have made this" in told.text


def test_words_that_were_not_compared_and_an_unknown_address_are_told_as_such():
    contents = pack(PAYLOAD, BY_ANA, [BEN.recipient])
    not_compared = Contact(name="Ana", recipient=ANA.recipient)
    told = who_made(found(contents, OF_BEN, not_compared))
    assert (told.sure, "not compared yet" in told.text) == (False, True)
    stranger = found(contents, OF_BEN, Contact(name="Eve", recipient=EVE.recipient, checked=AT, how=Compared.CALL))
    assert (stranger.verdict, stranger.contact) == (Verdict.MADE, None)
    told = who_made(stranger)
    assert (told.sure, "not among your contacts" in told.text) == (False, True)


def test_a_proof_goes_through_the_sealed_file(tmp_path):
    write_share(tmp_path / "s.age", PAYLOAD, recipients=[BEN.recipient], author=BY_ANA)
    opened = read_share(tmp_path / "s.age", identity=BEN.secret)
    assert opened.payload == PAYLOAD
    assert opened.unknown == ()
    assert "unsigned" not in opened.text
    assert verify(opened.share, opened.proof, OF_BEN, [KNOWN_ANA]).proved


def test_each_of_several_readers_is_convinced_and_they_see_for_whom_it_was():
    contents = pack(PAYLOAD, BY_ANA, [EVE.recipient, BEN.recipient, EVE.recipient])
    assert found(contents).proved
    assert found(contents, {EVE.recipient: EVE.secret}).proved
    both = sorted((BEN.recipient, EVE.recipient))
    assert [line[4:] for line in body_of(contents).decode().splitlines() if line.startswith("for ")] == both


def test_one_s_own_share_is_known():
    contents = pack(PAYLOAD, BY_ANA, [ANA.recipient])
    finding = found(contents, {ANA.recipient: ANA.secret})
    assert finding.own and finding.proved
    assert who_made(finding, Seen.AGAIN) == ("Made with this journal's own address.", True)


def test_without_a_journal_it_is_said_that_nothing_was_tried():
    finding = found(pack(PAYLOAD, BY_ANA, [BEN.recipient]), None)
    assert finding.verdict is Verdict.UNTRIED
    assert not who_made(finding).sure


def test_what_needs_an_address_or_a_signature_has_one():
    with pytest.raises(ShareError):
        pack(PAYLOAD, BY_ANA, [])
    with pytest.raises(ShareError):
        pack(PAYLOAD, Author(ANA.recipient, ANA.secret, prove=False), [BEN.recipient])


# -- signatures --------------------------------------------------------------------------------------------------

SIGNED_BY_ANA = Author(ANA.recipient, ANA.secret, prove=False, signing=SIGNING.secret)
SIGNING_ANA = Contact(
    name="Ana", recipient=ANA.recipient, verify_key=SIGNING.public, checked=AT, how=Compared.CALL
)


@pytest.mark.parametrize("readers", [[], [BEN.recipient]])
def test_a_signature_is_told_with_and_without_an_address(readers: list[str]):
    contents = pack(PAYLOAD, SIGNED_BY_ANA, readers)
    finding = found(contents, OF_BEN, SIGNING_ANA)
    assert (finding.verdict, finding.signed, finding.proved) == (Verdict.MADE, Signed.BY_CONTACT, False)
    told = who_made(finding)
    assert told.sure
    assert told.text.startswith("Signed by Ana. Words compared on 5 March 2026, by telephone or video.")


def test_a_proof_and_a_signature_go_together():
    contents = pack(PAYLOAD, SIGNED_BY_ANA._replace(prove=True), [BEN.recipient])
    finding = found(contents, OF_BEN, SIGNING_ANA)
    assert finding.proved and finding.signed is Signed.BY_CONTACT


def test_another_key_in_the_name_of_a_contact_is_loud():
    contents = pack(PAYLOAD, SIGNED_BY_ANA._replace(prove=True, signing=OTHER_KEY.secret), [BEN.recipient])
    for known in (SIGNING_ANA, KNOWN_ANA):
        finding = found(contents, OF_BEN, known)
        assert finding.signed is Signed.NEW_KEY
        told = who_made(finding)
        assert (told.sure, "not on the card you keep of Ana" in told.text) == (False, True)


def test_a_signature_under_another_address_is_not_that_contact_s():
    """Eve's card claims Ana's key for signatures: what Ana signed is not shown as Eve's."""
    eve = Contact(name="Eve", recipient=EVE.recipient, verify_key=SIGNING.public, checked=AT, how=Compared.CALL)
    finding = found(pack(PAYLOAD, SIGNED_BY_ANA, []), OF_BEN, eve)
    assert (finding.contact, finding.signed) == (None, Signed.STRANGER)


def test_a_signature_convinces_whoever_gets_it_and_a_proof_does_not():
    """Eve got what Ana made for Ben, from Ben."""
    of_eve = {EVE.recipient: EVE.secret}
    signed = found(pack(PAYLOAD, SIGNED_BY_ANA, [BEN.recipient]), of_eve, SIGNING_ANA)
    assert (signed.verdict, signed.signed) == (Verdict.OTHER_READER, Signed.BY_CONTACT)
    assert "made for another reader. Signed by Ana" in who_made(signed).text
    proved = found(pack(PAYLOAD, BY_ANA, [BEN.recipient]), of_eve)
    assert (proved.verdict, proved.proved) == (Verdict.OTHER_READER, False)
    assert who_made(proved).text == "This share was made for another reader. Nothing in it proves to you who made it."


# -- what does not fit -------------------------------------------------------------------------------------------


@given(st.data(), st.booleans())
def test_any_changed_byte_of_the_proof_is_noticed(draw: st.DataObject, signs: bool):
    author = SIGNED_BY_ANA._replace(prove=True) if signs else BY_ANA
    body = bytearray(body_of(pack(PAYLOAD, author, [BEN.recipient])))
    place = draw.draw(st.integers(0, len(body) - 1))
    body[place] ^= draw.draw(st.integers(1, 255))
    finding = found(with_proof(bytes(body)))
    assert finding.verdict is Verdict.WRONG
    assert not who_made(finding).sure


@given(st.binary(max_size=400))
def test_whatever_stands_in_its_place_proves_nothing(body: bytes):
    assert found(with_proof(body)).verdict is Verdict.WRONG


@pytest.mark.parametrize("field", ["talk_about", "sender", "to", "share"])
def test_the_proof_of_one_share_fits_no_other(field: str):
    """Ben changes what Ana said, and keeps her proof; he can make a new one only in a name that convinces himself."""
    import msgspec

    body = body_of(pack(PAYLOAD, BY_ANA, [EVE.recipient]))
    changed = msgspec.structs.replace(PAYLOAD, **{field: "f" * 32})
    bare = container.unpack(pack(changed))
    contents = container.pack(bare._replace(others=(container.Part(PART, body),)))
    assert found(contents, {EVE.recipient: EVE.secret}).verdict is Verdict.WRONG


def test_a_share_passed_on_to_another_reader_is_told():
    """Ben re-addresses Ana's share to Eve: the readers in it cannot be changed without her key."""
    body = body_of(pack(PAYLOAD, BY_ANA, [BEN.recipient]))
    of_eve = {EVE.recipient: EVE.secret}
    assert found(with_proof(body), of_eve).verdict is Verdict.OTHER_READER
    moved = body.replace(BEN.recipient.encode(), EVE.recipient.encode())
    assert found(with_proof(moved), of_eve).verdict is Verdict.WRONG


def test_a_share_sent_back_to_its_sender_is_told():
    contents = pack(PAYLOAD, BY_ANA, [BEN.recipient])
    of_ana = {ANA.recipient: ANA.secret}
    ben = Contact(name="Ben", recipient=BEN.recipient, checked=AT, how=Compared.IN_PERSON)
    finding = found(contents, of_ana, ben)
    assert (finding.verdict, finding.own, finding.proved) == (Verdict.OTHER_READER, True, False)
    turned = body_of(contents)
    for one, other in ((ANA.recipient, "?"), (BEN.recipient, ANA.recipient), ("?", BEN.recipient)):
        turned = turned.replace(one.encode(), other.encode())
    assert found(with_proof(turned), of_ana, ben).verdict is Verdict.WRONG


def test_a_reader_can_make_one_up_for_themselves_and_for_nobody_else():
    """That is what makes it deniable: either of two could have made it."""
    made_up = Author(ANA.recipient, BEN.secret)  # Ben, in Ana's name
    for_eve = found(pack(PAYLOAD, made_up, [EVE.recipient]), {EVE.recipient: EVE.secret})
    assert for_eve.verdict is Verdict.WRONG
    bare = pack(PAYLOAD)
    statement = body_of(with_proof(prove(bare, SHARE, BY_ANA, [BEN.recipient]))).split(b"mac ")[0]
    shared = _exchange(BEN.secret, ANA.recipient)
    info = b"integration-journal/share-mac/1\n" + _raw(ANA.recipient) + _raw(BEN.recipient) + bytes.fromhex(SHARE)
    key = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(shared)
    body = statement + f"mac {hmac.new(key, statement, hashlib.sha256).hexdigest()}\n".encode()
    contents = container.pack(container.unpack(bare)._replace(others=(container.Part(PART, body),)))
    assert found(contents).proved  # by the page of the format alone, without Ana's secret


def test_a_proof_of_somebody_else_in_a_contact_s_name_is_not_theirs():
    forged = Author(ANA.recipient, EVE.secret)
    assert found(pack(PAYLOAD, forged, [BEN.recipient])).verdict is Verdict.WRONG
    honest = Author(EVE.recipient, EVE.secret)
    assert found(pack(PAYLOAD, honest, [BEN.recipient])).contact is None


LOW = bech32.encode("age", bytes(32))
BASE = ["Integration Journal share, who made it, version 1", f"share {SHARE}"]


def lines(*more: str) -> bytes:
    return "".join(f"{line}\n" for line in (*BASE, *more)).encode()


def test_a_low_order_address_proves_nothing():
    """With it everybody knows the shared secret: HKDF of zeros."""
    digest = hashlib.sha256(pack(PAYLOAD)).hexdigest()
    statement = lines(f"from {LOW}", f"for {BEN.recipient}", f"contents {digest}")
    info = b"integration-journal/share-mac/1\n" + bytes(32) + _raw(BEN.recipient) + bytes.fromhex(SHARE)
    key = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(bytes(32))
    body = statement + f"mac {hmac.new(key, statement, hashlib.sha256).hexdigest()}\n".encode()
    assert verify(SHARE, Proof(body, digest), OF_BEN, []).verdict is Verdict.WRONG


def test_a_low_order_key_signs_nothing():
    """Its signatures of zeros fit any text for a verifier that takes the key."""
    digest = "0" * 64
    statement = lines(f"from {ANA.recipient}", f"contents {digest}")
    weak = (1).to_bytes(32, "little")
    signature = weak + bytes(32)
    Ed25519PublicKey.from_public_bytes(weak).verify(signature, b"integration-journal/share-signature/1\n" + statement)
    body = statement + f"signed {weak.hex()} {signature.hex()}\n".encode()
    assert verify(SHARE, Proof(body, digest), OF_BEN, []).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body + b"\n",
        lambda body: body.replace(b"\n", b"\r\n"),
        lambda body: body[:-1],
        lambda body: body.replace(b"version 1", b"version 2"),
        lambda body: b"".join(line for line in body.splitlines(True) if not line.startswith(b"mac")),
        lambda body: body + body.splitlines(True)[-1],
        lambda body: body.replace(b"for ", b"for  "),
        lambda body: body.replace(b"mac ", b"mac A"),
        lambda body: body * 40,
    ],
)
def test_a_proof_has_one_form(change):
    body = prove(pack(PAYLOAD), SHARE, BY_ANA, [BEN.recipient])
    assert found(with_proof(change(body))).verdict is Verdict.WRONG


def test_two_proofs_and_one_that_is_not_last_prove_nothing():
    body = body_of(pack(PAYLOAD, BY_ANA, [BEN.recipient]))
    assert found(with_proof(body)).proved
    assert found(with_proof(body, twice=b"x")).verdict is Verdict.WRONG
    assert found(with_proof(body, after=b"x")).verdict is Verdict.WRONG


def test_a_part_added_to_what_was_proved_is_noticed():
    whole = container.unpack(pack(PAYLOAD, BY_ANA, [BEN.recipient]))
    added = whole._replace(others=(container.Part("later", b"x"), *whole.others))
    assert found(container.pack(added)).verdict is Verdict.WRONG


def test_a_proof_taken_away_leaves_a_share_that_proves_nothing():
    whole = container.unpack(pack(PAYLOAD, BY_ANA, [BEN.recipient]))
    assert found(container.pack(whole._replace(others=()))).verdict is Verdict.UNSIGNED


# -- met before --------------------------------------------------------------------------------------------------


def test_a_share_that_was_met_before_is_told():
    assert seen_before("a", "x", {}) is Seen.NEW
    assert seen_before("a", "x", {"a": "x"}) is Seen.AGAIN
    assert seen_before("a", "x", {"a": ""}) is Seen.AGAIN
    assert seen_before("a", "x", {"a": "y"}) is Seen.OTHER
    made = found(pack(PAYLOAD, BY_ANA, [BEN.recipient]))
    assert not who_made(made, Seen.OTHER).sure
    assert "held something else" in who_made(made, Seen.OTHER).text


# -- the format page alone ---------------------------------------------------------------------------------------


def _raw(recipient: str) -> bytes:
    return bech32.decode("age", recipient)


def _exchange(secret: str, recipient: str) -> bytes:
    own = X25519PrivateKey.from_private_bytes(bech32.decode("age-secret-key-", secret))
    return own.exchange(X25519PublicKey.from_public_bytes(_raw(recipient)))


def test_the_proof_is_made_as_its_page_says():
    sender = bech32.encode("age-secret-key-", b"A" * 32).upper()
    reader = bech32.encode("age-secret-key-", b"B" * 32).upper()
    public = [
        bech32.encode("age", X25519PrivateKey.from_private_bytes(raw * 32).public_key().public_bytes_raw())
        for raw in (b"A", b"B")
    ]
    seed = Ed25519PrivateKey.from_private_bytes(b"C" * 32)
    author = Author(public[0], sender, signing=seed.private_bytes_raw().hex())
    body = prove(b"contents", "0f" * 16, author, [public[1]])
    assert hashlib.sha256(body).hexdigest() == "3e6c035b65b76258ba742fed3fa61a93718548b4784b5d090638c5dd0eb6896f"
    own = {public[1]: reader}
    digest = hashlib.sha256(b"contents").hexdigest()
    finding = verify("0f" * 16, Proof(body, digest), own, [])
    assert (finding.verdict, finding.proved, finding.signed) == (Verdict.MADE, True, Signed.STRANGER)
