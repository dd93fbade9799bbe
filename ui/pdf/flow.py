"""The blocks of a share on paper, and a person's own words with their formatting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF

from journal.errors import InvalidRecord
from journal.records.base import Mark, Style
from journal.share import Block, BlockKind
from journal.share.picture import SharedPicture
from ui.pdf.pages import Pages, Span
from ui.pictures import decode

_POINTS = 72 / 150  # of a picture's pixel
_HIGHEST = 420.0  # points

# What no paper shows: written as the sign for it, one for one, so that the formatting stays where it was.
_UNSEEN = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)} | {0x09: " "}


def blocks(pages: Pages, shown: Iterable[Block], pictures: Sequence[SharedPicture] = ()) -> None:
    """Draw blocks one below the other; their headings stand in the contents. `pictures` are those of the share."""
    for block in shown:
        text = plain(block.text)
        match block.kind:
            case BlockKind.TITLE:
                pages.text(text, "title")
            case BlockKind.HEADING:
                pages.heading(text, 1)
            case BlockKind.SUBHEADING:
                pages.heading(text, 2)
            case BlockKind.NAME:
                pages.text(text, "name")
            case BlockKind.NOTICE:
                pages.text(text, "small")
            case BlockKind.PICTURE:
                _picture(pages, block, pictures)
            case BlockKind.TEXT:
                own_text(pages, block.text, block.marks)
            case BlockKind.FACTS | BlockKind.TABLE:
                rows = [[plain(cell) for cell in row] for row in block.rows]
                pages.table(rows, heads=block.kind is BlockKind.TABLE)


def _picture(pages: Pages, block: Block, pictures: Sequence[SharedPicture]) -> None:
    """A picture as large as it is at 150 dots an inch, and no larger than the paper has room for, over its words."""
    try:
        image = decode(pictures[block.picture or 0].data)
    except (InvalidRecord, IndexError):
        pages.text(f"{plain(block.text)} It could not be shown here.", "small")
        return
    most = min(pages.width / pages.pt(1), image.width() * _POINTS)
    high = min(most * image.height() / image.width(), _HIGHEST)
    wide = high * image.width() / image.height()
    pages.gap(6)
    area = pages.area(high)
    if not pages.blank:
        pages.painter.drawImage(QRectF(area.left(), area.top(), pages.pt(wide), area.height()), image)
    pages.text(plain(block.caption or block.text), "small")


def own_text(pages: Pages, text: str, marks: tuple[Mark, ...] = ()) -> None:
    """Somebody's words, line by line as they were typed."""
    start, number = 0, 0
    for typed in text.split("\n"):
        here = [mark for mark in marks if mark.start < start + len(typed) and mark.end > start]
        style = next((mark.style for mark in here if mark.style.is_line and mark.start <= start), None)
        number = number + 1 if style is Style.NUMBER else 0
        before = {Style.BULLET: "•", Style.NUMBER: f"{number}."}.get(style, "") if style is not None else ""
        indent = 16 if before or style is Style.QUOTE else 0
        role = "name" if style is Style.HEADING else "body"
        line = typed.removesuffix("\r").translate(_UNSEEN)
        pages.text(line, role, indent=indent, before=before or ("|" if style is Style.QUOTE else ""),
                   spans=_spans(typed, start, here))  # fmt: skip
        start += len(typed) + 1


def plain(text: str) -> str:
    """A text on one line."""
    return " ".join(text.translate(_UNSEEN).splitlines())


def _spans(typed: str, start: int, marks: list[Mark]) -> list[Span]:
    """Letters that are bold or italic, in the units that Qt counts by."""
    found = []
    for mark in marks:
        if mark.style.is_line:
            continue
        first, last = max(0, mark.start - start), min(len(typed), mark.end - start)
        begin = _units(typed[:first])
        length = _units(typed[first:last])
        found.append((begin, length, mark.style is Style.BOLD, mark.style is Style.ITALIC))
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
