"""Marks to a Qt document and back. Marks count code points, Qt counts UTF-16 units; both are kept apart here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
)

from journal.records import Mark, Style
from ui.theme import Theme
from ui.widgets.editor.fidelity import FRAGILE, Carrier

STYLE = QTextFormat.Property.UserProperty + 1  # on blocks: the line style's name
_STEP = 1_500  # characters that are put in at once, and those up to the end of their line
_LISTS = {Style.BULLET: QTextListFormat.Style.ListDisc, Style.NUMBER: QTextListFormat.Style.ListDecimal}


def normal(marks: Iterable[Mark], text: str) -> tuple[Mark, ...]:
    """The one form of marks for a text: line styles cover whole lines, one a line; others merged; all sorted.

    Empty lines carry no style; an inline style ends where its line ends, and two stretches of it never touch.
    """
    lines: dict[tuple[int, int], Style] = {}
    inline: dict[Style, list[tuple[int, int]]] = {}
    spans = _spans(text)
    for mark in marks:
        if mark.style.is_line:
            for start, end in spans:
                if start < end and mark.start < end and start < mark.end:
                    lines.setdefault((start, end), mark.style)
        else:
            inline.setdefault(mark.style, []).append((mark.start, mark.end))
    made = [Mark(start, end, style) for (start, end), style in lines.items()]
    for style, stretches in inline.items():
        made += [Mark(start, end, style) for start, end in _by_line(_merged(stretches), spans, lines, style)]
    return tuple(sorted(made, key=lambda mark: (mark.start, mark.end, mark.style)))


def _by_line(
    stretches: list[tuple[int, int]], spans: list[tuple[int, int]], lines: dict[tuple[int, int], Style], style: Style
) -> list[tuple[int, int]]:
    """Inline stretches cut at the ends of lines (a line break has no looks); headings are heavy as they are."""
    cut = []
    place = 0
    for start, end in stretches:
        while place and spans[place][0] > start:
            place -= 1
        while place < len(spans) and spans[place][0] < end:
            first, last = max(start, spans[place][0]), min(end, spans[place][1])
            heavy = style is Style.BOLD and lines.get(spans[place]) is Style.HEADING
            if first < last and not heavy:
                cut.append((first, last))
            place += 1
        place = min(place, len(spans) - 1)
    return cut


def _spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def fill(document: QTextDocument, text: str, marks: Iterable[Mark], carrier: Carrier, theme: Theme) -> None:
    """Put a text with its formatting into a document, which forgets its undo history."""
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(block_format(None, theme))
    cursor.setBlockCharFormat(char_format(None, theme))
    insert(cursor, carrier.to_document(text), text, marks, theme)
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def fill_by_lines(
    document: QTextDocument, text: str, marks: Iterable[Mark], theme: Theme, step: int = _STEP
) -> Iterator[int]:
    """Put a text with its formatting into a document that `fill` left empty, whole lines of about `step` characters
    at a time: how many they were. Only what comes in is laid out; in the end all is as `fill` would have put it."""
    carrier, found = Carrier(text), normal(marks, text)
    document.setUndoRedoEnabled(False)
    start, last = 0, 0  # of the marks, which stand in the order of the text
    while start <= len(text) and text:
        end = text.find("\n", start + step)
        end = len(text) if end < 0 else end
        part = text[start:end]
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        if start:
            cursor.insertBlock(block_format(None, theme), char_format(None, theme))
        first = last
        while last < len(found) and found[last].start < end:
            last += 1
        mine = [Mark(one.start - start, one.end - start, one.style) for one in found[first:last]]
        insert(cursor, carrier.to_document(part), part, mine, theme)
        cursor.endEditBlock()
        start = end + 1
        yield len(part) + 1


def insert(cursor: QTextCursor, carried: str, text: str, marks: Iterable[Mark], theme: Theme) -> None:
    """Put a text with its formatting in where the cursor is, as one step of undo. `carried` is the text as the
    document holds it."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    begin = cursor.position()
    cursor.insertText(carried, char_format(None, theme))
    units = Units(text)
    for mark in normal(marks, text):
        cursor.setPosition(begin + units.of(mark.start))
        cursor.setPosition(begin + units.of(mark.end), QTextCursor.MoveMode.KeepAnchor)
        if mark.style.is_line:
            set_line_style(cursor, mark.style, theme)
        else:
            cursor.mergeCharFormat(inline_format(mark.style, on=True))
    cursor.endEditBlock()


def take(document: QTextDocument, carrier: Carrier) -> tuple[str, tuple[Mark, ...]]:
    """The text and its formatting as they stand in a document."""
    lines: list[str] = []
    marks: list[Mark] = []
    start = 0
    block = document.begin()
    while block.isValid():
        line = carrier.from_document(block.text())
        style = line_style(block)
        if style is not None and line:
            marks.append(Mark(start, start + len(line), style))
        marks += _inline(block, start, carrier)
        lines.append(line)
        start += len(line) + 1
        block = block.next()
    text = "\n".join(lines)
    return text, normal(marks, text)


