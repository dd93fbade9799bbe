"""The page a reader of a share sees: all of it, nothing but it, in plain words only."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from journal.records import SLIDERS
from journal.share import Payload
from tests.ui.charts.conftest import Picture
from ui.review.session_view import SessionView
from ui.review.view import ReviewView
from ui.theme import Scheme, Theme
from ui.widgets.reading import ReadingView

Share = Callable[..., Payload]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot, theme: Theme) -> ReviewView:
    made = ReviewView(theme)
    qtbot.addWidget(made)
    made.resize(1240, 820)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()  # what was put into a layout is shown now
    labels = [made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget)]
    return labels + [made.toPlainText() for made in widget.findChildren(ReadingView) if made.isVisibleTo(widget)]


def chips(view: ReviewView) -> dict[str, QPushButton]:
    QApplication.processEvents()
    return {made.text(): made for made in view.findChildren(QPushButton) if made.isVisibleTo(view)}


def everything(view: ReviewView) -> str:
    """All that can be read on the page, part by part."""
    found = []
    for place in range(max(1, len(view._parts))):
        view._on_part(place)
        found += texts(view)
    return "\n".join(found)


def test_every_word_that_was_shared_is_there(view: ReviewView, share_of: Share) -> None:
    payload = share_of(
        2, 4, loose=True, include_place=True, include_people=True, include_checkin_notes=True, include_tags=True,
        sender="Jona", to="Dr Amsel", talk_about="The corridor.",
    )  # fmt: skip
    view.show_payload(payload)
    shown = everything(view)
    for words in ("From Jona", "For Dr Amsel", "The corridor.", "Made on 12 March 2026"):
        assert words in shown
    for session in payload.sessions:
        for words in (session.dose, session.place, session.people):
            assert words in shown
        for writing in session.writings:
            assert writing.text in shown and writing.title in shown
    for writing in payload.writings:
        assert writing.text in shown
    for checkin in payload.checkins:
        assert checkin.note in shown


def test_nothing_is_there_that_was_not_shared(view: ReviewView, share_of: Share) -> None:
    view.show_payload(share_of(4))
    shown = everything(view)
    for words in ("Ruth for the last half hour", "The small room again", "Weather", "schema", "Jona", "10:30"):
        assert words not in shown
    assert "Someone who gave no name" in shown


def test_the_cover_proves_nothing_and_says_so(view: ReviewView, share_of: Share) -> None:
    view.show_payload(share_of(4, sender="Jona"))
    shown = texts(view)
    assert any("Nothing in this file proves who sent it" in text for text in shown)
    assert any("not a medical record" in text for text in shown)


def test_the_three_kinds_of_writing_stand_side_by_side(qtbot, view: ReviewView, share_of: Share) -> None:
    view.show_payload(share_of(4))
    shown = view.findChild(SessionView)
    frames = {name: next(w for w in shown.findChildren(QWidget) if w.accessibleName() == name)
              for name in ("Intention", "Experience", "Integration")}  # fmt: skip
    qtbot.waitUntil(lambda: frames["Intention"].x() < frames["Experience"].x() < frames["Integration"].x())
    assert len({frame.y() for frame in frames.values()}) == 1
    view.resize(700, 820)
    qtbot.waitUntil(lambda: frames["Intention"].y() < frames["Experience"].y() < frames["Integration"].y())
    assert len({frame.x() for frame in frames.values()}) == 1


def test_what_was_not_written_says_so(view: ReviewView, share_of: Share) -> None:
    payload = share_of(4)
    bare = msgspec.structs.replace(payload.sessions[0], intentions=(), integrations=())
    view.show_payload(msgspec.structs.replace(payload, sessions=(bare,)))
    assert {"No intention in this share.", "No integration notes in this share."} <= set(texts(view))


def test_from_part_to_part_by_keys_and_chips(qtbot, view: ReviewView, share_of: Share) -> None:
    view.show_payload(share_of(3, 4, loose=True))
    names = [text for text, _ in view._parts]
    assert [name.partition(" · ")[0] for name in names] == [
        "Session 4",
        "Session 5",
        "Other texts",
        "Other check-ins",
    ]
    assert view.findChild(SessionView) is not None and "Dull, and then not" in texts(view)
    qtbot.keyClick(view, Qt.Key.Key_PageDown, CTRL)
    assert "Stay" in texts(view)
    assert chips(view)[names[1]].isChecked()
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_PageUp, CTRL)
    assert chips(view)[names[3]].isChecked()  # round to the last
    qtbot.mouseClick(chips(view)[names[2]], Qt.MouseButton.LeftButton)
    assert "Before any of it" in texts(view)
    assert "Stay" not in texts(view)


def test_sessions_without_a_number_are_told_apart(view: ReviewView, share_of: Share) -> None:
    payload = share_of(3, 4)
    sessions = tuple(msgspec.structs.replace(session, number=None) for session in payload.sessions)
    view.show_payload(msgspec.structs.replace(payload, sessions=sessions))
    names = [text for text, _ in view._parts]
    assert all(name.startswith("Session of ") and "·" not in name for name in names)
    assert len(set(names)) == 2


def test_the_chart_and_the_table_show_the_same_numbers(view: ReviewView, share_of: Share) -> None:
    payload = share_of(3)
    view.show_payload(payload)
    chart = view._checkins.chart
    shown = chips(view)
    for number, slider in enumerate(SLIDERS):
        given = [one.values[number] for one in payload.checkins if one.values[number] is not None]
        assert shown[slider.title].isEnabled() == bool(given), slider.name
        if not given:
            continue
        shown[slider.title].setChecked(True)
        for other in SLIDERS:
            shown[other.title].setChecked(other is slider)
        assert [y for _, y in Picture(chart).points()] == given
    assert any("stand in their order, not at their times" in text for text in texts(view))


def test_a_chart_is_never_empty(qtbot, view: ReviewView, share_of: Share) -> None:
    payload = share_of(3)
    view.show_payload(msgspec.structs.replace(
        payload, checkins=tuple(msgspec.structs.replace(one, mood=None) for one in payload.checkins)
    ))  # fmt: skip
    assert not chips(view)["Mood"].isEnabled()
    assert chips(view)["Interest"].isChecked()
    qtbot.mouseClick(chips(view)["Interest"], Qt.MouseButton.LeftButton)
    assert chips(view)["Interest"].isChecked()


def test_words_that_look_like_markup_stay_words(view: ReviewView, share_of: Share) -> None:
    evil = '<b>bold</b> <img src="http://192.0.2.1/x.png"> <a href="file:///etc/passwd">here</a>'
    payload = share_of(4, sender=evil, to=evil, talk_about=evil)
    writing = msgspec.structs.replace(payload.sessions[0].intentions[0], title=evil, text=evil)
    session = msgspec.structs.replace(payload.sessions[0], dose=evil, intentions=(writing,))
    view.show_payload(msgspec.structs.replace(payload, sessions=(session,)))
    shown = texts(view)
    assert shown.count(evil) >= 4  # talk about, dose, title, text
    assert all(made.textFormat() == Qt.TextFormat.PlainText for made in view.findChildren(QLabel))


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.LIGHT])
def test_other_looks_show_the_same(view: ReviewView, theme: Theme, share_of: Share, scheme: Scheme) -> None:
    view.show_payload(share_of(3, 4))
    view._on_part(1)
    before = "\n".join(texts(view))
    theme.apply(scheme, 150)
    view.restyle()
    # Tables of check-ins are cut into more of them.
    assert set("\n".join(texts(view)).splitlines()) == set(before.splitlines())


def test_closing_lets_go_of_all_of_it(qtbot, view: ReviewView, share_of: Share) -> None:
    view.show_payload(share_of(3, 4))
    view.close_payload()
    assert texts(view) == []
    assert view._payload is None and view._checkins is None and view._parts == []
    qtbot.keyClick(view, Qt.Key.Key_PageDown, CTRL)
    view.restyle()
    assert texts(view) == []


def test_a_share_of_nothing_but_words_to_begin_with(view: ReviewView, share_of: Share) -> None:
    view.show_payload(share_of(talk_about="Only this."))
    assert "Only this." in texts(view)
    view.show_sessions()


def test_the_chart_shows_what_changed_in_it(qtbot, view: ReviewView, share_of: Share) -> None:
    view.show_payload(share_of(3, 4))
    QApplication.processEvents()
    chart = view._checkins.chart

    def seen() -> QImage:
        QApplication.processEvents()
        return chart.grab().toImage()

    first = seen()
    assert seen() == first
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    read = seen()
    assert read != first  # what is read is marked
    qtbot.mouseClick(chips(view)["Calm"], Qt.MouseButton.LeftButton)
    other = seen()
    assert other != first and other != read
