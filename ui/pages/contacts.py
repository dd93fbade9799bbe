"""Contacts: my card to give away, the cards of others, and the words that prove them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError, ShareError
from journal.records import Compared
from journal.service import CardHere, CardIs, JournalService, Known, Saved
from journal.share import SUFFIX, Card, decode_card, read_card
from journal.share.who import compared
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.contacts_mine import MyCard
from ui.places import Place, place_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear
from ui.widgets.compare_words import DIFFERENT, CompareWords
from ui.widgets.fields import TextArea
from ui.widgets.file_drops import FileDrops, is_share
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.share_address import ending

_FILTER = f"Contact cards (*{SUFFIX} *.txt);;All files (*)"
_NOBODY = "Nobody is here yet. Ask those you share with, or who share with you, for their card, and add it here."
_ADDED = "{} is added. The words of the card were not compared yet."
_SIGNS_ANEW = (
    "You have this address already, as {}. This card says otherwise how signatures are checked, so its words are "
    "other ones. If you take it, they count as not compared."
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
        self.comparing: CompareWords | None = None
        self._comparing = ""  # the contact whose words are being compared
        column = self._column = Column(width=760, name=self.title)
        self.body.addWidget(column)
        self.to_share = button(theme, "Back to sharing", self.back, kind="quiet", icon_name="arrow-left")
        column.body.addWidget(self.to_share, 0, Qt.AlignmentFlag.AlignLeft)
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
        self.mine = MyCard(context)
        self.mine.say.connect(self.say)
        self.mine.grew.connect(self._on_grew)
        self.mine.missing.connect(self.banner.show_note)
        self.mine.went_wrong.connect(self.banner.show_error)
        column.body.addWidget(self.mine)
        column.body.addStretch(1)
        self._bring = QTimer(self)  # once what just came is laid out
        self._bring.setSingleShot(True)
        self._bring.setInterval(0)
        self._bring.timeout.connect(self._on_bring)
        self._drops = FileDrops(self)
        self._drops.dropped.connect(self._on_dropped)

    # -- coming and going --------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self._comparing = ""
        self.to_share.setVisible(place.kind == "share")
        can_write = self.context.tasks.can_write
        self._adding.setVisible(can_write)
        self._drops.enabled = can_write
        self._ask()
        (self.choose if can_write else self.mine.show_it).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.to_share.isHidden():
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def refresh(self, change: Change) -> None:
        if change.touches("contact"):
            self._ask()
        if change.touches("signing-key"):
            self.mine.refresh()

    def restyle(self) -> None:
        self._show(self._known)

    def _ask(self) -> None:
        self.context.tasks.ask(JournalService.contacts, self._show, self.banner.show_error)

    def _show(self, known: tuple[Known, ...]) -> None:
        self._known = known
        self.comparing = None
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
        if is_share(files[0]):
            self.go.emit(Place("review", kind=str(files[0])))
        else:
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
        self.say.emit("")  # what was said of another card
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
        self.banner.hide()
        self.say.emit("")
        self._comparing = eid
        self._show(self._known)
        if self.comparing is not None:
            self.comparing.ways[Compared.IN_PERSON].setFocus()
            self._bring.start()

    @Slot()
    def _on_grew(self) -> None:
        self._bring.start()

    @Slot()
    def _on_bring(self) -> None:
        if self.mine.qr.hasFocus():
            self._column.ensureWidgetVisible(self.mine.code, 0, GAP["l"])
        elif self.comparing is not None and shiboken6.isValid(self.comparing):
            self._column.ensureWidgetVisible(self.comparing, 0, GAP["l"])

    @Slot(object, object)
    def _on_said(self, known: Known, how: Compared | None) -> None:
        self._comparing = ""
        if how is None and known.contact.checked is None:
            self._show(self._known)
            self._on_differ(None)
            return
        op = partial(JournalService.mark_compared, eid=known.eid, words=known.words, how=how)
        done = partial(self._on_marked, known.contact.name) if how is not None else self._on_differ
        self.context.tasks.ask(op, done, self._on_error)

    def _on_marked(self, name: str, _saved: Saved) -> None:
        text = f"The words of {name} count as compared from now on."
        self.banner.show_note(text, actions=[("Undo", self._on_undo)])
        self._column.verticalScrollBar().setValue(0)
        self.choose.setFocus()

    def _on_differ(self, _saved: Saved | None) -> None:
        self.banner.show_note(DIFFERENT, "warm")
        self._column.verticalScrollBar().setValue(0)
        self.choose.setFocus()

    @Slot()
    def _on_not_now(self) -> None:
        self._comparing = ""
        self._show(self._known)
        self.choose.setFocus()

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

    # -- parts -------------------------------------------------------------------------------------------------

    def _make_adding(self) -> QWidget:
        theme = self.context.theme
        self._adding, inside = card(spacing=GAP["m"])
        inside.addWidget(label("Add somebody", "heading"))
        inside.addWidget(label("A card comes as a file or as text. Drop the file anywhere on this page.", "small"))
        self.text = TextArea()
        self.text.setPlaceholderText("Or paste the text of the card here.")
        self.text.setAccessibleName("The text of a contact card")
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

    def _row(self, known: Known) -> QWidget:
        theme, contact = self.context.theme, known.contact
        frame, inside = card(spacing=GAP["s"])
        frame.setAccessibleName(contact.name)
        inside.addWidget(label(contact.name, "heading"))
        signs = " · has a key for signatures" if contact.verify_key else ""
        inside.addWidget(label(f"{words.SHARE_ROLES[contact.role]}{signs} · {ending(contact.recipient)}", "small"))
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
        if known.eid == self._comparing and known.words:
            doing.hide()
            self.comparing = CompareWords(theme, known)
            self.comparing.said.connect(self._on_said)
            self.comparing.closed.connect(self._on_not_now)
            inside.addWidget(self.comparing)
        return frame
