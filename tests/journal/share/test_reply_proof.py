"""Who made a reply: what fits is told; what was forged, replayed, re-addressed or turned around is not."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import ShareError
from journal.records import Compared, Contact, Moment
from journal.share import (
    Author,
    Finding,
    Verdict,
    bech32,
    container,
    generate_identity,
    generate_signing_key,
    verify,
)
from journal.share.authenticity import PART, Proof, prove
from journal.share.file import pack, unpack
from journal.share.reply import pack_reply, unpack_reply
from journal.share.who import UNSIGNED, who_replied
from tests.journal.share.replies import REPLY, SHARED, usual

ANA, BEN, EVE = generate_identity(), generate_identity(), generate_identity()  # Ana wrote, Ben answers
AT = Moment(datetime(2026, 3, 5, 12, tzinfo=UTC))
BY_BEN, BY_ANA, BY_EVE = (Author(one.recipient, one.secret) for one in (BEN, ANA, EVE))
KNOWN_BEN = Contact(name="Ben", recipient=BEN.recipient, checked=AT, how=Compared.IN_PERSON)
KNOWN_ANA = Contact(name="Ana", recipient=ANA.recipient, checked=AT, how=Compared.CALL)
OF_ANA, OF_BEN, OF_EVE = ({one.recipient: one.secret} for one in (ANA, BEN, EVE))
PAYLOAD = usual()


def found(contents: bytes, own: dict[str, str] | None = OF_ANA, *contacts: Contact) -> Finding:
    opened = unpack_reply(contents)
    return verify(opened.share, opened.proof, own, contacts or (KNOWN_BEN, KNOWN_ANA), opened.reply)


def of_ben() -> bytes:
    return pack_reply(PAYLOAD, BY_BEN, ANA.recipient)


def body_of(contents: bytes) -> bytes:
    return container.unpack(contents, container.form_of(contents)).others[-1].body


def with_proof(body: bytes, payload=PAYLOAD) -> bytes:
    """The reply with this part `auth`, whatever it says: what somebody who can open it can make."""
    return container.pack(bare(payload)._replace(others=(container.Part(PART, body),)))


def bare(payload=PAYLOAD) -> container.Contents:
    """The reply with the page of one that has a proof, and without the proof."""
    return container.unpack(pack_reply(payload, BY_BEN, ANA.recipient), container.REPLY)._replace(others=())


def digest(contents: container.Contents) -> str:
    return hashlib.sha256(container.pack(contents)).hexdigest()


# -- what fits ---------------------------------------------------------------------------------------------------


def test_a_proof_convinces_whom_it_was_made_for():
    finding = found(of_ben())
    assert finding == Finding(Verdict.MADE, BEN.recipient, KNOWN_BEN, proved=True)
    assert finding.address == BEN.recipient
    told = who_replied(finding)
    assert told.sure
    assert told.text.startswith("Made by Ben. Words compared on 5 March 2026, in person. Only you and Ben")
    assert "Not on this page" in unpack_reply(of_ben()).text


def test_without_a_proof_nothing_is_known():
    finding = found(pack_reply(PAYLOAD))
    assert (finding, finding.address) == (Finding(Verdict.UNSIGNED), "")
    assert who_replied(finding) == (UNSIGNED, False)


def test_words_that_were_not_compared_and_an_unknown_address_are_told_as_such():
    told = who_replied(found(of_ben(), OF_ANA, Contact(name="Ben", recipient=BEN.recipient)))
    assert (told.sure, "not compared yet" in told.text) == (False, True)
    told = who_replied(found(of_ben(), OF_ANA, KNOWN_ANA))
    assert (told.sure, "not among your contacts" in told.text) == (False, True)


def test_a_changed_key_of_the_contact_is_an_unknown_address():
    """Ben has a new address; Ana keeps it in his name, compared. What the old one made is no longer his for sure."""
    anew = Contact(name="Ben", recipient=EVE.recipient, checked=AT, how=Compared.CALL)
    finding = found(of_ben(), OF_ANA, anew)
    assert (finding.verdict, finding.contact, who_replied(finding).sure) == (Verdict.MADE, None, False)


def test_oneself_as_the_therapist():
    finding = found(pack_reply(PAYLOAD, BY_ANA, ANA.recipient))
    assert finding.own and finding.proved
    assert who_replied(finding).text == "Made with this journal's own address."


def test_without_a_journal_it_is_said_that_nothing_was_tried():
    told = who_replied(found(of_ben(), None))
    assert (told.sure, "goes with this reply" in told.text) == (False, True)


def test_replies_are_not_signed():
    key = generate_signing_key()
    with pytest.raises(ShareError, match="not signed"):
        pack_reply(PAYLOAD, BY_BEN._replace(signing=key.secret), ANA.recipient)
    signed = body_of(pack(SHARED, BY_BEN._replace(signing=key.secret), [ANA.recipient])).splitlines(True)[-1]
    assert found(with_proof(body_of(of_ben()) + signed)).verdict is Verdict.WRONG


def test_a_proof_needs_a_reader():
    with pytest.raises(ShareError):
        pack_reply(PAYLOAD, BY_BEN, "age1nobody")


# -- forged and changed ------------------------------------------------------------------------------------------


@given(st.data())
def test_any_changed_byte_of_the_proof_is_noticed(draw: st.DataObject):
    body = bytearray(body_of(of_ben()))
    place = draw.draw(st.integers(0, len(body) - 1))
    body[place] ^= draw.draw(st.integers(1, 127))
    finding = found(with_proof(bytes(body)))
    assert finding.verdict is Verdict.WRONG
    assert not who_replied(finding).sure


@pytest.mark.parametrize("field", ["reply", "share", "text", "sender", "to", "comments"])
def test_the_proof_of_one_reply_fits_no_other(field: str):
    """Eve can open it, changes what Ben said, and keeps his proof."""
    value = PAYLOAD.comments[:1] if field == "comments" else "f" * 32
    changed = msgspec.structs.replace(PAYLOAD, **{field: value})
    assert found(with_proof(body_of(of_ben()), changed)).verdict is Verdict.WRONG


def test_somebody_else_in_the_name_of_a_contact_is_not_that_contact():
    assert found(pack_reply(PAYLOAD, Author(BEN.recipient, EVE.secret), ANA.recipient)).verdict is Verdict.WRONG
    honest = found(pack_reply(PAYLOAD, BY_EVE, ANA.recipient))
    assert (honest.verdict, honest.contact, who_replied(honest).sure) == (Verdict.MADE, None, False)


def test_another_contact_s_reply_is_that_contact_s():
    eve = Contact(name="Eve", recipient=EVE.recipient, checked=AT, how=Compared.CALL)
    finding = found(pack_reply(PAYLOAD, BY_EVE, ANA.recipient), OF_ANA, KNOWN_BEN, eve)
    assert (finding.contact, finding.address) == (eve, EVE.recipient)


def test_a_proof_taken_away_leaves_a_reply_that_proves_nothing():
    assert found(container.pack(bare())).verdict is Verdict.UNSIGNED


# -- re-addressed and turned around ------------------------------------------------------------------------------


def test_a_reply_passed_on_to_somebody_else_is_told():
    """Ana, or whoever has it open, seals Ben's reply to her for Eve."""
    finding = found(of_ben(), OF_EVE)
    assert (finding.verdict, finding.proved, finding.address) == (Verdict.OTHER_READER, False, "")
    assert who_replied(finding).text.startswith("This reply was made for another reader. Nothing in it proves to you")
    moved = body_of(of_ben()).replace(ANA.recipient.encode(), EVE.recipient.encode())
    assert found(with_proof(moved), OF_EVE).verdict is Verdict.WRONG


