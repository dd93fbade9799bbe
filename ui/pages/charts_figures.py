"""Which figure the charts page wants, and how it comes about on the vault thread."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import msgspec

from journal.records import SLIDERS, CheckIn, Course, ScaleAnswers, Session, StepKind
from journal.service import JournalService
from journal.trends import MoodChart, around, before_and_after, benefit, survival_of
from journal.windows import WINDOWS, next_dose
from ui import words
from ui.charts import wall
from ui.charts.figure import Figure
from ui.charts.figures.around import around_figure, before_after_figure, lasted_figure
from ui.charts.figures.compare import change_figure, courses_figure
from ui.charts.figures.days import answered_figure, effects_figure
from ui.charts.figures.over_time import KEY as OVER_TIME
from ui.charts.figures.over_time import over_time_figure
from ui.charts.figures.scales import items_figure, scale_figure
from ui.charts.figures.since import Span
from ui.widgets.words_panel import Told, told_of

_WITHIN = 14  # days before and after a change of a medicine
_STEPS = {StepKind.START: "started", StepKind.CHANGE: "changed", StepKind.STOP: "stopped"}

SIDE_BY_SIDE = -1  # of the windows: from a day on, each beside what was before
_SIDE_BY_SIDE = tuple(place for place, window in enumerate(WINDOWS) if window.point >= timedelta(days=1))

WORDS = "words"
FIGURES: tuple[tuple[str, str, str], ...] = (
    (OVER_TIME, "Over time", "Your check-ins over time, with the sessions marked and your medicines below."),
    ("around", "Around a session", "How it was before, and hours and days after each session."),
    ("before-after", "Before and after", "Each session's before, beside how it was after it."),
    ("lasted", "How long it lasted", "From each dose until it was back."),
    ("scale", "Questionnaires", "Totals over time, with the sessions and medicines."),
    ("items", "Item by item", "What was answered to each item, each time."),
    ("effects", "Side effects", "From coming to going, counted from the dose."),
    ("answered", "Days with an answer", "On which days something was answered."),
    ("change", "A medicine changed", "The check-ins of two weeks before, and of two weeks after."),
    (WORDS, "Your words", "What you intended, beside what you wrote after."),
    ("courses", "Courses side by side", "The middle of each course around its sessions."),
)
# Which choices belong to which figure.
CHOICES: dict[str, tuple[str, ...]] = {
    "around": ("slider", "course", "session", "other"),
    "before-after": ("slider", "after", "course", "base"),
    "lasted": ("slider", "course"),
    "scale": ("scale", "course", "total"),
    "items": ("scale",),
    "change": ("change", "slider"),
    WORDS: ("course", "session", "other"),
    "courses": ("slider",),
}


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted. `sessions`: only these, or all where it is empty. `after` is a place in the windows, or
    `SIDE_BY_SIDE`. `base`: the session whose before, and `total`: the total which changes are counted from; "" for
    what was before each session, and before each course."""

    key: str = OVER_TIME
    slider: int = 0
    after: int = SIDE_BY_SIDE
    scale: str = ""
    sessions: tuple[str, ...] = ()
    course: str | None = None
    change: str = ""
    base: str = ""
    total: str = ""


