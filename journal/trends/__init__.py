"""Numbers over time, as pure functions: what a chart and its table draw from the same tuple."""

from __future__ import annotations

from journal.trends.around import Around, AtPoint, Curve, Middle, around
from journal.trends.baseline import Baseline, Rule, Total, of_scale, of_slider
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
from journal.trends.shapes import CIRCLE, SQUARE, corners
from journal.trends.survival import Step, Survival, kaplan_meier

__all__ = [
    "CIRCLE", "LONGEST_LINE", "SQUARE", "Answer", "Around", "AtPoint", "Baseline", "Benefit", "Curve", "End",
    "Middle", "MoodChart", "Point", "Rule", "Series",
    "SessionMark", "Side", "Step", "Survival", "Total", "answer_of", "around", "before_and_after", "benefit",
    "chart_of", "corners", "kaplan_meier", "of_scale", "of_slider",
]  # fmt: skip
