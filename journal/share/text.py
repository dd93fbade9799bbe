"""The plain page: what a reader without this program sees after `age -d`.

Foreign text goes to a terminal here, so characters that could steer one are written out as ‹U+001B›. The
structured part of a share keeps every character exactly; only this page is made safe.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from journal.records.base import Style
from journal.share.blocks import Block, BlockKind
from journal.share.payload import Payload
from journal.share.render import PROVED, UNSIGNED, document

WIDTH = 80  # columns; a longer word or table row is not broken
_INDENT = "    "
# C0 and C1 controls, line and paragraph separators, and the characters that turn the direction of what follows.
# The three plain direction marks (U+061C, U+200E, U+200F) turn nothing and belong to ordinary Arabic and Hebrew.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]")


def plain_page(payload: Payload, *, proved: bool = False) -> str:
    """The whole share as plain text: lines of about `WIDTH` columns, ending in a line feed. `proved`: a proof of its
    maker goes with it."""
    return page_of(document(payload, PROVED if proved else UNSIGNED))


def page_of(blocks: Iterable[Block]) -> str:
    """These blocks as plain text."""
    lines: list[str] = []
    for block in blocks:
        lines.extend(_lines(block))
        lines.append("")
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"


def safe(text: str) -> str:
    """`text` on one line, with every character that could steer a terminal written out."""
    return _UNSAFE.sub(_written_out, text.replace("\r\n", "\n").replace("\n", " ").replace("\t", _INDENT))


def is_safe(page: str) -> bool:
    """Whether `page` holds no character that `plain_page` would have written out."""
    return _UNSAFE.search(page.replace("\n", "")) is None


def _written_out(found: re.Match[str]) -> str:
    return f"‹U+{ord(found[0]):04X}›"


def _lines(block: Block) -> Iterator[str]:
    match block.kind:
        case BlockKind.TITLE:
            yield from _underlined(block.text, "=")
        case BlockKind.HEADING:
            yield ""
            yield from _underlined(block.text, "=")
        case BlockKind.SUBHEADING:
            yield from _underlined(block.text, "-")
        case BlockKind.NOTICE:
            yield from _wrapped(safe(block.text))
        case BlockKind.NAME:
            yield from _wrapped(safe(block.text), first=_INDENT, later=_INDENT)
        case BlockKind.PICTURE:
            yield f"[{block.text}]"
            if block.caption:
                yield from _wrapped(safe(block.caption), first=_INDENT, later=_INDENT)
        case BlockKind.FACTS:
            yield from _facts(block.rows)
        case BlockKind.TEXT:
            yield from _own_text(block)
        case BlockKind.TABLE:
            yield from _table(block.rows)


def _underlined(text: str, rule: str) -> Iterator[str]:
    shown = safe(text)
    yield shown
    yield rule * min(_columns(shown), WIDTH)


def _facts(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    width = max(_columns(label) for label, _ in rows) + 2
    for label, value in rows:
        start = label + " " * (width - _columns(label))
        yield from _wrapped(safe(value), first=start, later=" " * width)


def _table(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    safe_rows = [tuple(safe(cell) for cell in row) for row in rows]
    widths = [max(_columns(cell) for cell in column) for column in zip(*safe_rows, strict=True)]
    gap = "  " if sum(widths) + 2 * len(widths) - 2 <= WIDTH else " "
    for row in safe_rows:
        cells = (cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True))
        yield gap.join(cells).rstrip()


def _own_text(block: Block) -> Iterator[str]:
    """The person's own words: their line breaks kept, long lines wrapped, indented so that they stand apart."""
    styles = [mark for mark in block.marks if mark.style.is_line]
    styles.sort(key=lambda mark: mark.start)
    at, number, following = 0, 0, 0
    for line in block.text.split("\n"):
        end = at + len(line)
        while following < len(styles) and styles[following].end <= at:
            following += 1
        style = styles[following].style if following < len(styles) and styles[following].start < end else None
        number = number + 1 if style is Style.NUMBER else 0
        start = {Style.BULLET: "- ", Style.NUMBER: f"{number}. ", Style.QUOTE: "> "}.get(style) if style else None
        later = "> " if style is Style.QUOTE else " " * len(start or "")
        shown = safe(line.removesuffix("\r"))
        yield from _wrapped(shown, first=_INDENT + (start or ""), later=_INDENT + later)
        if style is Style.HEADING:
            yield _INDENT + "~" * min(_columns(shown), WIDTH - len(_INDENT))
        at = end + 1


def _wrapped(text: str, first: str = "", later: str = "") -> Iterator[str]:
    """`text` broken at its spaces. Several spaces in a row stay as they are within a line."""
    line, width, empty = first, _columns(first), True
    for word in text.split(" "):
        columns = _columns(word)
        if not empty and width + 1 + columns > WIDTH and word:
            yield line.rstrip()
            line, width, empty = later, _columns(later), True
        if not empty:
            line += " "
            width += 1
        line += word
        width += columns
        empty = False
    yield line.rstrip()


def _columns(text: str) -> int:
    """How many columns a terminal gives `text`: two for wide East Asian characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_column(char) for char in text)


def _column(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
