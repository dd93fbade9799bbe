"""What leaves the journal: what was ticked, with the switches that were on, and nothing else."""

from __future__ import annotations

import base64
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from journal.errors import InvalidRecord, NotFound, ShareError
from journal.records import CheckIn, Experience, Moment, Page, Session
from journal.share import OPTIONS, Selection, Window, build, order
from journal.share.file import pack, unpack
from journal.windows import WINDOWS
from tests.journal.share.samples import CLOCK, SHAREABLE, SUMMER, eid, journal, moment, selection, shared

_CANARY = re.compile(rb"canary-[a-z-]+")


def canaries(payload) -> set[str]:
    return {found.decode() for found in _CANARY.findall(pack(payload))}


def test_nothing_is_ticked_at_first():
    payload = build(Selection(), journal(), CLOCK)
    assert payload.empty
    assert canaries(payload) == set()
    assert payload.period is None
    assert payload.counts == {}
    assert all(getattr(Selection(), name) is False for name, _ in OPTIONS)


# What each entry gives when it alone is ticked and no switch is on.
GIVES = {
    0: {"canary-dose-one"},
    1: {"canary-dose-two"},
    2: {"canary-title-intention", "canary-text-intention"},
    3: {"canary-title-experience", "canary-text-experience"},
    4: {"canary-title-integration", "canary-text-integration"},
    5: {"canary-title-second", "canary-text-second"},
    6: {"canary-title-page", "canary-text-page"},
    **{number: set() for number in range(7, 12)},
}
ADDS = {
    "include_place": {0: {"canary-place-one"}, 1: {"canary-place-two"}},
    "include_people": {0: {"canary-people-one"}, 1: {"canary-people-two"}},
    "include_session_notes": {0: {"canary-snotes-one"}, 1: {"canary-snotes-two"}},
    "include_checkin_notes": {
        7: {"canary-cnote-linked"},
        8: {"canary-cnote-morning"},
        9: {"canary-cnote-next"},
        10: {"canary-cnote-after-two"},
        11: {"canary-cnote-linked-two"},
    },
    "include_tags": {
        2: {"canary-tag-intention"},
        3: {"canary-tag-experience"},
        4: {"canary-tag-integration", "canary-modality"},
        6: {"canary-tag-page"},
    },
    "exact_times": {},
}


@pytest.mark.parametrize("number", GIVES)
def test_one_tick_gives_one_entry(number):
    assert canaries(shared(number)) == GIVES[number]


def test_all_ticks_give_no_more_than_each_alone():
    assert canaries(shared(*GIVES)) == set().union(*GIVES.values())


@pytest.mark.parametrize("switch", ADDS)
def test_a_switch_adds_its_own_field_of_ticked_entries_only(switch):
    for number, gives in GIVES.items():
        added = ADDS[switch].get(number, set())
        assert canaries(shared(number, **{switch: True})) == gives | added, number


def test_every_switch_is_tried_above():
    further = {"include_readings", "include_items", "include_body_notes"}  # tried in test_parts
    assert set(ADDS) | further == {name for name, _ in OPTIONS}
    fields = {field.name for field in msgspec.structs.fields(Selection)}
    others = {"eids", "tell_left_out", "sender", "to", "talk_about", "dates", "hidden", "pictures"}
    assert fields == set(ADDS) | further | others


def test_ids_sources_zones_and_times_stay_in_the_journal():
    payload = shared(*range(12), tell_left_out=True, include_tags=True)
    raw = pack(payload)
    for number in range(20):
        for form in (eid(number).encode(), bytes.fromhex(eid(number)), base64.b64encode(bytes.fromhex(eid(number)))):
            assert form not in raw
    for hidden in (b"source", b"jrnl", b"Chatham", b"+02:00", b"10:37", b"14:37", b"T18", b"17:41", b"canary-course"):
        assert hidden not in raw


