"""What can be chosen: how it looks, when it locks, the password, and what this computer remembers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QSizePolicy, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.records import Settings
from journal.service import JournalService
from ui import capture
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.theme import SCALES, Scheme
from ui.widgets.backup_card import BackupCard
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card
from ui.widgets.file_drops import Line
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label, selectable
from ui.widgets.reminder_card import ReminderCard
from ui.widgets.sync_card import SyncCard
from ui.widgets.writing_card import WritingCard

_SCHEMES = ((Scheme.SYSTEM, "As the computer"), (Scheme.LIGHT, "Light"), (Scheme.DARK, "Dark"))
_MINUTES = ((1, "1 minute"), (2, "2 minutes"), (5, "5 minutes"), (10, "10 minutes"), (30, "30 minutes"), (0, "Never"))
_REST = (
    (0, "Until the next day"), (6, "6 hours"), (8, "8 hours"), (12, "12 hours"), (24, "24 hours"), (-1, "Not at all"),
)  # fmt: skip
_HIDE_AWAY = "Keep this window out of screenshots and screen sharing"
_PASSED_OVER = (
    "macOS was asked to. From version 15 on, most programs that share the screen show the window all the same. Turn "
    "this off while you want to show it to somebody."
)


class PreferencesPage(Page):
    """Every choice takes effect at once. Those of the journal are sealed in it; those of the device are not."""

    title = "Preferences"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._settings = Settings()
        column = Column(name=self.title)
        self.body.addWidget(column)
        column.body.addWidget(label("Preferences", "display"))
        self.banner = Banner(context.theme)
        column.body.addWidget(self.banner)
        self.backups = BackupCard(context)
        self.backups.restore.connect(self._on_restore)
        self.sync = SyncCard(context)
        self.sync.changed.connect(self._on_sync)
        self.sync.merge.connect(self._on_merge)
        self.reminders = ReminderCard(context)
        self.reminders.wanted.connect(self._on_reminders)
        parts = [self._make_look(), self._make_lock(), self._make_rest(), self.reminders]
        parts += [self._make_name(), self._make_use(), self._make_file()]
        if context.capture.is_offered:
            parts.insert(2, self._make_seen())
        self.writing = WritingCard(context)
        self.writing.prompts.connect(self._on_prompts)
        self.writing.refused.connect(self.banner.show_error)
        for part in (*parts, self.writing, self.backups, self.sync):
            column.body.addWidget(part)
        column.body.addStretch(1)
        self._show_look()
        context.theme.changed.connect(self._show_look)

    def show_place(self, place: Place) -> None:
        self._ask()
        self.backups.ask()
        self.sync.ask()
        self.writing.ask()
        if self.context.capture.is_offered:
            self._show_seen()
        self._schemes.button(self._schemes.checkedId()).setFocus()

    def refresh(self, change: Change) -> None:
        if change.touches("settings"):
            self._ask()

    def seal(self) -> None:
        self._on_name()

    # -- how it looks -------------------------------------------------------------------------------------------

    def _make_look(self) -> QWidget:
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("How it looks", "heading"))
        self._schemes = QButtonGroup(self)
        for number, (_, words) in enumerate(_SCHEMES):
            choice = QRadioButton(words)
            self._schemes.addButton(choice, number)
            inside.addWidget(choice)
        self._schemes.idClicked.connect(self._on_scheme)
        form = Form(self.context.theme)
        self.scale = _choice(form, "Text size", ((scale, f"{scale} %") for scale in SCALES))
        self.scale.activated.connect(self._on_scale)
        inside.addWidget(form)
        return frame

    @Slot()
    def _show_look(self) -> None:
        theme = self.context.theme
        place = next((n for n, (scheme, _) in enumerate(_SCHEMES) if scheme is theme.choice), 0)
        self._schemes.button(place).setChecked(True)
        self.scale.setCurrentIndex(max(0, self.scale.findData(theme.scale)))

    @Slot(int)
    def _on_scheme(self, number: int) -> None:
        scheme = _SCHEMES[number][0]
        self.context.settings.update(scheme=scheme.value)
        self.context.theme.apply(scheme)

    @Slot(int)
    def _on_scale(self, _index: int) -> None:
        scale = self.scale.currentData()
        self.context.settings.update(scale=scale)
        self.context.theme.apply(scale=scale)

    # -- locking ------------------------------------------------------------------------------------------------

    def _make_lock(self) -> QWidget:
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("Locking", "heading"))
        form = Form(self.context.theme)
        self.minutes = _choice(
            form,
            "Lock when nothing was touched for",
            _MINUTES,
            "What you are writing is kept. The journal also locks when the computer sleeps.",
        )
        self.minutes.activated.connect(self._on_minutes)
        inside.addWidget(form)
        inside.addWidget(
            self._line(
                button(self.context.theme, "Change the password…", self._on_password),
                button(self.context.theme, "New recovery words…", self._on_words),
                button(self.context.theme, "Someone may know my password…", self._on_rotate),
            )
        )
        return frame

    @Slot(int)
    def _on_minutes(self, _index: int) -> None:
        self._save(lock_minutes=self.minutes.currentData())

    @Slot()
    def _on_password(self) -> None:
        self.wants.emit("change-password")

    @Slot()
    def _on_words(self) -> None:
        self.wants.emit("new-words")

    @Slot()
    def _on_rotate(self) -> None:
        self.wants.emit("rotate")

    @Slot(bool)
    def _on_reminders(self, wanted: bool) -> None:
        self._save(reminders=wanted)

    # -- after a session ----------------------------------------------------------------------------------------

    def _make_rest(self) -> QWidget:
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("After a session", "heading"))
        form = Form(self.context.theme)
        self.rest = _choice(
            form,
            "From landing on, sharing, removing, exporting, passwords and people rest",
            _REST,
            "A typed sentence ends it sooner. The next day begins at five in the morning.",
        )
        self.rest.activated.connect(self._on_rest)
        inside.addWidget(form)
        return frame

    @Slot(int)
    def _on_rest(self, _index: int) -> None:
        self._save(rest_hours=self.rest.currentData())

    # -- who else sees it ---------------------------------------------------------------------------------------

    def _make_seen(self) -> QWidget:
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("Sharing the screen", "heading"))
        self.hide_away = QCheckBox(_HIDE_AWAY)
        self.hide_away.setChecked(self.context.settings.hide_from_capture)
        self.hide_away.toggled.connect(self._on_hide_away)
        inside.addWidget(self.hide_away)
        self.hidden_away = label("", "muted")
        inside.addWidget(self.hidden_away)
        return frame

    @Slot(bool)
    def _on_hide_away(self, hide: bool) -> None:
        self.context.settings.update(hide_from_capture=hide)
        self.context.capture.apply(hide)
        self._show_seen()

    def _show_seen(self) -> None:
        if not self.context.settings.hide_from_capture:
            self.hidden_away.setText("Whoever sees your screen sees this window.")
        elif not self.context.capture.works:
            self.hidden_away.setText("This computer did not do it: whoever sees your screen sees this window.")
        elif capture.passed_over():
            self.hidden_away.setText(_PASSED_OVER)
        else:
            self.hidden_away.setText("Turn this off while you want to show the window to somebody.")

    # -- shares -------------------------------------------------------------------------------------------------

    def _make_name(self) -> QWidget:
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("Sharing", "heading"))
        form = Form(self.context.theme)
        self.name = Line()
        self.name.setMaxLength(200)
        self.name.editingFinished.connect(self._on_name)
        form.add("Your name on shares", self.name, "Whoever reads a share of yours sees this. It may be left empty.")
        inside.addWidget(form)
        return frame

    @Slot()
    def _on_name(self) -> None:
        name = " ".join(self.name.text().split())
        if name != self._settings.name:
            self._save(name=name)

    # -- what it is for -----------------------------------------------------------------------------------------

    def _make_use(self) -> QWidget:
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("For therapists", "heading"))
        self.therapist = QCheckBox("I read what others share with me")
        self.therapist.clicked.connect(self._on_therapist)
        inside.addWidget(self.therapist)
        inside.addWidget(label("The journal then opens at Clients. Everything else stays where it is.", "muted"))
        return frame

    @Slot(bool)
    def _on_therapist(self, reads: bool) -> None:
        self._save(therapist=reads)

    # -- the file -----------------------------------------------------------------------------------------------

    def _make_file(self) -> QWidget:
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("The journal on this computer", "heading"))
        self.where = selectable(label(""))
        self.where.setAccessibleName("Where the journal is kept")
        inside.addWidget(self.where)
        self.remember = QCheckBox("Remember where it is")
        self.remember.setChecked(self.context.settings.remember_journal)
        self.remember.toggled.connect(self._on_remember)
        inside.addWidget(self.remember)
        inside.addWidget(
            self._line(
                button(self.context.theme, "Back up…", self._on_back_up),
                button(self.context.theme, "Check every entry", self._on_check),
            )
        )
        return frame

    @Slot(bool)
    def _on_remember(self, remember: bool) -> None:
        self.context.settings.update(remember_journal=remember)
        if remember:
            self.context.tasks.ask(_where, self.context.settings.note_journal)

    @Slot()
    def _on_back_up(self) -> None:
        self.wants.emit("back-up")

    @Slot()
    def _on_check(self) -> None:
        self.wants.emit("check")

    @Slot(object)
    def _on_restore(self, _chosen: Path | None) -> None:
        self.wants.emit("restore")

    @Slot()
    def _on_prompts(self) -> None:
        self.go.emit(Place("prompts"))

    @Slot()
    def _on_sync(self) -> None:
        self.wants.emit("sync")

    @Slot()
    def _on_merge(self) -> None:
        self.wants.emit("merge")

    # -- the journal's own --------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.context.tasks.ask(_read, self._on_read, self.banner.show_error)

    def _on_read(self, read: tuple[Settings, Path, bool]) -> None:
        self._settings, path, read_only = read
        minutes = self._settings.lock_minutes
        if self.minutes.findData(minutes) < 0:
            self.minutes.addItem(f"{minutes} minutes", minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(minutes))
        hours = self._settings.rest_hours
        if self.rest.findData(hours) < 0:
            self.rest.addItem(f"{hours} hours", hours)
        self.rest.setCurrentIndex(self.rest.findData(hours))
        if not self.name.hasFocus():
            self.name.setText(self._settings.name)
        self.where.setText(str(path).replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self.minutes.setEnabled(not read_only)
        self.reminders.show_choice(self._settings.reminders, writable=not read_only)
        self.rest.setEnabled(not read_only)
        self.name.setEnabled(not read_only)
        self.therapist.setChecked(self._settings.therapist)
        self.therapist.setEnabled(not read_only)

    def _save(self, **changes: Any) -> None:
        self._settings = msgspec.structs.replace(self._settings, **changes)
        op = partial(_keep, settings=self._settings)
        self.context.tasks.ask(op, self._on_saved, self._on_not_saved)

    def _on_saved(self, _saved: object) -> None:
        self.say.emit("Saved.")

    def _on_not_saved(self, error: JournalError) -> None:
        self.banner.show_error(error)
        self._ask()

    def _line(self, *widgets: QWidget) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=GAP["s"])
        for widget in widgets:
            flow.addWidget(widget)
        return holder


def _choice(form: Form, name: str, choices: Iterable[tuple[int, str]], help_text: str = "") -> QComboBox:
    """A short list in a form: values, and what they are called."""
    box = QComboBox()
    for value, called in choices:
        box.addItem(called, value)
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    form.add(name, box, help_text)
    return box


def _read(service: JournalService) -> tuple[Settings, Path, bool]:
    return service.settings(), service.path, service.read_only


def _where(service: JournalService) -> Path:
    return service.path


def _keep(service: JournalService, *, settings: Settings) -> object:
    return service.save_settings(settings)
