"""Shares that hold very many entries which read alike: comparing them takes steps in proportion, and no more."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from journal.records import HowHard
from journal.share import Dates, Payload, changed
from journal.share.changed import changed_places
from journal.share.days import LOOKS
from journal.share.digest import digest, new_places
from journal.share.parts import SharedHard, SharedScale
from journal.share.payload import SharedWriting, WritingKind, payload_of
from journal.share.talk import wanted

DAY = date(2026, 1, 1)


def share(number: int, **fields: Any) -> Payload:
    empty = {"made_at": None, "sender": "", "to": "", "talk_about": "", "left_out": None}
    none = {"sessions": (), "writings": (), "checkins": ()}
    return payload_of(share=f"{number:032x}", made=date(2026, 3, 1), **{**empty, **none, **fields})


def page(text: str, day: date = DAY) -> SharedWriting:
    return SharedWriting(
        kind=WritingKind.PAGE, day=day, at=None, title="", text=text, marks=(), tags=(), modalities=()
    )


def one_day(count: int, dates: Dates) -> tuple[Payload, Payload]:
    """Texts of one day that have no word in common."""
    return tuple(
        share(number, dates=dates, writings=tuple(page(f"{word} {word}{one}") for one in range(count)))
        for number, word in enumerate("ab")
    )


def alike(count: int, dates: Dates) -> tuple[Payload, Payload]:
    """Texts of one day, of which each has half of each other's words."""
    return tuple(
        share(number, dates=dates, writings=tuple(page(f"one two {word}{one}") for one in range(count)))
        for number, word in enumerate("ab")
    )


def hard(count: int, dates: Dates) -> tuple[Payload, Payload]:
    """Hard moments that differ by their day alone, in turned order."""
    told = tuple(
        SharedHard(
            day=date(1000, 1, 1) + timedelta(days=one), at=None, session=None, how=HowHard.BIT, talk=True,
            still=None, note="",
        )
        for one in range(count)
    )  # fmt: skip
    return share(0, hard=told), share(1, dates=dates, hard=tuple(reversed(told)))


def totals(count: int, dates: Dates) -> tuple[Payload, Payload]:
    """Totals that differ by their day alone, in turned order."""
    told = tuple(
        SharedScale(
            day=date(1000, 1, 1) + timedelta(days=one), at=None, session=None, scale="", version=0, title="One",
            total=3, low=None, high=None, answered=0, expected=0, prorated=False, why_none="", told=True, told_by="",
            items=(), note="",
        )
        for one in range(count)
    )  # fmt: skip
    return share(0, scales=told), share(1, dates=dates, scales=tuple(reversed(told)))


def calls(work: Callable[[], object]) -> int:
    """How many functions were called, of Python and of its library."""
    count = 0

    def on_event(_frame: object, event: str, _told: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("dates", [Dates.DAY, Dates.MONTH])
@pytest.mark.parametrize("made", [one_day, alike, hard, totals])
def test_twice_as_many_entries_take_about_twice_the_steps(made, dates):
    def steps(count: int) -> int:
        first, second = made(count, dates)
        return calls(lambda: (digest(second, [first]), wanted([first, second], [0, 1])))

    few, many = steps(4 * LOOKS), steps(8 * LOOKS)
    assert few < many < 2.5 * few


@pytest.mark.parametrize("made", [hard, totals])
def test_all_of_very_many_are_found_again(made):
    first, second = made(3000, Dates.DAY)
    assert new_places(second, [first]) == frozenset()
    assert all(line.count == 3000 for line in digest(second, [first]).scales)


def test_of_texts_of_one_day_some_are_compared():
    before = share(0, writings=tuple(page(f"{word} {word}{word}") for word in "abc"))
    same = tuple(page(f"{word} {word}{word} more") for word in "abc")
    other = tuple(page(f"other{one}") for one in range(LOOKS - 3))
    ahead = share(1, writings=(*other, *same))
    assert changed_places(ahead, [before], frozenset(range(LOOKS))) == set(range(LOOKS - 3, LOOKS))
    behind = share(1, writings=(*other, *other, *same))
    assert changed_places(behind, [before], frozenset(range(2 * LOOKS - 3))) == frozenset()


def test_behind_very_many_words_a_text_is_compared_no_more(monkeypatch):
    monkeypatch.setattr(changed, "MOST_WORDS", 100 * LOOKS)  # the number that counts takes seconds to reach
    words = " ".join(f"{one:x}" for one in range(100))
    long = [page(words.replace(" ", f"{word} ")) for word in "xy"]
    last = DAY + timedelta(days=1)
    for count, compared in ((LOOKS - 1, {1}), (LOOKS + 1, set())):
        before = share(0, writings=(*long[:1] * count, page("one two", last)))
        after = share(1, writings=(long[1], page("one two three", last)))
        assert changed_places(after, [before], frozenset({0, 1})) == compared
