"""A share that was made to do harm, in the window and on paper: shown as words, or in time, or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from journal.report import MAKERS
from journal.share import (
    HTML_WORDS,
    Payload,
    generate_identity,
    generate_passphrase,
    open_sealed,
    plain_page,
    seal_for_recipients,
)
from journal.share import html as web
from journal.share.file import pack
from journal.share.payload import decode
from tests.journal.share.mutants import _entries
from tests.journal.share.samples import shared
from tests.ui.pdf.reading import Read
from tests.ui.review.test_review_view import everything, texts, view  # noqa: F401
from ui.pdf import report
from ui.pdf.forms import makers
from ui.review.view import ReviewView
from ui.widgets.reading import ReadingView

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CTRL = Qt.KeyboardModifier.ControlModifier
EVIL = (
    '<b>b</b><img src="file:///etc/passwd"><img src="//192.0.2.1/s/x.png"><img src="http://192.0.2.1/x.png">',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1",
)  # fmt: skip
_WORDS = frozenset((
    "title", "text", "note", "notes", "dose", "place", "people", "sender", "to", "talk_about", "name", "sort",
    "reason", "what", "where", "who", "answer", "told_by", "why_none", "options", "tags", "modalities",
))  # fmt: skip


def tree() -> dict[str, Any]:
    """A share with everything in it, as JSON."""
    found: dict[str, Any] = json.loads(_entries()[2])
    return found


def read(held: dict[str, Any]) -> Payload:
    return decode(json.dumps(held, sort_keys=True, separators=(",", ":")).encode())


def filled(held: Any, words: str) -> Any:
    """Every field that holds somebody's words, filled with these."""
    if isinstance(held, list):
        return [filled(one, words) for one in held]
    if not isinstance(held, dict):
        return held
    made = {}
    for key, value in held.items():
        if key in _WORDS and isinstance(value, str):
            made[key] = words
        elif key in _WORDS and isinstance(value, list):
            made[key] = [words]
        else:
            made[key] = [] if key == "marks" else filled(value, words)
    return made


@pytest.mark.parametrize("words", [" ".join(EVIL[:2])])
def test_hostile_words_in_every_field_stay_words(view: ReviewView, words: str) -> None:  # noqa: F811
    payload = read(filled(tree(), words))
    view.show_payload(payload)
    shown = everything(view)
    assert shown.count(words) >= 20
    for place in range(len(view._parts)):
        view._on_part(place)
        assert all(made.textFormat() == Qt.TextFormat.PlainText for made in view.findChildren(QLabel))
        # Nothing is loaded by a text that is shown: it holds no picture and no link.
        for reading in view.findChildren(ReadingView):
            assert reading.document().toHtml().count("<img") == reading.document().toHtml().count("<a href") == 0


@pytest.mark.parametrize("words", EVIL)
def test_hostile_words_in_every_form_it_is_saved_in(qapp: QApplication, words: str) -> None:
    payload = read(filled(tree(), words))
    made = {name: make(payload, NOW) for name, make in makers().items()}
    for name in ("pdf", "pdf-all"):
        assert made[name].startswith(b"%PDF")
        assert all(active not in made[name] for active in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"))
    cells = [cell for row in csv.reader(io.StringIO(made["csv"].decode(), newline="")) for cell in row]
    assert len(cells) > 100
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in cells)
    assert re.findall(rb"(?<!\\)<", made["md"]) == []
    narratives = [text for text in _strings(json.loads(made["fhir"])) if text.startswith("<div")]
    assert all("<img" not in text and "<script" not in text and "<a " not in text for text in narratives)


def _strings(held: Any) -> list[str]:
    if isinstance(held, dict):
        return [text for value in held.values() for text in _strings(value)]
    if isinstance(held, list):
        return [text for value in held for text in _strings(value)]
    return [held] if isinstance(held, str) else []


