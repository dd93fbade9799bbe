"""When a questionnaire fits: as far after the last time, and after a session, as it looks back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from journal.ids import new_id
from journal.records import Moment, Record, ScaleAnswers, Session, Settings, encode
from journal.scales import scales_fitting
from journal.store import Items
from journal.vault import Revision

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)


def items(*records: Record) -> Items:
    return Items(_revisions(records))


def _revisions(records: Iterable[Record]) -> list[Revision]:
    return [
        Revision(
            eid=new_id(), rev=new_id(), lamport=1, device="here", at=NOW, kind=record.kind, body=encode(record)
        )
        for record in records
    ]


def ago(days: float) -> Moment:
    return Moment(NOW - timedelta(days=days))


def filled(scale: str, days: float) -> ScaleAnswers:
    return ScaleAnswers(at=ago(days), scale=scale, answers=(1,))


def fitting(*records: Record) -> list[str]:
    return [one.pack for one in scales_fitting(items(*records), NOW)]


USED = Settings(scales=("phq-9", "gad-7"))


def test_none_is_offered_that_is_not_used():
    assert fitting() == []
    assert fitting(Settings(), filled("phq-9", 60)) == []


def test_one_that_was_never_filled_in_fits():
    found = scales_fitting(items(USED), NOW)
    assert [(one.pack, one.title, one.reason) for one in found] == [
        ("phq-9", "PHQ-9", "It looks back over 2 weeks."),
        ("gad-7", "GAD-7", "It looks back over 2 weeks."),
    ]


@pytest.mark.parametrize(("days", "names"), [(13.9, ["gad-7"]), (14, ["phq-9", "gad-7"]), (40, ["phq-9", "gad-7"])])
def test_as_far_after_the_last_time_as_it_looks_back(days: float, names: list[str]):
    assert fitting(USED, filled("phq-9", 60), filled("phq-9", days)) == names


@pytest.mark.parametrize(("days", "names"), [(0, []), (13.9, []), (14, ["phq-9", "gad-7"])])
def test_and_as_far_after_a_session(days: float, names: list[str]):
    session = Session(starts=ago(days), happened=True)
    assert fitting(USED, Session(starts=ago(50), happened=True), session) == names


def test_a_session_that_lies_ahead_does_not_matter():
    assert fitting(USED, Session(starts=ago(-2)), Session(starts=ago(3))) == ["phq-9", "gad-7"]


def test_the_one_that_is_hard_to_read_is_never_offered():
    assert fitting(Settings(scales=("pcl-5",)), filled("pcl-5", 400)) == []


def test_the_eight_after_the_nine_counts_as_the_same():
    assert fitting(Settings(scales=("phq-8",)), filled("phq-9", 3)) == []
    assert fitting(Settings(scales=("phq-8",)), filled("phq-9", 14)) == ["phq-8"]
