"""Whatever the file holds is on the page, in the window and on the plain page alike: offsets too, and what belongs to
which session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

import msgspec
from PySide6.QtWidgets import QApplication, QLabel

from journal.records import HowHard, Onset, Whom
from journal.share import (
    Payload,
    SharedCheckIn,
    SharedCommitment,
    SharedEffect,
    SharedHard,
    SharedQuestion,
    SharedScale,
    plain_page,
)
from journal.share.html.page import page
from journal.share.payload import payload_of
from tests.journal.share.samples import everything
from tests.ui.pdf.reading import Read
from ui.pdf.everything import everything_pdf
from ui.review.view import ReviewView
from ui.theme import Theme, good_family
from ui.widgets.reading import ReadingView

DAY = date(2026, 10, 12)
AT = datetime(2026, 10, 12, 14, 37, tzinfo=timezone(timedelta(hours=2)))
WEST = timezone(timedelta(hours=-3))
replace = msgspec.structs.replace


def whole() -> Payload:
    """A share with a time, and a session, in each place where there can be one."""
    base = everything()
    return payload_of(
        share="5" * 32, made=DAY, made_at=AT, sender="", to="", talk_about="", left_out=None,
        sessions=tuple(replace(one, at=AT, day=DAY, notes="") for one in base.sessions[:1]),
        writings=tuple(replace(one, at=AT, day=DAY) for one in base.writings[:1]),
        checkins=(
            SharedCheckIn(day=DAY, at=AT, session=0, window=None, mood=3, interest=None, calm=None, energy=None,
                          connection=None, distress=None, sleep=None, note="beside it"),
        ),
        scales=(
            SharedScale(day=DAY, at=AT, session=0, scale="", version=0, title="A test", total=3.0, low=None,
                        high=None, answered=0, expected=0, prorated=False, why_none="", told=True, told_by="",
                        items=(), note=""),
        ),
        effects=(
            SharedEffect(what="dizzy", day=DAY, at=AT, onset=Onset.TIME, strength=None, gone=DAY, gone_at=AT,
                         session=0, note=""),
        ),
        hard=(SharedHard(day=DAY, at=AT, session=0, how=HowHard.BIT, talk=False, still=None, note=""),),
        commitments=(
            SharedCommitment(day=DAY, session=0, text="walk", where="", who="", outcome=None, note=""),
        ),
        questions=(
            SharedQuestion(day=DAY, session=0, whom=Whom.THERAPY, text="What now?", asked=False, answer=""),
        ),
    )  # fmt: skip


def others() -> Iterator[tuple[str, Payload]]:
    """The same share with one thing changed."""
    was = whole()
    yield "made_at", replace(was, made_at=AT.replace(hour=3))
    yield "made_at, offset", replace(was, made_at=AT.replace(tzinfo=WEST))
    for name in ("sessions", "writings", "checkins", "scales", "effects", "hard", "commitments", "questions"):
        first, *rest = getattr(was, name)
        for field, value in (("at", AT), ("gone_at", AT), ("session", 0)):
            if getattr(first, field, None) == value:
                changed = None if field == "session" else AT.replace(tzinfo=WEST)
                yield f"{name}, {field}", replace(was, **{name: (replace(first, **{field: changed}), *rest)})


def seen(theme: Theme, payload: Payload) -> list[str]:
    """All that can be read in the window, part by part."""
    view = ReviewView(theme)
    view.show_payload(payload)
    found = []
    for place in range(len(view._parts)):
        view._on_part(place)
        QApplication.processEvents()
        found += [one.text() for one in view.findChildren(QLabel)]
        found += [one.toPlainText() for one in view.findChildren(ReadingView)]
    view.deleteLater()
    return sorted(found)


def test_two_shares_that_differ_read_differently(qtbot, theme: Theme) -> None:
    was = whole()
    shown = seen(theme, was)
    for name, other in others():
        assert plain_page(was) != plain_page(other), name
        assert page(was) != page(other), name
        assert shown != seen(theme, other), name


def test_times_have_their_offset_everywhere(qtbot, theme: Theme) -> None:
    was = whole()
    family = good_family(QApplication.font().family())
    shown = "\n".join(seen(theme, was))
    for told in (plain_page(was), shown, Read(everything_pdf(was, family=family)).flat):
        assert "14:37 (UTC+02:00)" in told
    assert "Made on 12 October 2026, 14:37 (UTC+02:00)." in shown
