"""The arrow keys reach everything that can be read, each by the way one would expect."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.charts.figure import Axis, Bar, Cell, Figure, Line, Mark, Spot, Table
from ui.charts.walk import Walk


def figure(*lines: Line, rows: int = 0, **more) -> Figure:
    upright = Axis("names", "", tuple("abcdefgh"[:rows]), 0, rows - 1) if rows else Axis("number")
    return Figure("f", "F", "said", "cannot", Axis("number"), upright, Table(()), lines=lines, **more)


def line(key: str, *points: tuple[float, float]) -> Line:
    return Line(key, 0, (tuple(Spot(x, y, f"{key} {y:g} at {x:g}") for x, y in points),))


def read(walk: Walk, keys: str) -> list[str]:
    """What is read after each of r(ight), l(eft), u(p), d(own)."""
    place, found = -1, []
    for key in keys:
        by = 1 if key in "ru" else -1
        place = walk.along(place, by) if key in "rl" else walk.up(place, by)
        found.append(walk.spots[place].text)
    return found


def test_right_and_left_stay_on_a_line_and_up_and_down_change_it() -> None:
    walk = Walk(figure(line("mood", (0, 3), (1, 5), (2, 4)), line("calm", (0, 6), (1, 2), (2, 9))))
    assert read(walk, "rrrr") == ["mood 3 at 0", "mood 5 at 1", "mood 4 at 2", "mood 4 at 2"]
    assert read(walk, "rur") == ["mood 3 at 0", "calm 6 at 0", "calm 2 at 1"]
    assert read(walk, "rurulld") == [
        "mood 3 at 0", "calm 6 at 0", "calm 2 at 1", "mood 5 at 1", "mood 3 at 0", "mood 3 at 0", "mood 3 at 0",
    ]  # fmt: skip


def test_a_session_between_two_answers_does_not_lead_away_from_the_line() -> None:
    lines = line("mood", (0, 3), (2, 5)), line("calm", (0, 9), (2, 10))
    walk = Walk(figure(*lines, marks=(Mark(1, "Session 1", "Session 1"),)))
    assert read(walk, "rrr") == ["mood 3 at 0", "Session 1", "mood 5 at 2"]
    assert read(walk, "rurr") == ["mood 3 at 0", "calm 9 at 0", "Session 1", "calm 10 at 2"]


def test_two_that_lie_over_each_other_are_both_read() -> None:
    walk = Walk(figure(line("mood", (0, 5)), line("calm", (0, 5))))
    assert read(walk, "rud") == ["mood 5 at 0", "calm 5 at 0", "mood 5 at 0"]


def test_rows_are_gone_through_as_they_stand() -> None:
    bars = tuple(Bar(row, 0, end, f"row {row}") for row, end in ((0, 9.0), (1, 2.0), (2, 5.0)))
    walk = Walk(figure(rows=3, bars=bars))
    assert read(walk, "ruudd") == ["row 1", "row 0", "row 0", "row 1", "row 2"]
    cells = tuple(Cell(x, y, 1.0, "", f"{x},{y}") for x in range(3) for y in range(2))
    assert read(Walk(figure(rows=2, cells=cells)), "rdrul") == ["0,0", "0,1", "1,1", "1,0", "0,0"]


@given(st.lists(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), max_size=6), max_size=4))
def test_everything_can_be_reached(lines: list[list[tuple[int, int]]]) -> None:
    drawn = figure(*(line(str(number), *sorted(set(points))) for number, points in enumerate(lines)))
    reached, left = set(), {0} if drawn.spots else set()
    while left:
        place = left.pop()
        reached.add(place)
        ways = {Walk(drawn).along(place, by) for by in (1, -1)} | {Walk(drawn).up(place, by) for by in (1, -1)}
        left |= ways - reached
    assert reached == set(range(len(drawn.spots)))
