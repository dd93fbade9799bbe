"""age files of every form its specification knows, right and wrong: made by hand, and opened as a share is.

They follow https://age-encryption.org/v1 case by case, as the vectors of C2SP's CCTV do, which were run besides.
"""

from __future__ import annotations

import os
import zipfile

import pytest

from journal.errors import DamagedShare, NotAShare, NotForThisKey, ShareError, WrongSharePassphrase
from journal.share import bech32, generate_identity, inspect_file, open_sealed, read_share
from journal.share.file import pack
from tests.journal.share import age_by_hand as age
from tests.journal.share.samples import everything

ME, OTHER = generate_identity(), generate_identity()
MINE, THEIRS = (bech32.decode("age", one.recipient) for one in (ME, OTHER))
WORDS = "password"
DATA = b"age"
GREASE = age.stanza(b"x-grease a !~", bytes(100))
FOR_ME = age.for_key(MINE)
FOR_WORDS = age.for_words(WORDS)


def file(*stanzas: bytes, data: bytes = DATA, after: bytes | None = None, **header: bytes) -> bytes:
    return age.header(*(stanzas or (FOR_ME,)), **header) + (age.payload(data) if after is None else after)


RIGHT = {
    "a key": file(),
    "a passphrase": file(FOR_WORDS),
    "grease before": file(GREASE, FOR_ME),
    "grease after": file(FOR_ME, GREASE),
    "another reader too": file(age.for_key(THEIRS), FOR_ME),
    "a stanza of full lines": file(FOR_ME, age.stanza(b"x", bytes(96))),
    "a stanza with nothing in it": file(FOR_ME, age.stanza(b"x", b"")),
    "every character of an argument": file(FOR_ME, age.stanza(bytes(range(33, 127)), b"x")),
}
SIZES = (0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 2 * age.CHUNK, 3 * age.CHUNK + 17)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_opens(name):
    secret = {"passphrase": WORDS} if name == "a passphrase" else {"identity": ME.secret}
    assert open_sealed(RIGHT[name], **secret) == DATA


