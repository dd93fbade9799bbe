"""The models behind the lists: the journey with its months, a figure's table, the tree of what could be shared."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from journal.records import SLIDERS, Moment, Route, Session
from journal.service import SessionSummary
from journal.store import Row
from journal.trends import Answer, SessionMark, chart_of
from tests.ui.conftest import NOW
from ui import words
from ui.charts.figures.over_time import over_time_figure
from ui.models.figure_table import FigureTable
from ui.models.rows import Month, Role, RowModel, headline, spoken, with_months
from ui.models.share_tree import ShareTree

KINDS = ("intention", "experience", "integration", "page", "checkin", "session")
Check = Qt.CheckState
CHECK = Qt.ItemDataRole.CheckStateRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
MODE = QAbstractItemModelTester.FailureReportingMode.Fatal


def a_row(number: int, kind: str = "page", *, days: float | None = 0, session: str | None = None, **more) -> Row:
    when = Moment(NOW - timedelta(days=days)) if days is not None else None
    return Row(eid=f"{number:032x}", kind=kind, when=when, session=session,
               **{"title": f"Title {number}", "snippet": "words", **more})  # fmt: skip


# -- the journey ----------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 800), max_size=30))
def test_every_month_has_one_heading_before_its_rows(days: list[int]) -> None:
    rows = tuple(a_row(number, days=day) for number, day in enumerate(sorted(days)))
    items = with_months(rows)
    assert tuple(item for item in items if isinstance(item, Row)) == rows
    headings = [item.text for item in items if isinstance(item, Month)]
    assert len(headings) == len(set(headings)) == len({words.month(row.when) for row in rows})
    assert not any(isinstance(one, Month) and isinstance(other, Month) for one, other in pairwise(items))


def test_rows_without_a_date_stand_under_a_heading_of_their_own() -> None:
    items = with_months((a_row(1), a_row(2, days=None)))
    assert [item.text for item in items if isinstance(item, Month)] == ["March 2026", "Without a date"]


def test_the_list_keeps_the_promises_of_a_model(qapp) -> None:
    model = RowModel()
    QAbstractItemModelTester(model, MODE, model)
    model.set_rows(tuple(a_row(number, days=20 * number) for number in range(5)))
    assert (model.count, model.rowCount()) == (5, 5 + 5 - 1)
    model.set_rows(())
    assert model.rowCount() == 0
    assert not model.first().isValid()


def test_an_entry_is_found_again_after_others_came(qapp) -> None:
    model = RowModel()
    model.set_rows((a_row(1), a_row(2, days=50)))
    assert model.position(f"{2:032x}").data(Role.ITEM).title == "Title 2"
    model.set_rows((a_row(3), a_row(1), a_row(2, days=50)))
    assert model.position(f"{2:032x}").data(Role.EID) == f"{2:032x}"
    assert not model.position("elsewhere").isValid()
    assert model.first().data(Role.EID) == f"{3:032x}"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (a_row(1), "Title 1"),
        (a_row(1, title=""), "words"),
        (a_row(1, title="", snippet=""), "Journal page"),
        (a_row(1, "checkin", title="", snippet="Mood 6"), "Check-in"),
    ],
    ids=["title", "first words", "kind", "check-in"],
)
def test_a_row_is_known_by_its_first_line(qapp, row: Row, line: str) -> None:
    assert headline(row) == line
    told = spoken(row)
    assert told.startswith(f"{words.KIND_NAMES[row.kind]}. {words.day(row.when)}")
    assert row.snippet in told


# -- the table of a figure ------------------------------------------------------------------------------------

ANSWERS = st.lists(
    st.tuples(st.integers(0, 4000), st.tuples(*[st.none() | st.integers(0, 10)] * len(SLIDERS))), max_size=15
)


@given(ANSWERS)
def test_the_table_holds_the_numbers_of_the_figure(qapp, given_answers: list) -> None:
    answers = [Answer(NOW + timedelta(minutes=at), f"{n}", values) for n, (at, values) in enumerate(given_answers)]
    model = FigureTable()
    QAbstractItemModelTester(model, MODE, model)
    model.set_table(over_time_figure(chart_of(answers, ())).table)
    wanted = {one.eid: one for one in answers if any(value is not None for value in one.values)}
    assert {model.eid(row) for row in range(model.rowCount())} == set(wanted)
    times = [wanted[model.eid(row)].at for row in range(model.rowCount())]
    assert times == sorted(times, reverse=True)
    for row in range(model.rowCount()):
        for column, value in enumerate(wanted[model.eid(row)].values, start=3):
            index = model.index(row, column)
            assert index.data() == ("–" if value is None else str(value))
            assert index.data(SPOKEN) == ("no answer" if value is None else str(value))


def test_the_table_names_the_session_before_each_answer() -> None:
    marks = [SessionMark(NOW + timedelta(days=day), f"Session {day}", None, f"{day}") for day in (1, 5)]
    answers = [Answer(NOW + timedelta(days=day), f"{day}", (5,) * 7) for day in (0, 1, 4, 6)]
    table = over_time_figure(chart_of(answers, marks)).table
    after = {eid: row[2] for eid, row in zip(table.eids, table.rows, strict=True)}
    assert after == {"0": "", "1": "Session 1", "4": "Session 1", "6": "Session 5"}


def test_the_table_s_columns_are_named(qapp) -> None:
    model = FigureTable()
    model.set_table(over_time_figure(chart_of((), ())).table)
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["Day", "Time", "After", *(slider.title for slider in SLIDERS)]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


# -- the tree of what could be shared -------------------------------------------------------------------------


def a_summary(number: int, at: datetime = NOW) -> SessionSummary:
    session = Session(starts=Moment(at), number=number, route=Route.INTRAMUSCULAR, dose="0.5 mg/kg", people="Ruth")
    return SessionSummary(f"{900 + number:032x}", session, f"Session {number}", "", 0, 0, 0, 0)


@pytest.fixture
def tree(qapp) -> ShareTree:
    made = ShareTree()
    QAbstractItemModelTester(made, MODE, made)
    sessions = (a_summary(1, NOW - timedelta(days=9)), a_summary(2))
    rows = [a_row(1, "intention", session=sessions[1].eid), a_row(2, "experience", session=sessions[1].eid)]
    rows += [a_row(number, "checkin", session=sessions[1].eid, title="") for number in (3, 4, 5)]
    rows += [a_row(6, "page"), a_row(7, "checkin", title=""), a_row(8, "integration", title="", snippet="x" * 90)]
    made.set_content(sessions, rows)
    return made


def walk(model: ShareTree, parent: QModelIndex | None = None) -> list[QModelIndex]:
    found = []
    for row in range(model.rowCount(parent or QModelIndex())):
        index = model.index(row, 0, parent or QModelIndex())
        found += [index, *walk(model, index)]
    return found


def named(model: ShareTree, words: str) -> QModelIndex:
    return next(index for index in walk(model) if index.data().startswith(words))


def test_nothing_is_ticked_at_first(tree: ShareTree) -> None:
    assert tree.ticked() == frozenset()
    assert {index.data(CHECK) for index in walk(tree)} == {Check.Unchecked}


def test_the_newest_session_stands_first_and_what_stands_alone_last(tree: ShareTree) -> None:
    tops = [tree.index(row, 0).data().partition("  ·  ")[0] for row in range(tree.rowCount())]
    assert tops == [
        "Session 2", "Session 1", "Check-ins outside sessions", "Journal pages",
        "Integration notes without a session",
    ]  # fmt: skip


def test_a_session_ticked_ticks_all_below_it_and_nothing_else(tree: ShareTree) -> None:
    assert tree.setData(named(tree, "Session 2"), Check.Checked, CHECK)
    assert tree.ticked() == {f"{902:032x}", *(f"{number:032x}" for number in (1, 2, 3, 4, 5))}
    assert named(tree, "Session 1").data(CHECK) == Check.Unchecked
    assert tree.setData(named(tree, "Session 2"), Check.Unchecked, CHECK)
    assert tree.ticked() == frozenset()


def test_a_session_partly_ticked_says_so(tree: ShareTree) -> None:
    tree.setData(named(tree, "Experience"), Check.Checked, CHECK)
    top = named(tree, "Session 2")
    assert top.data(CHECK) == Check.PartiallyChecked
    assert top.data(SPOKEN).endswith("partly ticked")
    assert tree.ticked() == {f"{2:032x}"}


def test_what_a_session_itself_tells_is_a_line_of_its_own(tree: ShareTree) -> None:
    leaf = tree.index(0, 0, named(tree, "Session 2"))
    assert leaf.data() == "The session itself  ·  its date, Intramuscular (IM), 0.5 mg/kg"
    tree.setData(leaf, Check.Checked, CHECK)
    assert tree.ticked() == {f"{902:032x}"}


def test_a_long_text_without_a_title_is_named_by_its_beginning(tree: ShareTree) -> None:
    note = tree.index(0, 0, named(tree, "Integration notes without"))
    assert note.data() == f"Integration note  ·  {'x' * 60}…, 12 Mar 2026"


@given(st.sets(st.integers(0, 16), max_size=8))
def test_ticks_go_up_and_down_alike(tree: ShareTree, places: set[int]) -> None:
    tree.clear_ticks()
    every = walk(tree)
    for place in places:
        tree.setData(every[place % len(every)], Check.Checked, CHECK)
    for index in every:
        below = [leaf.ticked for leaf in tree.node(index).leaves()]
        state = Check.Checked if all(below) else Check.PartiallyChecked if any(below) else Check.Unchecked
        assert index.data(CHECK) == state


def test_ticks_stay_with_their_entries_when_the_journal_changes(tree: ShareTree) -> None:
    tree.setData(named(tree, "Experience"), Check.Checked, CHECK)
    tree.setData(tree.index(0, 0, named(tree, "Journal pages")), Check.Checked, CHECK)
    told = []
    tree.ticks_changed.connect(lambda: told.append(1))
    tree.set_content((a_summary(2),), [a_row(2, "experience", session=f"{902:032x}"), a_row(9, "page")])
    assert tree.ticked() == {f"{2:032x}"}  # the page is gone, the new one is not ticked
    assert told


def test_an_entry_is_found_and_its_parents_lead_back(tree: ShareTree) -> None:
    index = tree.index_of(f"{4:032x}")
    names = []
    while index.isValid():
        names.append(index.data().partition("  ·  ")[0])
        index = index.parent()
    assert names == ["Check-in, 12 Mar 2026", "Check-ins", "Session 2"]
    assert not tree.index_of("elsewhere").isValid()


def test_only_the_box_can_be_set(tree: ShareTree) -> None:
    index = named(tree, "Session 2")
    assert not tree.setData(index, "other words", Qt.ItemDataRole.EditRole)
    assert not tree.setData(QModelIndex(), Check.Checked, CHECK)
    assert tree.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert Qt.ItemFlag.ItemIsUserCheckable in tree.flags(index)
