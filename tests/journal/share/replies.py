"""Replies of every shape, and the share they answer."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from journal.share import Payload, ReplyComment, ReplyPayload, comment_on
from journal.share.payload import kind_of, sha256_of
from journal.share.reply import KINDS
from tests.journal.share.samples import everything

SHARED: Payload = everything()
REPLY = "5" * 32


def reply(*comments: ReplyComment, **fields: object) -> ReplyPayload:
    """A reply to `SHARED`."""
    usual: dict[str, object] = {
        "format": 2, "reply": REPLY, "share": SHARED.share, "shared": SHARED.made, "made": date(2026, 11, 30),
        "sender": "Dr. Meyer", "to": "Alex", "text": "Thank you for these.\nMore on Tuesday.", "comments": comments,
        "entries_sha256": sha256_of(SHARED),
    }  # fmt: skip
    return ReplyPayload(**{**usual, **fields})  # type: ignore[arg-type]


def place(kind: str) -> int:
    """The first place in `SHARED` of an entry of this kind."""
    return next(number for number, entry in enumerate(SHARED.entries) if kind_of(entry) == kind)


def usual() -> ReplyPayload:
    """One with a comment on a passage, and one on a whole entry."""
    return reply(
        comment_on(SHARED, "Which text?", (place("experience"), "text", 7, 11)),
        comment_on(SHARED, "All of this day. 🌿\x1b[2J", (place("page"), "", 0, 0)),
    )


_texts = st.text(max_size=40)
_words = st.text(min_size=1, max_size=20)


@st.composite
def comments(draw: st.DrawFn) -> ReplyComment:
    said = draw(_texts.filter(str.strip))
    kind, at = draw(st.sampled_from(sorted(KINDS))), draw(st.integers(0, 10**6))
    if draw(st.booleans()):
        return ReplyComment(place=at, kind=kind, field="", start=0, end=0, words="", text=said)
    words, start = draw(_words), draw(st.integers(0, 10**6))
    field = draw(st.sampled_from(["text", "note", "notes", "answer"]))
    return ReplyComment(
        place=at, kind=kind, field=field, start=start, end=start + len(words), words=words, text=said
    )


@st.composite
def replies(draw: st.DrawFn) -> ReplyPayload:
    found = draw(st.lists(comments(), max_size=4))
    text = draw(_texts if found else _texts.filter(str.strip))
    ids = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")
    days = st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30))
    held = draw(st.none() | st.binary(min_size=32, max_size=32))
    of_format = {"format": 1, "entries_sha256": ""} if held is None else {"entries_sha256": held.hex()}
    return reply(
        *found, reply=draw(ids), share=draw(ids), shared=draw(days), made=draw(days), sender=draw(_texts),
        to=draw(_texts), text=text, **of_format,
    )  # fmt: skip