def turned(body: bytes, one: str, other: str) -> bytes:
    for old, new in ((one, "?"), (other, one), ("?", other)):
        body = body.replace(old.encode(), new.encode())
    return body


def test_a_reply_is_not_reflected():
    """Ana sends Ben's reply back to him as one of hers: with his own proof, and with the two addresses exchanged."""
    assert found(of_ben(), OF_BEN, KNOWN_ANA).verdict is Verdict.OTHER_READER
    back = with_proof(turned(body_of(of_ben()), ANA.recipient, BEN.recipient))
    assert found(back, OF_BEN, KNOWN_ANA).verdict is Verdict.WRONG


def as_reply(share_body: bytes, contents: str) -> bytes:
    """A share's proof dressed as one of a reply."""
    lines = share_body.decode().splitlines()
    lines[0] = lines[0].replace("share", "reply")
    lines.insert(1, f"reply {REPLY}")
    return "".join(
        f"contents {contents}\n" if line.startswith("contents") else f"{line}\n" for line in lines
    ).encode()


def test_a_share_s_proof_never_passes_for_a_reply_s():
    """What Ana proved to Ben is dressed as a reply of hers."""
    body = body_of(pack(SHARED, BY_ANA, [BEN.recipient]))
    for one in (body, as_reply(body, digest(bare())), body.replace(b" share,", b" reply,", 1)):
        assert found(with_proof(one), OF_BEN, KNOWN_ANA).verdict is Verdict.WRONG


def test_a_reply_s_proof_never_passes_for_a_share_s():
    body = body_of(of_ben())
    plain = b"".join(line for line in body.splitlines(True) if not line.startswith(b"reply "))
    for one in (body, plain, plain.replace(b" reply,", b" share,", 1)):
        share = container.unpack(pack(SHARED))
        opened = unpack(container.pack(share._replace(others=(container.Part(PART, one),))))
        assert verify(opened.share, opened.proof, OF_ANA, [KNOWN_BEN]).verdict is Verdict.WRONG


