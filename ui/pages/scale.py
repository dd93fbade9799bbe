"""One questionnaire on one page: every question, any of them left alone; afterwards what the answers add up to."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from journal.records import ScaleAnswers
from journal.scales import Pack, fits, score_of
from journal.service import JournalService, Saved
from ui import scale_words
from ui.a11y import announce
from ui.context import Context
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column, card, clear, rule
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.help_card import HelpCard
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit, moment_of
from ui.widgets.scale_item import ScaleItem

_NONE = "There is no questionnaire here."
_GONE = "The form of this questionnaire is not here any more. These are the answers that were kept:"
_ONLY_YOU = "Nobody sees this unless you share it."
_SKIP = "Leave out whatever you like, and save at any time. A number answers and goes on; Backspace takes it back."
_STOP = "You can stop at any of these. What you answered is kept."


class _More(msgspec.Struct, frozen=True):
    """The questionnaire asked for, and whether published ranges are shown."""

    pack: Pack | None
    bands: bool


class ScalePage(FormPage):
    """The form of one questionnaire, filled in once."""

    title = "Questionnaire"
    record_type = ScaleAnswers
    measure = 720
    kept = "Here are the answers you had begun. They were kept for you."
    nothing = "Nothing is answered yet, so there is nothing to save."
    removed = "Answers removed."

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.remove.setText("Remove these answers")

    @property
    def pack(self) -> Pack | None:
        """The questionnaire shown."""
        return self._more.pack

    def first_field(self) -> QWidget:
        if not self.result.isHidden():
            return self.done
        if self.rows:
            return self.rows[0].focus_field()
        return self.to_scales if self._shown is None else self.note

    def given(self) -> bool:
        return any(row.answer is not None or row.declined for row in self.rows) or bool(self.note.value().strip())

    def record(self) -> ScaleAnswers:
        pack = self.pack
        base = self._shown or ScaleAnswers(
            at=self.when.moment(),
            scale=pack.id if pack else "",
            version=pack.version if pack else 1,
            title=pack.title if pack else "",
            session=self._place.session,
        )
        base = msgspec.structs.replace(base, at=self.when.moment(), note=self.note.value())
        if not self.rows:  # its form is gone: what was answered stays as it is
            return base
        declined = tuple(place for place, row in enumerate(self.rows) if row.declined)
        return msgspec.structs.replace(base, answers=tuple(row.answer for row in self.rows), declined=declined)

    @staticmethod
    def more(service: JournalService, place: Place) -> _More:
        item, draft = service.find(place.eid), service.draft(place.eid or "")
        for found in (draft, item):
            if found is not None and isinstance(found.record, ScaleAnswers):
                pack = service.pack_of(found.record)
                # Answers that are none of this form are shown as they are, and never as blanks.
                pack = pack if pack is not None and fits(pack, found.record.answers) else None
                return _More(pack, service.settings().bands)
        return _More(service.pack(place.kind), service.settings().bands)

    def go_on(self, saved: Saved, *, new: bool) -> None:
        self._staying = True
        self.go.emit(self._place)  # the same, with what the answers add up to
        self._staying = False

    def leave(self) -> None:
        if self._care_of and not self._staying:
            self._put_care_aside()  # it was there; it does not come again
        super().leave()

    def show_place(self, place: Place) -> None:
        self._asked = place
        if place.eid is None or place.eid != self._care_of:
            self._care_of = ""
        super().show_place(place)

    # -- showing ---------------------------------------------------------------------------------------------------

    def fill(self, shown: ScaleAnswers | None, loaded: Loaded) -> None:
        self._more, self._shown = loaded.more, shown
        pack = self.pack
        self.heading.setText(pack.title if pack else (shown.title or shown.scale if shown else self.title))
        self.when.set_moment(shown.at if shown else moment_of(self.context.clock.now()))
        self.note.set_value(shown.note if shown else "")
        saved = shown is not None and shown is self._saved
        self._show_words(pack, shown, saved=saved)
        self._show_rows(pack, shown)
        self._show_result(pack, shown if saved else None)
        self._show_care()
        self._column.verticalScrollBar().setValue(0)
        self.first_field().setFocus()

    def _show_words(self, pack: Pack | None, shown: ScaleAnswers | None, *, saved: bool) -> None:
        there = pack is not None or shown is not None
        self.empty.setVisible(not there)
        self.fields.setVisible(there)
        texts = (
            (self.name, pack.name if pack else ""),
            (self.instructions, pack.instructions if pack else ""),
            (self.stem, pack.stem if pack else ""),
            (self.hint, _SKIP if pack and self.context.tasks.can_write and not saved else ""),
            (self.source, scale_words.breaking(pack.citation) if pack else ""),
            (self.kept_numbers, "" if pack or shown is None else f"{_GONE}\n{_numbers(shown)}"),
        )
        for made, text in texts:
            made.setText(text)
            made.setVisible(bool(text))

    def _show_rows(self, pack: Pack | None, shown: ScaleAnswers | None) -> None:
        self.care.setParent(self)  # it is no row: it stays when they go
        clear(self._rows)
        self.rows: list[ScaleItem] = []
        if pack is None:
            return
        for place, item in enumerate(pack.items):
            made = ScaleItem(self.context.theme, place + 1, item, pack.options_of(place))
            if shown is not None and place < len(shown.answers):
                made.set_answer(shown.answers[place], declined=place in shown.declined)
            made.answered.connect(self._on_answered)
            made.go_on.connect(self._on_go_on)
            if place:
                self._rows.addWidget(rule())
            self._rows.addWidget(made)
            made.show()  # so that it can take the focus now
            self.rows.append(made)

    def _show_result(self, pack: Pack | None, saved: ScaleAnswers | None) -> None:
        there = saved is not None and pack is not None
        self.result.setVisible(there)
        self.stop_bar.setVisible(not there and pack is not None and pack.sensitive and self.context.tasks.can_write)
        if not there:
            return
        score = score_of(pack, saved)
        self.total.setText(scale_words.total(pack, score))
        more = [scale_words.filled(score), scale_words.parts(score)]
        if score.missing and score.total is None:
            more.append("Your answers are kept as they are.")
        if pack.instead_of and score.total is not None:
            more.append(f"This is the {pack.title}; its total is not that of the {pack.instead_of.upper()}.")
        if self._more.bands:
            more.append(scale_words.breaking(scale_words.published(pack, score)))
        self.details.setText("\n".join(text for text in (*more, _ONLY_YOU) if text))
        announce(self, self.total.text())

    # -- after an answer that may weigh on somebody -----------------------------------------------------------------

    def _show_care(self) -> None:
        """The card stands right after its question, and above the total where it was not put aside before saving."""
        row = self._help_row()
        if row is None or self._care_of != self._eid:
            self.care.hide()
            return
        if self.result.isHidden():
            self._rows.insertWidget(self._rows.indexOf(row) + 1, self.care)
        else:
            self._top.insertWidget(0, self.care)
        self.care.appear()

    def _help_row(self) -> ScaleItem | None:
        link = self.pack.help_item if self.pack else ""
        return next((row for row in self.rows if link and row.item.link == link), None)

    @Slot()
    def _on_answered(self) -> None:
        self._on_edited()
        self.result.hide()
        row = self._help_row()
        if row is None or self.sender() is not row or self._eid in self._cared:
            return
        self._care_of = self._eid if (row.answer or 0) > 0 else ""
        self._show_care()
        if self._care_of:
            QTimer.singleShot(0, self._see_care)  # once it is laid out

    @Slot()
    def _see_care(self) -> None:
        if not self.care.isHidden():
            self._column.ensureWidgetVisible(self.care, 0, GAP["l"])

    @Slot()
    def _on_care_done(self) -> None:
        self._put_care_aside()
        row = self._help_row()
        after = self.rows.index(row) + 1 if row is not None else len(self.rows)
        (self.rows[after].focus_field() if after < len(self.rows) else self.save).setFocus()

    @Slot(str)
    def _on_care_wants(self, kind: str) -> None:
        self._put_care_aside()
        self.seal()
        if self._asked.eid is None and self._changed:  # the way back leads to what was begun, not to a new one
            self.go.emit(self._place)
        self.go.emit(Place("help", kind=kind))

    def _put_care_aside(self) -> None:
        self._cared.add(self._eid)
        self._care_of = ""
        self.care.hide()

    # -- hands -----------------------------------------------------------------------------------------------------

    @Slot()
    def _on_go_on(self) -> None:
        at = self.rows.index(self.sender()) + 1
        following = self.rows[at].focus_field() if at < len(self.rows) else self.note
        following.setFocus(Qt.FocusReason.TabFocusReason)
        if at < len(self.rows) and self.care.isHidden():
            self._column.ensureWidgetVisible(self.rows[at], 0, GAP["xxl"])

    @Slot()
    def _on_stop(self) -> None:
        self.seal()
        kept = self._changed and self.given()
        self.back.emit()
        self.say.emit("Stopped. What you answered is kept; you can go on with it, or not." if kept else "Stopped.")

    @Slot()
    def _on_grounding(self) -> None:
        self._on_care_wants("grounding")

    @Slot()
    def _on_scales(self) -> None:
        self.go.emit(Place("scales"))

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only)
        for row in self.rows:
            row.set_read_only(read_only)
        if self.pack is None and self._shown is None:
            self.save.hide()

    # -- looks -----------------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        for row in self.rows:
            row.fit()

    def build(self, column: Column) -> None:
        theme = self.context.theme
        self._more, self._shown = _More(None, False), None
        self.rows = []
        self._asked = Place("scale")
        self._care_of = ""  # the filling for which the card is there
        self._staying = False  # saved, and shown again
        self._cared: set[str] = set()  # those for which it was put aside
        self._make_empty(column)
        self._top = QVBoxLayout()
        self._top.setSpacing(GAP["l"])
        self.name = label("", "muted")
        self._top.addWidget(self.name)
        column.body.addLayout(self._top)
        self._make_result(column)
        self.instructions, self.stem = label(""), label("", "heading")
        self.hint, self.kept_numbers = label("", "small"), label("")
        for made in (self.instructions, self.kept_numbers, self.stem, self.hint):
            column.body.addWidget(made)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP["l"])
        column.body.addLayout(self._rows)
        column.body.addWidget(rule())
        self.care = HelpCard(theme)
        self.care.setParent(self)
        self.care.wants.connect(self._on_care_wants)
        self.care.done.connect(self._on_care_done)
        self.fields = Form(theme)
        self.note = self.line(self.fields, "A word beside it, if you like")
        self.note.returnPressed.connect(self._on_save)
        self.when = MomentEdit()
        self.when.edited.connect(self._on_edited)
        self.fields.add("When", self.when)
        column.body.addWidget(self.fields)
        self.source = label("", "small")
        column.body.addWidget(self.source)
        self._make_stop()

    def _make_empty(self, column: Column) -> None:
        self.empty, inside = card("well", padding=GAP["xl"])
        inside.addWidget(label(_NONE))
        self.to_scales = button(self.context.theme, "Choose a questionnaire", self._on_scales)
        inside.addWidget(self.to_scales, 0, Qt.AlignmentFlag.AlignLeft)
        self.empty.hide()
        column.body.addWidget(self.empty)

    def _make_result(self, column: Column) -> None:
        self.result, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        self.total, self.details = label("", "heading"), label("", "muted")
        self.done = button(self.context.theme, "Done", self.back)
        inside.addWidget(self.total)
        inside.addWidget(self.details)
        inside.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        self.result.hide()
        column.body.addWidget(self.result)

    def _make_stop(self) -> None:
        self.stop_bar = QFrame()
        self.stop_bar.setProperty("role", "banner")
        across = QHBoxLayout(self.stop_bar)
        across.setContentsMargins(GAP["xl"], GAP["s"], GAP["xl"] + GAP["m"], GAP["s"])  # as above, with its bar
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP["xs"])
        inside.addWidget(label(_STOP, "small"))
        holder = QWidget()
        flow = FlowLayout(holder)
        self.stop = button(self.context.theme, "Stop here", self._on_stop)
        self.grounding = button(self.context.theme, "A grounding minute", self._on_grounding, kind="quiet")
        flow.addWidget(self.stop)
        flow.addWidget(self.grounding)
        inside.addWidget(holder)
        inner.setMaximumWidth(self.measure)
        across.addStretch(1)
        across.addWidget(inner, 100)
        across.addStretch(1)
        self.stop_bar.hide()
        self.body.addWidget(self.stop_bar)


def _numbers(shown: ScaleAnswers) -> str:
    return ", ".join("–" if value is None else str(value) for value in shown.answers)
