"""A questionnaire of one's own: questions, answers with their numbers, how they add up; and how it will look."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from journal.errors import ImportFailed
from journal.records import ScalePack
from journal.scales import Item, Licence, Method, Option, Pack, Scoring, Source, pack_in, parse_pack, to_json
from journal.service import JournalService, Saved
from ui import scale_words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import GAP, Column, card, clear
from ui.widgets.fields import TextArea
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import moment_of
from ui.widgets.scale_item import ScaleItem

_METHODS = (
    (Method.SUM, "The sum of the answers"),
    (Method.MEAN, "The mean of the answers"),
    (Method.NONE, "Nothing; the answers are only kept"),
)
_DRAFT = "typed"  # what is not a questionnaire yet is kept as it was typed
_ANSWER = re.compile(r"\s*(-?\d{1,4})\s*[.:=)–-]?\s+(\S.*?)\s*$")
_MOST = 1000  # the highest number of an answer, and the lowest below 0
_HIGH = 140  # px: how high a field of several lines is, at 100 %
_PAUSE = 300  # ms, until it is seen again as it will be
_OWN = Licence(text="Your own words.", holder="")
_FIRST = "0 Not at all\n1 A little\n2 Quite a bit\n3 Very much"
_SOON = "What it will look like is shown here, as soon as there is a name, a question, and two answers."


class EditScalePage(FormPage):
    """The form of one questionnaire of one's own."""

    title = "Questionnaire of my own"
    record_type = ScalePack
    measure = 720
    kept = "Here is the questionnaire you had begun. It was kept for you."
    removed = "Questionnaire removed; what you answered stays."

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        fields = (self.name, self.stem, self.questions)
        return any(field.value().strip() for field in fields) or self.answers.value() != _FIRST

    def record(self) -> ScalePack:
        base = self._saved or ScalePack(pack="", own=True, added=moment_of(self.context.clock.now()))
        pack = self._pack()
        if pack is not None and pack == self._before:
            return base
        kept = to_json(pack) if pack is not None else json.dumps({_DRAFT: self._typed()})
        return msgspec.structs.replace(base, pack=kept)

    @Slot()
    def _on_save(self) -> None:
        if self.save.isHidden() or not self.save.isEnabled():
            return
        if fault := self._fault():
            self.banner.show_note(fault)
            return
        super()._on_save()

    @staticmethod
    def more(service: JournalService, place: Place) -> int:
        return service.highest_version(place.eid or "")

    def saving(self) -> Any:
        return JournalService.save if self._saved is not None else JournalService.save_pack  # a new one is wanted

    def go_on(self, saved: Saved, *, new: bool) -> None:
        self.go.emit(Place("scales"))

    def go_on_removed(self) -> None:
        self.go.emit(Place("scales"))

    # -- what is typed -----------------------------------------------------------------------------------------------

    def fill(self, shown: ScalePack | None, loaded: Loaded) -> None:
        self._before = pack_in(self._saved) if self._saved is not None else None
        self._highest = loaded.more or 0
        typed = _typed_in(shown)
        self.name.set_value(typed["title"])
        self.stem.set_value(typed["stem"])
        self.questions.set_value(typed["questions"])
        self.answers.set_value(typed["answers"])
        self.method.setCurrentIndex(max(0, self.method.findData(typed["method"])))
        self.recall.setValue(typed["recall"])
        self.brought = self._saved is not None and not (self._saved.own and self._can_show())
        self.fields.setVisible(not self.brought)
        self.heading.setText(self.title if shown is None or shown.own else "Questionnaire from a file")
        self._look()

    def _can_show(self) -> bool:
        """Whether the fields have room for all that is in it: what they have not would be lost by saving."""
        before = self._before
        return before is not None and before == _filled_in(before)

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only or self.brought)  # the words of others stay theirs

    def _typed(self) -> dict[str, Any]:
        return {
            "title": self.name.value(),
            "stem": self.stem.value(),
            "questions": self.questions.value(),
            "answers": self.answers.value(),
            "method": str(self.method.currentData()),
            "recall": self.recall.value(),
        }

    def _pack(self) -> Pack | None:
        """The questionnaire as typed, or None where it is none yet."""
        if self.brought:
            return self._before
        if self._fault():
            return None
        made = self._made()
        before = self._before
        if before is None:
            return made
        same = msgspec.structs.replace(made, version=before.version) == before
        return before if same else msgspec.structs.replace(made, version=max(before.version, self._highest) + 1)

    def _made(self) -> Pack:
        return _made(self._before.id if self._before is not None else f"own-{self._eid}", self._typed())

    def _fault(self) -> str:
        """What is still missing, in a sentence, or ""."""
        if not self.name.value().strip():
            return "Give it a name."
        if not _lines(self.questions.value()):
            return "Write at least one question, each on a line of its own."
        for number, line in enumerate(_lines(self.answers.value()), 1):
            if not _ANSWER.match(line):
                return f"Answer {number} has no number: write it first, for example “0 Not at all”."
        values = [value for value, _ in _answers(self.answers.value())]
        if any(abs(value) > _MOST for value in values):
            return f"Numbers go from -{_MOST} to {_MOST}."
        if len(values) < 2:
            return "Write at least two answers, each on a line of its own, with its number first."
        if len(set(values)) != len(values):
            return "Two answers have the same number. Give each one of its own."
        try:
            parse_pack(to_json(self._made()))
        except ImportFailed:
            return "It is longer than a questionnaire can be: 100 questions of 1000 letters, 21 answers of 300."
        return ""

    # -- as it will be -----------------------------------------------------------------------------------------------

    @Slot()
    def _on_edited(self) -> None:
        super()._on_edited()
        if not self._loading:
            self._pause.start()

    @Slot()
    def _look(self) -> None:
        clear(self._shown)
        pack = self._pack()
        self.soon.setText(self._fault() if pack is None and self.given() else _SOON)
        self.soon.setVisible(pack is None)
        self.rows: list[ScaleItem] = []
        if pack is None:
            return
        self._shown.addWidget(label(pack.title, "heading"))
        if pack.stem:
            self._shown.addWidget(label(pack.stem))
        for place, item in enumerate(pack.items):
            made = ScaleItem(self.context.theme, place + 1, item, pack.options_of(place))
            made.set_read_only(True)
            self._shown.addWidget(made)
            self.rows.append(made)
        self._shown.addWidget(label(_adds_up(pack), "small"))

    def restyle(self) -> None:
        for row in self.rows:
            row.fit()
        for field in (self.questions, self.answers):
            field.setFixedHeight(self.context.theme.px(_HIGH))

    def _rows_of(self, form: Form, name: str, help_text: str) -> TextArea:
        field = TextArea()
        field.setFixedHeight(self.context.theme.px(_HIGH))
        field.textChanged.connect(self._on_edited)
        form.add(name, field, help_text)
        return field

    def build(self, column: Column) -> None:
        theme = self.context.theme
        self._before: Pack | None = None
        self._highest = 0
        self.brought = False
        self.rows = []
        self.fields = form = Form(theme)
        self.name = self.line(form, "What you call it")
        self.stem = self.line(form, "What is asked before the questions")
        self.questions = self._rows_of(form, "The questions", "Each on a line of its own.")
        self.answers = self._rows_of(
            form, "The answers", "Each on a line of its own, with its number first: “0 Not at all”."
        )
        self.method = QComboBox()
        for method, text in _METHODS:
            self.method.addItem(text, str(method))
        self.method.activated.connect(self._on_edited)
        form.add("What it adds up to", self.method, "The program makes nothing of it.")
        self.recall = self.number_of(form, "How many days it looks back", 366, "Not said")
        column.body.addWidget(form)
        frame, inside = card("well", padding=GAP["xl"], spacing=GAP["m"])
        inside.addWidget(label("As it will be", "eyebrow"))
        self.soon = label(_SOON, "muted")
        inside.addWidget(self.soon)
        self._shown = QVBoxLayout()
        self._shown.setSpacing(GAP["l"])
        inside.addLayout(self._shown)
        column.body.addWidget(frame)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look)


