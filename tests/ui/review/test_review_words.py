"""A share in words and numbers: named as on its plain page, nothing made up, nothing left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from journal.records import SLIDERS, Route
from journal.share import LeftOut, Payload, SharedSession
from journal.share.blocks import session_label
from journal.share.payload import payload_of
from ui.review import numbers, phrases

Share = Callable[..., Payload]


def a_session(**fields: object) -> SharedSession:
    begun = {
        "day": date(2026, 3, 4), "at": None, "number": None, "route": None, "dose": "", "happened": True, "place": "",
        "people": "", "notes": "", "intentions": (), "experiences": (), "integrations": (),
    }  # fmt: skip
    return SharedSession(**{**begun, **fields})


def a_share(session: SharedSession | None = None) -> Payload:
    return payload_of(
        share="0" * 32, made=date(2026, 3, 5), made_at=None, sender="", to="", talk_about="",
        sessions=(session or a_session(),), writings=(), checkins=(), left_out=None,
    )  # fmt: skip


@pytest.mark.parametrize("number", [None, 1, 12])
def test_a_session_is_called_as_on_the_plain_page(number: int | None) -> None:
    session = a_session(number=number)
    assert phrases.session_name(session) == session_label(session)


def test_a_session_without_a_number_is_called_by_its_day() -> None:
    assert phrases.session_name(a_session()) == "Session of 4 March 2026"


def test_the_period_is_told_as_short_as_it_can_be(share_of: Share) -> None:
    assert phrases.period(share_of(talk_about="x")) == ""
    one_day = msgspec.structs.replace(share_of(), sessions=(a_session(),))
    assert phrases.period(one_day) == "4 March 2026"
    two = msgspec.structs.replace(share_of(), sessions=(a_session(), a_session(day=date(2026, 4, 1))))
    assert phrases.period(two) == "4 March to 1 April 2026"
    years = msgspec.structs.replace(share_of(), sessions=(a_session(day=date(2025, 12, 30)), a_session()))
    assert phrases.period(years) == "30 December 2025 to 4 March 2026"


def test_what_is_in_it_is_counted(share_of: Share) -> None:
    assert phrases.contents(share_of(4, 5)) == (
        "2 sessions, 2 intentions, 2 experiences, 2 integration notes, 10 check-ins"
    )
    assert phrases.contents(share_of()) == ""


def test_what_was_left_out_is_told_only_where_it_was_chosen(share_of: Share) -> None:
    assert phrases.left_out(share_of(4)) == ""
    told = phrases.left_out(share_of(4, tell_left_out=True))
    assert told.startswith("Not included from this time:")
    assert "Not included at all: exact times" in told
    left = LeftOut(sessions=0, writings=1, checkins=0, options=())
    assert phrases.left_out(msgspec.structs.replace(share_of(4), left_out=left)) == (
        "Not included from this time: 1 text."
    )


def test_facts_that_were_not_shared_are_absent() -> None:
    assert phrases.session_facts(a_share(), 0) == (("Day", "4 March 2026"),)
    told = a_session(
        happened=False, route=Route.INTRANASAL, dose="56 mg", place="the room", people="R.", notes="n",
        at=datetime(2026, 3, 4, 10, 30, tzinfo=UTC),
    )  # fmt: skip
    assert [name for name, _ in phrases.session_facts(a_share(told), 0)] == [
        "Planned for", "Route", "Dose, as told", "Place", "Who was there", "Notes",
    ]  # fmt: skip
    assert dict(phrases.session_facts(a_share(told), 0))["Route"] == "Nasal"


def test_a_writing_tells_its_distance_from_the_session(share_of: Share) -> None:
    session = share_of(4).sessions[0]
    assert phrases.writing_day(session.intentions[0], session.day).endswith(" · a day before")
    assert phrases.writing_day(session.experiences[0], session.day).endswith(" · the day of")
    assert phrases.writing_day(session.integrations[0], session.day).endswith(" · 3 days after")
    assert "·" not in phrases.writing_day(session.integrations[0], None)


def test_tags_and_therapies_are_named(share_of: Share) -> None:
    note = share_of(4, include_tags=True).sessions[0].integrations[0]
    assert phrases.writing_tags(note) == "Schema therapy, Group therapy, ruth"
    assert phrases.writing_tags(share_of(4).sessions[0].integrations[0]) == ""


# -- numbers --------------------------------------------------------------------------------------------------


def test_the_chart_holds_every_answer_and_no_other(share_of: Share) -> None:
    payload = share_of(2, 3, 4, loose=True)
    chart = numbers.chart(payload)
    for place, series in enumerate(chart.series):
        given = [checkin.values[place] for checkin in payload.checkins if checkin.values[place] is not None]
        assert [point.value for point in series.points] == given
    assert [mark.label for mark in chart.marks] == ["Session 3", "Session 4", "Session 5"]


def test_exact_times_are_used_where_they_were_shared(share_of: Share) -> None:
    payload = share_of(4, exact_times=True)
    assert not numbers.days_only(payload)
    points = numbers.chart(payload).series[0].points
    assert [point.at for point in points] == [checkin.at for checkin in payload.checkins]


def test_without_times_the_order_within_a_day_is_kept(share_of: Share) -> None:
    payload = share_of(4)
    assert numbers.days_only(payload)
    times = numbers._times(payload)
    assert times == sorted(times)
    assert [at.date() for at in times] == [checkin.day for checkin in payload.checkins]
    same_day = [msgspec.structs.replace(payload.checkins[0]) for _ in range(4)]
    spread = numbers._times(msgspec.structs.replace(payload, checkins=tuple(same_day)))
    assert len(set(spread)) == 4
    assert max(spread) - min(spread) < timedelta(days=1)


def test_the_table_has_a_row_for_what_was_answered(share_of: Share) -> None:
    checkins = share_of(3).checkins
    rows = {row[0]: row[1:] for row in numbers.table(checkins)}
    for number, slider in enumerate(SLIDERS):
        wanted = tuple("–" if one.values[number] is None else str(one.values[number]) for one in checkins)
        assert rows[slider.title] == wanted
    nothing = tuple(msgspec.structs.replace(one, sleep=None) for one in checkins)
    assert "Sleep last night" not in [row[0] for row in numbers.table(nothing)]


def test_marks_without_a_number_are_called_by_their_day(share_of: Share) -> None:
    payload = share_of(4)
    unnumbered = msgspec.structs.replace(
        payload, sessions=(msgspec.structs.replace(payload.sessions[0], number=None, happened=True),)
    )
    (mark,) = numbers.chart(unnumbered).marks
    assert mark.label == phrases.session_name(unnumbered.sessions[0])
    ahead = msgspec.structs.replace(payload, sessions=(msgspec.structs.replace(payload.sessions[0], happened=False),))
    assert numbers.chart(ahead).marks == ()