def test_the_same_statement_has_another_proof_as_a_share_and_as_a_reply():
    """Not the words alone: the keys of the two are not the same."""
    made = prove(b"contents", SHARED.share, BY_BEN, [ANA.recipient], REPLY)
    statement, mac = made.split(b"mac ")
    macs = {
        hmac.digest(_key(BEN.secret, ANA.recipient, purpose, BEN.recipient, ids), statement, "sha256").hex(): purpose
        for purpose in (b"integration-journal/share-mac/1\n", b"integration-journal/reply-mac/1\n")
        for ids in (SHARED.share, REPLY + SHARED.share, SHARED.share + REPLY)
    }
    assert len(macs) == 6
    assert list(macs)[4] == mac.decode().strip()


def test_the_reader_can_make_one_up_for_themselves_and_for_nobody_else():
    """That is what makes it deniable: either of two could have made it."""
    statement = body_of(of_ben()).split(b"mac ")[0]
    ids = PAYLOAD.reply + PAYLOAD.share
    key = _key(ANA.secret, BEN.recipient, b"integration-journal/reply-mac/1\n", BEN.recipient, ids, ANA.recipient)
    body = statement + f"mac {hmac.new(key, statement, hashlib.sha256).hexdigest()}\n".encode()
    assert found(with_proof(body)).proved  # by the page of the format alone, without Ben's secret
    for_eve = found(pack_reply(PAYLOAD, Author(BEN.recipient, ANA.secret), EVE.recipient), OF_EVE)
    assert for_eve.verdict is Verdict.WRONG


def test_a_low_order_address_proves_nothing():
    """With it everybody knows the shared secret: HKDF of zeros."""
    low = bech32.encode("age", bytes(32))
    contents = digest(bare())
    lines = (
        "Integration Journal reply, who made it, version 1", f"reply {PAYLOAD.reply}", f"share {PAYLOAD.share}",
        f"from {low}", f"for {ANA.recipient}", f"contents {contents}",
    )  # fmt: skip
    statement = "".join(f"{line}\n" for line in lines).encode()
    ids = bytes.fromhex(PAYLOAD.reply + PAYLOAD.share)
    info = b"integration-journal/reply-mac/1\n" + bytes(32) + _raw(ANA.recipient) + ids
    key = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(bytes(32))
    body = statement + f"mac {hmac.new(key, statement, hashlib.sha256).hexdigest()}\n".encode()
    assert verify(PAYLOAD.share, Proof(body, contents), OF_ANA, [], PAYLOAD.reply).verdict is Verdict.WRONG
    with pytest.raises(ShareError):
        pack_reply(PAYLOAD, BY_BEN, low)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body + b"\n",
        lambda body: body.replace(b"\n", b"\r\n"),
        lambda body: body.replace(b"version 1", b"version 2"),
        lambda body: b"".join(line for line in body.splitlines(True) if not line.startswith(b"mac")),
        lambda body: b"".join(line for line in body.splitlines(True) if not line.startswith(b"reply")),
        lambda body: body.replace(b"share ", b"reply ", 1),
        lambda body: body + body.splitlines(True)[-1],
    ],
)
def test_a_proof_has_one_form(change):
    assert found(with_proof(change(body_of(of_ben())))).verdict is Verdict.WRONG


# -- the format page alone ---------------------------------------------------------------------------------------


def _raw(recipient: str) -> bytes:
    return bech32.decode("age", recipient)


def _key(secret: str, other: str, purpose: bytes, sender: str, ids: str, reader: str = "") -> bytes:
    own = X25519PrivateKey.from_private_bytes(bech32.decode("age-secret-key-", secret))
    shared = own.exchange(X25519PublicKey.from_public_bytes(_raw(other)))
    info = purpose + _raw(sender) + _raw(reader or other) + bytes.fromhex(ids)
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(shared)


def test_the_proof_is_made_as_its_page_says():
    sender = bech32.encode("age-secret-key-", b"A" * 32).upper()
    reader = bech32.encode("age-secret-key-", b"B" * 32).upper()
    public = [
        bech32.encode("age", X25519PrivateKey.from_private_bytes(raw * 32).public_key().public_bytes_raw())
        for raw in (b"A", b"B")
    ]
    body = prove(b"contents", "0f" * 16, Author(public[0], sender), [public[1]], "f0" * 16)
    assert hashlib.sha256(body).hexdigest() == "9143cd1f129e769599d144100781e7255d845259d2a3cf24e0c2bfcda4a4f46d"
    contents = hashlib.sha256(b"contents").hexdigest()
    finding = verify("0f" * 16, Proof(body, contents), {public[1]: reader}, [], "f0" * 16)
    assert (finding.verdict, finding.proved) == (Verdict.MADE, True)
