"""Numbers over time, as pure functions: what a chart and its table draw from the same tuple."""

from __future__ import annotations

from journal.trends.around import Around, AtPoint, Curve, Middle, around
from journal.trends.baseline import Baseline, Rule, of_scale, of_slider
from journal.trends.benefit import Benefit, End, benefit
from journal.trends.change import Side, before_and_after
from journal.trends.chart import (
    LONGEST_LINE,
    Answer,
    MoodChart,
    Point,
    Series,
    SessionMark,
    answer_of,
    chart_of,
)
from journal.trends.outcome import (
    GROUPS,
    Outcome,
    Verdict,
    outcome,
    reliable,
    reliable_index,
    remission,
    response,
)
from journal.trends.shapes import (
    CIRCLE,
    SQUARE,
    corners,
)
from journal.trends.survival import (
    Step,
    Survival,
    kaplan_meier,
    survival_of,
)
from journal.trends.totals import (
    Total,
    longest_line,
    runs_of,
)

__all__ = [
    "CIRCLE", "GROUPS", "LONGEST_LINE", "SQUARE", "Answer", "Around", "AtPoint", "Baseline", "Benefit", "Curve",
    "End", "Middle", "MoodChart", "Outcome", "Point", "Rule", "Series", "SessionMark", "Side", "Step", "Survival",
    "Total", "Verdict", "answer_of", "around", "before_and_after", "benefit", "chart_of", "corners", "kaplan_meier",
    "longest_line", "of_scale", "of_slider", "outcome", "reliable", "reliable_index", "remission", "response",
    "runs_of", "survival_of",
]  # fmt: skip
