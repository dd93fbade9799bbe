"""Questionnaires in a journal: which are used, what was answered, files taken in, versions that were changed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from journal.clock import FixedClock
from journal.errors import ImportFailed, NotFound
from journal.records import CheckIn, Checklist, Moment, Person, ScaleAnswers, ScalePack, ScaleTotal
from journal.scales import BUILT_IN, Pack, built_in, parse_pack, to_json
from journal.service import JournalService
from journal.store import Query
from tests.journal.scales.test_packs import plain
from tests.journal.service.conftest import Reopen

NINE = (1, 1, 1, 1, 1, 1, 1, 1, 1, None)


def answered(service: JournalService, scale: str = "phq-9", *, days: int = 0, answers=NINE) -> str:
    at = Moment(service.clock.now() - timedelta(days=days))
    return service.save(ScaleAnswers(at=at, scale=scale, title=scale.upper(), answers=answers)).eid


def written(folder: Path, **changes: object) -> Path:
    path = folder / "evenings.json"
    path.write_text(json.dumps(plain(**changes)), "utf-8")
    return path


def taken(service: JournalService, folder: Path, **changes: object) -> Pack:
    pack, _ = service.look_at_pack(written(folder, **changes))
    service.take_pack(pack)
    return pack


def state(service: JournalService, name: str):
    return next(one for one in service.scales().scales if one.known.pack.id == name)


def test_none_is_used_at_first(service: JournalService):
    view = service.scales()
    assert [one.known.pack.id for one in view.scales] == list(BUILT_IN)
    assert not any(one.used for one in view.scales)
    assert not view.bands


def test_using_one_and_no_longer(service: JournalService, reopen: Reopen):
    service.use_scale("phq-9")
    service.use_scale("gad-7")
    service.use_scale("phq-8", instead_of="phq-9")
    service.show_bands(True)
    service = reopen()
    assert service.settings().scales == ("gad-7", "phq-8")
    assert service.scales().bands
    service.use_scale("gad-7", used=False)
    assert service.settings().scales == ("phq-8",)


def test_answers_stand_newest_first_with_what_they_add_up_to(service: JournalService, reopen: Reopen):
    answered(service, days=20, answers=(*NINE[:8], None, None))
    answered(service, days=3)
    answered(service, "gad-7", answers=(0,) * 7)
    service = reopen()
    assert [one.score.total for one in service.answers("phq-9")] == [9, None]
    assert [one.score.total for one in state(service, "phq-9").answered] == [9, None]
    assert len(service.answers()) == 3


def test_a_list_and_the_search_know_them_by_name(service: JournalService):
    answered(service)
    service.save(ScaleTotal(at=Moment(service.clock.now()), name="PSS-10", total=21, low=0, high=40))
    assert [row.title for row in service.rows(Query(text="phq"))] == ["PHQ-9"]
    assert [row.title for row in service.rows(Query(text="pss"))] == ["PSS-10: 21"]


def test_what_was_begun_is_known(service: JournalService):
    record = ScaleAnswers(at=Moment(service.clock.now()), scale="phq-9", title="PHQ-9", answers=NINE)
    eid = service.new_eid()
    service.put_draft(eid, record)
    assert state(service, "phq-9").draft == eid
    service.save(record, eid)
    assert state(service, "phq-9").draft is None


def test_a_file_is_looked_at_and_then_taken_in(service: JournalService, reopen: Reopen, tmp_path: Path):
    pack, here = service.look_at_pack(written(tmp_path))
    assert not here
    assert len(service.packs()) == len(BUILT_IN), "looking takes nothing in"
    service.take_pack(pack)
    service = reopen()
    assert service.pack("evenings") == pack
    assert state(service, "evenings").used
    answered(service, "evenings", answers=(1, 1))
    assert service.answers("evenings")[0].score.total == 2


@pytest.mark.parametrize("name", [*BUILT_IN, "own-check-in"])
def test_a_file_cannot_stand_for_one_of_the_programs(service: JournalService, tmp_path: Path, name: str):
    with pytest.raises(ImportFailed, match="here already"):
        service.look_at_pack(written(tmp_path, id=name))
    service.save(ScalePack(pack=json.dumps(plain(id=name))))  # nor one that came in by another way
    assert len(service.packs()) == len(BUILT_IN)


@pytest.mark.parametrize("title", ["PHQ-9", "phq 9", "\uff30HQ\u20119", built_in("phq-9").name])
def test_a_file_cannot_take_the_title_of_one_of_the_programs(service: JournalService, tmp_path: Path, title: str):
    with pytest.raises(ImportFailed, match="not the one of that name"):
        service.look_at_pack(written(tmp_path, title=title))
    assert service.look_at_pack(written(tmp_path, title="My PHQ-9 diary"))


def test_where_two_computers_made_other_words_of_one_version_none_of_them_is_shown(service: JournalService):
    for title in ("Evenings", "Nights"):
        service.save(ScalePack(pack=json.dumps(plain(title=title)), own=True))
    answered(service, "evenings", answers=(1, 0))
    assert [one.pack for one in service.answers()] == [None]


def test_a_total_without_a_number_from_a_file_breaks_nothing(service: JournalService, tmp_path: Path, reopen: Reopen):
    at = Moment(service.clock.now())
    service.save(ScaleTotal(at=at, name="PSS-10", low=0, high=40))
    path = tmp_path / "out.json"
    service.export("json", path)
    assert "PSS-10" in path.read_text("utf-8")
    ((eid, _),) = service.scales().totals
    service.delete(eid)
    service.import_file(path)
    service.undo()
    service.redo()
    ((eid, total),) = reopen().scales().totals
    assert (total.total, total.low, total.high) == (None, 0, 40)
    service = reopen()
    assert [row.title for row in service.rows(Query(text="pss"))] == ["PSS-10"]
    for format in ("markdown", "csv"):
        service.export(format, tmp_path / format)
    service.today()


def test_a_file_for_reading_tells_the_questions_and_names_what_it_leaves_out(
    service: JournalService, tmp_path: Path
):
    taken(service, tmp_path)
    at = Moment(service.clock.now())
    service.save(ScaleAnswers(at=at, scale="evenings", title="Evenings", answers=(1, None), declined=(1,)))
    service.save(ScaleAnswers(at=at, scale="evenings", title="Evenings", answers=(None, 0)))
    for name in ("Ruth", "Ada"):
        service.save(Person(name=name))
    service.save(Checklist(lines=("Water",)))
    done = service.export("markdown", tmp_path / "out.md")
    text = (tmp_path / "out.md").read_text("utf-8")
    for line in (
        "  - I could rest: 1 Yes", "  - I called somebody: preferred not to answer",
        "  - I could rest: no answer", "  - I called somebody: 0 No",
    ):  # fmt: skip
        assert line in text.split("\n")
    assert done.left_out == "2 people, 1 checklist and 1 questionnaire's form are not in it."
    assert service.export("json", tmp_path / "out.json").left_out == ""


def test_a_file_cannot_hide_one_of_the_programs(service: JournalService, tmp_path: Path):
    pack = taken(service, tmp_path, instead_of="phq-9")
    assert pack.family == "evenings"
    assert service.pack("evenings").family == "evenings"
    service.save(ScalePack(pack=json.dumps(plain(id="other", instead_of="phq-9"))))
    assert service.pack("other").family == "other"


def test_of_two_that_two_computers_took_in_the_later_one_counts(service: JournalService):
    for version in (1, 3, 2):
        service.save(ScalePack(pack=json.dumps(plain(version=version))))
    assert [one.pack.version for one in service.packs() if one.eid] == [3]


def test_a_later_version_takes_the_place_and_older_answers_keep_their_form(service: JournalService, tmp_path: Path):
    taken(service, tmp_path)
    old = answered(service, "evenings", answers=(1, 1))
    three = [*plain()["items"], {"link": "3", "text": "I went out"}]
    pack, here = service.look_at_pack(written(tmp_path, version=2, items=three))
    assert here
    service.take_pack(pack)
    assert [one.pack.version for one in service.packs() if one.eid] == [2]
    new = ScaleAnswers(at=Moment(service.clock.now()), scale="evenings", version=2, answers=(1, 1, 1))
    service.save(new)
    found = {one.record.version: (one.score.total, one.score.high) for one in service.answers("evenings")}
    assert found == {1: (2, 2), 2: (3, 3)}
    assert service.pack_of(service.get(old).record).version == 1


def test_other_words_under_the_same_version_are_refused(service: JournalService, tmp_path: Path):
    taken(service, tmp_path)
    assert service.look_at_pack(written(tmp_path))[1], "the very same again is no trouble"
    with pytest.raises(ImportFailed, match="not those of this file"):
        service.look_at_pack(written(tmp_path, title="Other evenings"))


def test_removing_one_keeps_what_was_answered_and_undo_brings_all_back(service: JournalService, tmp_path: Path):
    taken(service, tmp_path)
    answered(service, "evenings", answers=(1, 0))
    service.remove_pack("evenings")
    view = service.scales()
    assert service.pack("evenings") is None
    assert [one.score.total for one in view.gone] == [1], "its form is still known"
    with pytest.raises(NotFound):
        service.remove_pack("phq-9")
    service.undo()
    assert state(service, "evenings").used
    assert [one.score.total for one in state(service, "evenings").answered] == [1]


def test_one_that_cannot_be_read_is_left_out(service: JournalService):
    service.save(ScalePack(pack="{"))
    service.save(ScalePack(pack=to_json(parse_pack(json.dumps(plain())))))
    assert [one.pack.id for one in service.packs() if one.eid] == ["evenings"]
    answered(service, "nobody-knows", answers=(3,))
    assert [(one.pack, one.score) for one in service.scales().gone] == [(None, None)]


def test_a_change_of_answers_is_undone(service: JournalService):
    eid = answered(service)
    record = service.get(eid).record
    service.save(msgspec.structs.replace(record, answers=(3, *record.answers[1:])), eid)
    assert service.answers()[0].score.total == 11
    service.undo()
    assert service.answers()[0].score.total == 9
    assert len(service.versions(eid)) == 3


def test_what_fits_now(service: JournalService, clock: FixedClock):
    service.use_scale("phq-9")
    answered(service)
    assert service.fitting_scales() == ()
    clock.at += timedelta(days=14)
    assert [one.pack for one in service.fitting_scales()] == ["phq-9"]


def test_other_entries_are_none_of_them(service: JournalService):
    service.save(CheckIn(at=Moment(service.clock.now()), mood=4))
    assert service.answers() == ()
    assert built_in("phq-9").loinc.total == "44261-6"
