"""The totals of questionnaires since the first share and since the last share, against a calculation by hand."""

from __future__ import annotations

from datetime import date

import msgspec
from PySide6.QtCore import Qt

from journal.clock import FixedClock
from journal.records import HardMoment, HowHard, Moment, Question, Received, Record, ScaleAnswers, ScaleTotal, Whom
from journal.service.clients import Shared
from journal.share import Dates, Payload, SharedScale, build
from journal.share import Selection as Choice
from journal.share.digest import digest
from journal.share.payload import encode
from tests.ui.conftest import NOW
from tests.ui.pages.sharing import texts
from ui.review.since import SinceView, scale_cells
from ui.theme import Theme
from ui.widgets.reading_table import ReadingTable


def total(day: date, value: float | None, **changes: object) -> SharedScale:
    fields = {
        "day": day, "at": None, "session": None, "scale": "phq-9", "version": 1, "title": "PHQ-9", "total": value,
        "low": 0.0, "high": 27.0, "answered": 9 if value is not None else 3, "expected": 9, "prorated": False,
        "why_none": "" if value is not None else "Too few items were answered.", "told": False, "told_by": "",
        "items": (), "note": "",
    }  # fmt: skip
    return SharedScale(**{**fields, **changes})


def share(*scales: SharedScale, made: date, dates: Dates = Dates.DAY) -> Payload:
    page = build(Choice(eids=frozenset(), sender="Ruth", talk_about="x", dates=dates), [], FixedClock(NOW))
    fields = {**msgspec.structs.asdict(page), "format": 2, "made": made, "scales": tuple(scales)}
    return Payload(**fields)


def rows(payload: Payload, *earlier: Payload) -> list[tuple[str, ...]]:
    return [scale_cells(line) for line in digest(payload, earlier).scales]


def card(qtbot, theme: Theme, payload: Payload, *earlier: Payload) -> SinceView:
    written = encode(payload).decode()
    received = Received(client="a", share=payload.share, made=payload.made, received=Moment(NOW), entries=written)
    view = SinceView(theme, Shared("b", received, payload, digest(payload, earlier)))
    qtbot.addWidget(view)
    return view


def of(*records: Record) -> Payload:
    items = [(f"entry{number}", one) for number, one in enumerate(records)]
    return build(Choice(eids=frozenset(eid for eid, _ in items)), items, FixedClock(NOW))


def march(day: int) -> Moment:
    return Moment(NOW.replace(day=day))


FEBRUARY, MARCH, APRIL = (date(2026, month, 20) for month in (2, 3, 4))


def test_differences_are_those_of_a_calculation_by_hand(qtbot, theme: Theme) -> None:
    one = share(total(date(2026, 2, 3), 18), total(date(2026, 2, 17), 16), made=FEBRUARY)
    two = share(total(date(2026, 3, 3), 15), total(date(2026, 3, 17), 11), made=MARCH)
    three = share(total(date(2026, 4, 7), 13), total(date(2026, 4, 14), 12.5), made=APRIL)
    # By hand: 12.5 − 18 = −5.5; the last share's newest total is 11, and 12.5 − 11 = +1.5.
    wanted = (
        "PHQ-9", "18\n3 February 2026", "11\n17 March 2026", "12.5\n14 April 2026", "−5.5", "+1.5",
    )  # fmt: skip
    assert rows(three, one, two) == [wanted]
    view = card(qtbot, theme, three, one, two)
    (table,) = view.findChildren(ReadingTable)
    shown = table.toPlainText().replace("\u2028", "\n").replace("\n\n", "\n")
    assert "\n".join(wanted) in shown
    assert shown.strip().startswith("First\nLast share\nNewest\nSince first\nSince last share")
    assert table.document().defaultTextOption().textDirection() == Qt.LayoutDirection.LayoutDirectionAuto


def test_a_blank_is_never_a_zero() -> None:
    """A questionnaire without a total is passed over, and what has no earlier total has no difference."""
    one = share(total(date(2026, 2, 3), 18), made=FEBRUARY)
    two = share(total(date(2026, 3, 3), None), made=MARCH)
    assert rows(two, one) == [("PHQ-9", *("18\n3 February 2026",) * 3, "–", "–")]
    assert rows(two) == []
    first = share(total(date(2026, 3, 3), 0), made=MARCH)
    assert rows(first) == [("PHQ-9", "0\n3 March 2026", "–", "0\n3 March 2026", "–", "–")]
    assert rows(share(total(date(2026, 4, 3), 4), made=APRIL), first)[0][3:] == ("4\n3 April 2026", "+4", "+4")
    assert rows(share(total(date(2026, 4, 3), 0), made=APRIL), first)[0][4:] == ("0", "0")


