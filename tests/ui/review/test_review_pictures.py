"""Pictures of a share stand at their entries, are taken apart aside, and open larger; a hostile one hurts nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as IMAGE
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from journal.report import MAKERS
from journal.share import Payload, SharedPicture, redraw
from tests.journal.share.laden import LADEN, encoded, image
from tests.ui.conftest import NOW
from tests.ui.pdf.reading import Read
from ui.pdf.everything import everything_pdf
from ui.pdf.report import report_pdf
from ui.review.pictures_view import NOT_SHOWN, LargePicture, PictureFigure
from ui.review.view import ReviewView
from ui.theme import Theme

Share = Callable[..., Payload]
DRAWN = redraw(LADEN["png"])
LARGE = redraw(encoded(image(3000, 1200), "JPEG"))


def picture(place: int, caption: str = "", drawn: Any = DRAWN, data: bytes = b"") -> SharedPicture:
    return SharedPicture(
        place=place, wide=drawn.wide, high=drawn.high, several=False, caption=caption, data=data or drawn.data
    )


def spoiled() -> bytes:
    """In the one form as far as its heads go, with a scan that cannot be read."""
    scan = DRAWN.data.index(b"\xff\xda") + 14
    tables = DRAWN.data.index(b"\xff\xc4") + 5
    broken = bytearray(DRAWN.data)
    broken[tables : tables + 16] = bytes([sum(DRAWN.data[tables : tables + 16])]) + bytes(15)
    return bytes(broken[:scan]) + b"\xfe" * 40 + b"\xff\xd9"


@pytest.fixture
def view(qtbot, theme: Theme) -> ReviewView:
    made = ReviewView(theme)
    qtbot.addWidget(made)
    made.resize(1240, 820)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def payload(share_of: Share) -> Payload:
    """A session with a picture, its experience with one, a check-in with one, another text with one."""
    whole = share_of(4, loose=True)
    session, writing = 0, 1
    loose = whole.place_of(1)
    checkin = loose + len(whole.writings)
    pictures = (picture(session), picture(writing, "The door", LARGE), picture(loose), picture(checkin, "<b>x</b>"))
    return msgspec.structs.replace(whole, pictures=pictures)


def shown(qtbot, widget: QWidget) -> list[PictureFigure]:
    QApplication.processEvents()  # what was put into a layout is shown now
    found = [one for one in widget.findChildren(PictureFigure) if one.isVisibleTo(widget)]
    qtbot.waitUntil(lambda: all(one.is_shown or not one.said.isHidden() for one in found))
    return found


def test_each_picture_stands_at_its_entry_and_nowhere_else(qtbot, view: ReviewView, payload: Payload) -> None:
    view.show_payload(payload)
    seen: list[SharedPicture] = []
    for place in range(len(view._parts)):
        view._on_part(place)
        seen += [figure.picture for figure in shown(qtbot, view)]
        assert all(figure.is_shown for figure in shown(qtbot, view))
    assert sorted(seen, key=lambda one: one.place) == list(payload.pictures)
    view._on_part(0)
    labels = [made.text() for made in view.findChildren(QLabel)]
    assert "The door" in labels
    assert any("4 pictures" in text for text in labels)


def test_a_picture_is_as_wide_as_there_is_room_and_keeps_its_shape(qtbot, theme: Theme) -> None:
    figure = PictureFigure(theme, picture(0, "A long thing", LARGE))
    qtbot.addWidget(figure)
    figure.show()
    qtbot.waitUntil(lambda: figure.is_shown)
    for wide in (600, 200):
        figure.resize(wide, figure.heightForWidth(wide))
        assert figure.thumb.heightForWidth(min(wide, 440)) == pytest.approx(min(wide, 440) * 0.4, abs=2)
    assert figure.thumb.image.size() == QSize(440, 175)
    assert figure.thumb.accessibleName() == "A long thing. A picture, 2048 by 819 pixels"


def test_one_that_cannot_be_read_is_said_in_a_sentence_and_the_rest_is_shown(
    qtbot, view: ReviewView, share_of: Share
) -> None:
    whole = share_of(4)
    pictures = (picture(0, data=spoiled()), picture(0, "whole"))
    view.show_payload(msgspec.structs.replace(whole, pictures=pictures), spoiled=2)
    first, second = shown(qtbot, view)
    assert second.is_shown and second.said.isHidden()
    assert not first.is_shown and first.said.text() == NOT_SHOWN and first.thumb.isHidden()
    labels = [made.text() for made in view.findChildren(QLabel)]
    assert any(text.startswith("2 pictures of this share are missing") for text in labels)


def test_it_opens_larger_by_click_and_by_keys(qtbot, view: ReviewView, payload: Payload) -> None:
    view.show_payload(payload)
    figure = shown(qtbot, view)[0]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(figure.thumb, key)
        dialog = view.window().findChild(LargePicture)
        qtbot.waitUntil(lambda dialog=dialog: not dialog.view.canvas.image.isNull())
        assert dialog.view.accessibleDescription() == "A picture, 80 by 60 pixels"
        with qtbot.waitSignal(dialog.destroyed):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_share_is_let_go_while_its_pictures_are_taken_apart(qtbot, view: ReviewView, payload: Payload) -> None:
    view.show_payload(payload)
    view.close_payload()
    qtbot.waitUntil(lambda: view.findChildren(PictureFigure) == [])


@pytest.mark.parametrize("make", [everything_pdf, report_pdf])
def test_on_paper_the_pictures_are_there_with_their_words(qapp, payload: Payload, make: Any) -> None:
    read = Read(make(payload, family="Noto Sans"))
    assert "The door" in read.flat
    found = [thing for page in read.pages for thing in page.get_objects() if thing.type == IMAGE]
    assert len(found) >= 3
    reds = [read.colour(number)[..., 2] - 1.0 * read.colour(number)[..., 0] for number in range(len(read.pages))]
    assert any((red > 150).any() for red in reds)


def test_forms_without_pictures_say_that_they_are_not_in_them(payload: Payload) -> None:
    for form in ("md", "fhir"):
        text = MAKERS[form](payload, NOW).decode()
        assert "The door" in text and "It is not in this file." in text
    assert b"picture" not in MAKERS["csv"](payload, NOW)