class Choices(msgspec.Struct, frozen=True):
    """What there is to choose from: names beside what they stand for."""

    sessions: tuple[tuple[str, str], ...] = ()
    courses: tuple[tuple[str, str], ...] = ()
    scales: tuple[tuple[str, str], ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    totals: tuple[tuple[str, str], ...] = ()
    bands: bool = False


class Made(msgspec.Struct, frozen=True):
    """A figure, and the choices as they stand; no figure for what is drawn elsewhere."""

    choices: Choices
    figure: Figure | None
    told: tuple[Told, ...] = ()


def make(service: JournalService, *, wish: Wish) -> Made:
    """Runs on the vault thread."""
    choices = _choices(service, wish.scale)
    if wish.key == WORDS:
        return Made(choices, None, told_of(service, wish.course, wish.sessions))
    figure = _figure(service, wish, choices)
    if figure.x.kind == "days":
        figure = replace(figure, now=wall.seconds(service.clock.now()))
    return Made(choices, figure)


def _choices(service: JournalService, scale: str) -> Choices:
    sessions = [one for one in service.sessions() if one.session.happened]
    courses = [(item.eid, item.record) for item in service.courses()]
    answers = service.answers()
    used = Counter(one.record.scale for one in answers)
    packs = [one.pack for one in service.packs() if one.pack.id in used]
    changes = [
        (f"{lane.eid} {place}", f"{lane.medicine.name} {_STEPS[step.kind]}, {words.day_short(step.at)}")
        for lane in service.body().lanes
        for place, step in enumerate(lane.steps)
    ]
    shown = scale or next((pack.id for pack in packs), "")
    totals = [
        (one.eid, f"{one.score.total:g}, {words.day_short(one.record.at)}")
        for one in answers
        if one.record.scale == shown and one.score is not None and one.score.total is not None
    ]
    return Choices(
        tuple((one.eid, f"{one.label}, {words.day_short(one.session.starts)}") for one in sessions),
        tuple((eid, course.title or "Course") for eid, course in courses if isinstance(course, Course)),
        tuple((pack.id, pack.title) for pack in packs),
        tuple(changes),
        tuple(totals),
        service.settings().bands,
    )


def _figure(service: JournalService, wish: Wish, choices: Choices) -> Figure:
    now = service.clock.now()
    chart = service.chart(wish.course if "course" in CHOICES.get(wish.key, ()) else None)
    series = chart.series[wish.slider]
    slider = SLIDERS[wish.slider]
    marks = [mark for mark in chart.marks if not wish.sessions or mark.eid in wish.sessions]
    all_marks = service.chart().marks if wish.course else chart.marks
    every = [mark.at for mark in all_marks]  # also those not shown: they cut windows off
    match wish.key:
        case "over-time":
            return over_time_figure(chart, service.body().lanes)
        case "around" | "before-after":
            if wish.key == "around":
                return around_figure(around(series, marks, now, doses=every))
            base = next((one for one in all_marks if one.eid == wish.base), None)
            data = around(series, marks, now, doses=every, pinned=base.at if base is not None else None)
            after = _SIDE_BY_SIDE if wish.after == SIDE_BY_SIDE else (wish.after,)
            return before_after_figure(data, after, base.label if base is not None else "")
        case "lasted":
            data = around(series, marks, now, doses=every)
            found = [
                (
                    curve,
                    benefit(
                        series.points, curve.mark.at, curve.baseline.value, next_dose(curve.mark.at, every),
                        up_is_better=slider.up_is_better,
                    )
                    if curve.baseline is not None
                    else None,
                )
                for curve in data.curves
            ]  # fmt: skip
            survival = survival_of(one for _, one in found if one is not None)
            return lasted_figure(slider.title, found, survival, up_is_better=slider.up_is_better)
        case "scale" | "items":
            name = wish.scale or next((one for one, _ in choices.scales), "phq-9")
            pack = service.pack(name)
            assert pack is not None
            answered = service.answers(name)
            if wish.key == "items":
                return items_figure(pack, answered)
            spans = _spans(service, wish.course)
            within = spans[0] if wish.course and spans else None
            if wish.course and within is None:
                answered = ()  # a course without a session
            lanes = service.body().lanes
            return scale_figure(
                pack, answered, marks, lanes, spans, bands=choices.bands, pinned=wish.total, within=within
            )
        case "effects":
            return effects_figure((*service.body().gone_effects, *service.body().open_effects), marks)
        case "answered":
            return _answered(service, now.date())
        case "change":
            return _change(service, chart, wish, choices)
        case _:
            each = [
                (title, around(series, service.chart(eid).marks, now, doses=every)) for eid, title in choices.courses
            ]
            return courses_figure(slider.name, each)


def _spans(service: JournalService, course: str | None) -> list[Span]:
    """The courses (or this one), each from its first dose until that of the next."""
    firsts: dict[str | None, tuple[str, datetime]] = {}
    for one in service.sessions():  # the oldest first
        if one.session.happened:
            firsts.setdefault(one.session.course, (one.course_title, one.session.starts.at))
    ordered = list(firsts.items())
    ends = [*(first for _, (_, first) in ordered[1:]), None]
    alone = len(ordered) == 1 and ordered[0][0] is None
    return [
        Span(title or ("" if alone else "Course" if eid else "Without a course"), first, until)
        for (eid, (title, first)), until in zip(ordered, ends, strict=True)
        if course in (None, eid)
    ]


def _answered(service: JournalService, today: date) -> Figure:
    counts: Counter[date] = Counter()
    sessions: dict[date, str] = {}
    labels = {one.eid: one.label for one in service.sessions()}
    for item in service.items():
        if isinstance(item.record, CheckIn | ScaleAnswers):
            counts[item.record.at.at.date()] += 1
        elif isinstance(item.record, Session) and item.record.happened:
            sessions[item.record.starts.at.date()] = labels.get(item.eid, "Session")
    return answered_figure(counts, sessions, today)


def _change(service: JournalService, chart: MoodChart, wish: Wish, choices: Choices) -> Figure:
    slider = SLIDERS[wish.slider]
    chosen = wish.change or next((eid for eid, _ in choices.changes), "")
    eid, _, place = chosen.partition(" ")
    lane = next((one for one in service.body().lanes if one.eid == eid), None)
    step = lane.steps[int(place)] if lane is not None and place.isdigit() and int(place) < len(lane.steps) else None
    points = chart.series[wish.slider].points if step is not None else ()
    at = step.at.at if step is not None else service.clock.now()
    before, after = before_and_after(points, at, timedelta(days=_WITHIN))
    name = dict(choices.changes).get(chosen, "a change of a medicine")
    return change_figure(slider.title, wish.slider, name, before, after, _WITHIN)
