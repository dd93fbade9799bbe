"""What a reply to a share holds: a therapist's comments, each bound to its place in the share.

A reply names the share by its id and an entry by its place in it (`Payload.entries`), as a share has no other names
for them. The words of a passage go along, so that a comment can be read where the passage is gone, and the kind of
the entry, so that a wrong place is noticed. Every field is written; one reply has one canonical form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from journal.errors import DamagedShare, InvalidRecord
from journal.ids import is_id
from journal.records.base import Mark, Style, check_line, check_text
from journal.share import container
from journal.share.authenticity import PART, Author, Proof, prove
from journal.share.blocks import Block, BlockKind, day_text
from journal.share.file import proof_in
from journal.share.payload import Payload, kind_of
from journal.share.text import page_of

FORMAT = 2
_FORMATS = (1, 2)  # one of format 1 does not say what the share held
MAX_COMMENTS = 1000  # more than anybody writes, and few enough for one page
MAX_PLACE = 10**6  # far more entries than a share of 32 MiB could hold
NOTICE = (
    "A reply to an excerpt from an integration journal, by the person who read it. It is not a medical record. "
    "Nobody watches it for emergencies."
)
PROVED = "Not on this page. This program, when it opens the file, checks what goes with it and says who made it."
UNPROVED = "Not checked. Nothing in this reply proves who made it. If in doubt, ask the person."
KINDS: dict[str, str] = {
    "session": "Session",
    "intention": "Intention",
    "experience": "Experience",
    "integration": "Integration note",
    "page": "Journal page",
    "checkin": "Check-in",
    "scale": "Questionnaire",
    "medicine": "Medicine",
    "sideeffect": "Side effect",
    "hard": "Hard moment",
    "commitment": "Commitment",
    "question": "Question",
}
_FIELD = re.compile("[a-z_]{1,40}")
_SHA256 = re.compile("[0-9a-f]{64}")


class ReplyComment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A comment beside a passage, or beside a whole entry (`field` "", `start` and `end` 0, no `words`).

    `place` is the entry's among the share's entries, from 0, `kind` what it is counted as. `words` are the passage:
    the code points `start` to `end` of the entry's `field`, as the share has it.
    """

    place: int
    kind: str
    field: str
    start: int
    end: int
    words: str
    text: str

    def __post_init__(self) -> None:
        check_text(self.words)
        check_text(self.text)
        if not 0 <= self.place <= MAX_PLACE or self.kind not in KINDS or not self.text.strip():
            raise InvalidRecord("A comment needs its place and its words.")
        if not 0 <= self.start <= self.end or len(self.words) != self.end - self.start:
            raise InvalidRecord("The passage of a comment has its words.")
        if bool(self.field) is not bool(self.words) or (self.field and not _FIELD.fullmatch(self.field)):
            raise InvalidRecord("A passage has its field.")
        if not self.words and self.end:
            raise InvalidRecord("A comment on a whole entry names no passage.")


