"""What became of a questionnaire's total in a course: the change since what was before, and what published rules say
of two totals. Each answer carries its rule, and with it the source.

The rules describe groups of people. The person's own pages quote those that were checked where published ranges are
wanted, with the numbers beside them, and say of nobody that one is met.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from journal.clock import in_utc
from journal.scales import ChangeKind, ChangeRule, Pack
from journal.trends.baseline import Baseline, of_scale
from journal.trends.totals import Total, in_time

GROUPS = "These thresholds describe groups of people, not one person."


class Verdict(Struct, frozen=True):
    """Whether a rule is met. `change` is the last total less the first; for a remission there is none."""

    met: bool
    rule: ChangeRule
    change: float | None = None


class Outcome(Struct, frozen=True):
    """From the baseline of a course to its last total; `change` and the verdicts are None where one is not there (and
    a verdict where there is no rule). Of the `expected` fillings since the first dose, `answered` have a total;
    `totals` are these, in the order of time."""

    baseline: Baseline | None
    totals: tuple[Total, ...]
    expected: int
    change: float | None = None
    response: Verdict | None = None
    remission: Verdict | None = None
    reliable: Verdict | None = None

    @property
    def answered(self) -> int:
        return len(self.totals)

    @property
    def last(self) -> Total | None:
        return self.totals[-1] if self.totals else None

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Those there are."""
        return tuple(one for one in (self.response, self.remission, self.reliable) if one is not None)


def outcome(
    pack: Pack, totals: Iterable[Total], first: datetime, until: datetime | None = None, pinned: Total | None = None
) -> Outcome:
    """Of a course whose first dose was at `first`; what comes from `until` on is of another."""
    ordered = in_time(totals)
    baseline = of_scale(ordered, first, pinned)
    begin, end = in_utc(first), in_utc(until) if until is not None else None
    mine = [one for one in ordered if in_utc(one.at) >= begin and (end is None or in_utc(one.at) < end)]
    known = tuple(one for one in mine if one.value is not None)
    if baseline is None or not known or (last := known[-1].value) is None:
        return Outcome(baseline, known, len(mine))
    base = baseline.value
    verdicts = response(pack, base, last), remission(pack, last), reliable(pack, base, last)
    return Outcome(baseline, known, len(mine), last - base, *verdicts)


def response(pack: Pack, baseline: float, last: float) -> Verdict | None:
    """Whether the total fell by the share that is called a response. None: no rule, or the baseline is too low."""
    rule = _rule(pack, ChangeKind.RESPONSE)
    if rule is None or rule.percent is None or baseline <= 0 or baseline < (rule.baseline or 0):
        return None
    return Verdict((baseline - last) * 100 >= rule.percent * baseline, rule, last - baseline)


def remission(pack: Pack, last: float) -> Verdict | None:
    """Whether the total lies under what is called a remission. None: there is no rule."""
    rule = _rule(pack, ChangeKind.REMISSION)
    return None if rule is None or rule.below is None else Verdict(last < rule.below, rule)


def reliable(pack: Pack, baseline: float, last: float) -> Verdict | None:
    """Whether the change, either way, is larger than chance would make it. None: there is no rule."""
    rule = _rule(pack, ChangeKind.RELIABLE)
    if rule is None or rule.points is None:
        return None
    return Verdict(abs(last - baseline) >= rule.points, rule, last - baseline)


def reliable_index(baseline: float, last: float, deviation: float, reliability: float) -> float | None:
    """The reliable change index (Jacobson and Truax 1991, doi:10.1037/0022-006X.59.1.12); 1.96 and more is reliable.

    None where the standard deviation is not above 0, or the reliability not from 0 to under 1.
    """
    if deviation <= 0 or not 0 <= reliability < 1:
        return None
    return (last - baseline) / (deviation * math.sqrt(2 * (1 - reliability)))


def _rule(pack: Pack, kind: ChangeKind) -> ChangeRule | None:
    return next((rule for rule in pack.change if rule.kind is kind), None)
