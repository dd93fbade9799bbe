"""Hostile files are refused by their first lines, before any secret is asked for or any memory taken."""

from __future__ import annotations

import random
import time
from base64 import b64encode

import pytest

from journal.errors import DamagedShare, NotAShare, ShareError
from journal.share import generate_identity, inspect, open_sealed, seal_for_recipients
from journal.share.header import MAX_FILE, MAX_HEADER, encode_header, encode_last, read_header
from tests.journal.share.test_container import mutated

MAC = b"A" * 43
PAYLOAD = bytes(64)
SALT = b64encode(bytes(16)).rstrip(b"=")
BODY = b64encode(bytes(32)).rstrip(b"=")
X25519 = b"-> X25519 " + BODY + b"\n" + BODY + b"\n"


def age(*stanzas: bytes, mac: bytes = MAC, payload: bytes = PAYLOAD) -> bytes:
    return b"age-encryption.org/v1\n" + b"".join(stanzas) + b"--- " + mac + b"\n" + payload


def scrypt(work: bytes = b"18", salt: bytes = SALT, body: bytes = BODY) -> bytes:
    return b"-> scrypt " + salt + b" " + work + b"\n" + body + b"\n"


def test_well_formed_headers_are_taken():
    assert read_header(age(X25519)).work is None
    assert read_header(age(scrypt())).work == 18
    assert read_header(age(scrypt(b"20"))).work == 20
    assert inspect(age(*[X25519] * 20)) == "recipient"
    assert inspect(age(scrypt(b"1"))) == "passphrase"


@pytest.mark.parametrize("secret", [{"passphrase": "x"}, {"identity": generate_identity().secret}])
@pytest.mark.parametrize("work", [*range(21, 65), 99, 10**8])
def test_scrypt_bombs_are_refused_at_once(work, secret):
    start = time.monotonic()
    with pytest.raises(ShareError, match="memory") as caught:
        open_sealed(age(scrypt(str(work).encode())), **secret)
    assert time.monotonic() - start < 1
    assert str(work) in caught.value.detail


@pytest.mark.parametrize(
    "data",
    [
        age(*[X25519] * 21), age(*[X25519] * 10_000), age(*[b"-> a\n\n"] * 10_000), age(*[b"-> a\n\n"] * 10**6),
    ],
    ids=["21 stanzas", "10000 stanzas", "10000 small stanzas", "a million stanzas"],
)  # fmt: skip
def test_too_many_readers_are_refused_at_once(data):
    start = time.monotonic()
    with pytest.raises(ShareError, match="more readers"):
        open_sealed(data, passphrase="x")
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    "data",
    [
        age(b"-> " + b"a" * (32 * 2**20) + b"\n\n"), age(b"-> a " + b"b " * 2**20 + b"c\n\n"),
        age(b"-> a\n" + (b"A" * 64 + b"\n") * 2**18 + b"\n"), age(X25519, mac=b"A" * 2**24),
        b"age-encryption.org/v1\n" + b"-" * 2**24, b"age-encryption.org/v1\n" * 2**20, age(b"-> a\n" * 2**20),
        age(b"-> a\n" + b"A" * MAX_HEADER + b"\n"),
    ],
    ids=["type", "arguments", "body", "mac", "dashes", "first lines", "no bodies", "one line"],
)  # fmt: skip
def test_huge_headers_are_refused_at_once(data):
    start = time.monotonic()
    with pytest.raises(DamagedShare):
        open_sealed(data, passphrase="x")
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    "data",
    [
        b"age-encryption.org/v1\n", age(), age(X25519)[:-64], age(X25519, payload=bytes(31)),
        age(X25519, mac=b"A" * 42),
               age(X25519, mac=b"A" * 42 + b"="), age(X25519, mac=b"A" * 42 + b"B"), age(b"-> \n\n"), age(b"->\n\n"),
        age(b"-> a  b\n\n"), age(b"-> a \n\n"), age(b"-> \xc3\xa4\n\n"), age(b"-> a\n" + b"A" * 64 + b"\n"),
        age(b"-> a\nAAAAA\n"), age(b"-> a\nAA==\n"), age(b"-> a\nAB\n"), age(b"-> a\nAA AA\n"), age(b"-> a\r\n\r\n"),
        age(b"-> a\n" + b"A" * 65 + b"\n"), age(b"-> a\n" + b"A" * 32 + b"\n" + b"A" * 32 + b"\n"),
        age(scrypt(), scrypt()), age(scrypt(), X25519), age(X25519, scrypt()), age(scrypt(b"018")),
        age(scrypt(b"0")), age(scrypt(b"-1")), age(scrypt(b"+18")), age(scrypt(b"1" * 400)),
        age(scrypt(b"18 1")),
        age(scrypt(salt=b"AA")), age(scrypt(body=b"AA")), age(b"-> scrypt\n" + BODY + b"\n"),
    ],
)  # fmt: skip
def test_broken_headers_are_called_damaged(data):
    with pytest.raises(DamagedShare):
        read_header(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(99), "ZIP"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n", "attachment"),
        (b"\xef\xbb\xbf-----BEGIN AGE ENCRYPTED FILE-----\r\nYWdl\r\n", "attachment"),
        (b"Dear doctor,\n> -----BEGIN AGE ENCRYPTED FILE-----\n> YWdl\n", "attachment"),
        (b"%PDF-1.7\n", "not a share"),
        (b"SQLite format 3\x00" + bytes(99), "not a share"),
        (b"age-encryption.org/v2\n" + bytes(99), "not a share"),
        (bytes(MAX_FILE + 1), "larger"),
    ],
)
def test_other_files_are_told_apart(data, says):
    with pytest.raises(NotAShare, match=says):
        inspect(data)


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\n", b"  "])
def test_a_file_changed_on_its_way_is_called_so(start):
    for data in (start + age(X25519), age(X25519).replace(b"\n", b"\r\n")):
        with pytest.raises(DamagedShare, match="on its way"):
            inspect(data)


def test_headers_are_written_as_they_were_read():
    sealed = seal_for_recipients(b"x" * 99, [generate_identity().recipient for _ in range(3)])
    header = read_header(sealed)
    assert encode_header(header.stanzas) == sealed[: header.authenticated]
    assert encode_header(header.stanzas) + encode_last(header.mac) == sealed[: header.size]


def test_mutated_headers_never_crash():
    sealed = seal_for_recipients(b"x" * 99, [generate_identity().recipient])
    size = read_header(sealed).size
    chance = random.Random(11)
    for _ in range(3000):
        try:
            assert inspect(mutated(sealed[:size], chance) + sealed[size:]) in ("recipient", "passphrase")
        except ShareError as error:
            assert str(error)
