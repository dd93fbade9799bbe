"""Comments of a reply, as they are read: beside the entry they are about, or with the words they were about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.service import Beside, CommentView, ReplyView, Stands
from ui import words
from ui.theme import Theme
from ui.widgets.bounded import MOST, Bounded, Portions
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label, selectable

# What is said of how a comment stands to the entry it is about.
STANDS: dict[Stands, str] = {
    Stands.PASSAGE: "About these words:",
    Stands.ENTRY: "About the whole entry",
    Stands.CHANGED: "About words that are no longer in the entry:",
    Stands.SEVERAL: "About words that stand in the entry more than once:",
    Stands.REMOVED: "About an entry that was removed, and can be brought back:",
    Stands.GONE: "About an entry that was removed for good:",
    Stands.NOT_IN_SHARE: "The share had no such entry at this place.",
    Stands.OTHER_ENTRIES: "It is not certain that this was written about what the share held.",
    Stands.UNKNOWN: "This journal does not know the share.",
}
_BARE = {
    Stands.REMOVED: "About a whole entry that was removed, and can be brought back",
    Stands.GONE: "About a whole entry that was removed for good",
}


def who(reply: ReplyView) -> str:
    """From whom, as far as that is certain: "Dr Amsel", or "“Dr Amsel”, not certain"."""
    if reply.sure:
        return reply.name
    return f"“{reply.name}”, not certain" if reply.name else "No name given"


def stands(view: CommentView) -> str:
    """How it stands to the entry, in a few words."""
    bare = _BARE.get(view.stands) if not view.comment.words else None
    return bare or STANDS[view.stands]


def beside(theme: Theme, found: Iterable[Beside], see: Callable[[CommentView], None] | None = None) -> QWidget:
    """All comments on one entry, those of one reply together. `see` shows the words one is about."""
    holder = QWidget()
    holder.setAccessibleName("Comments that came back")
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(GAP["m"])
    for one in found:
        frame, inside = card("well", spacing=GAP["s"])
        inside.addWidget(label(f"A comment from {who(one.reply)}", "eyebrow"))
        made = f"Made on {words.date_long(one.reply.payload.made)}"
        inside.addWidget(label(made, "small"))
        if not one.reply.sure:
            inside.addWidget(selectable(label(one.reply.checked.told.text, "warm")))
        made_of = (partial(comment_view, theme, comment, see) for comment in one.comments)
        inside.addWidget(Portions(theme, made_of, "comments", GAP["s"]))
        body.addWidget(frame)
    return holder


def comment_view(theme: Theme, view: CommentView, see: Callable[[CommentView], None] | None = None) -> QWidget:
    """One comment: what it is about, and what it says."""
    holder = QWidget()
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(GAP["xs"])
    about = stands(view)
    body.addWidget(label(about, "small"))
    if view.comment.words:
        if len(view.comment.words) <= MOST:
            quoted = selectable(label(f"“{view.comment.words}”", "muted"))
            quoted.setAccessibleName(f"{about} {view.comment.words}")
            body.addWidget(quoted)
        else:
            body.addWidget(Bounded(theme, f"“{view.comment.words}”", about))
    body.addWidget(Bounded(theme, view.comment.text, "Comment"))
    if see is not None and view.stands is Stands.PASSAGE:
        made = button(theme, "Show these words", partial(_see, see, view), kind="link")
        made.setAccessibleName("Show in the entry the words this comment is about")
        body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
    return holder


def _see(see: Callable[[CommentView], None], view: CommentView, _on: bool = False) -> None:
    see(view)
