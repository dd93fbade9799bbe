"""The sample holds one of each kind, so that no page of the tour is empty, and what it refers to is there."""

from __future__ import annotations

from datetime import UTC, datetime

from journal import sample, sample_care
from journal.records import Settings
from journal.service import JournalService

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
WANTED = {
    "course", "session", "intention", "experience", "integration", "page", "checkin", "provider", "expense", "person",
    "medicine", "sideeffect", "question", "commitment", "hard", "scale", "total",
}  # fmt: skip


def test_one_of_each_kind_and_nothing_that_leads_nowhere(service: JournalService) -> None:
    ids = sample.fill(service, NOW)
    sample_care.fill_care(service, NOW, ids)
    records = {item.eid: item.record for item in service.items() if not isinstance(item.record, Settings)}
    assert {record.kind for record in records.values()} == WANTED
    for record in records.values():
        for name in ("session", "course", "provider", "entry"):
            eid = getattr(record, name, None)
            assert eid is None or eid in records, (record.kind, name)
        assert all(eid in records for eid in getattr(record, "providers", ()))