def _inline(block: QTextBlock, start: int, carrier: Carrier) -> list[Mark]:
    marks = []
    units = block.text().encode("utf-16-le", "surrogatepass")
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        form = fragment.charFormat()
        first = fragment.position() - block.position()
        before = units[: 2 * first].decode("utf-16-le", "replace")
        inside = units[2 * first : 2 * (first + fragment.length())].decode("utf-16-le", "replace")
        begin, end = start + len(before), start + len(before) + len(inside)
        if form.fontWeight() >= QFont.Weight.DemiBold and line_style(block) is not Style.HEADING:
            marks.append(Mark(begin, end, Style.BOLD))
        if form.fontItalic():
            marks.append(Mark(begin, end, Style.ITALIC))
        iterator += 1
    return marks


def position_of(text: str, place: int) -> int:
    """Where code point `place` of a text stands in its document."""
    return Units(text).of(place)


def line_style(block: QTextBlock) -> Style | None:
    """The line style of a paragraph."""
    name = block.blockFormat().stringProperty(STYLE)
    return Style(name) if name else None


def set_line_style(cursor: QTextCursor, style: Style | None, theme: Theme) -> None:
    """Give the paragraphs a cursor touches a line style, or none."""
    document = cursor.document()
    first, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    block = first
    one = QTextCursor(document)
    made_list = None
    while block.isValid() and block.position() <= last.position():
        one.setPosition(block.position())
        if one.currentList() is not None and (style not in _LISTS):
            one.currentList().remove(block)
        one.setBlockFormat(block_format(style, theme))
        if style in _LISTS:
            if made_list is None:
                made_list = _list_before(block, style) or one.createList(_list_format(style))
            made_list.add(block)
            one.mergeBlockFormat(block_format(style, theme))
        one.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        _set_size(one, style, theme)
        block = block.next()


def _list_before(block: QTextBlock, style: Style):
    above = block.previous()
    if above.isValid() and line_style(above) is style:
        return above.textList()
    return None


def _list_format(style: Style) -> QTextListFormat:
    form = QTextListFormat()
    form.setStyle(_LISTS[style])
    form.setIndent(1)
    return form


def _set_size(cursor: QTextCursor, style: Style | None, theme: Theme) -> None:
    """Headings are larger and heavier; going back takes the weight off again."""
    was_heading = cursor.charFormat().fontPointSize() == 0 and cursor.charFormat().property(STYLE) == "heading"
    form = QTextCharFormat()
    form.setProperty(STYLE, "heading" if style is Style.HEADING else "")
    form.setProperty(QTextFormat.Property.FontPixelSize, _pixels(style, theme))
    if style is Style.HEADING:
        form.setFontWeight(QFont.Weight.DemiBold)
    elif was_heading:
        form.setFontWeight(QFont.Weight.Normal)
    cursor.mergeCharFormat(form)
    cursor.mergeBlockCharFormat(form)


def _pixels(style: Style | None, theme: Theme) -> int:
    return theme.px("large") if style is Style.HEADING else round(theme.px("body") * 1.1)


def char_format(style: Style | None, theme: Theme) -> QTextCharFormat:
    """How text of a line style begins."""
    form = QTextCharFormat()
    form.setProperty(STYLE, "heading" if style is Style.HEADING else "")
    form.setProperty(QTextFormat.Property.FontPixelSize, _pixels(style, theme))
    form.setFontWeight(QFont.Weight.DemiBold if style is Style.HEADING else QFont.Weight.Normal)
    return form


def inline_format(style: Style, *, on: bool) -> QTextCharFormat:
    """Bold or italic, on or off."""
    form = QTextCharFormat()
    if style is Style.BOLD:
        form.setFontWeight(QFont.Weight.Bold if on else QFont.Weight.Normal)
    else:
        form.setFontItalic(on)
    return form


def block_format(style: Style | None, theme: Theme) -> QTextBlockFormat:
    """The shape of a paragraph: generous lines, a little room below."""
    form = QTextBlockFormat()
    form.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setBottomMargin(theme.px(6 if style not in _LISTS else 2))
    form.setProperty(STYLE, style.value if style else "")
    if style is Style.HEADING:
        form.setTopMargin(theme.px(10))
    if style is Style.QUOTE:
        form.setLeftMargin(theme.px(24))
    return form


class Units:
    """UTF-16 positions of code points, counted once from the left."""

    def __init__(self, text: str) -> None:
        # Hardly any text has such a character: that none does is told much sooner than where they stand.
        wide, carried = max(text, default="") > "\uffff", any(char in text for char in FRAGILE)
        self._wide = [place for place, char in enumerate(text) if ord(char) > 0xFFFF] if wide else []
        self._carried = [place for place, char in enumerate(text) if char in FRAGILE] if carried else []

    def of(self, place: int) -> int:
        """The UTF-16 position of code point `place`; carried characters take two units."""
        return place + bisect_left(self._wide, place) + bisect_left(self._carried, place)
