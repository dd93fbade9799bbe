"""A therapist's pages, looked over in both schemes, in large text, and in a small window; and for reading only."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from journal.records import Client, Comment, Compared, Contact
from journal.service import JournalService
from journal.share import generate_identity
from tests.ui.conftest import PASSWORD, answer, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.client_hands import add_client, entries, keep, moment, share
from tests.ui.pages.test_looks import LOOKS
from ui import audit
from ui.places import Place
from ui.theme import Scheme, Theme
from ui.widgets.panes import BESIDE, CONTENTS, READING
from ui.window import MainWindow


def faults(qtbot, window: MainWindow) -> list[str]:
    for _ in range(3):  # what is laid out anew moves what stands beside it
        quiet(qtbot, window.context.tasks)
        QApplication.processEvents()
    return audit.faults(window)


@pytest.mark.parametrize(("scheme", "scale", "size"), [*LOOKS, (Scheme.LIGHT, 100, (1700, 900))])
def test_nothing_is_clipped_covered_or_nameless(
    qtbot, window_open: MainWindow, theme: Theme, scheme: Scheme, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(scheme, scale)
    window_open.resize(*size)
    client = add_client(qtbot, window_open, "Ruth")
    found = {}
    for name in ("clients", "client", "edit-client", "compare"):
        go(qtbot, window_open, Place(name, eid=client if name != "clients" else None))
        found[f"{name} without a share"] = faults(qtbot, window_open)
    keep(qtbot, window_open, client, share(entries(3)[:12], days=-8))
    keep(qtbot, window_open, client, share(entries(3, hard=True), talk="The corridor."))
    for name in ("clients", "compare"):
        go(qtbot, window_open, Place(name, eid=client if name == "compare" else None))
        found[name] = faults(qtbot, window_open)
    page = go(qtbot, window_open, Place("client", eid=client))
    for line in page.list.lines.lines:
        if line.head:
            continue
        page.list.stand_on(line.key)
        page._show(line.key)
        for pane in (CONTENTS, READING):
            page.panes.show_pane(pane)
            found[f"{line.title} {pane}"] = faults(qtbot, window_open)
    page.begin_comment()
    page.panes.show_pane(BESIDE)
    found["a comment"] = faults(qtbot, window_open)
    review = go(qtbot, window_open, Place("review"))
    review.keep.offer(share(entries(1)), "")
    review.view.show_payload(share(entries(1)))
    review.stack.setCurrentIndex(1)
    found["keep"] = faults(qtbot, window_open)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("scale", "size"), [(100, (1120, 760)), (200, (900, 600))])
def test_there_is_never_one_scroll_bar_within_another(
    qtbot, window_open: MainWindow, theme: Theme, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(Scheme.LIGHT, scale)
    window_open.resize(*size)
    client = add_client(qtbot, window_open, "Ruth")
    received = keep(qtbot, window_open, client, share(entries(30)))
    for place in range(12):
        op = partial(JournalService.comment, received=received, text=f"Ask {place}.", passage=(place, "", 0, 0))
        answer(qtbot, partial(window_open.context.tasks.ask, op))
    page = go(qtbot, window_open, Place("client", eid=client))
    for pane in (CONTENTS, BESIDE):
        page.panes.go_to(pane)
        faults(qtbot, window_open)  # all of it is laid out
        lines = page.panes._targets[pane]
        outer = page.contents if pane == CONTENTS else page.comments._pane
        assert not (lines.verticalScrollBar().maximum() and outer.verticalScrollBar().maximum())
        assert lines.verticalScrollBar().maximum() or outer.verticalScrollBar().maximum()
        press(qtbot, window_open, "End")
        at = lines.viewport().mapTo(outer, lines.visualRect(lines.currentIndex()).center())
        assert outer.rect().contains(at)  # where one walks to is seen


def test_for_reading_only_all_can_be_read_and_nothing_is_offered_that_writes(
    qtbot, context, tmp_path, theme: Theme
) -> None:
    from journal.vault import FAST
    from ui.pages.client import ClientPage
    from ui.pages.clients import ClientsPage
    from ui.widgets.keep_share import READING_ONLY, KeepShare

    path = tmp_path / "journal.vault"
    service, _ = JournalService.create(path, PASSWORD, profile=FAST, clock=context.clock, state_dir=tmp_path / "s")
    client = service.save(Client(name="Ruth", added=moment(0))).eid
    payload = share(entries(2))
    received = service.take_in(payload, client).eid
    service.comment(received, "Ask.", (0, "", 0, 0))
    service.close()
    opener = partial(JournalService.open, path, password=PASSWORD, read_only=True, state_dir=tmp_path / "s")
    answer(qtbot, partial(context.tasks.open, opener))
    listed, page, offered = ClientsPage(context), ClientPage(context), KeepShare(context)
    for made, place in ((listed, Place("clients")), (page, Place("client", eid=client))):
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        made.show_place(place)
        quiet(qtbot, context.tasks)
    assert [line.title for line in listed.list.lines.lines] == ["Ruth"]
    assert not any(made.isVisible() for made in (listed.add, listed.change, listed.remove))
    assert not any(made.isVisible() for made in (page.seen, page.change, page.comments.new))
    (line,) = page.comments.list.lines.lines
    page.comments.open(line.key)
    page.begin_comment()
    assert not page.comments.text.isVisible()
    assert isinstance(page.comments._kept[line.key], Comment)
    qtbot.addWidget(offered)
    for one, said in ((payload, "You have this share already"), (share(entries(1)), READING_ONLY)):
        offered.offer(one, "")
        quiet(qtbot, context.tasks)
        assert offered.said.text().startswith(said)
        assert not offered.keep.isVisibleTo(offered)


def test_a_proved_copy_is_offered_in_the_place_of_the_kept_one(qtbot, window_open: MainWindow) -> None:
    from ui.widgets.keep_share import KeepShare

    tasks, address, name = window_open.context.tasks, generate_identity().recipient, "Ruth"
    made = (
        f"Made by {name}. Words compared on 12 March 2026, in person. Only you and {name} could have made this, so "
        "it proves it to you and to nobody else."
    )
    payload = share(entries(1))
    client = add_client(qtbot, window_open, "Somebody")
    eid = keep(qtbot, window_open, client, payload)
    contact = Contact(name=name, recipient=address, checked=moment(0), how=Compared.IN_PERSON)
    ask(qtbot, window_open, partial(JournalService.save, record=contact))
    anna = made.replace(name, "Anna")
    op = partial(JournalService.take_in, payload=share(entries(3)), client=client, maker=anna)
    ask(qtbot, window_open, op)
    add_client(qtbot, window_open, "Anna")  # first in the list, and not whose it is
    offered, gone = KeepShare(window_open.context), []
    qtbot.addWidget(offered)
    offered.go.connect(gone.append)
    offered.offer(payload, made, address)
    quiet(qtbot, tasks)
    assert offered.said.text().startswith("You have this share already: kept with Somebody on ")
    assert "of this copy it is" in offered.said.text() and offered.see.isVisible()
    assert not offered.who.isVisible() and offered.whose.maker.isVisible() and offered.whose.maker.text() == made
    against = "Other shares of Somebody are proved to be made by Anna. This one is not."
    assert offered.whose.against.isVisible() and offered.whose.against.text() == against
    assert offered.keep.text() == "Keep this copy instead" and offered.keep.isEnabled()
    offered.keep.click()
    quiet(qtbot, tasks)
    assert [place.eid for place in gone] == [eid]
    assert ask(qtbot, window_open, partial(JournalService.get, eid=eid)).record.maker == made
    offered.offer(payload, made, address)
    quiet(qtbot, tasks)
    assert "It can take" not in offered.said.text() and not offered.keep.isVisible()
    offered.offer(share(entries(2)), "")
    quiet(qtbot, tasks)
    assert offered.keep.text() == "Keep it" and offered.who.isVisible()