def test_exact_times_are_to_the_minute_and_without_the_zone():
    raw = pack(shared(*range(12), exact_times=True))
    assert b"2026-10-12T14:37:00+02:00" in raw
    assert b"37:29" not in raw
    assert b"Chatham" not in raw


def test_a_share_made_twice_has_nothing_of_its_own_in_common():
    first, second = shared(0, 2, 7), shared(0, 2, 7)
    assert first.share != second.share
    assert msgspec.structs.replace(first, share=second.share) == second


def test_sessions_hold_their_writings_in_order_of_time():
    payload = shared(4, 0, 3, 2, 1, 5)
    first, second = payload.sessions
    assert [writing.title for writing in first.writings] == [
        "canary-title-intention", "canary-title-experience", "canary-title-integration",
    ]  # fmt: skip
    assert [writing.title for writing in second.experiences] == ["canary-title-second"]
    assert payload.writings == ()
    assert payload.counts == {"session": 2, "intention": 1, "experience": 2, "integration": 1}
    assert payload.period == (date(2026, 10, 11), date(2026, 10, 20))


def test_a_writing_of_an_unticked_session_says_nothing_of_it():
    payload = shared(3, 6)
    assert payload.sessions == ()
    assert [writing.title for writing in payload.writings] == ["canary-title-experience", "canary-title-page"]


def test_the_order_names_each_entry_once():
    items = journal()
    chosen = selection(*range(12))
    eids = order(chosen, items)
    payload = build(chosen, items, CLOCK)
    assert set(eids) == SHAREABLE
    assert len(eids) == len(list(payload.entries)) == 12
    records = dict(items)
    for eid_, entry in zip(eids, payload.entries, strict=True):
        assert records[eid_].when.at.date() == entry.day
        assert getattr(records[eid_], "title", None) == getattr(entry, "title", None)


def test_checkins_stand_in_order_with_blanks_left_blank():
    payload = shared(0, 7, 8, 9)
    assert [checkin.values for checkin in payload.checkins] == [
        (None, None, 2, None, None, None, None),
        (4, None, None, None, None, 0, None),
        (7, None, None, None, 10, None, None),
    ]
    assert [checkin.window for checkin in payload.checkins] == [Window.BEFORE, Window.HOURS_4, Window.HOURS_24]
    assert [checkin.session for checkin in payload.checkins] == [0, 0, 0]


def test_a_checkin_after_an_unticked_session_counts_from_none():
    payload = shared(0, 10, 11)
    assert [(checkin.session, checkin.window) for checkin in payload.checkins] == [(None, None), (None, None)]


def test_a_checkin_without_its_session_counts_from_none():
    assert [(checkin.session, checkin.window) for checkin in shared(7, 9).checkins] == [(None, None)] * 2


@pytest.mark.parametrize(
    ("hours", "window"),
    [
        (1.9, None), (2, Window.HOURS_4), (8, Window.HOURS_4), (8.1, None), (17.9, None), (18, Window.HOURS_24),
        (36, Window.HOURS_24), (37, None), (48, Window.DAYS_3), (96, Window.DAYS_3), (97, None), (120, Window.DAYS_7),
        (216, Window.DAYS_7), (264, Window.DAYS_14), (432, Window.DAYS_14), (433, None), (-3, Window.BEFORE),
        (-25, None),
    ],
)  # fmt: skip
def test_windows(hours, window):
    dose = moment(5, 12)
    at = Moment(datetime.fromtimestamp(dose.at.timestamp() + hours * 3600, SUMMER))
    items = [
        ("a" * 32, Session(starts=dose, happened=True)),
        ("b" * 32, CheckIn(at=at, mood=1, session="a" * 32)),
    ]
    payload = build(Selection(eids=frozenset({"a" * 32, "b" * 32})), items, CLOCK)
    assert payload.checkins[0].window == window


