"""Clocks that are wrong, hours that come twice, and the first and the last year there are."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from journal.clock import FixedClock
from journal.errors import StorageFailed
from journal.records import CheckIn, Course, Experience, IntegrationNote, Intention, Moment, Page, Session
from journal.service import JournalService
from journal.vault import FAST
from tests.journal.vault.samples import PASSWORD
from tests.ui.hands import ask, go
from ui.places import Place

BERLIN = ZoneInfo("Europe/Berlin")


def zone(hours: int) -> timezone:
    return timezone(timedelta(hours=hours))


TIMES = {
    "the first instant, east": datetime(1, 1, 1, tzinfo=zone(14)),
    "the first instant, west": datetime(1, 1, 1, tzinfo=zone(-12)),
    "the last instant, west": datetime(9999, 12, 31, 23, 59, 59, tzinfo=zone(-12)),
    "the last instant, east": datetime(9999, 12, 31, 23, 59, 59, tzinfo=zone(14)),
    "before computers": datetime(1969, 12, 31, 23, tzinfo=BERLIN),
    "an hour that came once": datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),
    "and again": datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN),
    "an hour that never was": datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN),
}


@pytest.fixture
def journal(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[JournalService, FixedClock]]:
    clock = FixedClock(datetime(2026, 11, 23, 17, tzinfo=BERLIN))
    options = {"profile": FAST, "clock": clock, "state_dir": tmp_path / "state"}
    service, _ = JournalService.create(tmp_path / "mine.vault", PASSWORD, **options)
    yield service, clock
    service.close()


def everything_about(service: JournalService, at: datetime) -> None:
    """One of each kind at a time, and every page there is of them."""
    course = service.save(Course(title="a course")).eid
    session = service.save(Session(starts=Moment(at), happened=True, course=course)).eid
    for kind in (Intention, Experience, IntegrationNote, Page):
        service.save(kind(at=Moment(at), text="words"))
    service.save(CheckIn(at=Moment(at), mood=3, session=session))
    service.put_draft(service.new_eid(), Page(at=Moment(at), text="typed"))
    for look in (service.rows, service.today, service.chart, service.drafts, service.sessions, service.keep_backups):
        look()
    service.session(session)


@pytest.mark.parametrize("at", TIMES.values(), ids=TIMES)
def test_an_entry_of_any_time(journal: tuple[JournalService, FixedClock], tmp_path: Path, at: datetime) -> None:
    service, _ = journal
    everything_about(service, at)
    for form in ("json", "markdown", "csv"):
        service.export(form, tmp_path / f"export.{form}")
    service.leave()
    again = JournalService.open(tmp_path / "mine.vault", password=PASSWORD, state_dir=tmp_path / "state")
    assert again.report.ok
    lived = at.replace(tzinfo=timezone(at.utcoffset()), fold=0)  # zones that change are not equal to themselves
    assert {item.record.when.at for item in again.items() if item.record.when} == {lived}
    again.close()


@pytest.mark.parametrize("at", TIMES.values(), ids=TIMES)
def test_a_clock_that_says_any_time(
    journal: tuple[JournalService, FixedClock], tmp_path: Path, at: datetime
) -> None:
    service, clock = journal
    first = service.save(Page(at=Moment(clock.at), text="one")).eid
    clock.at = at
    service.save(Page(at=Moment(at), text="two"), first)
    everything_about(service, at)
    with contextlib.suppress(StorageFailed):  # after the last second there is no name for one more
        assert service.back_up_now().path.exists() or at.year == 9999
    clock.at = datetime(2026, 11, 24, tzinfo=BERLIN)
    service.save(Page(at=Moment(clock.at), text="three"), first)
    versions = [version.record.text for version in service.versions(first)]
    assert versions == ["three", "two", "one"], "order is by what was made from what, whatever the clock said"
    service.leave()
    again = JournalService.open(tmp_path / "mine.vault", password=PASSWORD, state_dir=tmp_path / "state")
    assert again.report.ok and again.report.older_than_seen is None
    assert [version.record.text for version in again.versions(first)] == versions
    again.close()


def test_the_hour_that_comes_twice_is_told_apart(journal: tuple[JournalService, FixedClock]) -> None:
    """By their offsets: half past two in summer time is before half past two in winter time."""
    service, _ = journal
    twice = [TIMES["and again"], TIMES["an hour that came once"]]
    for at in twice:
        service.save(Page(at=Moment(at), text=at.isoformat()))
    assert [row.snippet for row in service.rows()] == ["2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00"]
    assert [row.when.at.astimezone(UTC).hour for row in service.rows()] == [1, 0]


ENDS = [name for name in TIMES if "instant" in name]


@pytest.mark.parametrize("at", [TIMES[name] for name in ENDS], ids=ENDS)
def test_every_page_of_the_window_shows_it(qtbot, window_open, at: datetime) -> None:
    ask(qtbot, window_open, partial(everything_about, at=at))
    session = ask(qtbot, window_open, JournalService.sessions)[0].eid
    entry = next(row.eid for row in ask(qtbot, window_open, JournalService.rows) if row.kind == "page")
    checkin = next(row.eid for row in ask(qtbot, window_open, JournalService.rows) if row.kind == "checkin")
    for place in (
        Place("today"), Place("journey"), Place("charts"), Place("session", eid=session), Place("share"),
        Place("edit-session", eid=session), Place("write", eid=entry, kind="page"), Place("history", eid=entry),
        Place("check-in", eid=checkin),
    ):  # fmt: skip
        go(qtbot, window_open, place)
        assert window_open.stack.place == place
    charts = go(qtbot, window_open, Place("charts"))
    for choice in charts.panel._ranges.buttons():
        choice.click()
        charts.grab()  # painted now: an error while painting would end the process
    assert not window_open.banner.isVisible(), window_open.banner.text