@pytest.mark.parametrize("size", SIZES)
def test_any_length_opens(size):
    data = bytes(range(256)) * (size // 256 + 1)
    assert open_sealed(file(data=data[:size]), identity=ME.secret) == data[:size]


def flipped(raw: bytes, place: int) -> bytes:
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


FULL = bytes(age.CHUNK)
NONCE, LAST, chunk = age.NONCE, age.LAST, age.chunk
WRONG_STREAM = {
    "no nonce": b"",
    "half a nonce": NONCE[:8],
    "no chunk": NONCE,
    "a chunk of 15 bytes": NONCE + bytes(15),
    "a wrong tag": flipped(age.payload(DATA), 20),
    "the second chunk wrong": flipped(age.payload(FULL + DATA), 16 + age.CHUNK + 16 + 2),
    "no last chunk": NONCE + chunk(FULL, 0),
    "no last chunk, short": NONCE + chunk(DATA, 0),
    "an empty last chunk after others": NONCE + chunk(FULL, 0) + chunk(b"", 1, LAST),
    "two last chunks": NONCE + chunk(FULL, 0, LAST) + chunk(DATA, 1, LAST),
    "a last chunk twice": NONCE + chunk(FULL, 0, LAST) * 2,
    "a short chunk in the middle": NONCE + chunk(DATA, 0) + chunk(DATA, 1, LAST),
    "chunks exchanged": NONCE + chunk(FULL, 1) + chunk(FULL, 0) + chunk(DATA, 2, LAST),
    "a chunk left out": NONCE + chunk(FULL, 0) + chunk(DATA, 2, LAST),
    "something behind": age.payload(DATA) + b"x",
    "much behind": age.payload(FULL) + FULL,
    "another nonce": bytes(16) + age.payload(DATA)[16:],
    "another key": NONCE + chunk(DATA, 0, LAST, bytes(16)),
}


@pytest.mark.parametrize("name", WRONG_STREAM)
def test_a_wrong_payload_gives_nothing(name):
    with pytest.raises(DamagedShare):
        open_sealed(file(after=WRONG_STREAM[name]), identity=ME.secret)


def mine(**changed: object) -> bytes:
    return age.for_key(MINE, **changed)


WRONG_HEADER = {
    "a MAC of another key": file(file_key=bytes(16)),
    "a MAC cut short": file(mac=b"A" * 42),
    "a MAC with padding": file(mac=b"A" * 43 + b"="),
    "a MAC that is not canonical": file(mac=b"A" * 42 + b"B"),
    "a share of 33 bytes": file(mine(share=bytes(33))),
    "a share of 31 bytes": file(mine(share=b"\x09" * 31)),
    "a share of low order": file(mine(share=bytes(32))),
    "one argument more": file(mine(more=b" a")),
    "a file key of 17 bytes": file(mine(file_key=bytes(17)), file_key=bytes(17)),
    "a stanza without its last line": file(FOR_ME, b"-> x\n" + b"A" * 64 + b"\n"),
    "a stanza without a body": file(FOR_ME, b"-> x\n"),
    "a stanza with CR": file(FOR_ME, b"-> x\r\n\r\n"),
    "a stanza without arguments": file(FOR_ME, b"->\n\n"),
    "an empty argument": file(FOR_ME, b"-> x  y\n\n"),
    "a letter beyond ASCII": file(FOR_ME, "-> é\n\n".encode()),
    "a short line in the middle": file(FOR_ME, b"-> x\nAAAA\nAAAA\n"),
    "a line of 65": file(FOR_ME, b"-> x\n" + b"A" * 65 + b"\n\n"),
    "padding in a body": file(FOR_ME, b"-> x\nAA==\n"),
    "bits left over in a body": file(FOR_ME, b"-> x\nAB\n"),
    "another beginning of a stanza": file(FOR_ME, b"=> x\n\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_HEADER)
def test_a_wrong_header_gives_nothing(name):
    with pytest.raises((DamagedShare, NotForThisKey)):
        open_sealed(WRONG_HEADER[name], identity=ME.secret)


WRONG_WORDS = {
    "with a key": file(FOR_WORDS, FOR_ME),
    "twice": file(FOR_WORDS, FOR_WORDS),
    "in capitals": file(FOR_WORDS.replace(b"scrypt", b"Scrypt")),
    "a salt of 15 bytes": file(FOR_WORDS.replace(age.base64(age.SALT), age.base64(bytes(15)))),
    "no salt": file(FOR_WORDS.replace(age.base64(age.SALT) + b" ", b"")),
    "one argument more": file(FOR_WORDS.replace(b" 4\n", b" 4 4\n")),
    "a file key of 17 bytes": file(age.for_words(WORDS, file_key=bytes(17)), file_key=bytes(17)),
    **{f"work {told!r}": file(age.for_words(WORDS, told=told)) for told in (
        b"0", b"04", b"+4", b"-4", b"0x4", b"4x", b"x4", b"", b"4.0", b"1e1", b"18446744073709551616", b"5",
    )},
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_WORDS)
def test_a_wrong_passphrase_stanza_gives_nothing(name):
    with pytest.raises(ShareError):
        open_sealed(WRONG_WORDS[name], passphrase=WORDS)


def test_who_has_no_key_is_told_so():
    for stanzas in ((FOR_ME,), (GREASE,), (age.for_key(THEIRS), FOR_ME)):
        with pytest.raises(NotForThisKey):
            open_sealed(file(*stanzas), identity=generate_identity().secret)
    with pytest.raises(NotForThisKey):
        open_sealed(file(FOR_ME.replace(b"X25519", b"x25519")), identity=ME.secret)
    with pytest.raises(WrongSharePassphrase):
        open_sealed(file(FOR_WORDS), passphrase="another")


# -- what mail and disks make of a file ------------------------------------------------------------------------

SHARED = everything()
SHARE = file(data=pack(SHARED))
TEXT = age.armor(SHARE)
MAILED = {
    "armor": TEXT,
    "armor with CRLF": age.armor(SHARE, b"\r\n"),
    "armor after a mark of byte order": b"\xef\xbb\xbf" + TEXT,
    "armor wrapped anew": age.armor(SHARE, width=72),
    "armor in a mail": b"Dear Dr Amsel,\n\n" + TEXT + b"\n-- \nSent from my telephone\n",
    "armor quoted": b"".join(b"> " + line + b"\n" for line in TEXT.split(b"\n")),
}


@pytest.mark.parametrize("name", MAILED)
@pytest.mark.parametrize("ending", [".age", ".age.txt"])
def test_a_share_that_mail_made_text_of_says_what_to_do(tmp_path, name, ending):
    path = tmp_path / f"share{ending}"
    path.write_bytes(MAILED[name])
    for act in (lambda: inspect_file(path), lambda: read_share(path, identity=ME.secret)):
        with pytest.raises(NotAShare, match="attachment"):
            act()


def test_the_name_of_a_share_does_not_matter(tmp_path):
    for name in ("share.age.txt", "share", "CON.age", "x" * 240):
        path = tmp_path / name
        path.write_bytes(SHARE)
        assert read_share(path, identity=ME.secret).payload == SHARED


def test_a_zip_says_what_to_do(tmp_path):
    with zipfile.ZipFile(tmp_path / "share.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("share.age", SHARE)
    with pytest.raises(NotAShare, match="Unpack it first"):
        read_share(tmp_path / "share.zip", identity=ME.secret)


def test_a_signature_or_a_line_end_behind_it_is_damage(tmp_path):
    for behind in (b"\n-- \nSent from my telephone\n", b"\r\n"):
        with pytest.raises(DamagedShare):
            open_sealed(SHARE + behind, identity=ME.secret)


def test_cut_off_at_every_chunk(tmp_path):
    whole = file(data=bytes(4 * age.CHUNK))
    start = len(whole) - len(age.payload(bytes(4 * age.CHUNK)))
    for number in range(5):
        for off in (-1, 0, 1):
            end = start + 16 + number * (age.CHUNK + 16) + off
            if end < len(whole):
                with pytest.raises(DamagedShare):
                    open_sealed(whole[:end], identity=ME.secret)


@pytest.mark.parametrize(
    ("start", "size"),
    [(SHARE, 10 * 2**30), (b"age-encryption.org/v1\n-> ", 2**30 + 40), (b"<!DOCTYPE html>\n", 10 * 2**30)],
    ids=["a payload of 10 GiB", "a line of 1 GiB", "a page of 10 GiB"],
)
def test_of_a_huge_file_no_more_is_read_than_a_share_can_have(tmp_path, start, size):
    path = tmp_path / "share.age"
    path.write_bytes(start)
    os.truncate(path, size)
    for act in (lambda: inspect_file(path), lambda: read_share(path, identity=ME.secret)):
        with pytest.raises(NotAShare, match="larger"):
            act()
