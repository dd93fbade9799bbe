"""What names an entry by its id follows it where that has to change, and comes through an export as it was."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from journal.records import (
    Attachment,
    CheckIn,
    Checklist,
    Client,
    Comment,
    Commitment,
    Contact,
    Course,
    Expense,
    Experience,
    HardMoment,
    IntegrationNote,
    Intention,
    Landing,
    Medicine,
    Page,
    Person,
    PromptSet,
    Provider,
    Purged,
    Question,
    Received,
    Record,
    Reply,
    ScaleAnswers,
    ScalePack,
    ScaleTotal,
    SentReply,
    Session,
    ShareReceipt,
    ShareSet,
    SideEffect,
    Taken,
    TakenBefore,
    Template,
)
from journal.records.codec import AnyRecord
from journal.records.own import LeftOut
from journal.service import JournalService
from journal.service.references import pointing, under_new_ids
from journal.vault import FAST
from tests.journal.service.entries import PASSWORD, at, held

C, S, E, M, P = ("c" * 32, "5" * 32, "e" * 32, "3" * 32, "4" * 32)
NAMED = {C, S, E, M, P}

# Every kind that names another, with the fields that do.
JOURNAL: dict[str, Record] = {
    C: Course(title="Autumn", providers=(P,)),
    S: Session(starts=at(2), course=C, taken=(TakenBefore(M, Taken.YES),), happened=True),
    E: Experience(at=at(2), text="deep", session=S),
    M: Medicine(name="Sertraline"),
    P: Provider(name="Lindenhof"),
    "01" * 16: Intention(at=at(1), text="be kind", session=S),
    "02" * 16: IntegrationNote(at=at(5), text="later", session=S),
    "03" * 16: Page(at=at(5), text="a page", session=S),
    "04" * 16: CheckIn(at=at(3), mood=4, session=S),
    "05" * 16: Expense(at=at(2), amount="350.00", course=C, session=S, provider=P),
    "06" * 16: SideEffect(what="nausea", began=at(2), session=S),
    "07" * 16: Landing(began=at(2), session=S, experience=E),
    "08" * 16: HardMoment(at=at(2), session=S, entry=E),
    "09" * 16: Question(text="May I?", made=at(3), session=S, entry=E),
    "0a" * 16: Commitment(text="walk", begins=at(3), session=S),
    "0b" * 16: ScaleAnswers(at=at(1), scale="phq-9", answers=(1, None), session=S),
    "0c" * 16: ScaleTotal(at=at(1), name="PSS-10", total=21.0, session=S),
    "0d" * 16: ShareReceipt(
        share="ab" * 16, made=at(6), eids=(E, S), left_out=(LeftOut(E, "4e" * 16, "text", 0, 4),)
    ),
    "0e" * 16: Person(name="Ruth"),
    "1d" * 16: Contact(name="Ruth", recipient="age1" + "q" * 58),
    "0f" * 16: Checklist(lines=("Water",)),
    "10" * 16: PromptSet(title="Mine", about="page", questions=("What is here?",)),
    "11" * 16: Template(title="Short", about="page", text="- "),
    "12" * 16: ScalePack(pack="{}", own=True),
    "13" * 16: ShareSet(name="monthly", kinds=("page",)),
    "14" * 16: Client(name="Anna", added=at(1), contact="0e" * 16),
    "15" * 16: Received(client="14" * 16, share="cd" * 16, made=at(1).at.date(), received=at(2), entries="{}"),
    "16" * 16: Comment(received="15" * 16, place=0, text="Ask.", made=at(3)),
    "18" * 16: SentReply(reply="ef" * 16, received="15" * 16, sent=at(4), body="{}", eids=("16" * 16,)),
    "17" * 16: Reply(reply="ef" * 16, share="ab" * 16, received=at(4), body="{}"),
}


@pytest.fixture
def other(tmp_path, clock):
    made, _ = JournalService.create(
        tmp_path / "other.vault", PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state"
    )
    yield made
    made.close()


def ids_in(value: Any) -> set[str]:
    """Every id within a record."""
    if isinstance(value, dict):
        return set().union(*map(ids_in, value.values()), set())
    if isinstance(value, list | tuple):
        return set().union(*map(ids_in, value), set())
    return {value} & NAMED if isinstance(value, str) else set()


def test_every_kind_of_record_is_looked_at_here() -> None:
    never = {"settings", "identity", "signing-key", "purged", "attachment"}
    kinds = {cls.kind for cls in AnyRecord.__args__}  # type: ignore[attr-defined]
    assert {record.kind for record in JOURNAL.values()} == kinds - never


def test_everything_that_names_an_entry_follows_it() -> None:
    ids = {eid: f"{number}f" * 16 for number, eid in enumerate(sorted(NAMED))}
    moved = dict(under_new_ids(ids, list(JOURNAL.items())))
    assert set(moved) == {ids.get(eid, eid) for eid in JOURNAL}
    for eid, record in JOURNAL.items():
        before, now = msgspec.to_builtins(record), msgspec.to_builtins(moved[ids.get(eid, eid)])
        assert ids_in(now) == set()
        assert len(ids_in(before)) == len({value for value in _strings(now) if value in ids.values()})


def _strings(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_strings, value.values()), set())
    if isinstance(value, list | tuple):
        return set().union(*map(_strings, value), set())
    return {value} if isinstance(value, str) else set()


def test_a_file_follows_its_entry_and_the_list_of_what_is_gone_stays() -> None:
    file = Attachment(entry=E, at=at(1), name="a", size=0, media="image/png", sha256="0" * 64, blob="1" * 32)
    assert pointing({E: "9" * 32}, file).entry == "9" * 32
    assert pointing({E: "9" * 32}, Purged(eids=(E,))).eids == (E,)


def test_every_kind_goes_out_and_comes_in_the_same(service, other, tmp_path):
    service.save_many(list(JOURNAL.items()))
    service.export("json", tmp_path / "all.json", with_costs=True)
    brought = other.import_file(tmp_path / "all.json")
    assert (brought.added, brought.refused) == (len(JOURNAL), ())
    line = "0d" * 16  # of the ledger: that it came out of a file is noted
    assert held(other) == {**JOURNAL, line: msgspec.structs.replace(JOURNAL[line], imported=True)}
    assert other.import_file(tmp_path / "all.json").added == 0


def test_what_was_removed_for_good_comes_in_again_with_all_that_names_it(service, tmp_path):
    service.save_many(list(JOURNAL.items()))
    service.export("json", tmp_path / "all.json", with_costs=True)
    service.purge_all([S, M])
    before = set(held(service))
    service.import_file(tmp_path / "all.json")
    now = held(service)
    assert set(now) > before
    new = {record.kind: eid for eid, record in now.items() if eid not in before}
    assert set(new) == {"session", "medicine"}
    view = service.session(new["session"])
    assert [item.eid for item in view.experiences] == [E]
    assert (len(view.intentions), len(view.notes), len(view.checkins)) == (1, 1, 1)
    session = now[new["session"]]
    assert (session.course, session.taken) == (C, (TakenBefore(new["medicine"], Taken.YES),))
    others = [record for record in now.values() if record.kind != "receipt"]  # no file changes the ledger
    named = {name for record in others for name in ids_in(msgspec.to_builtins(record))}
    assert not named & {S, M}
    assert now["0d" * 16] == JOURNAL["0d" * 16]
    assert now["05" * 16].session == new["session"]
    again = service.import_file(tmp_path / "all.json")
    assert (again.added, again.already_there) == (0, len(JOURNAL))
    assert held(service) == now


def test_a_whole_journal_that_was_removed_for_good_comes_in_once(service, tmp_path):
    service.save_many(list(JOURNAL.items()))
    service.export("json", tmp_path / "all.json", with_costs=True)
    service.purge_all(list(JOURNAL))
    assert service.import_file(tmp_path / "all.json").added == len(JOURNAL)
    now = held(service)
    assert set(now).isdisjoint(JOURNAL)
    (course,) = (eid for eid, record in now.items() if isinstance(record, Course))
    view = service.course_view(course)
    assert [len(part.sessions) for part in view.stretches] == [1]
    assert len(view.providers) == 1
    assert service.import_file(tmp_path / "all.json").added == 0
    assert held(service) == now


def test_saving_under_ids_that_are_gone_keeps_what_belongs_together(service):
    service.save_many(list(JOURNAL.items()))
    service.purge_all([C, S, E])
    written = service.save_many([(eid, JOURNAL[eid]) for eid in (C, S, E)])
    course, session, experience = (one.eid for one in written.saved)
    assert {course, session, experience}.isdisjoint({C, S, E})
    assert service.get(session).record.course == course
    assert service.get(experience).record.session == session
