"""All of a share on paper: a title page, a table of contents with page numbers, then what every view of it shows."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QTextLayout, QTextLine

from journal.report.page_one import extract
from journal.share import BlockKind, Payload, document
from ui.pdf.flow import blocks, plain
from ui.pdf.pages import Entry, Pages, painted

_TOGETHER = 3  # the last lines of the contents: no page has one of them alone


def everything_pdf(payload: Payload, *, family: str) -> bytes:
    """The document on A4, with letters of `family`."""
    return painted(partial(_draw, payload), family, extract(payload), payload.made)


def _draw(payload: Payload, pages: Pages, entries: list[Entry]) -> None:
    shown = document(payload)
    first = next((place for place, block in enumerate(shown) if block.kind is BlockKind.HEADING), len(shown))
    pages.gap(0)
    pages.y = pages.pt(120)
    blocks(pages, shown[:first])
    pages.text(f"{extract(payload)}.", "name")
    pages.new_page()
    pages.text("Contents", "title")
    pages.gap(6)
    if not entries and first == len(shown):
        pages.text("Nothing is in this share.", "small")
    for place, entry in enumerate(entries):
        if place == len(entries) - _TOGETHER:
            pages.need(sum(_height(pages, one) for one in entries[place:]))
        _line(pages, entry)
    if first < len(shown):
        pages.new_page()
    blocks(pages, shown[first:], payload.pictures)


def _title(pages: Pages, entry: Entry) -> tuple[str, float, float, QTextLayout, list[QTextLine]]:
    """How a line of the contents stands: its role, the points above it, the dots left of it, and its title in lines
    (with what holds them)."""
    role, above, left = ("body", 5, pages.pt(0)) if entry.level == 1 else ("cell", 1.5, pages.pt(14))
    return role, above, left, *pages.lines(plain(entry.title), role, pages.width - left - pages.pt(40))


def _height(pages: Pages, entry: Entry) -> float:
    """How much room a line of the contents takes, in dots."""
    _, above, _, held, lines = _title(pages, entry)
    height = pages.pt(above) + sum(line.height() for line in lines)
    del held
    return height


def _line(pages: Pages, entry: Entry) -> None:
    """A title, a thin line, and its page."""
    role, above, left, titles, lines = _title(pages, entry)
    pages.gap(above)
    layout, (number, *_) = pages.lines(str(entry.page), role, pages.width)
    wide = number.naturalTextWidth()
    for place, line in enumerate(lines):
        pages.need(line.height())
        pages.draw(line, role, left, pages.y)
        if place == len(lines) - 1:
            pages.draw(number, role, pages.width - wide, pages.y)
            begin, end = left + line.naturalTextWidth() + pages.pt(4), pages.width - wide - pages.pt(4)
            if begin < end:
                pages.rule(begin, end, pages.y + line.height() * 0.78)
        pages.y += line.height()
    del layout, titles
