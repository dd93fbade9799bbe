"""Contacts: my card to give away, the cards of others, and the words that prove them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from journal.atomic import write_new
from journal.change import Change
from journal.errors import JournalError, ShareError
from journal.service import CardHere, CardIs, JournalService, Known, Saved
from journal.share import SUFFIX, Card, decode_card, encode_card, file_name, read_card
from journal.share.who import compared
from ui import clipboard, words
from ui.context import Context
from ui.dialogs.compare import CompareDialog
from ui.page import Page
from ui.places import Place, place_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear
from ui.widgets.file_drops import FileDrops
from ui.widgets.flow import FlowLayout
from ui.widgets.key_words import KeyWords, QrCode
from ui.widgets.labels import label

_FILTER = f"Contact cards (*{SUFFIX} *.txt);;All files (*)"
_NOBODY = "Nobody is here yet. Ask your reader for their card, and add it here."
_ADDED = "{} is added. The words of the card were not compared yet."
_SIGNS_ANEW = (
    "The address on this card is kept as {}, with another key for signatures or none. If you take this card, its "
    "words are other ones, and count as not compared."
)
_SAME_NAME = (
    "You have a contact named {} with another address. Somebody who begins a new journal has a new address; so has "
    "somebody else who uses the name. It is added beside the other one; only comparing the words tells."
)


class ContactsPage(Page):
    """My own card, and everybody whose card is kept."""

    title = "Contacts"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._known: tuple[Known, ...] = ()
        self._mine: Card | None = None
        column = self._column = Column(width=760, name=self.title)
        self.body.addWidget(column)
        column.body.addWidget(label(self.title, "display"))
        column.body.addWidget(
            label("Those with whom you exchange shares. A card holds no secret, and nothing here is sent.", "muted")
        )
        self.banner = Banner(theme)
        column.body.addWidget(self.banner)
        column.body.addWidget(self._make_adding())
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP["m"])
        column.body.addLayout(self._rows)
        column.body.addWidget(self._make_mine())
        column.body.addStretch(1)
        self._drops = FileDrops(self)
        self._drops.dropped.connect(self._on_dropped)

    # -- coming and going --------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        can_write = self.context.tasks.can_write
        self._adding.setVisible(can_write)
        self._drops.enabled = can_write
        self._ask()
        (self.choose if can_write else self.show_mine).setFocus()

    def refresh(self, change: Change) -> None:
        if change.touches("contact"):
            self._ask()
        if change.touches("signing-key", "identity") and self._mine is not None:
            self._on_show_mine()

    def restyle(self) -> None:
        self._show(self._known)
        if self._mine is not None:
            self._on_mine(self._mine)

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.contacts, self._show, self.banner.show_error)

    def _show(self, known: tuple[Known, ...]) -> None:
        self._known = known
        clear(self._rows)
        for one in known:
            self._rows.addWidget(self._row(one))
        if not known:
            frame, inside = card("well", padding=GAP["xl"])
            inside.addWidget(label(_NOBODY))
            self._rows.addWidget(frame)

    # -- adding ------------------------------------------------------------------------------------------------

    @Slot()
    def _on_choose(self) -> None:
        path = self.context.prompter.open_path(self, "Add a contact card", _FILTER)
        if path is not None:
            self._take_file(Path(path))

    @Slot(object)
    def _on_dropped(self, files: tuple[Path, ...]) -> None:
        self._take_file(files[0])

    def _take_file(self, path: Path) -> None:
        self.banner.hide()
        self.context.tasks.run(partial(read_card, path), self._look_at, self.banner.show_error)

    @Slot()
    def _on_paste(self) -> None:
        self._take_text(self.text.toPlainText() or QGuiApplication.clipboard().text())

    def _take_text(self, text: str) -> None:
        try:
            self._look_at(decode_card(text))
        except ShareError as error:
            self.banner.show_error(error)

    def _look_at(self, found: Card) -> None:
        self.banner.hide()
        op = partial(JournalService.look_at_card, card=found)
        self.context.tasks.ask(op, self._on_looked, self.banner.show_error)

    def _on_looked(self, here: CardHere) -> None:
        name = here.contact.contact.name if here.contact is not None else ""
        if here.standing is CardIs.SIGNS_ANEW and not self._agreed(_SIGNS_ANEW.format(name), "Take this card"):
            return
        if here.standing is CardIs.SAME_NAME and not self._agreed(_SAME_NAME.format(name), "Add it"):
            return
        op = partial(JournalService.add_card, card=here.card)
        self.context.tasks.ask(op, partial(self._on_added, name or here.card.name), self.banner.show_error)

    def _agreed(self, text: str, yes: str) -> bool:
        return bool(self.context.prompter.confirm(self, "Another card", text, yes))

    def _on_added(self, name: str, saved: Saved) -> None:
        self.text.clear()
        actions = [("Compare the words", partial(self._on_compare, saved.eid)), ("Undo", self._on_undo)]
        self.banner.show_note(_ADDED.format(name), actions=actions)

    # -- one contact -------------------------------------------------------------------------------------------

    def _on_compare(self, eid: str, _on: bool = False) -> None:
        known = next((one for one in self._known if one.eid == eid), None)
        if known is not None and known.words:
            CompareDialog(self.context, known, self).open()

    def _on_change(self, eid: str, heads: int, _on: bool = False) -> None:
        self.go.emit(place_of(eid, "contact", heads))

    def _on_remove(self, eid: str, _on: bool = False) -> None:
        self.context.tasks.ask(partial(JournalService.delete, eid=eid), self._on_removed, self._on_error)

    def _on_removed(self, _change: Change) -> None:
        self.banner.show_note("Removed.", actions=[("Undo", self._on_undo)])
        self.choose.setFocus()

    def _on_error(self, error: JournalError) -> None:
        self._ask()
        self.banner.show_error(error)

    @Slot()
    def _on_undo(self) -> None:
        self.banner.hide()
        self.context.tasks.ask(JournalService.undo)

    # -- my card -----------------------------------------------------------------------------------------------

    @Slot()
    def _on_show_mine(self) -> None:
        op = partial(JournalService.own_card, name=self.name.text())
        self.context.tasks.ask(op, self._on_mine, self.banner.show_error)

    def _on_mine(self, mine: Card) -> None:
        self._mine = mine
        if not self.name.text():
            self.name.setText(mine.name)
        self.words.set_words(mine.words)
        self._address.setText(mine.recipient)
        self._address.setCursorPosition(0)
        self._qr.set_text(encode_card(mine))
        had_focus = self.show_mine.hasFocus()
        self.show_mine.hide()
        self._mine_parts.show()
        if had_focus:
            self.name.setFocus()

    def _with_card(self, done: object) -> None:
        """The card under the name that stands in the field now."""
        self.banner.hide()
        op = partial(JournalService.own_card, name=self.name.text())
        self.context.tasks.ask(op, done, self.banner.show_error)

    @Slot()
    def _on_named(self) -> None:
        self._with_card(self._on_mine)

    @Slot()
    def _on_save(self) -> None:
        self._with_card(self._save_card)

    def _save_card(self, mine: Card) -> None:
        self._on_mine(mine)
        path = self.context.prompter.save_path(self, "Keep my card as", file_name(mine), f"Contact cards (*{SUFFIX})")
        if path is not None:
            job = partial(write_new, Path(path), encode_card(mine).encode())
            self.context.tasks.run(job, self._on_saved, self.banner.show_error)

    def _on_saved(self, _none: object) -> None:
        self.say.emit("Your card is saved. It holds no secret.")

    @Slot()
    def _on_copy(self) -> None:
        self._with_card(self._copy_card)

    def _copy_card(self, mine: Card) -> None:
        self._on_mine(mine)
        clipboard.copy(encode_card(mine))
        self.say.emit("Your card is in the clipboard.")

    @Slot()
    def _on_qr(self) -> None:
        self._qr_holder.setVisible(self.qr.isChecked())
        if self.qr.isChecked():
            self._column.ensureWidgetVisible(self._qr_holder)

    # -- parts -------------------------------------------------------------------------------------------------

    def _make_adding(self) -> QWidget:
        theme = self.context.theme
        self._adding, inside = card(spacing=GAP["m"])
        inside.addWidget(label("Add somebody", "heading"))
        inside.addWidget(label("A card comes as a file or as text. Drop the file anywhere on this page.", "small"))
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText("Or paste the text of the card here.")
        self.text.setAccessibleName("The text of a contact card")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(84))
        buttons = QWidget()
        flow = FlowLayout(buttons)
        self.choose = button(theme, "Choose a card…", self._on_choose, icon_name="folder-open")
        self.paste = button(theme, "Add the pasted card", self._on_paste, kind="quiet")
        flow.addWidget(self.choose)
        flow.addWidget(self.paste)
        inside.addWidget(self.text)
        inside.addWidget(buttons)
        return self._adding

    def _make_mine(self) -> QWidget:
        theme = self.context.theme
        frame, inside = card("well", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("My card", "heading"))
        inside.addWidget(
            label(
                "Give it to those who share with you or read you. It holds a name and your address, and no secret. "
                "Then read them the words: if they see the same ones, nobody changed the card on its way."
            )
        )
        self.show_mine = button(theme, "Show my card", self._on_show_mine)
        inside.addWidget(self.show_mine, 0, Qt.AlignmentFlag.AlignLeft)
        self._mine_parts = QWidget()
        parts = QVBoxLayout(self._mine_parts)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(GAP["m"])
        name = label("The name on it")
        self.name = QLineEdit()
        name.setBuddy(self.name)
        self.name.setAccessibleName("The name on my card")
        self.name.editingFinished.connect(self._on_named)
        parts.addWidget(name)
        parts.addWidget(self.name)
        parts.addWidget(label("My words, to read aloud"))
        self.words = KeyWords(theme, "The words of my card")
        parts.addWidget(self.words)
        self._address = QLineEdit()
        self._address.setReadOnly(True)
        self._address.setAccessibleName("My address")
        parts.addWidget(self._address)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        self.save = button(theme, "Save my card…", self._on_save, icon_name="download-simple")
        self.copy = button(theme, "Copy it as text", self._on_copy, kind="quiet", icon_name="copy")
        self.qr = button(theme, "QR code", self._on_qr, kind="chip", icon_name="qr-code")
        for made in (self.save, self.copy, self.qr):
            flow.addWidget(made)
        parts.addWidget(buttons)
        self._qr_holder = QWidget()
        below = QVBoxLayout(self._qr_holder)
        below.setContentsMargins(0, 0, 0, 0)
        self._qr = QrCode(theme, "My card as a QR code")
        below.addWidget(self._qr, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(label("A telephone's camera reads it as text, which can be pasted above.", "small"))
        self._qr_holder.hide()
        parts.addWidget(self._qr_holder)
        self._mine_parts.hide()
        inside.addWidget(self._mine_parts)
        return frame

    def _row(self, known: Known) -> QWidget:
        theme, contact = self.context.theme, known.contact
        frame, inside = card(spacing=GAP["s"])
        frame.setAccessibleName(contact.name)
        inside.addWidget(label(contact.name, "heading"))
        signs = " · has a key for signatures" if contact.verify_key else ""
        inside.addWidget(label(f"{words.SHARE_ROLES[contact.role]}{signs}", "small"))
        if not known.words:
            inside.addWidget(label("This address cannot be used. Remove it, and ask for the card again.", "warm"))
        else:
            inside.addWidget(label(compared(contact), "small" if contact.checked is not None else "warm"))
        if contact.note:
            inside.addWidget(label(contact.note))
        doing = QWidget()
        flow = FlowLayout(doing, spacing=GAP["l"])
        made = []
        if self.context.tasks.can_write:
            again = "Compare again" if contact.checked is not None else "Compare the words"
            if known.words:
                made.append((again, partial(self._on_compare, known.eid)))
            made.append(("Change", partial(self._on_change, known.eid, known.heads)))
            made.append(("Remove", partial(self._on_remove, known.eid)))
        else:
            made.append(("Open", partial(self._on_change, known.eid, known.heads)))
        for text, slot in made:
            action = button(theme, text, slot, kind="link")
            action.setAccessibleName(f"{text}: {contact.name}")
            flow.addWidget(action)
        inside.addWidget(doing)
        return frame
