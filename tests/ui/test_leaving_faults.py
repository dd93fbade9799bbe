"""The journal's file is moved, removed, replaced or changed while it is open: leaving it loses no word."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from journal.service import JournalService
from tests.ui.conftest import PASSWORD, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import go, reopened
from ui import audit
from ui.places import Place
from ui.theme import Scheme
from ui.window import MainWindow


def removed(path: Path, _older: bytes) -> None:
    path.unlink()


def renamed(path: Path, _older: bytes) -> None:
    path.rename(path.with_name("moved.vault"))


def replaced_by_another(path: Path, older: bytes) -> None:
    path.with_name("other.vault").write_bytes(older)
    path.with_name("other.vault").replace(path)


def overwritten_by_an_older_copy(path: Path, older: bytes) -> None:
    path.write_bytes(older)


def overwritten_by_something_else(path: Path, _older: bytes) -> None:
    path.write_bytes(os.urandom(len(path.read_bytes())))


def emptied(path: Path, _older: bytes) -> None:
    path.write_bytes(b"")


TAKEN = [removed, renamed, replaced_by_another, overwritten_by_an_older_copy, overwritten_by_something_else, emptied]


def write_page(qtbot, window: MainWindow, text: str, *, save: bool = True) -> None:
    page = go(qtbot, window, Place("write", kind="page"))
    page.editor.insertPlainText(text)
    if save:
        page.save.click()
        quiet(qtbot, window.context.tasks)


@pytest.fixture
def taken(qtbot, window_open: MainWindow, tmp_path: Path) -> Callable[[Callable[[Path, bytes], None]], MainWindow]:
    """The journal with "one", then "two", then words that were typed and not kept when its file was taken away."""

    def take(how: Callable[[Path, bytes], None]) -> MainWindow:
        path = tmp_path / "journal.vault"
        write_page(qtbot, window_open, "one")
        older = path.read_bytes()
        write_page(qtbot, window_open, "two")
        write_page(qtbot, window_open, "three, typed last", save=False)
        how(path, older)
        window_open.lock()
        qtbot.waitUntil(window_open.cover.keep.isVisible, timeout=10_000)
        return window_open

    return take


def contents(path: Path) -> tuple[list[str], list[str]]:
    service = reopened(path)
    try:
        assert service.report.ok and not service.report.older_than_seen
        texts = sorted(item.record.text for item in service.items() if item.record.kind == "page")
        return texts, [draft.record.text for draft in service.drafts()]
    finally:
        service.close()


@pytest.mark.parametrize("how", TAKEN)
def test_all_of_it_goes_on_in_a_new_file(qtbot, taken, how, prompter: FakePrompter, replaced, tmp_path: Path) -> None:
    window = taken(how)
    assert "could not be kept" in window.cover.text
    assert "same password" in window.cover._help.text()
    new = tmp_path / "kept.vault"
    prompter.answers = [new]
    window.cover.keep.click()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert replaced == [new], "it stands before the new file"
    assert contents(new) == (["one", "two"], ["three, typed last"])
    assert not list(tmp_path.glob("*.lock"))


@pytest.mark.parametrize("how", TAKEN)
def test_it_says_what_happened(taken, how) -> None:
    said = {
        removed: "not in its place", renamed: "not in its place", replaced_by_another: "Another file",
    }.get(how, "changed from outside")  # fmt: skip
    assert said in taken(how).cover.text


def test_put_back_it_locks(qtbot, taken, replaced, tmp_path: Path) -> None:
    window = taken(renamed)
    (tmp_path / "moved.vault").rename(tmp_path / "journal.vault")
    window.cover.retry.click()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert replaced == [tmp_path / "journal.vault"]
    assert contents(tmp_path / "journal.vault") == (["one", "two"], ["three, typed last"])


def test_a_new_place_that_does_not_work_is_told_and_another_can_be_chosen(
    qtbot, taken, prompter: FakePrompter, replaced, tmp_path: Path
) -> None:
    window = taken(removed)
    (tmp_path / "there.vault").write_bytes(b"x")
    places = {
        tmp_path / "there.vault": "Nothing was overwritten",
        tmp_path / "nowhere" / "a.vault": "no such folder",
        tmp_path / "a.vault-journal": "Choose another name",
    }
    for place, said in places.items():
        prompter.answers = [place]
        window.cover.keep.click()
        qtbot.waitUntil(lambda said=said: said in window.cover._help.text(), timeout=10_000)
        assert window.leaving.under_way and replaced == []
    prompter.answers = [None]
    window.cover.keep.click()
    assert window.leaving.timer.isActive()
    prompter.answers = [tmp_path / "kept"]
    window.cover.keep.click()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert contents(tmp_path / "kept.vault") == (["one", "two"], ["three, typed last"])


def test_leaving_without_it_is_asked_once(qtbot, taken, prompter: FakePrompter, replaced, tmp_path: Path) -> None:
    window = taken(renamed)
    prompter.answers = [False]
    window.cover.leave.click()
    assert replaced == [] and window.leaving.timer.isActive()
    prompter.answers = [True]
    window.cover.leave.click()
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)
    assert replaced == [tmp_path / "journal.vault"]
    assert "cannot be brought back" in prompter.asked[-1][2]
    assert contents(tmp_path / "moved.vault") == (["one", "two"], [])


def test_back_in_the_journal_everything_is_still_there(qtbot, taken) -> None:
    window = taken(removed)
    window.cover.return_.click()
    assert window.stack.page("write").editor.toPlainText() == "three, typed last"


@pytest.mark.parametrize("scale", [100, 200])
def test_the_cover_looks_right(qtbot, taken, scale: int) -> None:
    window = taken(removed)
    window.context.theme.apply(Scheme.DARK, scale)
    window.resize(900, 600)
    quiet(qtbot, window.context.tasks)
    assert audit.faults(window) == []


def test_a_new_file_opens_with_the_words_and_merges_with_the_old(tmp_path: Path, clock) -> None:
    from journal.records import Moment, Page
    from journal.vault import FAST
    from tests.ui.conftest import NOW

    path, new = tmp_path / "a.vault", tmp_path / "b.vault"
    options = {"clock": clock, "state_dir": tmp_path / "state"}
    service, words = JournalService.create(path, PASSWORD, profile=FAST, **options)
    service.save(Page(at=Moment(NOW), text="one"))
    shutil.copy(path, tmp_path / "older.vault")
    service.save(Page(at=Moment(NOW), text="two"))
    path.write_bytes((tmp_path / "older.vault").read_bytes())
    assert service.standing() == "changed"
    assert service.go_on_in(new) == new
    assert service.standing() == ""
    service.save(Page(at=Moment(NOW), text="three"))
    service.close()
    again = JournalService.open(new, recovery_key=words, **options)
    assert again.report.ok
    assert sorted(item.record.text for item in again.items()) == ["one", "three", "two"]
    assert again.look_into(tmp_path / "older.vault").nothing, "it is the same journal, not another"
    again.close()
