"""Keys that come from outside, the card they come on, and the words that are compared."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import JournalError, ShareError
from journal.share import (
    MAX_NAME,
    Card,
    bech32,
    decode_card,
    encode_card,
    file_name,
    generate_identity,
    generate_signing_key,
    key_words,
    keys,
    public_key,
    read_card,
    recipient_of,
    tidy_name,
)

PRIME = 2**255 - 19
ME, OTHER = generate_identity(), generate_identity()
SIGNING = generate_signing_key()
# A key pair of age's, and the words of its card; they stay what they are.
RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
SECRET = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
VERIFY_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"  # RFC 8032, 7.1, test 1


# -- Bech32 ------------------------------------------------------------------------------------------------------


@given(st.binary(max_size=40), st.sampled_from(["age", "age-secret-key-"]))
def test_what_was_written_is_read(data: bytes, prefix: str):
    text = bech32.encode(prefix, data)
    assert bech32.decode(prefix, text) == data
    assert bech32.decode(prefix, text.upper()) == data


@given(st.text(max_size=80))
def test_what_is_read_is_what_would_be_written(text: str):
    for tried in (text, f"age1{text}"):
        try:
            data = bech32.decode("age", tried)
        except ValueError:
            continue
        assert bech32.encode("age", data) == tried.lower()


@given(st.binary(min_size=32, max_size=32), st.data())
def test_one_changed_letter_is_noticed(data: bytes, draw: st.DataObject):
    text = bech32.encode("age", data)
    place = draw.draw(st.integers(4, len(text) - 1))
    letter = draw.draw(st.sampled_from([one for one in "qpzry9x8gf2tvdw0s3jn54khce6mua7l" if one != text[place]]))
    with pytest.raises(ValueError, match="checksum"):
        bech32.decode("age", text[:place] + letter + text[place + 1 :])


def test_it_is_age_s_bech32():
    for _ in range(20):
        pair = generate_identity()
        raw = bech32.decode("age-secret-key-", pair.secret)
        assert bech32.encode("age-secret-key-", raw).upper() == pair.secret
        assert public_key(recipient_of(pair.secret)) == bech32.decode("age", pair.recipient)
    assert recipient_of(SECRET) == RECIPIENT
    assert bech32.decode("age-secret-key-", SECRET) == b"B" * 32


# -- keys --------------------------------------------------------------------------------------------------------


def test_both_sides_compute_the_same_secret():
    assert keys.shared_secret(ME.secret, OTHER.recipient) == keys.shared_secret(OTHER.secret, ME.recipient)


LOW_ORDER_X = [  # u of the points of low order on Curve25519
    0,
    1,
    PRIME - 1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
]


@pytest.mark.parametrize("number", [*LOW_ORDER_X, PRIME, PRIME + 1, 2**255 - 1, 2**255, 2**255 + 9, 9 + PRIME])
def test_an_address_of_low_order_or_written_twice_is_refused(number: int):
    address = bech32.encode("age", (number % 2**256).to_bytes(32, "little"))
    with pytest.raises(ShareError):
        public_key(address)
    with pytest.raises(ShareError):
        keys.shared_secret(ME.secret, address)
    with pytest.raises(ShareError):
        Card(name="Mallory", recipient=address)


@pytest.mark.parametrize(
    "text", ["", "age1", ME.recipient.upper(), ME.recipient + "q", ME.secret, " " + ME.recipient]
)
def test_an_address_has_one_form(text: str):
    with pytest.raises(ShareError):
        public_key(text)


def _edwards_times_eight(y: int) -> tuple[int, int] | None:
    """Eight times a point of Ed25519 with this y, by the curve's own equations; None where there is none."""
    d = -121665 * pow(121666, -1, PRIME) % PRIME
    square = (y * y - 1) * pow(d * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if (x * x - square) % PRIME:
        return None
    for _ in range(3):
        k = d * x * x * y * y % PRIME
        x, y = (
            2 * x * y * pow(1 + k, -1, PRIME) % PRIME,
            (y * y + x * x) * pow(1 - k, -1, PRIME) % PRIME,
        )
    return x, y


def test_the_points_of_low_order_are_those_of_the_curve():
    assert len(keys._LOW_ORDER) == 5  # eight points: two with x of either sign and y of order 8 each, y = 0 twice
    assert all(_edwards_times_eight(y) == (0, 1) for y in keys._LOW_ORDER)
    assert _edwards_times_eight(int.from_bytes(bytes.fromhex(VERIFY_KEY), "little") % 2**255) != (0, 1)


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", [*sorted(keys._LOW_ORDER), PRIME, PRIME + 1, 2**255 - 1])
def test_a_key_of_low_order_checks_no_signature(y: int, sign: int):
    with pytest.raises(ShareError):
        keys.check_verify_key((y | sign << 255).to_bytes(32, "little").hex())


@pytest.mark.parametrize(
    "key", ["", "x" * 64, VERIFY_KEY.upper(), VERIFY_KEY[:-2], VERIFY_KEY + "00", " " + VERIFY_KEY]
)
def test_a_verify_key_has_one_form(key: str):
    with pytest.raises(ShareError):
        keys.check_verify_key(key)


# -- the words ---------------------------------------------------------------------------------------------------


def test_the_words_are_the_frozen_words():
    assert key_words(RECIPIENT) == ("slide", "forget", "obey", "dumb", "divide", "produce", "raise", "elegant")
    signs = ("fog", "hotel", "nation", "south", "spawn", "cinnamon", "answer", "boy")
    assert key_words(RECIPIENT, VERIFY_KEY) == signs


def test_each_key_changes_the_words():
    one = {key_words(ME.recipient), key_words(OTHER.recipient), key_words(ME.recipient, SIGNING.public)}
    assert len(one) == 3
    assert all(len(words) == 8 for words in one)


# -- the card ----------------------------------------------------------------------------------------------------

NAMES = st.text(min_size=1, max_size=MAX_NAME).map(tidy_name).filter(lambda name: 0 < len(name) <= MAX_NAME)


@given(NAMES, st.booleans())
def test_a_card_has_one_form(name: str, signs: bool):
    card = Card(name=name, recipient=ME.recipient, verify_key=SIGNING.public if signs else "")
    text = encode_card(card)
    assert len(text.encode()) <= 2048
    assert decode_card(text) == card
    assert encode_card(decode_card(text)) == text


CARD = Card(name="Dr Amsel", recipient=RECIPIENT, verify_key=VERIFY_KEY)


def test_a_card_looks_as_it_is_described():
    assert encode_card(CARD) == (
        "Integration Journal contact card, version 1\n"
        "name: Dr Amsel\n"
        f"address: {RECIPIENT}\n"
        f"signatures: {VERIFY_KEY}\n"
        "check: 71510e924551bf08\n"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "\n\n  " + text.replace("\n", "  \n") + "\n\n",
        lambda text: text.rstrip("\n"),
        lambda text: text.encode(),
    ],
)
def test_what_mail_does_to_a_card_is_forgiven(change):
    assert decode_card(change(encode_card(CARD))) == CARD


