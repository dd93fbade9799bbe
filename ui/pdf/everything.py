"""All of a share on paper: a title page, a table of contents with page numbers, then what every view of it shows."""

from __future__ import annotations

from functools import partial

from journal.report.page_one import extract
from journal.share import BlockKind, Payload, document
from ui.pdf.flow import blocks, plain
from ui.pdf.pages import Entry, Pages, painted


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
    for entry in entries:
        _line(pages, entry)
    if first < len(shown):
        pages.new_page()
    blocks(pages, shown[first:], payload.pictures)


def _line(pages: Pages, entry: Entry) -> None:
    """A title, a thin line, and its page."""
    role = "body" if entry.level == 1 else "cell"
    left = pages.pt(0 if entry.level == 1 else 14)
    pages.gap(5 if entry.level == 1 else 1.5)
    layout, (number, *_) = pages.lines(str(entry.page), role, pages.width)
    wide = number.naturalTextWidth()
    titles, lines = pages.lines(plain(entry.title), role, pages.width - left - pages.pt(40))
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
