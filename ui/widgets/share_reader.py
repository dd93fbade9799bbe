"""The second step of a share: for whom it is, what to say to them, and how it is closed."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from journal.service import UnfinishedShare
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.fields import TextArea
from ui.widgets.file_drops import Line
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.share_address import ReaderAddress, Signing

_PASSPHRASE_NOTE = (
    "Opens with this program, or with the free program age. It makes eight words: tell them by another way than the "
    "file, by telephone or in the room."
)
_ADDRESS_NOTE = (
    "Opens with this program, or with the free program age. Only they can open it, and no words need to be told. "
    "Their address stands on their card."
)
_BROWSER_NOTE = (
    "For readers who install nothing. Nine words, told by another way than the file. The file itself asks for them, "
    "so somebody who exchanges it on its way could have the words typed into a page of theirs."
)


class ReaderSaid(NamedTuple):
    """Whom a share is for, as it was said: by name, by address, or both."""

    to: str
    recipients: tuple[str, ...]


class ShareReader(QWidget):
    """Names, the words to begin with, and how the file is opened: by words, by an address, or in a browser.

    Signals:
        changed(): something was typed or chosen.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["l"])
        form = Form(theme)
        self.to = Line()
        self.to.setPlaceholderText("Dr Amsel")
        form.add("Who is it for?", self.to, "Shown on the cover. It may stay empty.")
        self.sender = Line()
        form.add("Your name, as they know you", self.sender, "Shown on the cover. It may stay empty.")
        self.talk_about = TextArea()
        self.talk_about.setFixedHeight(theme.px(96))
        form.add("What I want to talk about", self.talk_about, "Stands at the very top, before everything else.")
        body.addWidget(form)

        frame, inside = card(spacing=GAP["s"])
        inside.addWidget(label("How they open it", "heading"))
        self._how = QButtonGroup(self)
        self.passphrase = QRadioButton("With words this program makes")
        self.passphrase.setChecked(True)
        self.recipient_choice = QRadioButton("For a contact, or an address")
        self.browser = QRadioButton("In any browser")
        self._how.addButton(self.passphrase, 0)
        self._how.addButton(self.recipient_choice, 1)
        self._how.addButton(self.browser, 2)
        _add(theme, inside, self.passphrase, _PASSPHRASE_NOTE)
        _add(theme, inside, self.recipient_choice, _ADDRESS_NOTE)
        self.address = ReaderAddress(theme)
        self.address.setContentsMargins(theme.px(30), 0, 0, 0)
        self.address.hide()
        self.address.changed.connect(self._on_address)
        self.recipient = self.address.field
        inside.addWidget(self.address)
        self.problem = label("", "warm")
        self.problem.hide()
        inside.addWidget(self.problem)
        _add(theme, inside, self.browser, _BROWSER_NOTE)
        self.signing = Signing(theme)
        self.signing.changed.connect(self.changed)
        inside.addWidget(self.signing)
        body.addWidget(frame)
        body.addStretch(1)
        self._bring = QTimer(self)  # once what just came is laid out
        self._bring.setSingleShot(True)
        self._bring.setInterval(0)
        self._bring.timeout.connect(self._on_bring)
        self._named = ""  # the name that came from a contact
        self._how.idToggled.connect(self._on_how)
        for field in (self.to, self.sender):
            field.textChanged.connect(self._on_typed)
        self.talk_about.textChanged.connect(self._on_typed)

    @property
    def recipients(self) -> tuple[str, ...]:
        """The reader's address, or nothing where a passphrase is used."""
        return (self.recipient.text().strip(),) if self.recipient_choice.isChecked() else ()

    @property
    def said(self) -> ReaderSaid:
        """Whom it is for."""
        return ReaderSaid(self.to.text().strip(), self.recipients)

    @property
    def prove(self) -> bool:
        """Whether this reader is to be able to check who made it."""
        return self.recipient_choice.isChecked() and self.address.prove.isChecked()

    @property
    def sign(self) -> bool:
        """Whether everybody is."""
        return self.signing.box.isChecked() and not self.browser.isChecked()

    def valid(self) -> bool:
        """Whether a share could be made so; says what is missing where it could not."""
        self.say(self._problem())
        return not self.problem.text()

    def say(self, problem: str) -> None:
        """Say what is in the way, or nothing."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            self.address.focus()
            self._bring.start()

    def _problem(self) -> str:
        return self.address.problem() if self.recipient_choice.isChecked() else ""

    def bring_back(self, unfinished: UnfinishedShare) -> None:
        """Put back what was typed and chosen."""
        if unfinished.sender is not None:
            self.sender.setText(unfinished.sender)
            self.sender.setModified(True)
        self.to.setText(unfinished.to)
        self.talk_about.setPlainText(unfinished.talk_about)
        self.address.set_address(unfinished.recipient, unfinished.prove)
        self.signing.box.setChecked(unfinished.sign)
        self.recipient_choice.setChecked(unfinished.by_address)
        self.browser.setChecked(unfinished.browser)

    def reset(self) -> None:
        """Forget what was typed, except the sender's own name."""
        for field in (self.to, self.recipient, self.talk_about):
            field.clear()
        self.sender.setModified(False)
        self.address.prove.setChecked(False)
        self.signing.box.setChecked(False)
        self.passphrase.setChecked(True)

    @Slot(int, bool)
    def _on_how(self, _number: int, _on: bool) -> None:
        self.address.setVisible(self.recipient_choice.isChecked())
        self.signing.setVisible(not self.browser.isChecked())  # a browser could not check it
        self.problem.hide()
        if self.recipient_choice.isChecked():
            self.address.choose_only()
            self._bring.start()
        self.changed.emit()

    @Slot()
    def _on_bring(self) -> None:
        """What was asked for stands below what can be seen, as a rule."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            for part in (self.address, self.address.entry(), self.problem):  # the last one is seen in any case
                if part.isVisible():
                    above.ensureWidgetVisible(part, 0, GAP["l"])

    @Slot()
    def _on_address(self) -> None:
        known = self.address.contact
        if known is not None and self.to.text().strip() in ("", self._named):
            self.to.setText(known.contact.name)
            self._named = known.contact.name
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        self.problem.hide()
        self.changed.emit()


def _add(theme: Theme, inside: QVBoxLayout, choice: QRadioButton, note: str) -> None:
    """One way to open it, and what it is below it."""
    below = label(note, "small")
    below.setContentsMargins(theme.px(30), 0, 0, 0)
    inside.addWidget(choice)
    inside.addWidget(below)
