"""A report on paper: what stands where, that its letters can be copied, and that grey says as much as colour."""

from __future__ import annotations

import re
import threading
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from journal.records import Mark, Route, Style
from journal.report import page_one
from journal.share import Dates, Payload, Window
from journal.share.payload import encode
from journal.share.who import UNSIGNED
from tests.journal.report.payloads import at, checkin, commitment, effect, hard, scale, session, share, writing
from tests.journal.share import samples
from tests.ui.pdf.reading import Read
from ui.pdf.everything import everything_pdf
from ui.pdf.forms import makers
from ui.pdf.report import report_pdf
from ui.theme import good_family

PHQ = [2, 2, 2, 2, 2, 2, 2, 1, 0, 1]
DAYS = (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 13))
ORDER = (
    "Report from an integration journal",
    "Shared by the patient on 23 November 2026: an extract, not a medical record.",
    "What was left out",
    "What I want to talk about",
    "Questionnaires",
    "PHQ-9 over time",
    "In the time of this share",
    "Asked in the questionnaire",
)


@pytest.fixture
def family(qapp) -> str:
    return good_family(qapp.font().family())


@pytest.fixture
def course() -> Payload:
    """Three sessions with check-ins, three times a questionnaire, and something of most kinds."""
    sessions = tuple(
        session(number=number, day=date(2026, 9, day), route=route)
        for number, day, route in ((1, 5, Route.INTRAMUSCULAR), (2, 12, Route.INTRANASAL), (3, 19, None))
    )
    checkins = tuple(
        checkin(session=place, window=window, day=date(2026, 9, 5 + 7 * place), mood=3 + place, distress=6 - place)
        for place in range(3)
        for window in (Window.BEFORE, Window.HOURS_4, Window.HOURS_24, Window.DAYS_7)
    )
    answers = (PHQ, [1, 2, 1, 2, 1, 2, 1, 0, 0, 1], [1, 0, 1, 0, 1, 0, 1, 0, 0, 0])
    return share(
        sessions=sessions,
        checkins=checkins,
        scales=tuple(scale("phq-9", given, day=day) for given, day in zip(answers, DAYS, strict=True)),
        hard=(hard(),), effects=(effect(),), commitments=(commitment(),), sender="Jona", to="Dr Amsel",
        talk_about="The corridor.\nAnd how to sleep.",
    )  # fmt: skip


def test_page_one_has_all_its_parts_in_their_order(course, family):
    read = Read(report_pdf(course, family=family))
    first = " ".join(read.texts[0].split())
    places = [first.index(words) for words in ORDER]
    assert places == sorted(places)
    assert "The corridor. And how to sleep." in first
    assert "PHQ-9 (0 to 27) 15 (1 Sep 2026) 4 (13 Nov 2026) −11 yes yes – 10" in first
    assert "better off dead or of hurting yourself in some way” 0 Not at all (13 Nov 2026)" in first
    assert "Hull et al. 2022" in first and "These thresholds describe groups of people" in first
    assert "Page 1 of" in first


def test_page_one_says_who_made_the_share_where_that_was_looked_into(course, family):
    first = " ".join(Read(makers(UNSIGNED)["pdf"](course, None)).texts[0].split())
    told = "To the journal it was read in, nothing proves who made it."
    assert first.index("What was left out") < first.index(told) < first.index("What I want to talk about")
    assert "Page 1 of" in first and "Asked in the questionnaire" in first  # all the rest has room beneath


def test_sessions_stand_on_the_chart_with_number_and_route(course, family):
    read = Read(report_pdf(course, family=family))
    xs = [read.where(0, words)[0] for words in ("1 IM", "2 nasal")]
    assert xs == sorted(xs)
    assert "(IM: intramuscular)" in read.flat
    for band in ("minimal", "mild", "moderate", "moderately severe", "severe"):
        assert band in read.texts[0]


def test_page_two_has_a_curve_for_each_session_and_the_items(course, family):
    read = Read(report_pdf(course, family=family))
    second = " ".join(read.texts[1].split())
    for words in ("Session 1, 2026-09-05, IM", "Session 2, 2026-09-12, nasal", "Session 3, 2026-09-19"):
        assert words in second
    assert "Mood" in second and "Distress" in second
    assert "Feeling down, depressed, or hopeless 2 2 0" in " ".join((second, *read.texts[2:]))


