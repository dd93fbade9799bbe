"""The person's own words with their marks: paragraphs, headings, quotes and lists; bold and italic inside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from journal.records.base import Mark, Style
from journal.share.blocks import Block
from journal.share.html.tree import Child, Node, element

_LAST_HEADING = 6
Stretch = tuple[int, int]


class _Line(NamedTuple):
    start: int
    end: int
    style: Style | None


def own_words(block: Block, level: int) -> Iterator[Node]:
    """The elements of a TEXT block. `level` is that of its headings, 1 to 6. Every character is kept."""
    bold, italic = (_stretches(block.marks, style) for style in (Style.BOLD, Style.ITALIC))

    def inside(start: int, end: int) -> list[Child]:
        return list(_inline(block.text, start, end, bold, italic))

    for style, group in groupby(_lines(block), key=lambda line: line.style):
        lines = list(group)
        match style:
            case Style.BULLET | Style.NUMBER:
                items = [element("li", *inside(line.start, line.end)) for line in lines]
                yield element("ul" if style is Style.BULLET else "ol", *items)
            case Style.HEADING:
                for line in lines:
                    yield element(f"h{min(level, _LAST_HEADING)}", *inside(line.start, line.end))
            case _:
                name = "blockquote" if style is Style.QUOTE else "p"
                yield element(name, *inside(lines[0].start, lines[-1].end))


def _lines(block: Block) -> Iterator[_Line]:
    """The lines with the style that covers each of them, if any; an empty line has none."""
    styles = sorted((mark for mark in block.marks if mark.style.is_line), key=lambda mark: mark.start)
    at = following = 0
    for text in block.text.split("\n"):
        end = at + len(text)
        while following < len(styles) and styles[following].end <= at:
            following += 1
        covered = following < len(styles) and styles[following].start < end
        yield _Line(at, end, styles[following].style if covered else None)
        at = end + 1


def _stretches(marks: Sequence[Mark], style: Style) -> list[Stretch]:
    """Where a style holds: apart from each other, in order."""
    found: list[Stretch] = []
    for mark in sorted((mark for mark in marks if mark.style is style), key=lambda mark: mark.start):
        if found and mark.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], mark.end))
        else:
            found.append((mark.start, mark.end))
    return found


def _inline(text: str, start: int, end: int, bold: list[Stretch], italic: list[Stretch]) -> Iterator[Child]:
    """The text from `start` to `end`, each piece in what it is set in."""
    edges = {start, end}
    for stretches in (bold, italic):
        at = max(bisect_right(stretches, (start, -1)) - 1, 0)
        while at < len(stretches) and stretches[at][0] < end:
            edges.update(edge for edge in stretches[at] if start < edge < end)
            at += 1
    ordered = sorted(edges)
    for left, right in pairwise(ordered):
        words = text[left:right].replace("\r\n", "\n")
        piece: Child = words.removesuffix("\r") if text.startswith("\n", right) else words
        if _holds(italic, left):
            piece = element("em", piece)
        if _holds(bold, left):
            piece = element("strong", piece)
        yield piece


def _holds(stretches: list[Stretch], at: int) -> bool:
    found = bisect_right(stretches, (at, 2**63)) - 1
    return found >= 0 and at < stretches[found][1]
