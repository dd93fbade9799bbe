"""Who reads a share that is closed for an address: a contact, or an address that is pasted; and how it says who made
it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.records import ShareRole
from journal.service import Known
from journal.share import check_recipient, public_key
from journal.share.who import compared
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.file_drops import Line
from ui.widgets.labels import label

_OTHER = "Another address…"
PROVE = "Prove to this reader it is from me"
_PROVED = (
    "For a contact this is on until you take it away, also where no name of yours stands above. Their program can "
    "check it, if they have your card. Only they can: either of you could have made it, so it proves nothing to "
    "anybody else. Your address goes along."
)
SIGN = "Sign it, for anybody to check"
_SIGNED = (
    "A signature proves to everybody who ever gets to see this share that you made it, for good: also to people it "
    "was not meant for. It cannot be taken back. After the first one your card is another, with other words to "
    "compare: give it to your contacts again."
)


def ending(address: str) -> str:
    """What tells two addresses apart, for people who have one name."""
    return f"address ending in {address[-6:]}"


class ReaderAddress(QWidget):
    """The choice of the reader's address.

    Signals:
        changed(): something was chosen or typed.
        keep(str): this address is to be kept as a contact.
        contacts(): the person wants to see their contacts.
    """

    changed = Signal()
    keep = Signal(str)
    contacts = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._known: tuple[Known, ...] = ()
        self._loaded = False
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["s"])
        self.who = QComboBox()
        self.who.setAccessibleName("Which contact reads it")
        self.who.addItem(_OTHER, "")
        self.who.activated.connect(self._on_who)
        body.addWidget(self.who)
        self.state = label("", "small")
        body.addWidget(self.state)
        self.field = Line()
        self.field.setPlaceholderText("age1…")
        self.field.setAccessibleName("The reader's address, beginning with age1")
        self.field.textChanged.connect(self._on_typed)
        body.addWidget(self.field)
        self.keep_it = button(theme, "Keep this address as a contact", self._on_keep, kind="link")
        body.addWidget(self.keep_it, 0, Qt.AlignmentFlag.AlignLeft)
        self.manage = button(theme, "Contacts, and my own card", self.contacts, kind="link")
        body.addWidget(self.manage, 0, Qt.AlignmentFlag.AlignLeft)
        self.prove = QCheckBox(PROVE)
        self.prove.setAccessibleDescription(_PROVED)
        self.prove.toggled.connect(self._on_toggled)
        body.addWidget(self.prove)
        self._proved = label(_PROVED, "small")
        self._proved.setContentsMargins(theme.px(30), 0, 0, 0)
        body.addWidget(self._proved)
        self._show_state()

    @property
    def contact(self) -> Known | None:
        """Whose address it is, if it is a contact's."""
        address = self.field.text().strip()
        return next((one for one in self._known if one.contact.recipient == address), None)

    def set_contacts(self, known: tuple[Known, ...]) -> None:
        """Offer these; those who read first come first, and whoever cannot be sealed to does not."""
        usable = [one for one in known if one.words]
        before = {one.contact.recipient for one in self._known}
        new = [one.contact.recipient for one in usable if one.contact.recipient not in before]
        first, self._loaded = not self._loaded, True
        self._known = tuple(sorted(usable, key=lambda one: one.contact.role is ShareRole.WRITES))
        self.who.clear()
        names = Counter(one.contact.name.casefold() for one in self._known)
        for one in self._known:
            name, address = one.contact.name, one.contact.recipient
            same = names[name.casefold()] > 1
            self.who.addItem(f"{name} · {_compared(one)} · {ending(address)}" if same else name, address)
        self.who.addItem(_OTHER, "")
        self._show_state()
        if len(new) == 1 and not first and not self.isHidden() and not self.field.text():
            self._take(self.who.findData(new[0]))  # whoever was added meanwhile, for this

    def set_address(self, address: str, prove: bool | None = None) -> None:
        """Put an address back; `prove` None: as it is for such an address."""
        self.field.setText(address)
        if prove is not None:
            self.prove.setChecked(prove)

    def choose_only(self) -> None:
        """Where nothing was chosen or typed yet, choose the contact if there is just one."""
        if len(self._known) == 1 and not self.field.text():
            self._take(0)

    def entry(self) -> QWidget:
        """Where the address is chosen or typed."""
        return self.field if self.contact is None else self.who

    def focus(self) -> None:
        """Go there."""
        self.entry().setFocus()

    def problem(self) -> str:
        """What is wrong with the address, or ""."""
        try:
            address = check_recipient(self.field.text().strip())
            public_key(address)
        except JournalError as error:
            return str(error)
        return ""

    @Slot(int)
    def _on_who(self, place: int) -> None:
        self._take(place)
        if not self.who.itemData(place):
            self.field.setFocus()

    def _take(self, place: int) -> None:
        address = self.who.itemData(place)
        if address or self.contact is not None:
            self.field.setText(address)
        self.prove.setChecked(bool(address))
        self._show_state()
        self.changed.emit()

    @Slot()
    def _on_typed(self) -> None:
        if self.contact is not None and self.who.currentData() != self.field.text().strip():
            self.prove.setChecked(True)
        self._show_state()
        self.changed.emit()

    @Slot()
    def _on_toggled(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_keep(self) -> None:
        self.keep.emit(self.field.text().strip())

    def _show_state(self) -> None:
        known = self.contact
        place = self.who.findData(known.contact.recipient) if known is not None else self.who.count() - 1
        self.who.setCurrentIndex(place)
        self.who.setVisible(bool(self._known))
        if known is not None:
            self.state.setText(f"{compared(known.contact)}; {ending(known.contact.recipient)}.")
            self.state.setProperty("role", "warm" if known.contact.checked is None else "small")
            self.state.style().polish(self.state)
        self.state.setVisible(known is not None)
        self.field.setVisible(known is None)
        self.keep_it.setVisible(known is None and bool(self.field.text()) and not self.problem())


def _compared(known: Known) -> str:
    return "words compared" if known.contact.checked is not None else "words not compared"


class Signing(QWidget):
    """The choice to sign, and what it means.

    Signals:
        changed(): it was made or taken back.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, GAP["s"], 0, 0)
        body.setSpacing(GAP["s"])
        self.box = QCheckBox(SIGN)
        self.box.setAccessibleDescription(_SIGNED)
        self.box.toggled.connect(self._on_toggled)
        body.addWidget(self.box)
        self.warning = label(_SIGNED, "small")
        self.warning.setContentsMargins(theme.px(30), 0, 0, 0)
        body.addWidget(self.warning)

    @Slot()
    def _on_toggled(self) -> None:
        role = "warm" if self.box.isChecked() else "small"
        self.warning.setProperty("role", role)
        self.warning.style().polish(self.warning)
        self.changed.emit()