def test_all_that_was_chosen_is_in_everything_and_can_be_copied(family):
    payload = samples.everything()
    wanted = set(re.findall(r"canary-[a-z-]+", encode(payload).decode()))
    read = Read(everything_pdf(payload, family=family))
    assert set(re.findall(r"canary-[a-z-]+", read.text)) == wanted
    for words in ("14:37 (UTC+02:00)", "“right now”", "24 h"):  # letters that some fonts replace by others
        assert words in read.flat


def test_every_letter_has_a_character(course, family):
    fonts = re.findall(rb"/Type /Font\b.*?endobj", Read(report_pdf(course, family=family)).data, re.S)
    composite = [font for font in fonts if b"/Type0" in font]
    assert composite and all(b"/ToUnicode" in font for font in composite)


def test_the_contents_name_the_page_of_each_part(family):
    payload = samples.everything()
    read = Read(everything_pdf(payload, family=family))
    contents = next(number for number, text in enumerate(read.texts) if text.startswith("Contents"))
    assert "From an integration journal" in read.texts[0] and "not a medical record" in read.texts[0]
    lines = re.findall(r"^(.+?) (\d+)$", read.texts[contents], re.M)
    found = {title: int(page) for title, page in lines}
    for title in ("What I want to talk about", "Session 3", "Session 4", "Other writing", "Check-ins"):
        places = [number for number, text in enumerate(read.texts, 1) if title in " ".join(text.split())]
        assert found[title] == next(number for number in places if number > contents + 1), title
    assert [f"Page {number} of {len(read.pages)}" in text for number, text in enumerate(read.texts, 1)] == [
        True for _ in read.pages
    ]


def test_contents_longer_than_a_page_still_name_the_right_pages(family):
    sessions = tuple(session(number=number) for number in range(1, 121))
    read = Read(everything_pdf(share(sessions=sessions), family=family))
    for number in (1, 60, 120):
        (page,) = re.findall(rf"^Session {number} (\d+)$", read.text, re.M)
        assert f"Session {number} Date" in " ".join(read.texts[int(page) - 1].split())


def test_no_page_of_the_contents_has_a_line_of_its_own(family):
    lines = []
    for count in range(42, 46):  # from one full page to a second one
        sessions = tuple(session(number=number) for number in range(1, count + 1))
        read = Read(everything_pdf(share(sessions=sessions), family=family))
        lines.append([len(re.findall(r"^Session \d+ \d+$", text, re.M)) for text in _contents(read)])
    assert lines == [[42], [40, 3], [41, 3], [42, 3]]


def _contents(read: Read) -> list[str]:
    """The pages of the contents."""
    begins = next(number for number, text in enumerate(read.texts) if text.startswith("Contents"))
    ends = next(number for number, text in enumerate(read.texts) if number > begins and "Date" in text)
    return read.texts[begins:ends]


# -- paper ------------------------------------------------------------------------


def test_ranges_can_be_told_apart_without_colour(course, family):
    read = Read(report_pdf(course, family=family))
    grey = read.grey(0)

    def dark(band: str) -> float:
        """How much of a strip beside a band's name is darker than paper, away from what crosses it."""
        x, y = read.where(0, band)
        row = round((842 - y) * 2)
        strip = grey[row - 8 : row + 8, round((x - 60) * 2) : round((x - 25) * 2)]
        return float(np.mean(strip < 235))

    assert dark("minimal") < 0.02 and dark("moderate") < 0.2
    assert dark("mild") > 0.15 and dark("moderately severe") > 0.15


def test_nothing_on_paper_is_too_pale_to_be_copied(course, family):
    for number in range(2):
        shades = Read(report_pdf(course, family=family)).grey(number)
        assert shades.max() == 255 and (shades < 90).mean() > 0.005


def test_it_has_colour_where_paper_has(course, family):
    picture = Read(report_pdf(course, family=family)).colour(0).astype(int)
    assert np.abs(picture[:, :, 0] - picture[:, :, 2]).max() > 60


def test_the_file_tells_neither_a_clock_nor_a_user(course, family):
    data = report_pdf(course, family=family)
    assert set(re.findall(rb"D:\d{14}[^)]*", data)) == {b"D:20261123000000+00'00'"}
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^<\"]*", data)) == {b"2026-11-23T00:00:00+00:00"}
    assert b"Jona" not in data  # neither a title nor an author: words stand on the pages alone


