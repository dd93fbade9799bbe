"""The container: text first, one canonical form, and nothing hostile gets through."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given

from journal.errors import DamagedShare, NotAShare, ShareError
from journal.share import container
from journal.share.container import Contents, Part
from journal.share.file import pack, unpack
from journal.share.payload import encode
from journal.share.text import plain_page
from tests.journal.share.samples import everything, payloads

END = b"\n---- End of the page. What follows is for the program. ----\n"


def built(
    page: bytes = b"page\n",
    entries: bytes = b"{}",
    *,
    length: int | str | None = None,
    listed: list[tuple[str, int | str, str]] | None = None,
    rest: bytes | None = None,
    first: bytes = b"Integration Journal share, version 1\n",
    end: bytes = END,
) -> bytes:
    """A container by hand, every piece of which can be wrong."""
    lines = listed
    if lines is None:
        lines = [("text", len(page), digest(page)), ("entries", len(entries), digest(entries))]
    shown = len(page) if length is None else length
    return b"".join(
        (
            first,
            f"The next {shown} bytes are for reading; what follows them is for the program.\n\n".encode(),
            page,
            end,
            *(f"{type_} {size} {sha}\n".encode() for type_, size, sha in lines),
            b"\n",
            entries if rest is None else rest,
        )
    )


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


TEXT = ("text", 5, digest(b"page\n"))
ENTRIES = ("entries", 2, digest(b"{}"))


def test_the_hand_builder_builds_what_pack_builds():
    assert built() == container.pack(Contents("page\n", b"{}"))
    assert container.unpack(built()) == Contents("page\n", b"{}")


@given(payloads())
def test_round_trip(payload):
    raw = pack(payload)
    opened = unpack(raw)
    assert opened.payload == payload
    assert opened.text == plain_page(payload)
    assert opened.unknown == ()
    assert pack(opened.payload) == raw


def test_it_begins_as_plain_text_and_stays_printable():
    raw = pack(everything())
    lines = raw.decode().splitlines()
    assert lines[0] == "Integration Journal share, version 1"
    assert lines[3] == "From an integration journal"
    assert all(byte >= 32 or byte == 10 for byte in raw)
    assert raw.index(b"canary-text-experience") < raw.index(END) < raw.index(b'{"checkins"')


def test_parts_of_later_versions_are_named_and_kept_apart():
    contents = Contents("page\n", b"{}", (Part("picture", b"\x00\x01"), Part("picture", b"\x02")))
    raw = container.pack(contents)
    assert container.unpack(raw) == contents


BROKEN = {
    "page too long": built(length=6),
    "page too short": built(length=4),
    "page length 0": built(length=0),
    "length overflow": built(length=2**32),
    "length of ten digits": built(length=10**10),
    "leading zero": built(length="05"),
    "plus sign": built(length="+5"),
    "negative": built(length=-5),
    "no end": built(end=b"\n---- end ----\n"),
    "trailing byte": built() + b"\n",
    "missing byte": built()[:-1],
    "list length overflow": built(listed=[TEXT, ("entries", 2**31, digest(b"{}"))]),
    "list text length differs": built(listed=[("text", 4, digest(b"page")), ENTRIES]),
    "wrong text hash": built(listed=[("text", 5, digest(b"other")), ENTRIES]),
    "wrong entries hash": built(listed=[TEXT, ("entries", 2, digest(b"[]"))]),
    "upper case hash": built(listed=[TEXT, ("entries", 2, digest(b"{}").upper())]),
    "leading zero in list": built(listed=[TEXT, ("entries", "02", digest(b"{}"))]),
    "entries missing": built(listed=[TEXT], rest=b""),
    "nothing listed": built(listed=[], rest=b""),
    "wrong order": built(listed=[ENTRIES, TEXT]),
    "entries twice": built(listed=[TEXT, ENTRIES, ENTRIES], rest=b"{}{}"),
    "text twice": built(listed=[TEXT, ENTRIES, TEXT], rest=b"{}page\n"),
    "same part twice": built(listed=[TEXT, ENTRIES, *[("picture", 1, digest(b"x"))] * 2], rest=b"{}xx"),
    "65 parts": built(
        listed=[TEXT, ENTRIES, *(("p", 2, digest(b"%02d" % n)) for n in range(63))],
        rest=b"{}" + b"".join(b"%02d" % n for n in range(63)),
    ),
    "a path as a type": built(listed=[TEXT, ENTRIES, ("../../x", 1, digest(b"x"))], rest=b"{}x"),
    "a device as a type": built(listed=[TEXT, ENTRIES, ("CON", 1, digest(b"x"))], rest=b"{}x"),
    "a type of 33 letters": built(listed=[TEXT, ENTRIES, ("x" * 33, 1, digest(b"x"))], rest=b"{}x"),
    "page not UTF-8": built(page=b"\xff\n"),
    "page with an escape": built(page=b"\x1b[2J\n"),
    "page with a C1 control": built(page="\x9b\n".encode()),
    "page with an override": built(page="\u202e\n".encode()),
    "page without its line feed": built(page=b"page"),
    "page with CRLF": built(page=b"page\r\n"),
    "CRLF everywhere": built().replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_containers_are_refused(name):
    with pytest.raises(ShareError):
        container.unpack(BROKEN[name])


def test_64_parts_are_taken():
    listed = [TEXT, ENTRIES, *(("p", 2, digest(b"%02d" % n)) for n in range(62))]
    raw = built(listed=listed, rest=b"{}" + b"".join(b"%02d" % n for n in range(62)))
    assert len(container.unpack(raw).others) == 62


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04", b"<html>", b"%PDF-1.7", b"Integration Journal share\n", b"\x00" * 99]
)
def test_something_else_is_called_so(raw):
    with pytest.raises(NotAShare):
        container.unpack(raw)


def test_a_newer_version_asks_for_an_update():
    with pytest.raises(ShareError, match="newer version") as caught:
        container.unpack(built(first=b"Integration Journal share, version 3\n"))
    assert not isinstance(caught.value, NotAShare | DamagedShare)


def test_too_much_is_refused_on_both_sides():
    with pytest.raises(ShareError, match="too much"):
        container.pack(Contents("page\n", b"x" * container.MAX_SIZE))
    with pytest.raises(DamagedShare):
        container.unpack(b"Integration Journal share, version 1\n".ljust(container.MAX_SIZE + 1))


def test_every_truncation_is_refused():
    raw = pack(everything())
    for end in range(len(raw)):
        with pytest.raises(ShareError):
            container.unpack(raw[:end])


def test_thousands_of_mutations_are_all_refused():
    raw = pack(everything())
    chance = random.Random(20261123)
    for _ in range(3000):
        with pytest.raises(ShareError):
            unpack(mutated(raw, chance))


def test_mutated_entries_under_a_right_hash_are_refused_or_shown():
    body = encode(everything())
    chance = random.Random(7)
    refused = 0
    for _ in range(3000):
        try:
            opened = unpack(built(entries=mutated(body, chance)))
        except DamagedShare:
            refused += 1
        else:
            assert plain_page(opened.payload)
    assert refused > 1000


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """`raw` with one small harm done: a byte changed, cut out, put in, or a stretch doubled or moved."""
    at = chance.randrange(len(raw))
    size = chance.randrange(1, 20)
    match chance.randrange(5):
        case 0:
            changed = raw[:at] + bytes([raw[at] ^ chance.randrange(1, 256)]) + raw[at + 1 :]
        case 1:
            changed = raw[:at] + raw[at + size :]
        case 2:
            changed = raw[:at] + chance.randbytes(size) + raw[at:]
        case 3:
            changed = raw[: at + size] + raw[at:]
        case _:
            changed = raw[:at] + chance.randbytes(size) + raw[at + size :]
    return changed if changed != raw else raw + b"x"
