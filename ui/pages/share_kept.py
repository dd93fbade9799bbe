"""Choices for a share that are kept by a name: ticking what one holds, keeping one more, taking one out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from journal.records import ShareSet
from journal.service import JournalService
from journal.service.share_sets import Ticks
from journal.share import Dates
from ui import words
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.share_choose import ShareChoose
from ui.widgets.share_reader import ShareReader


class KeptChoices(QObject):
    """What the bar of kept choices asks for, done.

    Signals:
        say(str): something was done, in a sentence.
        did(str): the same of what undo takes back.
    """

    say = Signal(str)
    did = Signal(str)

    def __init__(self, context: Context, choose: ShareChoose, reader: ShareReader, banner: Banner) -> None:
        super().__init__(choose)
        self._context, self._choose, self._reader, self._banner = context, choose, reader, banner
        choose.sets.chosen.connect(self._on_chosen)
        choose.sets.removed.connect(self._on_removed)
        choose.sets.keep_asked.connect(self._on_keep_asked)
        choose.sets.kept.connect(self._on_kept)

    @Slot(str)
    def _on_chosen(self, eid: str) -> None:
        self._context.tasks.ask(partial(_of_set, eid=eid), self._on_ticks, self._banner.show_error)

    def _on_ticks(self, found: tuple[ShareSet, Ticks]) -> None:
        kept, ticks = found
        self._choose.begin_from(ticks.eids, kept.options, kept.dates)
        ticked = self._choose.model.ticked()
        self._choose.reveal(sorted(ticked)[:1])
        if kept.to or kept.recipient:  # what stood there belonged to another reader
            self._reader.to.setText(kept.to)
            self._reader.recipient_choice.setChecked(bool(kept.recipient))
            self._reader.recipient.setText(kept.recipient)
        if ticked:
            what = words.counted(len(ticked), "thing is", "things are")
            said = [f"{what} ticked by “{kept.name}”. Look through them: what should not go along can be unticked."]
        else:
            said = [f"“{kept.name}” finds nothing to tick today."]
        if ticks.passed_over:
            what = words.counted(ticks.passed_over, "thing is", "things are")
            said.append(f"{what} not ticked, since the last share with this reader went without.")
        if ticks.covered:
            said.append(f"{words.counted(ticks.covered, 'covered entry is', 'covered entries are')} not ticked.")
        if ticks.passed_over or ticks.covered:
            said.append("More can be ticked.")
        self._banner.show_note(" ".join(said))

    @Slot(str)
    def _on_removed(self, eid: str) -> None:
        self._context.tasks.ask(partial(JournalService.delete, eid=eid), self._on_gone, self._banner.show_error)

    def _on_gone(self, _gone: object) -> None:
        self.did.emit("The kept choice is removed.")

    @Slot()
    def _on_keep_asked(self) -> None:
        by_address = self._reader.recipient_choice.isChecked()
        exact = self._choose.exactness()
        begun = ShareSet(
            name="",
            kinds=self._choose.kinds(),
            options=tuple(name for name, on in self._choose.options().items() if on),
            dates="" if exact is Dates.DAY else str(exact),
            to=self._reader.to.text().strip(),
            recipient=self._reader.recipient.text().strip() if by_address else "",
        )
        self._choose.sets.ask_name(begun)

    @Slot(object)
    def _on_kept(self, record: ShareSet) -> None:
        op = partial(JournalService.save, record=record)
        self._context.tasks.ask(op, partial(self._on_saved, record.name), self._banner.show_error)

    def _on_saved(self, name: str, _saved: object) -> None:
        self._choose.sets.close_form()
        self.say.emit(f"Kept as “{name}”.")


def _of_set(service: JournalService, *, eid: str) -> tuple[ShareSet, Ticks]:
    kept = service.get(eid).record
    return kept, service.ticks_of(kept)
