"""From the first start to an open journal, and back in: by password, by recovery words, and when it goes wrong."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import PASSWORD, answer, type_password
from tests.ui.fakes import FakePrompter
from ui.audit import faults
from ui.context import Context
from ui.pages.welcome import WelcomePage
from ui.settings import DeviceSettings
from ui.tasks import VaultTasks
from ui.theme import Scheme


@pytest.fixture
def page(qtbot, context: Context, tmp_path: Path) -> WelcomePage:
    made = WelcomePage(context, {"profile": FAST, "state_dir": tmp_path / "state"})
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.offer(None)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def other_journal(clock, tmp_path: Path) -> tuple[Path, str]:
    """A closed journal and its recovery words."""
    path = tmp_path / "other.vault"
    service, words = JournalService.create(path, PASSWORD, profile=FAST, clock=clock, state_dir=tmp_path / "state")
    service.close()
    return path, words


def begin(qtbot, page: WelcomePage, path: Path) -> str:
    """Make a journal up to its recovery words, and give them."""
    page.choose.first.click()
    page.create.set_path(path)
    type_password(page.create, PASSWORD)
    page.create.next.click()
    qtbot.waitUntil(lambda: page.step is page.show_words, timeout=20_000)
    return " ".join(
        line.split()[-1] for line in page.show_words.sheet().splitlines() if line[:3].strip(" .").isdigit()
    )


def press(widget: object, words: str) -> None:
    """Press the button with these words."""
    next(b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(widget)).click()


def test_the_first_page_offers_three_ways(page: WelcomePage) -> None:
    texts = [made.text() for made in page.choose.findChildren(QPushButton)]
    assert texts == ["Begin a journal", "Open a journal…", "Read a share someone sent you…"]
    assert page.choose.first.hasFocus()


def test_from_the_first_start_to_an_open_journal(qtbot, page: WelcomePage, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "journal.vault"
    words = begin(qtbot, page, path)
    assert len(words.split()) == 15
    assert path.exists()
    page.show_words.next.click()
    assert page.step is page.type_words
    with qtbot.waitSignal(page.opened, timeout=10_000) as opened:
        # As a person would type from paper: numbered, with capitals, in lines.
        typed = "\n".join(f"{n}. {word.title()}" for n, word in enumerate(words.split(), 1))
        page.type_words.words.edit.setPlainText(typed)
        page.type_words.next.click()
    assert opened.args == [False]
    assert context.tasks.is_open
    assert context.settings.last_journal == path


def test_words_typed_back_wrongly_are_pointed_at(qtbot, page: WelcomePage, tmp_path: Path) -> None:
    words = begin(qtbot, page, tmp_path / "journal.vault").split()
    page.show_words.next.click()
    wrong = [*words[:6], "zebra", *words[7:]]
    with qtbot.assertNotEmitted(page.opened, wait=200):
        page.type_words.words.edit.setPlainText(" ".join(wrong))
        page.type_words.next.click()
        qtbot.waitUntil(lambda: bool(page.type_words.banner.text), timeout=5_000)
    assert "Word 7" in page.type_words.banner.text
    page.type_words.show_again.click()
    assert page.step is page.show_words


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("short", "short", "longer"), ("four quiet garden words", "four quiet garden word", "not the same")],
)
def test_passwords_that_will_not_do(page: WelcomePage, tmp_path: Path, first: str, second: str, said: str) -> None:
    page.choose.first.click()
    page.create.set_path(tmp_path / "journal.vault")
    page.create.password.edit.setText(first)
    page.create.repeat.edit.setText(second)
    page.create.next.click()
    assert said in page.create.banner.text
    assert not (tmp_path / "journal.vault").exists()


def test_a_journal_is_never_made_over_another(qtbot, page: WelcomePage, other_journal: tuple[Path, str]) -> None:
    before = other_journal[0].read_bytes()
    page.choose.first.click()
    page.create.set_path(other_journal[0])
    type_password(page.create, PASSWORD)
    page.create.next.click()
    qtbot.waitUntil(lambda: bool(page.create.banner.text), timeout=10_000)
    assert "overwritten" in page.create.banner.text
    assert other_journal[0].read_bytes() == before


def test_a_folder_that_cannot_be_used_is_said(qtbot, page: WelcomePage, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    page.choose.first.click()
    page.create.set_path(tmp_path / "file" / "journal.vault")
    type_password(page.create, PASSWORD)
    page.create.next.click()
    qtbot.waitUntil(lambda: bool(page.create.banner.text), timeout=10_000)
    assert "folder" in page.create.banner.text


def test_where_to_keep_it_can_be_chosen(page: WelcomePage, prompter: FakePrompter, tmp_path: Path) -> None:
    page.choose.first.click()
    prompter.answers = [tmp_path / "mine", None]
    page.create.change.click()
    assert page.create.path == tmp_path / "mine.vault"
    page.create.change.click()
    assert page.create.path == tmp_path / "mine.vault"


def test_a_second_first_journal_gets_a_free_name(page: WelcomePage, own_home: Path) -> None:
    page.begin()
    page.create.path.parent.mkdir(parents=True)
    page.create.path.write_bytes(b"")
    page.begin()
    assert page.create.path.name == "journal 2.vault"


def test_unlocking(qtbot, page: WelcomePage, context: Context, other_journal: tuple[Path, str]) -> None:
    page.offer(other_journal[0])
    assert page.step is page.unlock
    qtbot.waitUntil(page.unlock.password.edit.hasFocus)
    page.unlock.password.edit.setText(PASSWORD)
    with qtbot.waitSignal(page.opened, timeout=10_000):
        qtbot.keyClick(page.unlock.password.edit, Qt.Key.Key_Return)
    assert context.tasks.is_open
    assert page.unlock.password.value() == ""


def test_a_wrong_password_is_told_from_damage(qtbot, page: WelcomePage, other_journal: tuple[Path, str]) -> None:
    page.offer(other_journal[0])
    page.unlock.password.edit.setText("not the password")
    page.unlock.next.click()
    assert not page.unlock.next.isEnabled()
    assert not page.unlock.progress.isHidden()
    qtbot.waitUntil(lambda: bool(page.unlock.banner.text), timeout=10_000)
    assert "not damaged" in page.unlock.banner.text
    assert page.unlock.next.isEnabled()
    assert page.unlock.password.edit.selectedText() == "not the password"
    page.unlock.password.edit.setText(PASSWORD)
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page.unlock.next.click()


def test_a_foreign_file_is_told_and_left_alone(
    qtbot, page: WelcomePage, prompter: FakePrompter, other_journal: tuple[Path, str], tmp_path: Path
) -> None:
    foreign = tmp_path / "holiday.vault"
    foreign.write_bytes(b"GIF89a" + bytes(4096))
    page.offer(foreign)
    page.unlock.password.edit.setText(PASSWORD)
    page.unlock.next.click()
    qtbot.waitUntil(lambda: bool(page.unlock.banner.text), timeout=10_000)
    assert "not a journal" in page.unlock.banner.text
    prompter.answers = [other_journal[0]]
    press(page.unlock.banner, "Open another file…")
    page.unlock.password.edit.setText(PASSWORD)
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page.unlock.next.click()
    assert foreign.read_bytes() == b"GIF89a" + bytes(4096)


def test_a_damaged_file_says_what_to_do(qtbot, page: WelcomePage, other_journal: tuple[Path, str]) -> None:
    path = other_journal[0]
    path.write_bytes(path.read_bytes()[:5000])
    page.offer(path)
    page.unlock.password.edit.setText(PASSWORD)
    page.unlock.next.click()
    qtbot.waitUntil(lambda: bool(page.unlock.banner.text), timeout=10_000)
    assert "damaged" in page.unlock.banner.text
    assert "backup" in page.unlock.banner.text


def test_a_journal_open_elsewhere_can_be_tried_again(
    qtbot, page: WelcomePage, clock, other_journal: tuple[Path, str], tmp_path: Path
) -> None:
    holder = VaultTasks()
    opener = partial(
        JournalService.open, other_journal[0], password=PASSWORD, clock=clock, state_dir=tmp_path / "state"
    )
    answer(qtbot, partial(holder.open, opener))
    page.offer(other_journal[0])
    page.unlock.password.edit.setText(PASSWORD)
    page.unlock.next.click()
    qtbot.waitUntil(lambda: bool(page.unlock.banner.text), timeout=10_000)
    assert "open in another window" in page.unlock.banner.text
    holder.close()
    with qtbot.waitSignal(page.opened, timeout=10_000):
        press(page.unlock.banner, "Try again")


def test_recovery_words_open_it_too(qtbot, page: WelcomePage, other_journal: tuple[Path, str]) -> None:
    path, words = other_journal
    page.offer(path)
    press(page.unlock, "Use the recovery words instead")
    page.use_words.words.edit.setPlainText(words.upper())
    with qtbot.waitSignal(page.opened, timeout=10_000) as opened:
        page.use_words.next.click()
    assert opened.args == [True]


def test_wrong_recovery_words(qtbot, page: WelcomePage, other_journal: tuple[Path, str]) -> None:
    path, words = other_journal
    page.offer(path)
    press(page.unlock, "Use the recovery words instead")
    page.use_words.words.edit.setPlainText(" ".join([*words.split()[:14]]))
    page.use_words.next.click()
    qtbot.waitUntil(lambda: bool(page.use_words.banner.text), timeout=10_000)
    assert "15" in page.use_words.banner.text
    press(page.use_words, "Use the password instead")
    assert page.step is page.unlock
    assert page.use_words.words.value() == ""


def test_the_words_can_be_copied_and_saved(qtbot, page: WelcomePage, prompter: FakePrompter, tmp_path: Path) -> None:
    words = begin(qtbot, page, tmp_path / "journal.vault")
    page.show_words.copy.click()
    assert QGuiApplication.clipboard().text() == words
    prompter.answers = [tmp_path / "words.txt"]
    page.show_words.save.click()
    text = (tmp_path / "words.txt").read_text("utf-8")
    assert all(word in text for word in words.split())
    assert (tmp_path / "words.txt").stat().st_mode & 0o077 == 0
    assert "anyone" in page.show_words.banner.text
    QGuiApplication.clipboard().clear()


def test_escape_goes_back_to_the_first_page_and_forgets(qtbot, page: WelcomePage, tmp_path: Path) -> None:
    page.choose.first.click()
    type_password(page.create, PASSWORD)
    qtbot.keyClick(page.create.password.edit, Qt.Key.Key_Escape)
    assert page.step is page.choose
    assert page.create.password.value() == ""


def test_a_password_is_hidden_until_asked(page: WelcomePage) -> None:
    field = page.create.password
    assert field.edit.echoMode() == field.edit.EchoMode.Password
    field.show_box.setChecked(True)
    assert field.edit.echoMode() == field.edit.EchoMode.Normal
    field.clear()
    assert field.edit.echoMode() == field.edit.EchoMode.Password


def test_locked_capitals_are_noticed(qtbot, page: WelcomePage, other_journal: tuple[Path, str]) -> None:
    page.offer(other_journal[0])
    field = page.unlock.password
    qtbot.keyClicks(field.edit, "a")
    assert field._hint.isHidden()
    qtbot.keyClick(field.edit, "A")
    assert not field._hint.isHidden()
    qtbot.keyClick(field.edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert field._hint.isHidden()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(("scale", "size"), [(100, (1120, 760)), (150, (900, 600)), (200, (900, 600))])
def test_nothing_is_clipped_covered_or_nameless(
    qtbot, page: WelcomePage, theme, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(scheme, scale)
    page.resize(*size)
    page.show_words.set_words("abandon " * 15)
    page.create.password.edit.setText("a password that is long")
    for step in page._steps:
        page._show(step)
        qtbot.wait(1)
        assert faults(page) == [], type(step).__name__


def test_the_device_may_be_told_to_forget(qtbot, page: WelcomePage, context: Context, tmp_path: Path) -> None:
    page.choose.first.click()
    page.create.remember.setChecked(False)
    page.create.set_path(tmp_path / "journal.vault")
    type_password(page.create, PASSWORD)
    page.create.next.click()
    qtbot.waitUntil(lambda: page.step is page.show_words, timeout=20_000)
    assert isinstance(context.settings, DeviceSettings)
    assert context.settings.last_journal is None
