"""A client's review: from the file to what is new, session by session, own comments, all of it by keys."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtWidgets import QApplication, QLabel

from journal.clock import FixedClock
from journal.records import CheckIn, Client, Comment, HardMoment, Session
from journal.records import Page as JournalPage
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.client_hands import add_client, entries, keep, moment, share
from tests.ui.pages.hands import gone
from tests.ui.pages.sharing import texts
from ui.pages.client import REMOVED, ClientPage
from ui.places import Place
from ui.widgets.lines_list import Line
from ui.widgets.panes import BESIDE, CONTENTS, READING
from ui.widgets.reading import ReadingView
from ui.widgets.reading_table import ReadingTable
from ui.window import MainWindow


def lines(page: ClientPage) -> list[Line]:
    return list(page.list.lines.lines)


def titles(page: ClientPage) -> list[tuple[str, str]]:
    return [(line.title, line.mark) for line in lines(page)]


def said(page: ClientPage) -> str:
    QApplication.processEvents()
    return "\n".join(texts(page.reading))


def stand(page: ClientPage, title: str) -> None:
    """Walk to the first line of the contents with this title, by its arrows' signal."""
    row = next(row for row, line in enumerate(lines(page)) if line.title.startswith(title))
    page.list.setCurrentIndex(page.list.lines.index(row))


def readings(page: ClientPage) -> list[ReadingView]:
    """The texts of the part that is shown, once all of it is there."""
    page.view.finish()
    return page.readings()


def comments(qtbot, window: MainWindow, received: str) -> list[Comment]:
    return [item.record for item in ask(qtbot, window, partial(JournalService.comments, received=received))]


@pytest.fixture
def ruth(qtbot, window_open: MainWindow) -> tuple[str, str, str]:
    """A client with two shares: the first was looked through, the second has a session more."""
    client = add_client(qtbot, window_open, "Ruth")
    first = keep(qtbot, window_open, client, share(entries(3)[:12], days=-8))
    ask(qtbot, window_open, partial(JournalService.mark_seen, received=first))
    second = keep(qtbot, window_open, client, share(entries(3, hard=True), talk="The corridor."))
    return client, first, second


@pytest.fixture
def page(qtbot, window_open: MainWindow, ruth) -> ClientPage:
    return go(qtbot, window_open, Place("client", eid=ruth[0]))


def test_the_newest_share_is_shown_with_what_is_new_in_words(page: ClientPage) -> None:
    assert titles(page) == [
        ("Share of 12 March 2026", ""), ("Since last time", "new"), ("Session 1 · 25 February", ""),
        ("Session 2 · 4 March", ""), ("Session 3 · 11 March", "6 new"), ("Side effects", "1 new"),
        ("What was hard", "1 new"),
        ("Share of 4 March 2026", ""), ("The first share", ""), ("Session 1 · 25 February", ""),
        ("Session 2 · 4 March", ""),
    ]  # fmt: skip
    assert "What they want to talk about" in said(page) and "The corridor." in said(page)


def test_a_session_shows_its_three_texts_side_by_side_and_marks_what_is_new(qtbot, window_open, page) -> None:
    window_open.resize(1700, 900)
    stand(page, "Session 3")
    QApplication.processEvents()
    one, two, three = readings(page)
    assert [one.toPlainText(), two.toPlainText(), three.toPlainText()] == [
        "Intention 3: to arrive.", "Experience 3: a door.", "Note 3: a walk.",
    ]  # fmt: skip
    left, middle, right = (made.mapTo(page, made.rect().topLeft()).x() for made in (one, two, three))
    assert left < middle < right
    assert said(page).splitlines().count("New") == 5  # three texts, and two check-ins
    stand(page, "Session 1")
    assert "New" not in said(page).splitlines()


def test_only_what_is_shown_is_made(qtbot, window_open: MainWindow) -> None:
    client = add_client(qtbot, window_open, "Ruth")
    pages = [(f"page{number:03d}", JournalPage(at=moment(-2), text=f"Page {number}")) for number in range(100)]
    keep(qtbot, window_open, client, share(entries(150) + pages))  # 1,002 entries
    page = go(qtbot, window_open, Place("client", eid=client))
    assert sum(page._shown[1].payload.counts.values()) > 1000
    for title, count in (
        ("Session 1 ", 3), ("Session 90 ", 3), ("Other texts, 1 to 40", 40), ("Other texts, 81 to 100", 20),
    ):  # fmt: skip
        stand(page, title)
        assert len(readings(page)) == count
        assert len(page.view.findChildren(QLabel)) < 200
    assert readings(page)[0].toPlainText() == "Page 80"
    page.begin_comment()
    assert page.comments._comment.place == 150 * 4 + 80