def test_what_is_not_the_same_questionnaire_is_never_subtracted() -> None:
    """Another version, instrument or range, and a total as a clinic told it: a row each, without a difference."""
    one = share(total(date(2026, 2, 3), 18), made=FEBRUARY)
    others = (
        total(date(2026, 3, 3), 9, version=2),
        total(date(2026, 3, 3), 8, scale="gad-7", title="GAD-7", high=21.0),
        total(date(2026, 3, 3), 7, scale="", version=0, told=True),
        total(date(2026, 3, 3), 6, scale="", version=0, told=True, high=60.0),
        total(date(2026, 3, 3), 5, scale="", version=0, told=True, low=None, high=None),
    )
    found = rows(share(*others, made=MARCH), one)
    assert len(found) == 6
    assert all(cells[4:] == ("–", "–") for cells in found)


def test_a_total_that_was_prorated_says_so() -> None:
    one = share(total(date(2026, 2, 3), 18), made=FEBRUARY)
    two = share(total(date(2026, 3, 3), 10.13, answered=8, prorated=True), made=MARCH)
    assert rows(two, one)[0][1:4] == ("18\n3 February 2026", "18\n3 February 2026", "10.13, prorated\n3 March 2026")


def test_a_day_that_is_told_by_the_month_is_not_said_as_a_day() -> None:
    one = share(total(date(2026, 3, 11), 18), made=date(2026, 3, 12))
    two = share(total(date(2026, 3, 1), 14), made=date(2026, 3, 28), dates=Dates.MONTH)  # of some day of March
    assert rows(two, one) == [("PHQ-9", "18\n11 March 2026", "18\n11 March 2026", "14\nMarch 2026", "−4", "−4")]


def test_the_records_of_a_journal_give_the_same() -> None:
    """From answers as they are typed to the cells: 2+2+2 and six of 1 make 12; 1+1+1 and six zeros make 3."""
    early, later = (2, 2, 2, 1, 1, 1, 1, 1, 1, 1), (1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
    items = [
        ("a", ScaleAnswers(at=Moment(NOW.replace(month=1)), scale="phq-9", answers=early)),
        ("b", ScaleAnswers(at=Moment(NOW), scale="phq-9", answers=later)),
        ("c", ScaleTotal(at=Moment(NOW), name="PHQ-9", total=20, low=0, high=27)),
    ]
    chosen = [Choice(eids=frozenset(eids), sender="Ruth") for eids in ("a", "abc")]
    parts = [build(choice, items, FixedClock(NOW)) for choice in chosen]
    found = {cells[3].split("\n")[0]: cells[4:] for cells in rows(parts[1], parts[0])}
    assert found == {"3": ("−9", "−9"), "20": ("–", "–")}


def test_what_is_new_to_talk_about_stands_first_and_what_was_said_later_stands_beside_it(qtbot, theme: Theme) -> None:
    old = HardMoment(at=march(3), how=HowHard.BIT, talk=True, still=False, note="A door.")
    new = HardMoment(at=march(9), how=HowHard.VERY, talk=True, note="A stair.")
    asked = Question(text="How long?", made=march(2), whom=Whom.THERAPY)
    fresh = Question(text="And then?", made=march(8), whom=Whom.THERAPY)
    others = (
        Question(text="Which dose?", made=march(8)),
        Question(text="Was it?", made=march(8), whom=Whom.THERAPY, asked=march(9)),
    )
    before = of(old, asked)
    said = texts(card(qtbot, theme, of(old, new, asked, fresh, *others), before))
    at = said.index("Hard moments they want to talk about")
    assert said[at + 1 : at + 10] == [
        "New: 9 March 2026, very hard", "A stair.",
        "3 March 2026, a bit hard, later: no longer bothered by it", "A door.",
        "Questions for therapy", "New: 8 March 2026", "And then?", "2 March 2026", "How long?",
    ]  # fmt: skip
    assert not {"Which dose?", "Was it?"} & set(said)
    first = texts(card(qtbot, theme, before))
    assert "2 March 2026" in first and not any(text.startswith("New: ") for text in first)
