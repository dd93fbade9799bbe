"""Mutated shares of every kind, what reads each of them, and what has to hold for one that is taken.

A kind is one line in `KINDS`: the samples as they are before the seal, how they are harmed, how a mutant is sealed
with right hashes and keys, so that what lies within is reached, and how that file is opened: as the program does, but
in this process. A mutant is known by its kind and its number alone.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyrage
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from journal.errors import DamagedShare, NotForThisKey, ShareError, WrongSharePassphrase
from journal.records import Contact
from journal.report.files import MAKERS
from journal.share import (
    Author,
    OpenedShare,
    Payload,
    bech32,
    chart_of_checkins,
    decode_card,
    document,
    encode_card,
    inspect,
    key_words,
    opener,
    plain_page,
    recipient_of,
    verify,
)
from journal.share import html as web
from journal.share.authenticity import PART, prove
from journal.share.card import Card
from journal.share.container import REPLY, Contents, Part, pack, unpack
from journal.share.digest import counts_at, digest
from journal.share.file import pack as write_contents
from journal.share.file import unpack as read_contents
from journal.share.header import read_header
from journal.share.html.outer import is_page
from journal.share.html.page import page_tree
from journal.share.html.tree import text_of
from journal.share.payload import encode
from journal.share.picture import PART as PICTURE
from journal.share.reply import OpenedReply, decode_reply, encode_reply, reply_document, unpack_reply
from journal.share.who import who_made, who_replied
from journal.vault.rows import padme
from tests.journal.share import age_by_hand as age
from tests.journal.share.mutations import Mutate, of_bytes, of_json, of_lines, within

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = "abandon-ability-able-about-above-absent-absorb"
MOST_WORK = 6  # log2 N: whatever asks for more than a mutant's own 4 is refused here as it is above 20
FEW = 3  # rounds
KEYS = json.loads((VECTORS / "share-v1.json").read_text("utf-8"))
SECRET = KEYS["identity"]
READER = recipient_of(SECRET)


class Kind(NamedTuple):
    """One kind of thing that comes from outside."""

    samples: Callable[[], tuple[bytes, ...]]
    mutate: Mutate
    sealed: Callable[[bytes], bytes]  # a whole file, as it comes in
    opened: Callable[[bytes], OpenedShare | OpenedReply | Card]
    beyond: bool  # whether what is harmed lies under a seal that fits


def mutant(kind: str, number: int, seed: str = "") -> bytes:
    """The mutant of that kind with this number: always the same bytes."""
    chance = random.Random(f"{kind}/{number}/{seed}")
    samples = KINDS[kind].samples()
    raw = chance.choice(samples)
    while (made := KINDS[kind].mutate(raw, chance.choice(samples), chance)) == raw:
        pass
    return made


def sealed(kind: str, raw: bytes) -> bytes | None:
    """The file for this mutant where a reader's address opens it, else None: those are opened by `read_share` too."""
    return KINDS[kind].sealed(raw) if KINDS[kind].opened is _open_age else None


def try_one(kind: str, raw: bytes) -> str:
    """What came of a mutant: "taken", or the name of the error it was refused with. Raises `AssertionError` where one
    was taken that is not in its one form, and whatever else is a fault."""
    try:
        opened = KINDS[kind].opened(KINDS[kind].sealed(raw))
    except ShareError as error:
        assert str(error)
        return type(error).__name__
    if isinstance(opened, Card):
        assert decode_card(encode_card(opened)) == opened
        assert opened.words == key_words(opened.recipient, opened.verify_key)
    elif isinstance(opened, OpenedReply):
        _look_at_reply(opened)
    else:
        _look_at(opened)
    return "taken"


def _look_at(opened: OpenedShare) -> None:
    """It is in its one form, and everything that shows it can."""
    shared = opened.payload
    bare = msgspec.structs.replace(shared, pictures=())
    assert read_contents(_contents(encode(bare), opened.text, bare.format)).payload == bare
    if shared.pictures:
        assert read_contents(write_contents(shared)).payload == shared
    who_made(verify(opened.share, opened.proof, {READER: SECRET}, [Contact(name="Ana", recipient=READER)]))
    _show(shared)


def _look_at_reply(opened: OpenedReply) -> None:
    assert decode_reply(encode_reply(opened.payload)) == opened.payload
    who_replied(verify(opened.share, opened.proof, {READER: SECRET}, [], opened.reply))
    for block in reply_document(opened.payload):
        "".join((block.text, *("".join(row) for row in block.rows))).encode()


