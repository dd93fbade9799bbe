"""What a record may hold, at its very edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from journal.errors import InvalidRecord
from journal.records import (
    MODALITIES,
    SLIDERS,
    CheckIn,
    Course,
    Mark,
    Moment,
    Page,
    Session,
    ShareReceipt,
    Style,
)
from journal.records.base import MAX_LINE, MAX_TEXT
from journal.records.checkin import NOTE_LIMIT

AT = Moment(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
SLIDER_NAMES = [slider.name for slider in SLIDERS]


@pytest.mark.parametrize("name", SLIDER_NAMES)
def test_a_slider_goes_from_0_to_10(name):
    for value in (None, 0, 1, 5, 10):
        checkin = CheckIn(at=AT, **{name: value})
        assert getattr(checkin, name) == value
        assert checkin.answered == (value is not None)
    for value in (-1, 11, 10**6):
        with pytest.raises(InvalidRecord, match="0 to 10"):
            CheckIn(at=AT, **{name: value})


def test_sliders_say_what_their_ends_mean():
    assert SLIDER_NAMES == ["mood", "interest", "calm", "energy", "connection", "distress", "sleep"]
    assert all(slider.title and slider.low and slider.high and slider.low != slider.high for slider in SLIDERS)
    assert [slider.name for slider in SLIDERS if not slider.up_is_better] == ["distress"]
    assert CheckIn(at=AT).answered == 0
    assert CheckIn(at=AT, **dict.fromkeys(SLIDER_NAMES, 0)).answered == 7


LINES = {
    "a title": lambda text: Page(at=AT, title=text),
    "a tag": lambda text: Page(at=AT, tags=("a", text)),
    "a check-in's note": lambda text: CheckIn(at=AT, note=text),
    "a dose": lambda text: Session(starts=AT, dose=text),
    "a place": lambda text: Session(starts=AT, setting=text),
    "people": lambda text: Session(starts=AT, people=text),
    "a course's title": lambda text: Course(title=text),
    "a reader's name": lambda text: ShareReceipt(share="", made=AT, to=text),
}
TEXTS = {
    "a text": lambda text: Page(at=AT, text=text),
    "notes of a session": lambda text: Session(starts=AT, notes=text),
    "notes of a course": lambda text: Course(notes=text),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_has_an_end(name):
    LINES[name]("🌊" * MAX_LINE)
    with pytest.raises(InvalidRecord, match=f"longer than {MAX_LINE} characters"):
        LINES[name]("x" * (MAX_LINE + 1))
    assert NOTE_LIMIT == MAX_LINE


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_may_have_4_mb(name):
    TEXTS[name]("🌊" * (MAX_TEXT // 4))
    with pytest.raises(InvalidRecord, match="longer than 4 MB"):
        TEXTS[name]("🌊" * (MAX_TEXT // 4) + "x")


@pytest.mark.parametrize("name", [*LINES, *TEXTS])
def test_half_a_character_is_refused_where_it_would_be_lost(name):
    with pytest.raises(InvalidRecord, match="half of a character") as caught:
        {**LINES, **TEXTS}[name]("canary \ud83c")
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "\0", "a\r\nb", "\u202e", "e\u0301", "\U0010ffff", "\ufeff", " \t\n"])
@pytest.mark.parametrize("name", [*LINES, *TEXTS])
def test_any_other_character_is_allowed(name, text):
    assert {**LINES, **TEXTS}[name](text)


def test_formatting_stays_within_the_text():
    text = "🌊ab"  # three characters, six bytes
    for start, end in ((0, 1), (0, 3), (2, 3)):
        assert Page(at=AT, text=text, marks=(Mark(start, end, Style.BOLD),)).marks
    for start, end in ((0, 4), (-1, 2), (1, 1), (2, 1), (3, 3), (3, 4)):
        with pytest.raises(InvalidRecord, match="outside"):
            Page(at=AT, text=text, marks=(Mark(start, end, Style.BOLD),))
    with pytest.raises(InvalidRecord):
        Page(at=AT, text="", marks=(Mark(0, 1, Style.QUOTE),))


def test_styles_of_lines_and_of_letters():
    assert [style for style in Style if not style.is_line] == [Style.BOLD, Style.ITALIC]


def test_numbers_have_bounds():
    for number in (None, 1, 9999):
        assert Session(starts=AT, number=number).number == number
    for planned in (None, 1, 999):
        assert Course(planned=planned).planned == planned
    for number in (0, -1, 10_000):
        with pytest.raises(InvalidRecord, match="between 1 and 9999"):
            Session(starts=AT, number=number)
    for planned in (0, 1000):
        with pytest.raises(InvalidRecord, match="between 1 and 999"):
            Course(planned=planned)


def test_a_time_needs_its_offset():
    with pytest.raises(InvalidRecord, match="offset"):
        Moment(datetime(2026, 3, 1, 9, 30))


def test_times_are_ordered_as_they_happened():
    tokyo = Moment(datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=9))))
    london = Moment(datetime(2026, 3, 1, 8, tzinfo=UTC))
    assert sorted([london, tokyo]) == [tokyo, london]


def test_every_kind_says_when_it_was():
    assert (Page(at=AT).when, CheckIn(at=AT).when, Session(starts=AT).when) == (AT, AT, AT)
    assert (Course(started=AT).when, Course().when) == (AT, None)


def test_kinds_of_therapy_have_a_code_and_a_name_each():
    codes = [code for code, _ in MODALITIES]
    assert len(set(codes)) == len(codes)
    assert all(name for _, name in MODALITIES)
    assert [name for _, name in MODALITIES] == sorted(name for _, name in MODALITIES)
