"""How two versions of a text differ, word by word where that can be said in bounded time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

_MOST_LINES = 4_000
_MOST_WORDS = 3_000  # on either side of one changed stretch; beyond that the stretch is shown as a whole
_WORDS = re.compile(r"\w+ ?|\s|[^\w\s] ?")  # with its space: else two unlike texts would be alike in their spaces


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text. All "same" and "removed" pieces make the older text, "same" and "added" the newer."""

    kind: Literal["same", "added", "removed"]
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """What was removed from `before` and added to it to make `after`, in reading order."""
    return tuple(_joined(_by_lines(before.splitlines(keepends=True), after.splitlines(keepends=True))))


def _by_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    yield Piece("same", "".join(before[:start]))
    yield from _middle(before[start : len(before) - end], after[start : len(after) - end])
    yield Piece("same", "".join(before[len(before) - end :]))


def _middle(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    if max(len(before), len(after)) > _MOST_LINES:
        yield from _whole(before, after)
        return
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(before[a:b]))
        else:
            yield from _by_words(_WORDS.findall("".join(before[a:b])), _WORDS.findall("".join(after[c:d])))


def _by_words(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    if max(len(before), len(after)) > _MOST_WORDS:
        yield from _whole(before, after)
        return
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(before[a:b]))
        else:
            yield from _whole(before[a:b], after[c:d])


def _whole(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    yield Piece("removed", "".join(before))
    yield Piece("added", "".join(after))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