@lru_cache(8)
def _show(shared: Payload) -> None:
    assert plain_page(shared).endswith("\n")
    spans = tuple((0, len(one.data)) for one in shared.pictures)
    json.dumps([text_of(node) for node in page_tree(shared, spans)], allow_nan=False).encode()
    chart_of_checkins(shared)
    counts_at(shared, digest(shared, [shared]).new)
    digest(shared)
    for block in document(shared):
        "".join((block.text, *("".join(row) for row in block.rows))).encode()
    for make in MAKERS.values():
        assert make(shared, NOW)
    json.loads(MAKERS["fhir"](shared, NOW), parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


# -- what each kind is made of ------------------------------------------------------------------------


@cache
def _containers() -> tuple[bytes, ...]:
    made = [(VECTORS / f"share-v{number}.contents").read_bytes() for number in (1, 2)]
    return (*made, _with(made[1], _proofs()[0]))


@cache
def _entries() -> tuple[bytes, ...]:
    """Both formats as they are frozen; and all of it together, told by the day, by the week and by the month."""
    old, new = (unpack(made).body for made in _containers()[:2])
    whole = json.loads(new) | {name: json.loads(old)[name] for name in ("sessions", "writings", "checkins")}
    told = [_without_times(whole) | {"dates": dates} for dates in ("day", "week", "month")]
    return (old, new, *(json.dumps(one, sort_keys=True, separators=(",", ":")).encode() for one in told))


def _without_times(held: Any) -> Any:
    if isinstance(held, dict):
        times = ("at", "made_at", "gone_at")
        return {key: None if key in times else _without_times(one) for key, one in held.items()}
    return [_without_times(one) for one in held] if isinstance(held, list) else held


@cache
def _proofs() -> tuple[bytes, ...]:
    bare = (VECTORS / "share-v2.contents").read_bytes()
    share = read_contents(bare).share
    author = Author(READER, SECRET, signing="11" * 32)
    return (
        prove(bare, share, author, [READER]),
        prove(bare, share, author._replace(prove=False), []),
        prove(bare, share, author._replace(signing=""), [READER, recipient_of(_other())]),
    )


@cache
def _other() -> str:
    return bech32.encode("age-secret-key-", bytes(range(32))).upper()


@cache
def _headers() -> tuple[bytes, ...]:
    """Stanzas as they stand in a header, without its first and its last line."""
    mine = age.for_key(bech32.decode("age", READER))
    other = age.for_key(bech32.decode("age", recipient_of(_other())))
    return (mine, other + mine, mine + age.stanza(b"grease a b", bytes(70)), age.for_words(WORDS))


@cache
def _sealed() -> tuple[bytes, ...]:
    inside = age.payload(_containers()[0])
    return tuple(age.header(stanzas) + inside for stanzas in _headers())


@cache
def _page_files() -> tuple[bytes, ...]:
    return tuple(b"<html>\n" + web.seal(plain, WORDS, rounds=FEW) for plain in _plains())


def _plains() -> tuple[web.Plain, ...]:
    return tuple(web.Plain(b"[]", made) for made in _containers())


@cache
def _framed() -> tuple[bytes, ...]:
    return tuple(
        len(plain.page).to_bytes(4, "big") + len(plain.container).to_bytes(4, "big") + plain.page + plain.container
        for plain in _plains()
    )


@cache
def _cards() -> tuple[bytes, ...]:
    cards = (Card(name="Dr Amsel", recipient=READER), Card(name="Ana B.", recipient=READER, verify_key="01" * 32))
    return tuple(encode_card(card).encode() for card in cards)


@cache
def _pictured() -> tuple[bytes, ...]:
    return ((VECTORS / "share-v1-pictures.contents").read_bytes(),)


@cache
def _pictures() -> tuple[bytes, ...]:
    return (next(part.body for part in unpack(_pictured()[0]).others if part.type == PICTURE),)


@cache
def _replies() -> tuple[bytes, ...]:
    return tuple((VECTORS / f"reply-v{version}.contents").read_bytes() for version in (1, 2))


@cache
def _comments() -> tuple[bytes, ...]:
    return tuple(unpack(made, REPLY).body for made in _replies())


# -- how each is opened ------------------------------------------------------------------------


def _open_age(data: bytes) -> OpenedShare:
    """As `read_share` opens an age file, with what its opening process does done here."""
    header = read_header(data, max_work=MOST_WORK)
    assert inspect(data) == ("recipient" if header.work is None else "passphrase")
    words = header.work is not None
    said = opener._open(pyrage, words, WORDS if words else SECRET, data)
    match said[:1]:
        case opener.OPENED:
            return read_contents(said[1:])
        case opener.WRONG:
            raise WrongSharePassphrase if words else NotForThisKey
        case opener.DAMAGED | opener.WORK:
            raise DamagedShare
    raise AssertionError(said)


def _open_reply(data: bytes) -> OpenedReply:
    said = opener._open(pyrage, False, SECRET, data)
    assert said[:1] == opener.OPENED
    return unpack_reply(said[1:])


def _seal_picture(body: bytes) -> bytes:
    """In place of the first picture, with the hash that fits."""
    whole = unpack(_pictured()[0])
    first = next(number for number, part in enumerate(whole.others) if part.type == PICTURE)
    others = (*whole.others[:first], Part(PICTURE, body), *whole.others[first + 1 :])
    return _seal(pack(whole._replace(others=others)))


def _seal_comments(comments: bytes) -> bytes:
    of_their_format = _replies()[0 if b'"format":1,' in comments else 1]
    return _seal(pack(unpack(of_their_format, REPLY)._replace(body=comments)))


def _as_it_is(file: bytes) -> bytes:
    return file


def _seal(contents: bytes) -> bytes:
    return bytes(pyrage.encrypt(contents, [pyrage.x25519.Recipient.from_str(READER)]))


def _seal_stanzas(stanzas: bytes) -> bytes:
    return age.header(stanzas) + age.payload(_containers()[0])


def _seal_entries(entries: bytes) -> bytes:
    number = re.search(rb'"format":([12]),', entries)
    return _seal(_contents(entries, "page\n", int(number[1]) if number else 1))


def _seal_proof(proof: bytes) -> bytes:
    return _seal(_with((VECTORS / "share-v2.contents").read_bytes(), proof))


def _open_page(file: bytes) -> OpenedShare:
    assert is_page(file) or not file.startswith(b"<html")
    sealed = web.find(file)
    if sealed.rounds > FEW * 100:
        raise ShareError("more work than a mutant is given")
    return read_contents(web.unseal(sealed, WORDS).container)


def _seal_framed(framed: bytes) -> bytes:
    """The lines that hold these bytes, whatever they are, with the zeros that should come after them."""
    data = framed.ljust(max(2**16, padme(len(framed))), b"\0")
    key = hashlib.pbkdf2_hmac("sha512", WORDS.encode(), bytes(32), FEW, 64)
    check = hashlib.sha256(key[32:]).digest()[:16]
    first = b"<html>\n-----BEGIN INTEGRATION JOURNAL SHARE 1-----\n"
    about = f"PBKDF2-HMAC-SHA-512 {FEW} {bytes(32).hex()} {check.hex()} AES-256-GCM {bytes(12).hex()}\n".encode()
    text = b64encode(AESGCM(key[:32]).encrypt(bytes(12), data, first[7:] + about))
    lines = b"".join(text[at : at + 76] + b"\n" for at in range(0, len(text), 76))
    return first + about + lines + b"-----END INTEGRATION JOURNAL SHARE-----\n"


def _check_card(lines: bytes) -> bytes:
    """With the check that fits what stands above it."""
    above = lines.rpartition(b"check: ")[0] or lines
    return above + b"check: " + hashlib.sha256(above).hexdigest()[:16].encode() + b"\n"


def _contents(entries: bytes, text: str, version: int) -> bytes:
    return pack(Contents(text, entries, version=version))


def _with(bare: bytes, proof: bytes) -> bytes:
    return pack(unpack(bare)._replace(others=(Part(PART, proof),)))


_FIRST = within(b"", b"From an", of_lines)
_LIST = within(b"\n---- End", b"{", of_lines)
KINDS: dict[str, Kind] = {
    "sealed": Kind(_sealed, of_bytes, _as_it_is, _open_age, beyond=False),
    "stanzas": Kind(_headers, of_lines, _seal_stanzas, _open_age, beyond=False),
    "page": Kind(_page_files, of_bytes, _as_it_is, _open_page, beyond=False),
    "page's lines": Kind(_page_files, within(b"PBKDF2", b"=", of_lines), _as_it_is, _open_page, beyond=False),
    "framed": Kind(_framed, of_bytes, _seal_framed, _open_page, beyond=True),
    "lengths": Kind(_framed, within(b"", b"[]", of_bytes), _seal_framed, _open_page, beyond=True),
    "container": Kind(_containers, of_bytes, _seal, _open_age, beyond=True),
    "first lines": Kind(_containers, _FIRST, _seal, _open_age, beyond=True),
    "list": Kind(_containers, _LIST, _seal, _open_age, beyond=True),
    "entries": Kind(_entries, of_json, _seal_entries, _open_age, beyond=True),
    "entries, bytes": Kind(_entries, of_bytes, _seal_entries, _open_age, beyond=True),
    "proof": Kind(_proofs, of_lines, _seal_proof, _open_age, beyond=True),
    "pictures": Kind(_pictured, of_bytes, _seal, _open_age, beyond=True),
    "a picture": Kind(_pictures, of_bytes, _seal_picture, _open_age, beyond=True),
    "reply": Kind(_replies, of_bytes, _seal, _open_reply, beyond=True),
    "comments": Kind(_comments, of_json, _seal_comments, _open_reply, beyond=True),
    "comments, bytes": Kind(_comments, of_bytes, _seal_comments, _open_reply, beyond=True),
    "card": Kind(_cards, of_lines, _check_card, decode_card, beyond=False),
}
