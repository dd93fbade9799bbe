"""The blocks of a share as FHIR's narrative: plain XHTML, in which everybody's words are text and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from journal.records.base import Mark, Style
from journal.report.codes import Json
from journal.report.fhir_base import fit
from journal.share import Block, BlockKind
from journal.share.blocks import PICTURE_STAYS

_TAGS = {
    BlockKind.TITLE: "h2",
    BlockKind.HEADING: "h3",
    BlockKind.SUBHEADING: "h4",
    BlockKind.NAME: "h5",
    BlockKind.NOTICE: "p",
}
_LINES = {Style.HEADING: "h6", Style.QUOTE: "blockquote"}
_LISTS = {Style.BULLET: "ul", Style.NUMBER: "ol"}


def narrative(blocks: Iterable[Block]) -> Json:
    """FHIR's `Narrative` of these blocks."""
    inside = "".join(piece for block in blocks for piece in _block(block)) or "<p>–</p>"
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'}


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case BlockKind.TEXT:
            yield from _own_text(block.text, block.marks)
        case BlockKind.FACTS:
            yield _table(block.rows, heads=False)
        case BlockKind.TABLE:
            yield _table(block.rows, heads=True)
        case BlockKind.PICTURE:
            yield f"<p>{_text(block.text)} {_text(PICTURE_STAYS)}</p>"
            if block.caption:
                yield f"<p>{_text(block.caption)}</p>"
        case _:
            tag = _TAGS[block.kind]
            yield f"<{tag}>{_text(block.text)}</{tag}>"


def _table(rows: tuple[tuple[str, ...], ...], *, heads: bool) -> str:
    lines = []
    for number, row in enumerate(rows):
        cells = "".join(
            f"<{tag}>{_text(cell)}</{tag}>"
            for column, cell in enumerate(row)
            for tag in ["th" if (heads and number == 0) or (not heads and column == 0) else "td"]
        )
        lines.append(f"<tr>{cells}</tr>")
    return f"<table><tbody>{''.join(lines)}</tbody></table>"


def _own_text(text: str, marks: tuple[Mark, ...]) -> Iterator[str]:
    """The person's own words: a paragraph a line, lists as lists, letters as they were set."""
    lines = []
    start = 0
    for line in text.split("\n"):
        style = next((mark.style for mark in marks if mark.style.is_line and mark.start <= start < mark.end), None)
        lines.append((style, _inline(line, start, marks)))
        start += len(line) + 1
    for style, group in groupby(lines, key=lambda pair: pair[0]):
        if style in _LISTS:
            yield f"<{_LISTS[style]}>{''.join(f'<li>{inner}</li>' for _, inner in group)}</{_LISTS[style]}>"
            continue
        tag = _LINES.get(style, "p") if style is not None else "p"
        for _, inner in group:
            yield f"<{tag}>{inner}</{tag}>"


def _inline(line: str, start: int, marks: tuple[Mark, ...]) -> str:
    def styles(place: int) -> tuple[bool, bool]:
        here = {mark.style for mark in marks if mark.start <= start + place < mark.end}
        return Style.BOLD in here, Style.ITALIC in here

    if not any(mark.style in (Style.BOLD, Style.ITALIC) for mark in marks):
        return _text(line) or "<br/>"
    parts = []
    for (bold, italic), group in groupby(range(len(line)), key=styles):
        piece = _text("".join(line[place] for place in group))
        piece = f"<i>{piece}</i>" if italic else piece
        parts.append(f"<b>{piece}</b>" if bold else piece)
    return "".join(parts) or "<br/>"


def _text(text: str) -> str:
    return escape(fit(text), quote=False)
