"""What leaves the program can be read by itself: a legend of what is shown, as thick on paper as on the screen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from journal.records import SLIDERS, Route
from journal.trends import Answer, SessionMark, chart_of
from tests.ui.charts.conftest import START, all_but
from tests.ui.pdf.reading import Read
from ui.charts import export
from ui.charts.figure import Axis, Figure, Line, Mark, Spot, Table
from ui.charts.figures.over_time import over_time_figure


@pytest.fixture
def figure(qapp) -> Figure:
    answers = [Answer(START + timedelta(hours=20 * n), f"{n}", (n % 7, 3, 5, None, 8, 2, 9)) for n in range(8)]
    marks = [SessionMark(START + timedelta(hours=30), "Session 1", Route.SUBLINGUAL, "s")]
    return over_time_figure(chart_of(answers, marks))


def words(svg: bytes) -> list[str]:
    return [text.strip() for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())]


def test_the_legend_names_what_is_shown_and_nothing_else(figure: Figure) -> None:
    told = words(export.as_svg(figure, hidden=all_but(figure, "mood", "calm")))
    assert {"Mood", "Calm", "Sessions: Under the tongue"} <= set(told)
    assert not {"Interest", "Energy", "Distress"} & set(told)
    assert "Energy" not in words(export.as_svg(figure))  # nobody answered it


def test_a_single_line_that_the_title_names_needs_no_legend(qapp) -> None:
    line = Line("PHQ-9", 0, ((Spot(0, 1, "a"), Spot(1, 2, "b")),))
    one = Figure("s", "PHQ-9", "said", "cannot", Axis("number"), Axis("number"), Table(()), lines=(line,))
    assert words(export.as_svg(one)).count("PHQ-9") == 1


def test_a_long_legend_goes_on_in_the_next_row(qapp) -> None:
    lines = tuple(Line(f"A line with quite a long name, {n}", n, ((Spot(n, n, "a"),),)) for n in range(12))
    many = Figure("m", "Many", "said", "cannot", Axis("number"), Axis("number"), Table(()), lines=lines)
    svg = export.as_svg(many).decode()
    places = re.findall(r'<text[^>]*x="([\d.-]+)" y="([\d.-]+)"[^>]*>A line with', svg)
    assert len(places) == 12 and len({y for _, y in places}) >= 3
    assert all(float(x) < export.SIZE.width() - 100 for x, _ in places)


@pytest.mark.parametrize("fine", [2, 6])
def test_lines_and_shapes_are_as_thick_on_a_fine_printer(figure: Figure, fine: int) -> None:
    def ink(times: int) -> float:
        size = QSize(export.SIZE * times)
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        shown = all_but(figure, "mood")
        export.paint_figure(figure, painter, QRectF(0, 0, size.width(), size.height()), hidden=shown)
        painter.end()
        teal = warm = 0
        for y in range(0, image.height(), times):
            for x in range(0, image.width(), times):
                color = image.pixelColor(x, y)
                teal += color.green() > color.red() + 40
                warm += color.red() > color.blue() + 60
        return teal + warm

    assert ink(fine) == pytest.approx(ink(1), rel=0.35)


def test_every_slider_can_be_told_apart_without_its_colour() -> None:
    lines = over_time_figure(chart_of((), ())).lines
    assert len({line.number for line in lines}) == len(SLIDERS)


def test_what_is_copied_from_a_pdf_is_what_was_written(qapp) -> None:
    line = Line("Mood at 14:05", 0, ((Spot(0, 1, "a"), Spot(1, 2, "b")),))
    other = Line("Calm", 1, ((Spot(0, 2, "a"),),))
    axis = Axis("number", "from 08:15 to 19:45")
    figure = Figure(
        "s", "Around 14:05", "said", "It ends at 23:59.", axis, Axis("number", names=("at 07:30", "b")), Table(()),
        lines=(line, other), marks=(Mark(0.5, "14:37", 0),), notes=("As of 06:10.",),
    )  # fmt: skip
    told = Read(export.as_pdf(figure)).flat
    for time in ("Around 14:05", "Mood at 14:05", "14:37", "23:59", "06:10", "08:15 to 19:45"):
        assert time in told


def test_the_gaps_of_a_dotted_line_are_seen_on_paper(qapp) -> None:
    """Of a link over a gap, two thirds are paper."""
    line = Line("Mood", 0, ((Spot(0, 5, "a"),), (Spot(10, 5, "b"),)), links=((Spot(0, 5, "a"), Spot(10, 5, "b")),))
    figure = Figure("s", "A", "said", "c", Axis("number"), Axis("number", low=0, high=10), Table(()), lines=(line,))
    page = Read(export.as_pdf(figure)).pages[0].render(scale=8).to_numpy().astype(int)
    third = page.shape[1] // 3
    inked = abs(page[:, third : 2 * third, 0] - page[:, third : 2 * third, 2]) > 20  # colour, and no letters
    row = max(inked, key=lambda row: int(row.sum()))
    assert row.any() and abs(row.mean() - 1 / 3) < 0.1