def _typed_in(record: ScalePack | None) -> dict[str, Any]:
    """What the fields show: of a questionnaire, of one that was begun, or of a new one."""
    typed: dict[str, Any] = {
        "title": "", "stem": "", "questions": "", "answers": _FIRST, "method": str(Method.SUM), "recall": 0,
    }  # fmt: skip
    if record is None:
        return typed
    if (pack := pack_in(record)) is not None:
        return {
            "title": pack.title,
            "stem": pack.stem,
            "questions": "\n".join(item.text for item in pack.items),
            "answers": "\n".join(f"{option.value} {option.text}" for option in pack.options),
            "method": str(pack.scoring.method),
            "recall": pack.recall_days,
        }
    try:
        kept = json.loads(record.pack)[_DRAFT]
        return {name: kept[name] if type(kept[name]) is type(value) else value for name, value in typed.items()}
    except (ValueError, TypeError, KeyError, RecursionError):
        return typed


def _made(name: str, typed: dict[str, Any], version: int = 1) -> Pack:
    """The questionnaire that was typed."""
    return Pack(
        id=name,
        version=version,
        title=" ".join(typed["title"].split()),
        stem=typed["stem"].strip(),
        items=tuple(Item(str(place), text) for place, text in enumerate(_lines(typed["questions"]), 1)),
        options=tuple(Option(value, text) for value, text in _answers(typed["answers"])),
        scoring=Scoring(Method(typed["method"]), source=Source("Made by the person.", checked=True)),
        recall_days=typed["recall"],
        licence=_OWN,
    )


def _filled_in(pack: Pack) -> Pack:
    """What the form would make of a questionnaire that nobody touched."""
    return _made(pack.id, _typed_in(ScalePack(pack=to_json(pack))), pack.version)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _answers(text: str) -> list[tuple[int, str]]:
    return [(int(found[1]), found[2]) for line in _lines(text) if (found := _ANSWER.match(line))]


def _adds_up(pack: Pack) -> str:
    low, high = pack.range_of(pack.scored)
    if pack.scoring.method is Method.NONE:
        return "The answers are not added up."
    if pack.scoring.method is Method.MEAN:
        count = len(pack.scored)
        low_mean, high_mean = scale_words.number(low / count), scale_words.number(high / count)
        return f"The mean goes from {low_mean} to {high_mean}. It needs every answer."
    return f"The total goes from {low} to {high}. It needs every answer."
