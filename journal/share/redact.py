"""Passages taken out of a text, so that it is seen that something was taken out, and not how much."""

from __future__ import annotations

from collections.abc import Iterable

from journal.records.base import Mark

GAP = "[…]"


def without(text: str, marks: Iterable[Mark], passages: Iterable[tuple[int, int]]) -> tuple[str, tuple[Mark, ...]]:
    """`text` with `GAP` for each passage (start, end in code points), and the marks where they stand then.

    Passages that touch or overlap become one gap; what reaches outside the text is cut to it. A mark that covered
    nothing but hidden words goes with them.
    """
    merged = _merged(passages, len(text))
    pieces: list[str] = []
    at = 0
    for start, end in merged:
        pieces += [text[at:start], GAP]
        at = end
    pieces.append(text[at:])
    moved = (
        Mark(start, end, mark.style)
        for mark in marks
        if not any(first <= mark.start and mark.end <= last for first, last in merged)
        and (start := _moved(mark.start, merged, after=False)) < (end := _moved(mark.end, merged, after=True))
    )
    return "".join(pieces), tuple(moved)


def back(text: str, passages: Iterable[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Where a stretch of what `without` shows for `text` stands in `text` itself.

    A gap that is touched belongs to the stretch, so that what is hidden next to it makes one gap with it.
    """
    merged = _merged(passages, len(text))
    return _place_before(merged, start, begin=True), _place_before(merged, end, begin=False)


def _place_before(merged: list[tuple[int, int]], place: int, *, begin: bool) -> int:
    shift = 0  # by how much what follows the gaps so far was moved
    for start, end in merged:
        if place <= start + shift:
            break
        if place < start + shift + len(GAP):
            return start if begin else end
        shift += len(GAP) - (end - start)
    return place - shift


def _merged(passages: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in passages):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _moved(place: int, merged: list[tuple[int, int]], *, after: bool) -> int:
    """Where `place` is once the passages are gaps. Inside one it is the gap's end (`after`) or its beginning."""
    shift = 0
    for start, end in merged:
        if place <= start:
            break
        if place < end:
            return start + shift + (len(GAP) if after else 0)
        shift += len(GAP) - (end - start)
    return place + shift
