"""Two versions of an entry stay two until the person chooses, whatever is changed, removed, undone or redone."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from journal.records import Course, Phase
from journal.service import JournalService
from journal.service.courses import paused
from tests.journal.service.conftest import Other
from tests.journal.service.entries import at, page


def says(service: JournalService, eid: str) -> set[tuple[str, bool]]:
    return {(side.record.text, side.record.covered) for side in service.sides(eid)}


@pytest.fixture
def beside(service: JournalService, other: Other) -> Callable[..., str]:
    """An entry in two versions: so many changes there, and one here; `typing` is unsaved over the one from here."""

    def made(there: int = 1, typing: str = "") -> str:
        eid = service.save(page("first")).eid
        elsewhere = other()
        for number in range(there):
            elsewhere.save(page(f"theirs {number}" if number + 1 < there else "theirs"), eid)
        service.save(page("mine"), eid)
        if typing:
            service.put_draft(eid, page(typing))
        service.merge(service.look_into(elsewhere.path).copy)
        assert says(service, eid) == {("mine", False), ("theirs", False)}
        return eid

    return made


BOTH = {("mine", False), ("theirs", False)}
COVERED = {("mine", True), ("theirs", True)}


def test_one_tap_is_made_to_both(service: JournalService, beside: Callable[..., str]) -> None:
    eid = beside()
    service.cover(eid)
    assert says(service, eid) == COVERED
    service.undo()
    assert says(service, eid) == BOTH
    service.redo()
    assert says(service, eid) == COVERED
    assert len(service.apart()) == 1


@pytest.mark.parametrize("there", [1, 3])  # which of the two is shown
def test_while_one_of_them_is_written(service: JournalService, beside: Callable[..., str], there: int) -> None:
    eid = beside(there, "mine, typing")
    service.cover(eid)
    assert says(service, eid) == COVERED
    assert (service.draft(eid).record.text, service.draft(eid).record.covered) == ("mine, typing", True)
    service.undo()
    assert says(service, eid) == BOTH
    assert (service.draft(eid).record.text, service.draft(eid).record.covered) == ("mine, typing", False)
    service.redo()
    service.save(service.draft(eid).record, eid)
    assert says(service, eid) == {("mine, typing", True), ("theirs", True)}
    service.undo()
    assert says(service, eid) == COVERED


def test_what_was_begun_before_a_copy_came_in_makes_no_second_version_by_a_tap(
    service: JournalService, other: Other
) -> None:
    eid = service.save(page("first")).eid
    there = other()
    there.save(page("theirs"), eid)
    service.put_draft(eid, page("first, typing"))
    service.merge(service.look_into(there.path).copy)
    service.cover(eid)
    assert says(service, eid) == {("theirs", True)}
    service.undo()
    assert says(service, eid) == {("theirs", False)}
    service.save(service.draft(eid).record, eid)  # typed without knowing of theirs: that is to be chosen from
    assert says(service, eid) == {("theirs", False), ("first, typing", False)}
    service.undo()
    assert says(service, eid) == {("theirs", False)}
    service.redo()
    assert says(service, eid) == {("theirs", False), ("first, typing", False)}


def test_a_course_in_two_versions_is_paused_in_both(service: JournalService, other: Other) -> None:
    eid = service.save(Course(title="Spring", phase=Phase.INDUCTION)).eid
    there = other()
    there.save(Course(title="Spring, there", phase=Phase.INDUCTION), eid)
    service.save(Course(title="Spring, here", phase=Phase.INDUCTION), eid)
    service.merge(service.look_into(there.path).copy)
    service.amend(eid, lambda course: paused(course, at(5)))
    assert {(side.record.title, side.record.phase) for side in service.sides(eid)} == {
        ("Spring, there", Phase.PAUSE),
        ("Spring, here", Phase.PAUSE),
    }


def test_a_version_that_was_removed_stays_removed(service: JournalService, other: Other) -> None:
    eid = service.save(page("first")).eid
    there = other()
    there.delete(eid)
    service.save(page("mine"), eid)
    service.merge(service.look_into(there.path).copy)
    service.cover(eid)
    assert [side.record and (side.record.text, side.record.covered) for side in service.sides(eid)] == [
        ("mine", True),
        None,
    ]


def test_removed_and_brought_back_they_are_two_again(service: JournalService, beside: Callable[..., str]) -> None:
    eid = beside()
    service.delete(eid)
    assert service.find(eid) is None
    service.undo()
    assert says(service, eid) == BOTH
    service.redo()
    service.undelete(eid)
    assert says(service, eid) == BOTH
    service.undo()
    assert service.find(eid) is None
    service.redo()
    assert says(service, eid) == BOTH


@pytest.mark.parametrize("number", [0, 1])
def test_choosing_one_can_be_undone(service: JournalService, beside: Callable[..., str], number: int) -> None:
    eid = beside()
    shown = service.sides(eid)
    service.keep_side(eid, shown[number].rev)
    assert service.get(eid).heads == 1
    service.undo()
    assert [side.record.text for side in service.sides(eid)] == [side.record.text for side in shown]
    service.redo()
    assert says(service, eid) == {(shown[number].record.text, False)}


def test_keeping_both_can_be_undone(service: JournalService, beside: Callable[..., str]) -> None:
    eid = beside()
    kept = service.keep_sides_apart(eid)
    assert {service.get(one.eid).record.text for one in kept.saved} == {"mine", "theirs"}
    service.undo()
    assert says(service, eid) == BOTH
    assert len(service.items()) == 1


def test_a_save_takes_the_place_of_the_one_that_is_shown(service: JournalService, beside: Callable[..., str]) -> None:
    eid = beside()
    other_one = service.sides(eid)[1].record.text
    service.save(page("changed"), eid)  # so quickly that nothing of it was sealed as a draft
    assert says(service, eid) == {("changed", False), (other_one, False)}
    service.undo()
    assert says(service, eid) == BOTH


def test_what_comes_from_elsewhere_stands_beside_the_other(
    service: JournalService, beside: Callable[..., str]
) -> None:
    eid = beside()
    other_one = service.sides(eid)[1].record.text
    service.save_many([(eid, page("from a backup"))])
    assert says(service, eid) == {("from a backup", False), (other_one, False)}
    service.undo()
    assert says(service, eid) == BOTH


@pytest.mark.parametrize("sealed", [False, True])
def test_what_was_typed_over_one_stands_beside_what_was_merged_meanwhile(
    service: JournalService, other: Other, sealed: bool
) -> None:
    saved = service.save(page("first"))
    there = other()
    there.save(page("theirs"), saved.eid)
    service.merge(service.look_into(there.path).copy)
    if sealed:
        service.put_draft(saved.eid, page("typed over the first"), saved.rev)
    service.save(page("typed over the first"), saved.eid, saved.rev)
    assert says(service, saved.eid) == {("typed over the first", False), ("theirs", False)}
    service.undo()
    assert says(service, saved.eid) == {("theirs", False)}


def test_what_was_typed_over_one_goes_on_from_what_was_written_here_in_its_place(service: JournalService) -> None:
    saved = service.save(page("first"))
    service.save(page("second"), saved.eid)
    service.amend(saved.eid, lambda record: msgspec.structs.replace(record, title="Named"))
    service.save(page("typed over the first"), saved.eid, saved.rev)
    assert says(service, saved.eid) == {("typed over the first", False)}
    service.save(page("over what is not there"), saved.eid, "ab" * 16)
    assert says(service, saved.eid) == {("over what is not there", False)}


@pytest.mark.parametrize("sealed", [False, True])  # what was typed and taken back again leaves a draft
def test_who_changed_nothing_does_not_write_against_what_came_in(
    service: JournalService, other: Other, sealed: bool
) -> None:
    saved = service.save(page("first"))
    there = other()
    there.save(page("theirs"), saved.eid)
    if sealed:
        service.put_draft(saved.eid, page("first"), saved.rev)
    service.merge(service.look_into(there.path).copy)
    again = service.save(page("first"), saved.eid, saved.rev)
    assert (again.rev, service.draft(saved.eid)) == (saved.rev, None)
    assert says(service, saved.eid) == {("theirs", False)}
    service.save(page("first, and typed on"), saved.eid, again.rev)
    assert says(service, saved.eid) == {("first, and typed on", False), ("theirs", False)}


def test_what_is_taken_back_after_it_was_saved_is_written(service: JournalService) -> None:
    opened = service.save(page("first"))
    service.save(page("second"), opened.eid, opened.rev)
    service.save(page("first"), opened.eid, opened.rev)  # the page was opened with it
    assert says(service, opened.eid) == {("first", False)}
    assert len(service.versions(opened.eid)) == 3


def test_what_was_removed_elsewhere_comes_back_when_it_is_saved_as_it_was(
    service: JournalService, other: Other
) -> None:
    saved = service.save(page("first"))
    there = other()
    there.delete(saved.eid)
    service.merge(service.look_into(there.path).copy)
    service.save(page("first"), saved.eid, saved.rev)
    assert [side.record and side.record.text for side in service.sides(saved.eid)] == ["first", None]


@pytest.mark.parametrize("typed_over", [0, 1])
@pytest.mark.parametrize("chosen", [0, 1])
@pytest.mark.parametrize("sealed", [False, True])
def test_typed_over_one_after_undoing_a_choice_the_other_stays(
    service: JournalService, beside: Callable[..., str], chosen: int, typed_over: int, sealed: bool
) -> None:
    eid = beside()
    sides = service.sides(eid)
    service.keep_side(eid, sides[chosen].rev)
    service.undo()
    if sealed:
        service.put_draft(eid, page("typed"), sides[typed_over].rev)
    service.save(page("typed"), eid, sides[typed_over].rev)
    assert says(service, eid) == {("typed", False), (sides[1 - typed_over].record.text, False)}


@pytest.mark.parametrize("deed", ["keep_sides_apart", "put_sides_together"])
@pytest.mark.parametrize("typed_over", [0, 1])
def test_typed_over_one_of_two_it_does_not_take_the_place_of_what_was_made_of_both(
    service: JournalService, beside: Callable[..., str], deed: str, typed_over: int
) -> None:
    eid = beside()
    sides = service.sides(eid)
    getattr(service, deed)(eid)
    made = service.get(eid).record.text
    service.save(page("typed"), eid, sides[typed_over].rev)
    if made == sides[typed_over].record.text:
        assert says(service, eid) == {("typed", False)}
    else:
        assert says(service, eid) == {("typed", False), (made, False)}


def test_typed_over_what_was_removed_and_brought_back_it_is_no_second_version(service: JournalService) -> None:
    saved = service.save(page("first"))
    service.put_draft(saved.eid, page("first, and more"), saved.rev)
    service.delete(saved.eid)
    service.undo()
    service.drop_draft(saved.eid)
    service.save(page("typed"), saved.eid, saved.rev)
    assert says(service, saved.eid) == {("typed", False)}