def test_days_by_the_week_name_no_other_day(family):
    monday = date(2026, 11, 9)
    payload = share(sessions=(session(day=monday),), scales=(scale("phq-9", PHQ, day=monday),), dates=Dates.WEEK)
    read = Read(report_pdf(payload, family=family))
    assert "the week of 9 November 2026" in read.flat and "15 (week of 9 Nov 2026)" in read.flat
    assert "Days are told by the week" in read.flat


def test_a_line_is_not_drawn_over_a_total_that_is_not_there(course, family):
    from ui.pdf.figures import main_chart

    scales = [*course.scales, scale("phq-9", [1] * 8 + [None, None], day=date(2026, 9, 15))]
    shown = main_chart(share(scales=tuple(scales)))
    assert [len(run) for run in shown.chart.curves[0].runs] == [1, 2]


def test_without_totals_the_chart_is_of_check_ins_and_gaps_stay_gaps(family):
    from ui.pdf.figures import main_chart

    moods = ((1, 10, 4), (1, 20, 5), (2, 9, None), (2, 20, 6), (20, 9, 7))
    checkins = tuple(
        checkin(day=date(2026, 9, day), at=at(hour, day=date(2026, 9, day)), mood=mood) for day, hour, mood in moods
    )
    shown = main_chart(share(checkins=checkins))
    assert shown.title == "Mood over time"
    assert [len(run) for run in shown.chart.curves[0].runs] == [2, 1, 1]
    assert main_chart(share()) is None


def test_two_answers_of_one_time_are_two_points_and_join_nothing(family):
    from ui.pdf.figures import session_charts

    windows = (Window.BEFORE, Window.HOURS_4, Window.HOURS_4, Window.HOURS_24, Window.DAYS_3)
    checkins = tuple(
        checkin(session=0, window=one, mood=number) for number, one in enumerate(windows, start=1)
    )
    legend, ((title, chart),) = session_charts(share(sessions=(session(),), checkins=checkins))
    assert [curve.name for curve in legend] == ["Mood"] and title.startswith("Session 3")
    assert chart.curves[0].runs == (((0.0, 1.0),), ((1.0, 2.0),), ((1.0, 3.0),), ((2.0, 4.0), (3.0, 5.0)))


def test_days_below_a_chart_have_their_year_where_there_are_several(course, family):
    assert "2026" not in " ".join(_days_below(course, family))
    old = scale("phq-9", PHQ, day=date(2024, 2, 1))
    found = _days_below(share(scales=(old, *course.scales)), family)
    assert {day.split()[-1] for day in found} == {"2024", "2025", "2026"}


def _days_below(payload: Payload, family: str) -> list[str]:
    """The line of days right below the chart's axis."""
    text = Read(report_pdf(payload, family=family)).texts[0]
    return re.findall(r"\d{1,2} [A-Z][a-z]{2}(?: \d{4})?", text.split("PHQ-9 over time")[1].split("A line ends")[0])


# -- words ------------------------------------------------------------------------


def test_long_words_go_on_over_pages_and_none_is_lost(family):
    words = " ".join(f"word{number}" for number in range(4000))
    read = Read(report_pdf(share(talk_about=words), family=family))
    assert re.findall(r"word\d+", read.text) == words.split()
    assert len(read.pages) > 2


def test_letters_are_set_as_they_were_and_any_script_is_taken(family):
    text = "שלום Welt 🌊 𝔞bold\ttab\x07\nzwei"
    mark = Mark(text.index("bold"), text.index("bold") + 4, Style.BOLD)
    read = Read(everything_pdf(share(writings=(writing(text=text, marks=(mark,)),)), family=family))
    assert "bold tab" in read.flat and "Welt" in read.text and "zwei" in read.text


def test_it_can_be_painted_on_another_thread(course, family):
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(report_pdf(course, family=family)))
    thread.start()
    thread.join()
    assert Read(made[0]).texts == Read(report_pdf(course, family=family)).texts


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(samples.payloads())
def test_every_share_can_be_put_on_paper(family, payload: Payload):
    assert len(Read(report_pdf(payload, family=family)).pages) >= 2
    assert page_one.extract(payload)[:20] in Read(everything_pdf(payload, family=family)).flat