def test_a_passage_is_commented_on_by_keys_and_found_again(qtbot, window_open, page, ruth) -> None:
    stand(page, "Session 3")
    reading = readings(page)[1]
    reading.setFocus()
    reading.select(14, 20)
    press(qtbot, window_open, "Ctrl+M")
    assert QApplication.focusWidget() is page.comments.text
    assert page.comments.about.text() == "“a door”"
    qtbot.keyClicks(page.comments.text, "Which door?")
    press(qtbot, window_open, "Ctrl+Return")
    quiet(qtbot, window_open.context.tasks)
    (kept,) = comments(qtbot, window_open, ruth[2])
    assert (kept.text, kept.words, kept.field, kept.start, kept.end) == ("Which door?", "a door", "text", 14, 20)
    (line,) = page.comments.list.lines.lines
    assert (line.title, line.text) == ("Which door?", "“a door”\nSession 3 · 11 March · Not sent")
    stand(page, "Session 1")
    assert page.comments.list.lines.lines == ()
    stand(page, "Since last time")
    page.comments.list.setFocus()
    press(qtbot, window_open, "Return")
    assert page.list.key == f"{ruth[2]} 2"
    assert readings(page)[1].selection() == (14, 20)


def test_a_comment_is_changed_removed_and_comes_back(qtbot, window_open, page, ruth) -> None:
    op = partial(JournalService.comment, received=ruth[2], text="Which?", passage=(0, "", 0, 0))
    eid = ask(qtbot, window_open, op).eid
    quiet(qtbot, window_open.context.tasks)
    page.comments.open(eid)
    page.comments.text.setPlainText("Which one?")
    page.comments.keep.click()
    quiet(qtbot, window_open.context.tasks)
    assert [one.text for one in comments(qtbot, window_open, ruth[2])] == ["Which one?"]
    page.comments.open(eid)
    page.comments.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert comments(qtbot, window_open, ruth[2]) == []
    page.comments._on_undo()
    quiet(qtbot, window_open.context.tasks)
    assert [one.text for one in comments(qtbot, window_open, ruth[2])] == ["Which one?"]


def test_what_is_typed_is_sealed_and_goes_on_after_the_process_is_gone(
    qtbot, window_open: MainWindow, page, ruth, tmp_path: Path
) -> None:
    stand(page, "Session 3")
    page.begin_comment()
    qtbot.keyClicks(page.comments.text, "Not done yet")
    window_open.stack.seal()
    quiet(qtbot, window_open.context.tasks)
    assert gone(tmp_path / "journal.vault").texts == ["Not done yet"]
    go(qtbot, window_open, Place("today"))
    draft = ask(qtbot, window_open, JournalService.drafts)[0]
    go(qtbot, window_open, Place("client", eid=draft.eid, kind="comment"))
    assert page.list.key == f"{ruth[2]} 2"
    (line,) = page.comments.list.lines.lines
    assert (line.title, line.mark) == ("Not done yet", "not kept yet")
    page.comments.open(draft.eid)
    qtbot.keyClicks(page.comments.text, "now: ")
    page.comments.keep.click()
    quiet(qtbot, window_open.context.tasks)
    assert [one.text for one in comments(qtbot, window_open, ruth[2])] == ["now: Not done yet"]
    assert ask(qtbot, window_open, JournalService.drafts) == ()


def test_a_comment_that_cannot_be_kept_stays_in_its_field(qtbot, window_open, page, ruth, full_disk) -> None:
    stand(page, "Session 3")
    page.begin_comment()
    page.comments.text.setPlainText("Which door? " * 800)
    with full_disk():
        page.comments.keep.click()
        quiet(qtbot, window_open.context.tasks)
    assert page.comments.banner.text
    assert page.comments.text.value() == "Which door? " * 800
    page.comments.keep.click()
    quiet(qtbot, window_open.context.tasks)
    assert len(comments(qtbot, window_open, ruth[2])) == 1


def test_looked_through_is_said_in_the_list(qtbot, window_open, page) -> None:
    assert lines(page)[0].text == "Not looked through yet"
    page.seen.click()
    quiet(qtbot, window_open.context.tasks)
    assert lines(page)[0].text == "Looked through 12 Mar 2026"
    assert not any(mark for _, mark in titles(page)) and "all looked through" in "\n".join(texts(page.contents))
    assert not page.seen.isEnabled()
    (row,) = ask(qtbot, window_open, JournalService.clients)
    assert row.unseen == 0


