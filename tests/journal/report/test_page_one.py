"""What a report's first page says of a share: numbers, published rules with their sources, and nothing of its own."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from journal.records import HowHard, StepKind
from journal.report import page_one
from journal.report.page_one import NONE, changes, definitions, help_items, in_this_time, row
from journal.share import Dates, LeftOut, Payload
from tests.journal.report.payloads import commitment, effect, hard, medicine, scale, session, share, step, told
from tests.journal.share import samples
from tests.test_wording import faults

FIRST, MIDDLE, LAST = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 13)
PHQ = [2, 2, 2, 2, 2, 2, 2, 1, 0, 1]  # 15


def phq(total: list[int | None], day: date, **how: object):
    return scale("phq-9", total, day=day, **how)


def test_first_and_last_with_the_published_rules_that_were_checked():
    made = share(scales=(phq([1, 0, 1, 0, 1, 0, 1, 0, 0, 0], LAST), phq(PHQ, FIRST), phq([1] * 10, MIDDLE)))
    (one,) = changes(made)
    assert row(made, one) == (
        "PHQ-9 (0 to 27)", "15 (1 Sep 2026)", "4 (13 Nov 2026)", "−11", "yes", "yes", "–", "10",
    )  # fmt: skip
    lines = definitions([one])
    assert lines[0].startswith("Fell by half (“response”): a fall of 50 % or more from at least 10 (PHQ-9). Hull")
    assert lines[1].startswith("Remission: a total under 5 (PHQ-9).") and lines[-1].startswith("These thresholds")
    assert not any("NHS" in line for line in lines)  # that source was not checked


def test_a_rise_is_told_as_plainly_as_a_fall():
    pcl = (scale("pcl-5", [1] * 20, day=FIRST), scale("pcl-5", [2] * 20, day=LAST))
    made = share(scales=pcl)
    (one,) = changes(made)
    assert row(made, one)[3:7] == ("+20", "–", "–", "yes")
    assert definitions([one])[0].startswith("Reliable: a change of 15 or more, either way (PCL-5). Marx et al. 2022")


def test_a_low_beginning_has_no_half():
    made = share(scales=(phq([1, 0, 1, 0, 1, 0, 1, 0, 0, 0], FIRST), phq([0] * 10, LAST)))
    assert row(made, changes(made)[0])[4] == "–"


def test_one_total_has_no_change_and_a_told_one_no_rule():
    made = share(scales=(phq(PHQ, LAST), told("PSS-10", 24.0, low=0.0, high=40.0), told("PSS-10", 20.0, day=LAST)))
    single, of_clinic = changes(made)
    assert row(made, single)[1:5] == ("–", "15 (13 Nov 2026)", "–", "–")
    assert row(made, of_clinic) == (
        "PSS-10, as told", "24 (12 Nov 2026)", "20 (13 Nov 2026)", "−4", "–", "–", "–", "10",
    )  # fmt: skip


def test_a_total_that_is_not_there_is_no_zero_and_a_prorated_one_says_so():
    none = phq([1] * 8 + [None, None], LAST)
    made = share(scales=(phq(PHQ, FIRST), phq([2, None, 2, 2, 2, 2, 2, 2, 0, 1], MIDDLE), none))
    (one,) = changes(made)
    assert row(made, one)[2] == "16, prorated (1 Oct 2026)"


def test_other_versions_are_another_row():
    other = scale("phq-2", [1, 2], day=FIRST, version=9)
    made = share(scales=(other, scale("phq-2", [0, 1], day=LAST)))
    assert [row(made, one)[3] for one in changes(made)] == ["–", "–"]


def test_days_that_are_told_by_the_week_are_not_counted():
    made = share(scales=(phq(PHQ, date(2026, 11, 9)),), dates=Dates.WEEK)
    assert row(made, changes(made)[0])[2:] == ("15 (week of 9 Nov 2026)", "–", "–", "no", "–", "–")
    assert "Days are told by the week." in page_one.heading(made)


def test_what_was_in_this_time():
    steps = step(StepKind.START, FIRST, "one"), step(StepKind.STOP, LAST)
    made = share(
        sessions=(session(), session(number=4, route=None, happened=False)),
        medicines=(medicine(*steps),),
        hard=(hard(), hard(how=HowHard.BIT, talk=False)),
        effects=(effect(), effect(what="Nausea", gone=LAST)),
        commitments=(commitment(day=FIRST, text="An old one"), commitment(day=LAST)),
    )
    assert dict(in_this_time(made)) == {
        "Sessions": "Session 3, 12 Nov 2026, intramuscular",
        "Medicines": "The white one started 1 Sep 2026, one; The white one stopped 13 Nov 2026",
        "Hard moments": "2 (1 a bit hard, 1 very hard); wants to talk about 1 of them",
        "Side effects, no end noted": "Headache",
        "One small thing": "“Walk by the river”, the week from 13 Nov 2026: partly done",
    }
    assert {value for _, value in in_this_time(share())} == {NONE}


def test_many_are_counted_and_the_newest_named():
    made = share(sessions=tuple(session(number=number) for number in range(1, 10)))
    told_ = dict(in_this_time(made))["Sessions"]
    assert told_.startswith("Session 4,") and told_.endswith("; and 3 before")


def test_item_9_is_told_as_it_was_asked_or_not_at_all():
    answered = phq([*PHQ[:8], 1, 1], FIRST)
    assert help_items(share(scales=(answered, phq(PHQ, LAST, items=False)))) == [
        (
            "PHQ-9, item 9",
            "“Thoughts that you would be better off dead or of hurting yourself in some way” 1 Several days "
            "(1 Sep 2026)",
        )
    ]
    assert help_items(share(scales=(phq(PHQ, LAST, items=False),))) == [
        ("PHQ-9, item 9", "Item answers are not shared.")
    ]
    declined = phq([*PHQ[:8], None, 1], LAST, declined=8)
    assert help_items(share(scales=(answered, declined)))[0][1].endswith("preferred not to answer (13 Nov 2026)")
    assert help_items(share(scales=(scale("gad-7", [1] * 7),))) == []


def test_what_was_left_out_is_said_at_the_top():
    assert "What was left out: not said." in page_one.heading(share())
    left = LeftOut(sessions=1, writings=0, checkins=2, options=("tags",), others=0)
    lines = page_one.heading(share(left_out=left))
    assert "Not in it: from the same period: 1 session, 2 check-ins." in lines and "Left off: tags." in lines


@settings(max_examples=60, deadline=None)
@given(samples.payloads())
def test_page_one_can_be_made_of_every_share(payload: Payload):
    found = changes(payload)
    assert all(len(row(payload, one)) == len(page_one.HEAD) for one in found)
    assert len(in_this_time(payload)) == 5
    page_one.heading(payload), page_one.bands_told(found), definitions(found), help_items(payload)


def test_no_sentence_of_it_judges():
    made = share(scales=(phq(PHQ, FIRST), phq([1] * 10, LAST), scale("gad-7", [2] * 7)))
    found = changes(made)
    lines = [*page_one.heading(made), *page_one.bands_told(found), *definitions(found), *page_one.HEAD]
    lines += [text for pair in (*in_this_time(made), *help_items(made)) for text in pair]
    assert {line: faults(line) for line in lines if faults(line)} == {}
