"""The first step of a reply: which comments go along, words to all of it, the names, and how the file is closed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from journal.records import Comment, SentReply
from journal.service import ReplyDesk, UnfinishedReply
from journal.store import Item
from ui import words
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, clear
from ui.widgets.fields import LineEdit, TextArea
from ui.widgets.form import Form
from ui.widgets.labels import label, selectable

NOTHING = "Nothing is chosen, and nothing is written to all of it yet. So there is nothing to send."
_NONE_WAIT = (
    "No comment waits. What you keep beside this share stands here until it was sent. A reply can be without: then "
    "it has what you write to all of it."
)
_BY_WORDS = (
    "Eight words that this program makes. Tell them by another way than the file: by telephone, or in the room."
)
_TICK = "What you tick goes along. The others wait, and nobody else can read them."
_WHOLE = "About the whole entry"


class ReplyChoose(QWidget):
    """Signals:
    changed(): something was chosen or typed.
    unsaved_wanted(): the person wants to see the comments that are not kept yet.
    not_given(str): the reply with this entry was not given to anybody.
    """

    changed = Signal()
    unsaved_wanted = Signal()
    not_given = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._filling = False
        self.boxes: dict[str, QCheckBox] = {}  # by the comment's id
        self._ticked: set[str] = set()
        self._address = ""
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["l"])
        frame, inside = card(spacing=GAP["m"])
        inside.addWidget(label("Comments that wait", "heading"))
        self._none = label(_NONE_WAIT, "muted")
        inside.addWidget(self._none)
        self._tick = label(_TICK, "muted")
        inside.addWidget(self._tick)
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(GAP["m"])
        inside.addWidget(holder)
        self.all = button(theme, "Tick all of them", self._on_all, kind="link")
        inside.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.unsaved = label("", "warm")
        inside.addWidget(self.unsaved)
        self.see_unsaved = button(theme, "Go back to it", self.unsaved_wanted, kind="link")
        inside.addWidget(self.see_unsaved, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(frame)
        form = Form(theme)
        self.text = TextArea()
        form.add("To all of it", self.text, "Stands before the comments. It may stay empty.")
        self.to, self.sender = LineEdit(), LineEdit()
        form.add("Who is it for?", self.to, "Shown at the top. It may stay empty.")
        form.add("Your name, as they know you", self.sender, "Shown at the top. It may stay empty.")
        body.addWidget(form)
        body.addWidget(self._make_how())
        self._sent, self._before = card("well", spacing=GAP["m"])
        body.addWidget(self._sent)
        body.addStretch(1)
        self.text.textChanged.connect(self._on_edited)
        for field in (self.to, self.sender):
            field.textEdited.connect(self._on_edited)
        self.restyle()

    def restyle(self) -> None:
        """The text size changed."""
        self.text.setFixedHeight(self._theme.px(120))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The comments that go along."""
        return tuple(eid for eid, box in self.boxes.items() if box.isChecked())

    @property
    def recipient(self) -> str:
        """The address it is closed for, or "" where it is closed with words."""
        return self._address if self.by_address.isChecked() else ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to send."""
        return not self.chosen and not self.text.value().strip()

    def show_desk(self, desk: ReplyDesk, names: Mapping[int, str]) -> None:
        """What there is to choose from. What was typed and ticked stays as it is."""
        self._filling = True
        clear(self._list)
        self.boxes = {}
        for item in desk.waiting:
            if isinstance(item.record, Comment):
                self._list.addWidget(self._make_comment(item.eid, item.record, names.get(item.record.place, "")))
        self._ticked &= self.boxes.keys()
        self._none.setVisible(not self.boxes)
        self._tick.setVisible(bool(self.boxes))
        self.all.setVisible(len(self.boxes) > 1)
        self.unsaved.setText(_not_kept(desk.unsaved))
        for made in (self.unsaved, self.see_unsaved):
            made.setVisible(desk.unsaved > 0)
        for field, offered in ((self.to, desk.to.name), (self.sender, desk.sender)):
            if not field.isModified():
                field.set_value(offered)
        self._told.setText(desk.to.told)
        if self._address != desk.to.address:
            self._address = desk.to.address
            (self.by_address if self._address else self.by_words).setChecked(True)
        self.by_address.setVisible(bool(self._address))
        self.by_words.setVisible(bool(self._address))
        self._show_sent(desk.sent)
        self._filling = False

    def bring_back(self, unfinished: UnfinishedReply) -> None:
        """Put back what was typed and chosen."""
        self._filling = True
        self._ticked = set(unfinished.comments) & self.boxes.keys()
        for eid, box in self.boxes.items():
            box.setChecked(eid in self._ticked)
        self.text.set_value(unfinished.text)
        for field, typed in ((self.to, unfinished.to), (self.sender, unfinished.sender)):
            if typed is not None:
                field.set_value(typed)
                field.setModified(True)
        if unfinished.by_words or not self._address:
            self.by_words.setChecked(True)
        self._filling = False

    def unfinished(self, received: str) -> UnfinishedReply:
        """What stands in the fields."""
        return UnfinishedReply(
            received=received,
            comments=tuple(sorted(self._ticked)),
            text=self.text.value(),
            sender=self.sender.value() if self.sender.isModified() else None,
            to=self.to.value() if self.to.isModified() else None,
            by_words=bool(self._address) and self.by_words.isChecked(),
        )

    def reset(self) -> None:
        """Forget what was typed and chosen."""
        self._filling = True
        self._address = ""
        for box in self.boxes.values():
            box.setChecked(False)
        self._ticked.clear()
        self.text.set_value("")
        for field in (self.to, self.sender):
            field.set_value("")
            field.setModified(False)
        self._filling = False

    # -- parts ---------------------------------------------------------------------------------------------------

    def _make_comment(self, eid: str, comment: Comment, name: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["xs"])
        box = QCheckBox(name or "A comment")
        box.setChecked(eid in self._ticked)
        about = f"“{comment.words}”" if comment.words else _WHOLE
        box.setAccessibleName(f"{name or 'A comment'}: {comment.text}")
        box.setAccessibleDescription(f"{about}. Ticked, it goes along.")
        box.toggled.connect(self._on_ticked)
        column.addWidget(box)
        for text, role in ((about, "small"), (comment.text, "")):
            made = label(text, role)
            made.setContentsMargins(self._theme.px(30), 0, 0, 0)
            column.addWidget(made)
        self.boxes[eid] = box
        return holder

    def _make_how(self) -> QWidget:
        frame, inside = card(spacing=GAP["s"])
        inside.addWidget(label("How it is closed", "heading"))
        self._told = selectable(label(""))
        self._told.setAccessibleName("Where it can go")
        inside.addWidget(self._told)
        self._how = QButtonGroup(self)
        self.by_address = QRadioButton("For their address")
        self.by_address.setAccessibleDescription("Only they can open it, and no words need to be told.")
        self.by_words = QRadioButton("With words, told by another way")
        self.by_words.setAccessibleDescription(_BY_WORDS)
        self.by_words.setChecked(True)
        for made in (self.by_address, self.by_words):
            self._how.addButton(made)
            inside.addWidget(made)
        self._note = label(_BY_WORDS, "small")
        inside.addWidget(self._note)
        self._how.buttonToggled.connect(self._on_how)
        return frame

    def _show_sent(self, sent: tuple[Item, ...]) -> None:
        clear(self._before)
        self._sent.setVisible(bool(sent))
        if not sent:
            return
        self._before.addWidget(label("Replies to this share that were made", "heading"))
        for item in sent:
            if isinstance(item.record, SentReply):
                self._before.addWidget(self._make_sent(item.eid, item.record))

    def _make_sent(self, eid: str, record: SentReply) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["xs"])
        day = words.day_short(record.sent)
        told = words.counted(len(record.eids), "comment", "comments") if record.eids else "Words to all of it"
        column.addWidget(label(f"{day}{f', for {record.to}' if record.to else ''}"))
        how = "closed for their address" if record.how == "recipient" else "closed with words"
        column.addWidget(label(f"{told}, {how}", "small"))
        made = button(self._theme, "I did not give it to them", partial(self._on_not_given, eid), kind="link")
        made.setAccessibleName(f"I did not give them the reply of {day}")
        made.setToolTip("Its comments then wait again. The file stays as it is.")
        column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    @Slot()
    def _on_ticked(self) -> None:
        for eid, box in self.boxes.items():
            (self._ticked.add if box.isChecked() else self._ticked.discard)(eid)
        self._on_edited()

    @Slot()
    def _on_all(self) -> None:
        for box in self.boxes.values():
            box.setChecked(True)

    def _on_not_given(self, eid: str, _on: bool = False) -> None:
        self.not_given.emit(eid)

    @Slot(object, bool)
    def _on_how(self, _made: object, _on: bool) -> None:
        self._note.setVisible(self.by_words.isChecked())
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        if not self._filling:
            self.changed.emit()


def _not_kept(count: int) -> str:
    """What is said of words that are only typed; a comment that was kept before is in the list as it was kept."""
    where = "1 comment has words that are" if count == 1 else f"{count} comments have words that are"
    return f"{where} typed and not kept. These words do not go along yet: keep them first."