def test_a_text_with_other_words_is_said_to_be_changed(qtbot, window_open: MainWindow) -> None:
    client = add_client(qtbot, window_open, "Ruth")
    before = entries(2)
    keep(qtbot, window_open, client, share(before, days=-8))
    after = [
        (eid, structs.replace(one, text=f"{one.text} It was warm.")) if eid == "exp2" else (eid, one)
        for eid, one in before
    ]
    more = CheckIn(at=moment(-1, 20), mood=3, session="session002".ljust(32, "0"))
    written = JournalPage(at=moment(0), text="A page.")
    keep(qtbot, window_open, client, share([*after, ("page", written), ("in", more)]))
    (row,) = ask(qtbot, window_open, JournalService.clients)
    assert (row.new, row.changed) == ({"page": 1, "checkin": 1}, {"experience": 1})
    clients = go(qtbot, window_open, Place("clients"))
    assert "new in it: 1 journal page, 1 check-in · changed in it: 1 experience" in clients.list.lines.lines[0].text
    page = go(qtbot, window_open, Place("client", eid=client))
    assert "New in it: 1 journal page, 1 check-in. Changed in it: 1 experience." in said(page)
    assert titles(page)[1:5] == [
        ("Since last time", "new"), ("Session 1 · 4 March", ""), ("Session 2 · 11 March", "1 new"),
        ("Other texts", "1 new"),
    ]  # fmt: skip
    assert lines(page)[3].text == "1 changed"
    stand(page, "Session 2")
    assert said(page).splitlines().count("Changed") == 1


def test_a_new_hard_moment_is_said_to_be_new_behind_many_shares(qtbot, window_open: MainWindow) -> None:
    """More shares than stay opened: what was worked out from one reading of a share holds for the next, too."""
    client = add_client(qtbot, window_open, "Ruth")
    every = [(f"hard{one:02d}", HardMoment(at=moment(one - 40), note=f"Door {one}.", talk=True)) for one in range(26)]
    for number in range(26):
        keep(qtbot, window_open, client, share(every[max(0, number - 1) : number + 1], days=number - 30))
    for _ in range(2):
        page = go(qtbot, window_open, Place("client", eid=client))
        told = said(page).splitlines()
        at = [told.index(note) - 1 for note in ("Door 25.", "Door 24.")]
        assert [told[place] for place in at] == ["New: 25 February 2026, a bit hard", "24 February 2026, a bit hard"]
        go(qtbot, window_open, Place("clients"))


def test_days_of_another_year_say_it(qtbot, window_open: MainWindow) -> None:
    client = add_client(qtbot, window_open, "Ruth")
    old = ("old".ljust(32, "0"), Session(starts=moment(-150), number=1, happened=True))
    seen = [("early", CheckIn(at=moment(-149), mood=4)), ("late", CheckIn(at=moment(-2), mood=6))]
    keep(qtbot, window_open, client, share([old, *seen]))
    page = go(qtbot, window_open, Place("client", eid=client))
    assert titles(page)[2] == ("Session 1 · 13 October 2025", "3 new")
    stand(page, "Session 1")
    page.view.finish()
    (table,) = page.view.findChildren(ReadingTable)
    heads = table.toPlainText().replace("\u2028", "\n").splitlines()
    assert "14 October 2025" in heads and "10 March" in heads


def test_a_share_is_removed_with_its_comments_and_comes_back(qtbot, window_open, page, ruth) -> None:
    op = partial(JournalService.comment, received=ruth[2], text="Which?", passage=(0, "", 0, 0))
    ask(qtbot, window_open, op)
    page.contents.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert [line.title for line in lines(page) if line.head] == ["Share of 4 March 2026"]
    assert page.banner.text == REMOVED and "The first share" in said(page)
    page._on_undo()
    quiet(qtbot, window_open.context.tasks)
    assert len([line for line in lines(page) if line.head]) == 2
    assert len(comments(qtbot, window_open, ruth[2])) == 1


def test_keys_lead_from_one_new_thing_to_the_next(qtbot, window_open, page) -> None:
    found = []
    for _ in range(4):  # the last stays: the share below was looked through
        press(qtbot, window_open, "Ctrl+Shift+PgDown")
        found.append(next(line.title for line in lines(page) if line.key == page.list.key))
    assert found == ["Session 3 · 11 March", "Side effects", "What was hard", "What was hard"]
    press(qtbot, window_open, "Ctrl+Shift+PgUp")
    assert "Side effects" in said(page)


def test_home_and_end_lead_to_the_first_and_the_last_of_the_contents(qtbot, window_open, page) -> None:
    page.list.setFocus()
    press(qtbot, window_open, "End")
    assert page.list.key == lines(page)[-1].key and "Session 2" in said(page)
    press(qtbot, window_open, "Home")
    assert page.list.key == lines(page)[1].key and "Since last time" in said(page)
    heading = page.list.visualRect(page.list.lines.index(0))
    assert heading.top() >= 0 and page.list.viewport().rect().contains(heading)  # it can be seen, too


