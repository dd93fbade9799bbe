"""What published rules say about two totals. Each answer carries its rule, and with it the source.

The rules describe groups of people. They are for the therapist's page; the person's own pages show none of them.
"""

from __future__ import annotations

import math

from msgspec import Struct

from journal.scales.pack import ChangeKind, ChangeRule, Pack

GROUPS = "These thresholds describe groups of people, not one person."


class Verdict(Struct, frozen=True):
    """Whether a rule is met. `change` is the last total less the first; for a remission there is none."""

    met: bool
    rule: ChangeRule
    change: float | None = None


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
