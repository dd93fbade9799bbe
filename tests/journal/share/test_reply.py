"""A reply's form: one way to write it, its page says the same, and nothing is taken for it that is none."""

from __future__ import annotations

import hashlib
import json
import random

import msgspec
import pytest
from hypothesis import given

from journal.errors import DamagedShare, InvalidRecord, NotAShare, ShareError
from journal.share import OpenedReply, OpenedShare, comment_on, container, generate_identity, read_either, write_share
from journal.share.file import pack, read_share, unpack
from journal.share.reply import ReplyComment, decode_reply, encode_reply, pack_reply, reply_document, unpack_reply
from journal.share.reply_file import write_reply
from journal.share.text import page_of
from tests.journal.share.replies import SHARED, place, replies, reply, usual
from tests.journal.share.test_container import TEXT, built, mutated

BEN = generate_identity()
EMPTY = b"Integration Journal reply, version 2\n"


def with_comments(body: bytes) -> bytes:
    """A container of a reply whose part for the program is `body`, with right hashes."""
    return container.pack(container.Contents("page\n", body, version=2, form=container.REPLY))


@given(replies())
def test_there_and_back(payload):
    raw = pack_reply(payload)
    opened = unpack_reply(raw)
    assert opened.payload == payload
    assert opened.text == page_of(reply_document(payload))
    assert (opened.unknown, opened.proof, opened.contents) == ((), None, raw)
    assert pack_reply(opened.payload) == raw
    assert decode_reply(encode_reply(payload)) == payload


def test_the_page_says_all_of_it_and_can_steer_nothing():
    raw = pack_reply(usual())
    lines = raw.decode().splitlines()
    assert lines[0] == "Integration Journal reply, version 2"
    assert lines[3] == "A reply to what was shared from an integration journal"
    page = unpack_reply(raw).text
    for said in (
        "Dr. Meyer",
        "Alex",
        "30 November 2026",
        "the share of 23 November 2026",
        "Thank you for these.",
        "More on Tuesday.",
        "> text",
        "Which text?",
        "About the whole entry:",
        "All of this day. 🌿‹U+001B›[2J",
        "Not checked. Nothing in this reply proves",
    ):
        assert said in page, said
    assert "\x1b" not in raw.decode()


def test_what_entries_are_called_can_be_told():
    page = page_of(reply_document(usual(), names={place("page"): "The day after"}))
    assert "The day after\n" in page
    assert f"Experience, entry {place('experience') + 1} of the share\n" in page


def test_a_passage_is_taken_from_the_share_as_it_stands_there():
    at = place("experience")
    made = comment_on(SHARED, "Which?", (at, "text", 7, 11))
    assert (made.kind, made.words) == ("experience", "text")
    assert comment_on(SHARED, "x", (at, "text", 3, 3)) == comment_on(SHARED, "x", (at, "", 0, 0))
    for wrong in (
        (999, "text", 0, 1),
        (-1, "text", 0, 1),
        (at, "text", 0, 999),
        (at, "marks", 0, 1),
        (at, "no", 0, 1),
    ):
        with pytest.raises(InvalidRecord):
            comment_on(SHARED, "x", wrong)


FINE = {"place": 0, "kind": "page", "field": "text", "start": 2, "end": 5, "words": "two", "text": "x"}


