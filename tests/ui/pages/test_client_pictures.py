"""A share that is kept with a client keeps its pictures: sealed, and in their places when it is read again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from journal.records import Compared, Contact
from journal.service import JournalService
from journal.share import Payload, SharedPicture, container, envelope, generate_identity, redraw
from journal.share.container import Part
from journal.share.file import pack
from journal.share.picture import PART
from tests.journal.share.laden import LADEN
from tests.ui.conftest import quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press
from tests.ui.pages.client_hands import add_client, entries, keep, moment, share
from tests.ui.pages.sharing import texts
from tests.ui.pages.test_client_review import stand
from ui.pages.client import ClientPage
from ui.places import Place
from ui.review.pictures_view import PictureFigure
from ui.widgets.panes import BESIDE, READING
from ui.window import MainWindow

DRAWN = redraw(LADEN["jpeg"])


def with_picture(payload: Payload) -> Payload:
    one = SharedPicture(
        place=2, wide=DRAWN.wide, high=DRAWN.high, several=False, caption="The door", data=DRAWN.data
    )
    return msgspec.structs.replace(payload, pictures=(one,))


def figures(qtbot, page: ClientPage) -> list[PictureFigure]:
    quiet(qtbot, page.context.tasks)
    found = page.view.findChildren(PictureFigure)
    qtbot.waitUntil(lambda: all(one.is_shown for one in found))
    return found


@pytest.fixture
def clients(qtbot, window_open: MainWindow) -> tuple[str, Payload]:
    """A client with a share without pictures, and then one with a picture."""
    client = add_client(qtbot, window_open, "Ruth")
    keep(qtbot, window_open, client, share(entries(1), days=-8))
    payload = with_picture(share(entries(2)))
    keep(qtbot, window_open, client, payload)
    return client, payload


def test_a_picture_stands_in_its_session_and_in_no_other_share(qtbot, window_open: MainWindow, clients) -> None:
    page = go(qtbot, window_open, Place("client", eid=clients[0]))
    assert figures(qtbot, page) == []
    stand(page, "Session 1")
    (figure,) = figures(qtbot, page)
    assert figure.picture == clients[1].pictures[0]
    assert "The door" in texts(page.reading)
    stand(page, "Session 2")
    assert figures(qtbot, page) == []
    page.list.setCurrentIndex(page.list.lines.index(page.list.lines.rowCount() - 3))
    assert figures(qtbot, page) == []
    stand(page, "Session 1")
    assert len(figures(qtbot, page)) == 1
    page.restyle()
    assert len(figures(qtbot, page)) == 1


def test_what_is_new_tells_of_pictures(qtbot, window_open: MainWindow, clients) -> None:
    client, payload = clients
    again = msgspec.structs.replace(payload, share="e" * 32, made=payload.made + timedelta(days=1))
    eid = keep(qtbot, window_open, client, again)
    page = go(qtbot, window_open, Place("client", eid=eid, kind="received"))
    quiet(qtbot, window_open.context.tasks)
    shown = " ".join(texts(page.reading))
    assert "No words in it that were not in an earlier share. It holds 1 picture; which of them are new" in shown
    assert "1 picture." in shown.partition("It covers ")[2]


def test_a_share_that_was_just_kept_is_read_where_one_pane_has_room(qtbot, window_open: MainWindow, clients) -> None:
    client, payload = clients
    window_open.resize(900, 600)
    page = go(qtbot, window_open, Place("client", eid=client))
    page.panes.go_to(BESIDE)
    eid = keep(qtbot, window_open, client, msgspec.structs.replace(payload, share="e" * 32))
    page = go(qtbot, window_open, Place("client", eid=eid, kind="received"))
    quiet(qtbot, window_open.context.tasks)
    assert page.panes.current == READING and page.reading.isVisible()


def test_from_the_file_to_the_client_a_spoiled_one_is_told(
    qtbot, window_open: MainWindow, tmp_path: Path
) -> None:
    payload = with_picture(share(entries(1)))
    payload = msgspec.structs.replace(payload, pictures=payload.pictures * 2)
    whole = container.unpack(pack(payload))
    spoiled = (whole.others[0], Part(PART, whole.others[1].body + b"canary"))
    address = ask(qtbot, window_open, JournalService.identity)
    file = tmp_path / "s.age"
    file.write_bytes(envelope.seal_for_recipients(container.pack(whole._replace(others=spoiled)), [address]))
    review = go(qtbot, window_open, Place("review"))
    review.open_file(file)
    qtbot.waitUntil(lambda: review.stack.currentIndex() == 1)
    quiet(qtbot, window_open.context.tasks)
    assert any(text.startswith("1 picture of this share is missing, or not in") for text in texts(review.view))
    (figure,) = review.view.findChildren(PictureFigure)
    qtbot.waitUntil(lambda: figure.is_shown)
    review.keep.keep.click()
    quiet(qtbot, window_open.context.tasks)
    page = window_open.stack.page("client")
    stand(page, "Session 1")
    (again,) = figures(qtbot, page)
    assert again.picture == figure.picture


def test_pictures_that_cannot_be_read_leave_the_words(qtbot, window_open: MainWindow, clients) -> None:
    client, payload = clients
    other = msgspec.structs.replace(share(entries(1)), share="0" * 32)
    record = ask(qtbot, window_open, partial(JournalService.find, eid=keep(qtbot, window_open, client, other))).record
    op = partial(JournalService._keep_with_pictures, record=record, payload=payload, beside=())
    taken = ask(qtbot, window_open, op)
    page = go(qtbot, window_open, Place("client", eid=taken.eid, kind="received"))
    quiet(qtbot, window_open.context.tasks)
    assert page.banner.text.startswith("The pictures of this share are not what was kept.")
    press(qtbot, window_open, "Ctrl+PgDown")  # of three shares of one day, this one
    assert page.list.key == f"{taken.eid} 0"
    assert figures(qtbot, page) == []


MADE = (
    "Made by Ruth. Words compared on 12 March 2026, in person. Only you and Ruth could have made this, so it proves "
    "it to you and to nobody else."
)


def saved(qtbot, page: ClientPage, prompter: FakePrompter, path: Path) -> str:
    """The text of the report that “Save as…” makes of what is read."""
    saving = page.head.saving
    prompter.answers = [True, path]
    next(one for one in saving.menu.actions() if one.data() == "pdf-all").trigger()
    qtbot.waitUntil(lambda: path.exists() and saving.button.isEnabled(), timeout=20_000)
    return "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(path))


@pytest.mark.parametrize("away", [False, True], ids=["while it is read", "on coming back"])
def test_another_copy_in_its_place_is_shown_and_saved_and_undo_brings_the_first_back(
    qtbot, window_open: MainWindow, clients, prompter: FakePrompter, tmp_path: Path, away: bool
) -> None:
    client, payload = clients
    address = generate_identity().recipient
    contact = Contact(name="Ruth", recipient=address, checked=moment(0), how=Compared.IN_PERSON)
    ask(qtbot, window_open, partial(JournalService.save, record=contact))
    other = msgspec.structs.replace(payload.pictures[0], caption="The gate")
    proved = msgspec.structs.replace(payload, pictures=(other,))
    keep_instead = partial(JournalService.take_in, payload=proved, client=client, maker=MADE, address=address)
    page = go(qtbot, window_open, Place("client", eid=client))
    stand(page, "Session 1")
    (figure,) = figures(qtbot, page)
    assert figure.picture.caption == "The door"
    steps = ((keep_instead, "The gate", MADE), (JournalService.undo, "The door", ""))
    for number, (step, caption, maker) in enumerate((*steps, (JournalService.redo, "The gate", MADE))):
        if away:
            go(qtbot, window_open, Place("clients"))
        ask(qtbot, window_open, step)
        if away:
            go(qtbot, window_open, Place("client", eid=client))
        (figure,) = figures(qtbot, page)
        assert (figure.picture.caption, page.shared().received.maker) == (caption, maker)
        report = saved(qtbot, page, prompter, tmp_path / f"{number}.pdf")
        assert [one for one in ("The door", "The gate") if one in report] == [caption]


def test_more_pictures_of_the_same_maker_are_shown_and_saved(
    qtbot, window_open: MainWindow, clients, prompter: FakePrompter, tmp_path: Path
) -> None:
    """Nothing of the share itself differs then."""
    client, payload = clients
    more = (*payload.pictures, msgspec.structs.replace(payload.pictures[0], caption="The gate"))
    page = go(qtbot, window_open, Place("client", eid=client))
    stand(page, "Session 1")
    assert len(figures(qtbot, page)) == 1
    before = page.shared().received
    keep(qtbot, window_open, client, msgspec.structs.replace(payload, pictures=more))
    assert [one.picture.caption for one in figures(qtbot, page)] == ["The door", "The gate"]
    assert page.shared().received == before
    assert "The gate" in saved(qtbot, page, prompter, tmp_path / "more.pdf")


def test_a_proved_copy_without_pictures_takes_the_others_out_of_what_is_shown_and_saved(
    qtbot, window_open: MainWindow, clients, prompter: FakePrompter, tmp_path: Path
) -> None:
    client, payload = clients
    address = generate_identity().recipient
    contact = Contact(name="Ruth", recipient=address, checked=moment(0), how=Compared.IN_PERSON)
    ask(qtbot, window_open, partial(JournalService.save, record=contact))
    page = go(qtbot, window_open, Place("client", eid=client))
    stand(page, "Session 1")
    assert len(figures(qtbot, page)) == 1
    bare = msgspec.structs.replace(payload, pictures=())
    op = partial(JournalService.take_in, payload=bare, client=client, maker=MADE, address=address)
    ask(qtbot, window_open, op)
    assert figures(qtbot, page) == []
    assert "The door" not in saved(qtbot, page, prompter, tmp_path / "bare.pdf")