@given(st.data())
def test_any_changed_character_is_noticed(draw: st.DataObject):
    text = encode_card(CARD)
    place = draw.draw(st.integers(0, len(text) - 2))
    letter = draw.draw(st.sampled_from("abcdefghij0123456789 -:"))
    changed = text[:place] + letter + text[place + 1 :]
    try:
        found = decode_card(changed)
    except ShareError:
        return
    assert found == CARD  # the same letter, or white space at the end of a line


@given(st.binary(max_size=3000))
def test_whatever_is_given_is_a_card_or_refused(data: bytes):
    with pytest.raises(ShareError):
        decode_card(data)


def sealed(*lines: str) -> str:
    """A card with these lines and a check that fits: what a forger would write."""
    from journal.share.card import _check

    body = "".join(f"{line}\n" for line in ("Integration Journal contact card, version 1", *lines))
    return f"{body}check: {_check(body)}\n"


@pytest.mark.parametrize(
    "lines",
    [
        ("name: ", f"address: {RECIPIENT}", "signatures: none"),
        ("name: " + "x" * (MAX_NAME + 1), f"address: {RECIPIENT}", "signatures: none"),
        ("name: Dr\u202eAmsel", f"address: {RECIPIENT}", "signatures: none"),
        ("name: Dr Amsel\u200b", f"address: {RECIPIENT}", "signatures: none"),
        ("name: Dr  Amsel", f"address: {RECIPIENT}", "signatures: none"),
        ("name: e\u0301", f"address: {RECIPIENT}", "signatures: none"),
        ("name: \x1b[2JAmsel", f"address: {RECIPIENT}", "signatures: none"),
        ("name: Amsel", f"address: {RECIPIENT.upper()}", "signatures: none"),
        ("name: Amsel", f"address: {SECRET}", "signatures: none"),
        ("name: Amsel", f"address: {RECIPIENT}", "signatures: "),
        ("name: Amsel", f"address: {RECIPIENT}", "signatures: " + "00" * 32),
        ("name: Amsel", f"address: {RECIPIENT}", "signatures: none", "more: x"),
        ("address: " + RECIPIENT, "name: Amsel", "signatures: none"),
        ("name: Amsel", "name: Amsel", f"address: {RECIPIENT}", "signatures: none"),
    ],
)
def test_a_well_checked_card_with_a_bad_inside_is_refused(lines: tuple[str, ...]):
    with pytest.raises(ShareError):
        decode_card(sealed(*lines))


def test_a_card_of_a_later_version_says_so():
    with pytest.raises(ShareError, match="newer version"):
        decode_card(encode_card(CARD).replace("version 1", "version 2"))


def test_a_card_is_read_from_a_file_and_nothing_else(tmp_path: Path):
    path = tmp_path / file_name(CARD)
    assert path.name == "Dr-Amsel.journal-contact"
    path.write_text(encode_card(CARD), "utf-8")
    assert read_card(path) == CARD
    (tmp_path / "long").write_bytes(encode_card(CARD).encode() + b"\n" * 3000)
    os.mkfifo(tmp_path / "pipe")
    for name in ("long", "pipe", "", "none"):
        with pytest.raises(JournalError):
            read_card(tmp_path / name)


@pytest.mark.parametrize("name", ["../../x", "CON", "a/b", "..", "😀", "—"])
def test_a_name_makes_a_plain_file_name(name: str):
    made = file_name(Card(name=name, recipient=RECIPIENT))
    assert made.endswith(".journal-contact")
    assert Path(made).name == made
    assert not made.startswith(".")