def test_what_is_painted_when_drawing_fails_is_let_go(qapp: QApplication, monkeypatch) -> None:
    """A painter that outlived its paper took the program along."""

    def fails(*_: object) -> None:
        raise ValueError("no drawing")

    monkeypatch.setattr(report, "_sessions", fails)
    for _ in range(3):
        with pytest.raises(ValueError, match="no drawing"):
            makers()["pdf"](read(tree()), NOW)
    monkeypatch.undo()
    assert makers()["pdf"](read(tree()), NOW).startswith(b"%PDF")


# -- too much of it ------------------------------------------------------------------------


def test_hundreds_of_parts_are_one_list_and_no_chart(qtbot, view: ReviewView) -> None:  # noqa: F811
    held = tree()
    held["sessions"] += [held["sessions"][0] | {"number": number} for number in range(500, 1500)]
    view.show_payload(read(held))
    (box,) = view.findChildren(QComboBox)
    assert box.count() == len(view._parts) > 1000
    assert view._checkins is None
    assert any("no chart" in text for text in texts(view))
    box.setCurrentIndex(900)
    assert any(box.currentText().startswith(text) for text in texts(view) if text.startswith("Session "))
    qtbot.keyClick(view, Qt.Key.Key_PageDown, CTRL)
    assert box.currentIndex() == view._part == 901


def test_hundreds_of_questionnaires_are_one_text_with_all_of_them(view: ReviewView) -> None:  # noqa: F811
    held = tree()
    held["scales"] += [held["scales"][0] | {"title": f"title-{number}-"} for number in range(300)]
    view.show_payload(read(held))
    view._on_part(next(place for place, (title, _) in enumerate(view._parts) if title == "Questionnaires"))
    shown = "\n".join(texts(view))
    assert all(f"title-{number}-" in shown for number in range(300))
    assert len(view.findChildren(QLabel)) < 300


@pytest.mark.parametrize("field", ["talk_about", "notes", "tags"])
def test_words_too_long_for_a_label_are_a_text(view: ReviewView, field: str) -> None:  # noqa: F811
    held, words = tree(), "some words here\n" * 2_000
    if field == "talk_about":
        held["talk_about"] = words
    elif field == "notes":
        held["sessions"][0]["notes"] = words
    else:
        held["sessions"][0]["intentions"] = [
            held["writings"][0] | {"kind": "intention", "tags": ["ab"] * 9_000, "marks": [], "text": "x"}
        ]
    view.show_payload(read(held))
    assert max(len(made.text()) for made in view.findChildren(QLabel)) < 5_001
    assert max(len(made.toPlainText()) for made in view.findChildren(ReadingView)) > 20_000
    assert MAKERS["md"](read(held), NOW)


# -- no more than the preview ------------------------------------------------------------------------

_CANARY = re.compile(r"canary-[a-z0-9-]+")


@pytest.mark.parametrize("ticked", [(0, 2), (3, 5, 6), (2, 7, 9)])
def test_no_form_holds_a_word_that_the_preview_has_not(qapp: QApplication, ticked: tuple[int, ...]) -> None:
    """Every entry and field of the journal has words of its own; what was not ticked is in no form."""
    payload = shared(*ticked)
    seen = set(_CANARY.findall(plain_page(payload)))
    assert seen
    words, me = generate_passphrase(HTML_WORDS), generate_identity()
    contents = pack(payload)
    page = web.unseal(web.find(web.seal(web.Plain(web.page(payload), contents), words, rounds=3)), words)
    sealed = open_sealed(seal_for_recipients(contents, [me.recipient]), identity=me.secret)
    forms = {name: make(payload, NOW) for name, make in makers().items()}
    told = {name: made.decode() for name, made in forms.items() if not made.startswith(b"%PDF")}
    told |= {name: Read(made).flat for name, made in forms.items() if made.startswith(b"%PDF")}
    told |= {"age": sealed.decode(), "page": page.page.decode(), "page's contents": page.container.decode()}
    for name, text in told.items():
        assert set(_CANARY.findall(text)) <= seen, name
        assert "deadbeef" not in text, name  # the journal's own ids
    for name in ("age", "page's contents"):  # elsewhere marks stand between letters
        assert set(_CANARY.findall(told[name])) == seen, name
