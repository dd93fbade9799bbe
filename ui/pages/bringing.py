"""Something written, to bring to therapy: it goes on the list, with where it came from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from journal.errors import JournalError, NotFound
from journal.service import JournalService, Saved
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.moment_edit import moment_of


def bring(context: Context, eid: str, say: Callable[[str], None], banner: Banner, selected: str = "") -> None:
    """Put an entry that is saved, or what is selected of it, on the list for therapy; say how that went."""
    text = selected.replace("\u2029", "\n").replace("\u2028", "\n")  # as Qt ends lines
    op = partial(JournalService.bring, eid=eid, made=moment_of(context.clock.now()), words=text)
    context.tasks.ask(op, partial(_told, say), partial(_failed, banner))


def _failed(banner: Banner, error: JournalError) -> None:
    if not isinstance(error, NotFound):  # else it could not be saved, and that is said already
        banner.show_error(error)


def _told(say: Callable[[str], None], saved: Saved | None) -> None:
    say("It is on the list “To bring along”" if saved is not None else "It is on the list already")