@pytest.mark.parametrize(
    "change",
    [
        {"place": -1},
        {"place": 10**6 + 1},
        {"kind": "settings"},
        {"kind": ""},
        {"text": " \n"},
        {"start": -1, "end": 2},
        {"start": 6},
        {"words": "twice"},
        {"words": "", "end": 2},
        {"field": ""},
        {"field": "Text"},
        {"field": "te xt"},
        {"field": "", "words": "", "start": 2, "end": 2},
        {"words": "\ud800ab"},
        {"field": "x" * 41},
    ],
)
def test_a_comment_needs_its_place_and_its_words(change):
    assert ReplyComment(**FINE).words == "two"
    with pytest.raises(InvalidRecord):
        ReplyComment(**{**FINE, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"format": 1},
        {"format": 3},
        {"entries_sha256": ""},
        {"entries_sha256": "A" * 64},
        {"entries_sha256": "a" * 63},
        {"reply": "5" * 31},
        {"reply": "G" * 32},
        {"share": ""},
        {"sender": "x" * 501},
        {"to": "x" * 501},
        {"text": "", "comments": ()},
        {"text": "\ud800"},
        {"comments": usual().comments[:1] * 1001},
    ],
)
def test_a_reply_needs_its_ids_and_says_something(change):
    with pytest.raises(InvalidRecord):
        msgspec.structs.replace(usual(), **change)


BODY = encode_reply(usual())
FIELDS = json.loads(BODY)


def other(**changes: object) -> bytes:
    return json.dumps({**FIELDS, **changes}, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        BODY + b" ",
        BODY.replace(b'","', b'", "', 1),
        other(more=1),
        other(format=1),
        other(format=3),
        other(format=1, entries_sha256=""),
        other(entries_sha256=""),
        other(made="x"),
        other(comments=[]) + b"\n",
        other(text="", comments=[]),
        other(shared="2026-11-23T00:00:00"),
        other(comments=[{**FIELDS["comments"][0], "more": 1}]),
        other(comments=[{**FIELDS["comments"][0], "end": 9.0}]),
        json.dumps(FIELDS, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(),
        json.dumps(dict(reversed(FIELDS.items())), separators=(",", ":")).encode(),
        BODY.replace(b'"to":"Alex"', b'"to":"Alex","to":"Alex"'),
        BODY.replace(b"Alex", b"\\u0041lex"),
    ],
)
def test_there_is_one_form(body):
    with pytest.raises(DamagedShare, match="This reply is damaged"):
        unpack_reply(with_comments(body))


@pytest.mark.parametrize("version", [1, 2])
def test_a_reply_is_built_by_hand_as_its_page_says(version):
    """From `docs/share-format.md` alone: another program can write one."""
    whole = {"field": "", "start": 0, "end": 0, "words": ""}
    comment = {"place": 2, "kind": "page", **whole, "text": "Thank you. \U0001f33f"}
    fields = {
        "format": 2, "reply": "ab" * 16, "share": "cd" * 16, "shared": "2026-11-23", "made": "2026-11-30",
        "sender": "", "to": "", "text": "", "comments": [comment], "entries_sha256": "ef" * 32,
    }  # fmt: skip
    if version == 1:
        fields = {**fields, "format": 1}
        del fields["entries_sha256"]
    body = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    raw = built(
        entries=body,
        first=f"Integration Journal reply, version {version}\n".encode(),
        listed=[TEXT, ("comments", len(body), hashlib.sha256(body).hexdigest())],
    )
    opened = unpack_reply(raw)
    assert opened.text == "page\n"
    assert [one.text for one in opened.payload.comments] == ["Thank you. 🌿"]
    assert opened.payload.entries_sha256 == ("ef" * 32 if version == 2 else "")
    with pytest.raises(DamagedShare):  # the first line says another format than its comments have
        unpack_reply(raw.replace(f"version {version}".encode(), f"version {3 - version}".encode(), 1))


def test_a_later_version_asks_for_an_update():
    raw = pack_reply(usual()).replace(b"reply, version 2", b"reply, version 3", 1)
    with pytest.raises(ShareError, match="newer version of the program made this reply"):
        unpack_reply(raw)


def test_neither_is_taken_for_the_other():
    share, answer = pack(SHARED), pack_reply(usual())
    with pytest.raises(NotAShare, match="a reply to a share"):
        unpack(answer)
    with pytest.raises(NotAShare, match="a share, not a reply"):
        unpack_reply(share)
    for renamed, read in (
        (share.replace(b"share, version", b"reply, version", 1), unpack_reply),
        (answer.replace(b"reply, version", b"share, version", 1), unpack),
    ):
        with pytest.raises(DamagedShare):
            read(renamed)
    for foreign in (b"", EMPTY[:-2], b"Integration Journal letter, version 1\n", b"PK\x03\x04"):
        with pytest.raises(NotAShare):
            unpack_reply(foreign)


