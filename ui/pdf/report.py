"""The report: one page to look at together, in a fixed order, then the details.

What page one says is worked out in `journal.report.page_one`; here it is only set on paper.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF

from journal.report import page_one
from journal.report.sections import details
from journal.share import Payload, SharedScale
from journal.share.blocks import BLANK
from journal.share.made_by import for_others
from journal.share.render_parts import effects, medicines
from ui.pdf.chart import Drawing, legend
from ui.pdf.figures import main_chart, session_charts
from ui.pdf.flow import blocks, own_text, plain
from ui.pdf.pages import Entry, Pages, painted

_CHART = (150.0, 125.0, 105.0, 88.0)  # points high: as high as the page has room for
_SMALL = 88.0
_ACROSS = 3  # sessions beside each other
_COLUMNS = 8  # fillings beside each other
_NUMBERS = (3, 7)


def report_pdf(payload: Payload, *, family: str, maker: str = "") -> bytes:
    """The report on A4, with letters of `family`. `maker`: what a reader's journal found out about who made it, in a
    sentence."""
    return painted(partial(_draw, payload, maker), family, page_one.extract(payload), payload.made)


def _draw(payload: Payload, maker: str, pages: Pages, _entries: list[Entry]) -> None:
    _first_page(payload, pages, _height(payload, pages, maker), maker)
    pages.new_page()
    _sessions(payload, pages)
    _items(payload, pages)
    for shown in (details(payload), medicines(payload), effects(payload)):
        blocks(pages, shown, payload.pictures)
    if not pages.y:
        pages.text("There is nothing more in this share.", "small")


def _height(payload: Payload, pages: Pages, maker: str) -> float:
    """How high the chart may be, so that page one holds all of its parts."""
    for height in _CHART:
        with Pages(pages.family, pages.footer, blank=True) as tried:
            _first_page(payload, tried, height, maker)
        if tried.page == 1:
            return height
    return _CHART[0]  # long words of the person's: they go on on the next page


def _first_page(payload: Payload, pages: Pages, height: float, maker: str) -> None:
    pages.text("Report from an integration journal", "title")
    pages.text(f"{page_one.extract(payload)}.", "name")
    for line in page_one.heading(payload):
        pages.text(plain(line), "cell")
    if maker:
        pages.text(plain(for_others(maker)), "cell")
    pages.heading("What I want to talk about", role="lead")
    if payload.talk_about.strip():
        own_text(pages, payload.talk_about)
    else:
        pages.text("Nothing was written here.", "small")
    _table(payload, pages)
    _chart(payload, pages, height)
    pages.heading("In the time of this share", role="lead")
    pages.facts([(label, plain(value)) for label, value in page_one.in_this_time(payload)])
    asked = page_one.help_items(payload)
    if asked:
        pages.heading("Asked in the questionnaire", role="lead")
        pages.facts([(label, plain(value)) for label, value in asked])


def _table(payload: Payload, pages: Pages) -> None:
    found = page_one.changes(payload)
    pages.heading("Questionnaires", role="lead")
    if not found:
        pages.text("No total of a questionnaire is in this share.", "small")
        return
    rows = [page_one.HEAD, *(tuple(map(plain, page_one.row(payload, one))) for one in found)]
    pages.table(rows, right=_NUMBERS)
    for lines in (page_one.bands_told(found), page_one.definitions(found)):
        if lines:
            pages.text(plain(" ".join(lines)), "tiny")


def _chart(payload: Payload, pages: Pages, height: float) -> None:
    shown = main_chart(payload)
    if shown is None:
        return
    pages.heading(plain(shown.title), role="lead")
    Drawing(pages, shown.chart, pages.area(height)).draw()
    pages.text(" ".join(shown.notes), "tiny")


def _sessions(payload: Payload, pages: Pages) -> None:
    shapes, found = session_charts(payload)
    if not found:
        return
    pages.heading("Around each session")
    legend(pages, shapes)
    gap = pages.pt(8)
    wide = (pages.width - gap * (_ACROSS - 1)) / _ACROSS
    for start in range(0, len(found), _ACROSS):
        row = found[start : start + _ACROSS]
        area = pages.area(_SMALL + 14)
        for column, (title, chart) in enumerate(row):
            left = column * (wide + gap)
            layout, (line, *_) = pages.lines(title, "cell-head", wide)
            pages.draw(line, "cell-head", left, area.top())
            del layout
            top = area.top() + pages.pt(13)
            Drawing(pages, chart, QRectF(left, top, wide, pages.pt(_SMALL)), size=2.6).draw()
    pages.text(
        "0 to 10, answered in the moment, by the time since the dose, as a range (4 h: 2 to 8 hours; 24 h: 18 to 36 "
        "hours; 3 d: 2 to 4 days; 7 d: 5 to 9 days; 14 d: 11 to 18 days). This program's own sliders, not validated. "
        "A line joins two times side by side that have one answer each; nothing is filled in.",
        "small",
    )


def _items(payload: Payload, pages: Pages) -> None:
    groups: dict[tuple[str, int, str, int], list[SharedScale]] = {}
    for scale in payload.scales:
        if scale.items:
            groups.setdefault((scale.scale, scale.version, scale.title, len(scale.items)), []).append(scale)
    for group in groups.values():
        title = group[0].title if group[0].title.strip() else "A questionnaire"
        pages.heading(f"{plain(title)}, item by item")
        answers = {item.value: item.answer for scale in group for item in scale.items if item.value is not None}
        said = "; ".join(f"{value} {plain(words)}" for value, words in sorted(answers.items()))
        pages.text(f"{said}. {BLANK}: no answer; “not said”: preferred not to answer.".lstrip(". "), "small")
        for start in range(0, len(group), _COLUMNS):
            some = group[start : start + _COLUMNS]
            head = ("Item", *(scale.day.isoformat() for scale in some))
            rows = [
                (plain(item.text), *(_value(scale, place) for scale in some))
                for place, item in enumerate(some[0].items)
            ]
            pages.table([head, *rows], right=tuple(range(1, len(some) + 1)))


def _value(scale: SharedScale, place: int) -> str:
    item = scale.items[place]
    if item.value is None:
        return "not said" if item.declined else BLANK
    return str(item.value)