@pytest.mark.parametrize(("ticked", "place"), [("a", 0), ("abc", 0)])
def test_what_was_noted_at_or_after_the_next_dose_counts_for_no_earlier_one(ticked, place):
    """Whether or not the next session is shared, and though it was put beside the first."""
    items = [
        ("a" * 32, Session(starts=moment(5, 12), happened=True)),
        ("b" * 32, Session(starts=moment(7, 14), happened=True)),
        ("c" * 32, Session(starts=moment(7, 11), happened=False)),
        ("d" * 32, CheckIn(at=moment(7, 13), mood=1, session="a" * 32)),  # two days and an hour after
        ("e" * 32, CheckIn(at=moment(7, 14), mood=1, session="a" * 32)),
    ]
    eids = frozenset(name * 32 for name in ticked + "de")
    payload = build(Selection(eids=eids), items, CLOCK)
    assert [(one.session, one.window) for one in payload.checkins] == [(place, Window.DAYS_3), (place, None)]


def test_a_window_is_counted_over_the_night_in_which_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    dose, at = datetime(2026, 10, 24, 14, tzinfo=berlin), datetime(2026, 10, 25, 7, 30, tzinfo=berlin)
    items = [
        ("a" * 32, Session(starts=Moment(dose), happened=True)),
        ("b" * 32, CheckIn(at=Moment(at), mood=1)),  # eighteen and a half hours after, though the clock says less
    ]
    payload = build(Selection(eids=frozenset({"a" * 32, "b" * 32})), items, CLOCK)
    assert payload.checkins[0].window == Window.HOURS_24


def test_the_windows_have_the_names_that_shares_carry():
    assert [window.name for window in WINDOWS] == [window.value for window in Window if window is not Window.BEFORE]


def test_a_session_still_ahead_gives_no_window():
    items = [
        ("a" * 32, Session(starts=moment(5, 12), happened=False)),
        ("b" * 32, CheckIn(at=moment(5, 16), mood=1, session="a" * 32)),
    ]
    payload = build(Selection(eids=frozenset({"a" * 32, "b" * 32})), items, CLOCK)
    assert payload.checkins[0].window is None
    assert not payload.sessions[0].happened


def test_left_out_counts_the_shared_period_only_and_only_if_asked():
    assert shared(0, 9).left_out is None
    left = shared(0, 9, tell_left_out=True).left_out
    # 12 and 13 October: one experience, two check-ins; what lies before and after is not counted
    assert (left.sessions, left.writings, left.checkins) == (0, 1, 2)
    assert left.options == tuple(title for _, title in OPTIONS)
    assert shared(0, tell_left_out=True, include_place=True).left_out.options[1] == "who was there"


@pytest.mark.parametrize("number", [12, 13, 14, 15, 16])
def test_kinds_that_are_never_shared_are_refused(number):
    with pytest.raises(ShareError) as caught:
        shared(0, number)
    assert "canary" not in f"{caught.value} {caught.value.detail}"


def test_a_tick_that_is_gone_is_refused():
    with pytest.raises(NotFound):
        shared(0, 77)


def test_one_entry_with_two_versions_gives_both():
    items = [("a" * 32, Page(at=moment(3), text="one")), ("a" * 32, Page(at=moment(4), text="two"))]
    payload = build(Selection(eids=frozenset({"a" * 32})), items, CLOCK)
    assert [writing.text for writing in payload.writings] == ["one", "two"]


def test_strange_clocks():
    ends = (datetime(1, 1, 1, tzinfo=SUMMER), datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    items = [(f"{n:032x}", Experience(at=Moment(at), text="x")) for n, at in enumerate(ends)]
    items += [(f"{n:032x}", CheckIn(at=Moment(at), mood=1)) for n, at in enumerate(ends, start=5)]
    items += [("f" * 32, Session(starts=moment(3), happened=True))]
    payload = build(Selection(eids=frozenset(e for e, _ in items), exact_times=True), items, CLOCK)
    assert unpack(pack(payload)).payload == payload


def test_what_cannot_be_encoded_is_refused():
    with pytest.raises(InvalidRecord):
        Selection(talk_about="half \ud800")