def test_a_part_of_a_later_version_is_named_and_one_that_is_no_text_is_damage():
    bare = container.unpack(pack_reply(usual()), container.REPLY)
    opened = unpack_reply(container.pack(bare._replace(others=(container.Part("later", b"x"),))))
    assert (opened.payload, opened.unknown) == (usual(), ("later",))
    with pytest.raises(DamagedShare):
        unpack_reply(container.pack(bare._replace(others=(container.Part("later", b"\xff"),))))


def test_every_truncation_is_refused():
    raw = pack_reply(usual())
    for end in range(len(raw)):
        with pytest.raises(ShareError):
            unpack_reply(raw[:end])


def test_thousands_of_mutations_are_all_refused():
    raw = pack_reply(usual())
    chance = random.Random(20261126)
    for _ in range(3000):
        with pytest.raises(ShareError):
            unpack_reply(mutated(raw, chance))


def test_mutated_comments_under_a_right_hash_are_refused_or_shown():
    chance = random.Random(11)
    refused = 0
    for _ in range(3000):
        try:
            opened = unpack_reply(with_comments(mutated(BODY, chance)))
        except DamagedShare:
            refused += 1
        else:
            assert page_of(reply_document(opened.payload))
    assert refused > 1000


def test_too_much_for_a_journal_to_keep_is_refused_on_both_sides():
    with pytest.raises(ShareError, match="too much for one reply"):
        pack_reply(reply(text="x" * (2 * 2**20)))  # it stands there twice: on the page as well
    assert unpack_reply(pack_reply(reply(text="x" * (2 * 2**20 - 4096))))
    with pytest.raises(DamagedShare):
        unpack_reply(EMPTY.ljust(container.REPLY.most + 1))


# -- as a file ---------------------------------------------------------------------------------------------------


def test_one_reader_opens_both(tmp_path):
    write_share(tmp_path / "s.age", SHARED, recipients=[BEN.recipient])
    written = write_reply(tmp_path / "r.age", usual(), recipient=BEN.recipient)
    share = read_either(tmp_path / "s.age", identity=BEN.secret)
    answer = read_either(tmp_path / "r.age", identity=BEN.secret)
    assert isinstance(share, OpenedShare) and share == read_share(tmp_path / "s.age", identity=BEN.secret)
    assert isinstance(answer, OpenedReply) and answer.payload == usual()
    sealed = (tmp_path / "r.age").read_bytes()
    assert (written.reply, written.size) == (usual().reply, len(sealed))
    assert written.sha256 == hashlib.sha256(sealed).hexdigest()
    with pytest.raises(NotAShare, match="a reply to a share"):
        read_share(tmp_path / "r.age", identity=BEN.secret)


def test_age_shows_the_page(tmp_path):
    """Without this program: age gives the container, which begins with what is for reading."""
    import pyrage

    write_reply(tmp_path / "r.age", usual(), recipient=BEN.recipient)
    identity = pyrage.x25519.Identity.from_str(BEN.secret)
    shown = pyrage.decrypt((tmp_path / "r.age").read_bytes(), [identity])
    assert shown.decode().startswith("Integration Journal reply, version 2\nThe next ")
    assert "Which text?" in shown.decode().split("---- End of the page.")[0]


def test_a_reply_is_closed_in_one_way(tmp_path):
    for how in ({}, {"recipient": BEN.recipient, "passphrase": "x"}):
        with pytest.raises(ValueError, match="either"):
            write_reply(tmp_path / "r.age", usual(), **how)
    assert list(tmp_path.iterdir()) == []
