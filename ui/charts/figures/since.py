"""What became of a questionnaire's total in each course, in words, and what was published on such a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from journal.scales import ChangeKind, ChangeRule, Pack
from journal.trends import GROUPS, Outcome, Total, outcome
from ui import words

_NAMES = {
    ChangeKind.RESPONSE: "response",
    ChangeKind.REMISSION: "remission",
    ChangeKind.RELIABLE: "reliable change",
}


class Span(NamedTuple):
    """A course: from its first dose until that of the next one, or None."""

    title: str
    first: datetime
    until: datetime | None = None


def outcomes(
    pack: Pack, totals: Sequence[Total], spans: Iterable[Span], pinned: str = ""
) -> list[tuple[Span, Outcome]]:
    """Of each course that anything was filled in for. `pinned`: the id of the total to count all from, if one is."""
    chosen = next((one for one in totals if one.eid == pinned and one.value is not None), None)
    found = [(span, outcome(pack, totals, span.first, span.until, chosen)) for span in spans]
    return [(span, one) for span, one in found if one.expected or one.baseline is not None]


def changes(found: Iterable[tuple[Span, Outcome]]) -> Mapping[str, str]:
    """For the id of each total since a baseline: how far it is from it."""
    return {
        total.eid: f"{total.value - one.baseline.value:+g}"
        for _, one in found
        for total in one.totals
        if one.baseline is not None and total.value is not None
    }


def notes(pack: Pack, found: Sequence[tuple[Span, Outcome]], *, published: bool) -> tuple[str, ...]:
    """A line a course, and where what was published is wanted, its definitions with their sources."""
    lines = [_line(span, one, published=published) for span, one in found]
    rules = [rule for rule in pack.change if rule.source.checked] if published and lines else []
    by_source: dict[str, list[str]] = {}
    for rule in rules:
        by_source.setdefault(rule.source.text, []).append(f"{_NAMES[rule.kind]}, {definition(rule)}")
    if rules:
        said = "; ".join(f"{'; '.join(some)} ({source})" for source, some in by_source.items())
        lines.append(f"Published definitions: {said}. {GROUPS}")
    return tuple(lines)


def definition(rule: ChangeRule) -> str:
    """ "a fall of 50 % or more, from 10 or above"."""
    if rule.kind is ChangeKind.RESPONSE:
        start = f", from {rule.baseline} or above" if rule.baseline is not None else ""
        return f"a fall of {rule.percent} % or more{start}"
    if rule.kind is ChangeKind.REMISSION:
        return f"a total under {rule.below}"
    return f"{rule.points} points or more, either way"


def _line(span: Span, one: Outcome, *, published: bool) -> str:
    name = f"{span.title}: " if span.title else ""
    filled = f"{one.answered} of {words.counted(one.expected, 'filling', 'fillings')} since its first session"
    counted = f"{filled} {'has' if one.expected == 1 else 'have'} a total."
    if one.baseline is None:
        return f"{name}no total in the 14 days before the first session to count from. {counted}"
    base = f"{one.baseline.value:g} ({one.baseline.rule})"
    if one.last is None or one.last.value is None or one.change is None:
        return f"{name}{base} to count from. {counted}"
    change = f"from {base} to {one.last.value:g} on {words.date_long(one.last.at.date())}, {one.change:+g}"
    if published and one.baseline.value:
        change += f" ({_share(-one.change / one.baseline.value)})"
    met = [_NAMES[verdict.rule.kind] for verdict in one.verdicts if verdict.met and verdict.rule.source.checked]
    within = f", within what was published as {' and '.join(met)}" if published and met else ""
    return f"{name}{change}{within}. {counted}"


def _share(fall: float) -> str:
    """ "a fall of 47.1 %"."""
    return f"a {'rise' if fall < 0 else 'fall'} of {abs(fall) * 100:.1f} %".replace(".0 %", " %")