def test_a_long_text_is_read_by_keys_from_within(qtbot, window_open: MainWindow) -> None:
    client = add_client(qtbot, window_open, "Ruth")
    text = "A line of it.\n" * 400
    keep(qtbot, window_open, client, share([("page", JournalPage(at=moment(-2), text=text))]))
    page = go(qtbot, window_open, Place("client", eid=client))
    stand(page, "Other texts")
    (reading,) = readings(page)
    bar = page.reading.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    reading.setFocus()
    press(qtbot, window_open, "PgDown")
    assert 100 < bar.value() < 1000
    press(qtbot, window_open, "Ctrl+End")
    assert bar.value() > bar.maximum() - 200  # the cursor went there, and is seen


def test_keys_lead_through_the_panes_and_the_contents(qtbot, window_open, page) -> None:
    page.list.setFocus()
    for expected in (page.reading, page.comments.list):
        press(qtbot, window_open, "F6")
        if expected.isVisible():
            assert QApplication.focusWidget() is expected
    page.panes.go_to(CONTENTS)
    first = page.list.key
    press(qtbot, window_open, "Ctrl+PgDown")
    assert page.list.key != first and "Session 1" in said(page)
    press(qtbot, window_open, "Ctrl+PgUp")
    assert page.list.key == first
    press(qtbot, window_open, "Down")
    assert "Session 1" in said(page) and QApplication.focusWidget() is page.list
    press(qtbot, window_open, "Return")
    assert QApplication.focusWidget() is page.reading


@pytest.mark.parametrize(
    ("scale", "size", "start", "beside"),
    [
        (100, (1700, 900), (CONTENTS, READING, BESIDE), (CONTENTS, READING, BESIDE)),
        (100, (900, 600), (CONTENTS, READING), (READING, BESIDE)),
        (200, (900, 600), (CONTENTS,), (BESIDE,)),
    ],
)
def test_panes_take_the_room_there_is(qtbot, window_open, page, theme, scale, size, start, beside) -> None:
    theme.apply(scale=scale)
    window_open.resize(*size)
    QApplication.processEvents()
    held = (page.panes._panes[number] for number in range(3))
    left, middle, right = held
    assert tuple(n for n, pane in enumerate((left, middle, right)) if pane.isVisible()) == start
    stand(page, "Session 1")
    page.begin_comment()
    assert tuple(n for n, pane in enumerate((left, middle, right)) if pane.isVisible()) == beside


def test_three_clients_and_nine_shares(qtbot, window_open: MainWindow, clock: FixedClock) -> None:
    for client in ("Anna", "Ben", "Ruth"):
        eid = add_client(qtbot, window_open, client)
        for visit in range(3):
            clock.at = NOW + timedelta(days=7 * visit)
            received = keep(qtbot, window_open, eid, share(entries(1 + visit), sender=client, days=7 * visit))
            if client == "Ben":
                ask(qtbot, window_open, partial(JournalService.mark_seen, received=received))
    rows = ask(qtbot, window_open, JournalService.clients)
    assert [(row.client.name, row.shares, row.unseen) for row in rows] == [
        ("Anna", 3, 3), ("Ruth", 3, 3), ("Ben", 3, 0),
    ]  # fmt: skip
    for row in rows:
        page = go(qtbot, window_open, Place("client", eid=row.eid))
        assert sum(line.head for line in lines(page)) == 3
        assert page.contents.name.text() == row.client.name
        assert "7 days after the share before it" in said(page)


def test_a_client_that_is_gone_is_said_calmly(qtbot, window_open: MainWindow, page, ruth) -> None:
    ask(qtbot, window_open, partial(JournalService.remove_client, client=ruth[0]))
    quiet(qtbot, window_open.context.tasks)
    assert "not here" in page.banner.text and lines(page) == [] and page.readings() == []
    window_open.menu_actions["undo"].trigger()
    page = go(qtbot, window_open, Place("client", eid=ruth[0]))
    assert page.banner.text == "" and len(lines(page)) > 2


def test_a_client_without_shares_says_how_one_gets_there(qtbot, window_open: MainWindow) -> None:
    op = partial(JournalService.save, record=Client(name="Anna", added=moment(0)))
    eid = ask(qtbot, window_open, op).eid
    page = go(qtbot, window_open, Place("client", eid=eid))
    assert "No share of theirs is kept here yet" in said(page)
    assert not page.seen.isEnabled()