class ReplyPayload(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reply. `reply` is its own random id, `share` that of the share; `shared` and `made` are the local days on
    which the share and the reply were made.

    `sender` and `to` are what the sender typed: proved by nothing. `text` is about all of the share.
    `entries_sha256` tells which entries the comments were written beside (`payload.sha256_of` the share): a share's
    number alone can be given to another one. "" in format 1, which has it not.
    """

    format: int
    reply: str
    share: str
    shared: date
    made: date
    sender: str
    to: str
    text: str
    comments: tuple[ReplyComment, ...]
    entries_sha256: str = ""

    def __post_init__(self) -> None:
        if self.format not in _FORMATS or not is_id(self.reply) or not is_id(self.share):
            raise InvalidRecord("A reply needs its format, its id, and the share's.")
        if not (_SHA256.fullmatch(self.entries_sha256) if self.format > 1 else self.entries_sha256 == ""):
            raise InvalidRecord("A reply says which entries it is about.")
        check_line(self.sender, "sender's name")
        check_line(self.to, "reader's name")
        check_text(self.text)
        if self.empty or len(self.comments) > MAX_COMMENTS:
            raise InvalidRecord("A reply needs words, and has no more comments than somebody can read.")

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not self.comments and not self.text.strip()


class OpenedReply(NamedTuple):
    """A reply as its reader has it. The fields are those of `OpenedShare`; `contents` is the whole container."""

    payload: ReplyPayload
    text: str
    unknown: tuple[str, ...] = ()
    proof: Proof | None = None
    contents: bytes = b""

    @property
    def reply(self) -> str:
        """The reply's own id."""
        return self.payload.reply

    @property
    def share(self) -> str:
        """The id of the share it answers."""
        return self.payload.share


def comment_on(shared: Payload, text: str, passage: tuple[int, str, int, int]) -> ReplyComment:
    """A comment on a passage of this share (place, field, start, end; an empty passage: the whole entry). Raises
    `InvalidRecord` if the share has no such passage."""
    place, field, start, end = passage
    if start == end:
        field, start, end = "", 0, 0
    entry = next((one for number, one in enumerate(shared.entries) if number == place), None)
    whole = getattr(entry, field, None) if field else ""
    if entry is None or not isinstance(whole, str) or not 0 <= start <= end <= len(whole):
        raise InvalidRecord("This passage is not in the share.")
    return ReplyComment(
        place=place, kind=kind_of(entry), field=field, start=start, end=end, words=whole[start:end], text=text
    )


def encode_reply(payload: ReplyPayload) -> bytes:
    """The canonical form: JSON in ASCII, keys sorted, no white space."""
    fields = msgspec.to_builtins(payload)
    if payload.format == 1:
        del fields["entries_sha256"]
    return json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


_decoder = msgspec.json.Decoder(ReplyPayload)


def decode_reply(body: bytes) -> ReplyPayload:
    """The reply in `body`. Raises `DamagedShare` for anything but the canonical form of a valid reply."""
    try:
        payload = _decoder.decode(body)
        same = encode_reply(payload) == body
    except (msgspec.DecodeError, UnicodeError, RecursionError, InvalidRecord):
        raise DamagedShare(container.REPLY.damaged, detail="the comments do not have their form") from None
    if not same:
        raise DamagedShare(container.REPLY.damaged, detail="the comments are not in their canonical form")
    return payload


def pack_reply(payload: ReplyPayload, author: Author | None = None, reader: str = "") -> bytes:
    """The unsealed bytes of a reply; with an `author`, what proves that author to the `reader` (an address) goes with
    them. Raises `ShareError` if they are too many, or for a bad key."""
    page = page_of(reply_document(payload, proved=author is not None))
    bare = container.Contents(page, encode_reply(payload), version=payload.format, form=container.REPLY)
    packed = container.pack(bare)
    if author is None:
        return packed
    proof = prove(packed, payload.share, author, [reader], payload.reply)
    return container.pack(bare._replace(others=(container.Part(PART, proof),)))


def unpack_reply(contents: bytes) -> OpenedReply:
    """A reply from its unsealed bytes. Raises `NotAShare`, `DamagedShare`, or `ShareError` for a later version's."""
    opened = container.unpack(contents, container.REPLY)
    unknown = tuple(part.type for part in opened.others if part.type != PART)
    try:
        contents.decode()
    except UnicodeDecodeError:  # a text is what a journal can keep
        raise DamagedShare(container.REPLY.damaged, detail="a part is not UTF-8") from None
    payload = decode_reply(opened.body)
    if payload.format != opened.version:
        raise DamagedShare(container.REPLY.damaged, detail="the first line says another format")
    return OpenedReply(payload, opened.text, unknown, proof_in(opened), contents)


def reply_document(
    payload: ReplyPayload, *, proved: bool = False, names: Mapping[int, str] | None = None
) -> tuple[Block, ...]:
    """The whole reply as it is read. `names`: what the entries at these places are called, where that is known."""
    return tuple(_document(payload, proved, names or {}))


def _document(payload: ReplyPayload, proved: bool, names: Mapping[int, str]) -> Iterator[Block]:
    yield Block(kind=BlockKind.TITLE, text="A reply to what was shared from an integration journal")
    yield Block(kind=BlockKind.NOTICE, text=NOTICE)
    facts = (
        ("From", f"{payload.sender} (as the sender typed it)" if payload.sender else "not said"),
        ("Checked", PROVED if proved else UNPROVED),
        ("For", payload.to or "not said"),
        ("Made", day_text(payload.made)),
        ("Answers", f"the share of {day_text(payload.shared)}"),
        ("In it", _count(len(payload.comments))),
    )
    yield Block(kind=BlockKind.FACTS, rows=facts)
    if payload.text.strip():
        yield Block(kind=BlockKind.HEADING, text="To all of it")
        yield Block(kind=BlockKind.TEXT, text=payload.text, own=True)
    if payload.comments:
        yield Block(kind=BlockKind.HEADING, text="Comments")
    for comment in payload.comments:
        name = names.get(comment.place) or f"{KINDS[comment.kind]}, entry {comment.place + 1} of the share"
        yield Block(kind=BlockKind.SUBHEADING, text=name, place=comment.place)
        if comment.words:
            yield Block(kind=BlockKind.NOTICE, text="About these words:", place=comment.place)
            yield Block(kind=BlockKind.TEXT, text=comment.words, marks=_quoted(comment.words), place=comment.place)
        else:
            yield Block(kind=BlockKind.NOTICE, text="About the whole entry:", place=comment.place)
        yield Block(kind=BlockKind.TEXT, text=comment.text, own=True, place=comment.place)


def _quoted(words: str) -> tuple[Mark, ...]:
    return (Mark(0, len(words), Style.QUOTE),)


def _count(comments: int) -> str:
    return {0: "words to all of it, and no comments", 1: "1 comment"}.get(comments, f"{comments} comments")
