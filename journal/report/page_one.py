"""What stands on a report's first page, in its order: plain values, worked out from a share and from nothing else.

1 what this is  2 questionnaires, first and last  3 a chart  4 what was in this time  5 the item that asks about dying
6 what the person wants to talk about. The order follows what therapists and patients asked for in RAND RR3078 (Hepner
2019). Only published rules whose source was checked are quoted, and no sentence says what a number would mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from journal.records.body import StepKind
from journal.report.fhir_scores import pack_of
from journal.scales import ChangeKind, Pack, band_of, band_text
from journal.share import Dates, Payload, SharedScale, SharedSession, day_text
from journal.share.blocks import BLANK, session_label
from journal.share.render import ROUTES, cover, left_out
from journal.share.render_parts import HOW_HARD, ITEMS_LEFT, OUTCOMES, STEPS, number_text, range_text
from journal.trends import GROUPS, Verdict, reliable, remission, response

NONE = "none in this share"
HEAD = ("Questionnaire", "First", "Last", "Change", "Fell by half", "Remission", "Reliable", "Days since")
_MOST = 6  # entries named in one line


class Change(msgspec.Struct, frozen=True):
    """A questionnaire in the share: its first and its last total, and what published rules say of the two.

    `scale` is the last one; `pack` None where it is none of the program's. `rules` are those that were used.
    """

    title: str
    first: SharedScale
    last: SharedScale
    pack: Pack | None
    half: Verdict | None = None
    remission: Verdict | None = None
    reliable: Verdict | None = None

    @property
    def change(self) -> float | None:
        """The last total less the first; None of a single one."""
        if self.first is self.last or self.first.total is None or self.last.total is None:
            return None
        return self.last.total - self.first.total

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Those there are."""
        return tuple(one for one in (self.half, self.remission, self.reliable) if one is not None)


def extract(payload: Payload) -> str:
    """What any page of it is."""
    return f"Shared by the patient on {day_text(payload.made)}: an extract, not a medical record"


def heading(payload: Payload) -> list[str]:
    """The lines below the title: whose, from when to when, what is in it, what was left out."""
    facts = {label: value for block in cover(payload) for label, value in block.rows}
    lines = [f"From: {payload.sender or 'not said'} · For: {payload.to or 'not said'}."]
    lines.append(f"Period: {facts['Period']}.")
    lines.append(f"In it: {facts['In it']}.")
    if payload.dates is not Dates.DAY:
        lines.append(f"Days are told by the {payload.dates}.")
    told = left_out(payload.left_out) if payload.left_out is not None else ()
    lines += [f"{label}: {value}." for label, value in told] or ["What was left out: not said."]
    return lines


def changes(payload: Payload) -> list[Change]:
    """A row for each questionnaire that has a total, in the order in which they first stand in the share."""
    groups: dict[tuple[str, int, str], list[SharedScale]] = {}
    for scale in payload.scales:
        if scale.total is not None:
            key = (scale.scale, scale.version, scale.title.casefold() if scale.told else "")
            groups.setdefault(key, []).append(scale)
    return [_change(sorted(group, key=_when)) for group in groups.values()]


def row(payload: Payload, one: Change) -> tuple[str, ...]:
    """The cells of `HEAD`; a dash where there is nothing to say, or no rule that was checked."""
    single = one.change is None
    days = (payload.made - one.last.day).days if payload.dates is Dates.DAY else None
    return (
        f"{one.title} ({range_text(one.last)})" if one.last.low is not None else one.title,
        BLANK if single else _total(payload, one.first),
        _total(payload, one.last),
        BLANK if one.change is None else signed(one.change),
        _verdict(one.half),
        _verdict(one.remission),
        _verdict(one.reliable),
        BLANK if days is None or days < 0 else str(days),
    )


def definitions(found: list[Change]) -> list[str]:
    """The published rules that were used, each once, with the questionnaires it is for and its source."""
    used: dict[tuple[str, str], list[str]] = {}
    for one in found:
        for verdict in one.verdicts:
            titles = used.setdefault((_rule(verdict), verdict.rule.source.text), [])
            if one.title not in titles:
                titles.append(one.title)
    lines = [f"{rule} ({', '.join(titles)}). {source}." for (rule, source), titles in used.items()]
    return [*lines, GROUPS] if lines else []


def bands_told(found: list[Change]) -> list[str]:
    """The published range that each last total lies in, with its source."""
    lines = []
    for one in found:
        if one.pack is None or one.pack.bands is None or not one.pack.bands.source.checked:
            continue
        band = band_of(one.pack, one.last.total)
        if band is not None:
            lines.append(f"{one.title}: {band_text(band)}. {one.pack.bands.source.text}.")
    return lines


def in_this_time(payload: Payload) -> list[tuple[str, str]]:
    """What a therapist asks first. A share does not know when the two last met, so it is its whole time."""
    return [
        ("Sessions", _listed([_session(payload, one) for one in payload.sessions if one.happened])),
        ("Medicines", _listed(list(_steps(payload)))),
        ("Hard moments", _hard(payload)),
        ("Side effects, no end noted", _listed([one.what for one in payload.effects if one.gone is None])),
        ("One small thing", _commitment(payload)),
    ]


def help_items(payload: Payload) -> list[tuple[str, str]]:
    """The last answer to the item that asks about thoughts of death, as it was asked; or that it is not shared.

    One line for each questionnaire that has such an item; none where no such questionnaire is in the share.
    """
    last: dict[str, tuple[SharedScale, Pack]] = {}
    for scale in sorted(payload.scales, key=_when):
        pack = pack_of(scale)
        if pack is not None and pack.help_item and (scale.items or pack.id not in last or not last[pack.id][0].items):
            last[pack.id] = (scale, pack)
    return [(f"{pack.title}, item {pack.help_item}", _asked(payload, scale, pack)) for scale, pack in last.values()]


def signed(value: float) -> str:
    """ "−7", "+2", "0"."""
    text = number_text(abs(value))
    return text if value == 0 else f"{'−' if value < 0 else '+'}{text}"


def _change(totals: list[SharedScale]) -> Change:
    first, last = totals[0], totals[-1]
    pack = pack_of(last)
    title = last.title if last.title.strip() else "without a name"
    if last.told:
        return Change(f"{title}, as told", first, last, None)
    if pack is None or first.total is None or last.total is None:
        return Change(title, first, last, None)
    pair = len(totals) > 1
    return Change(
        title,
        first,
        last,
        pack,
        half=_checked(response(pack, first.total, last.total)) if pair else None,
        remission=_checked(remission(pack, last.total)),
        reliable=_checked(reliable(pack, first.total, last.total)) if pair else None,
    )


def _checked(verdict: Verdict | None) -> Verdict | None:
    """None where the rule's source was not checked: what was not is never shown."""
    return verdict if verdict is not None and verdict.rule.source.checked else None


def _verdict(verdict: Verdict | None) -> str:
    return BLANK if verdict is None else "yes" if verdict.met else "no"


def _rule(verdict: Verdict) -> str:
    rule = verdict.rule
    match rule.kind:
        case ChangeKind.RESPONSE:
            least = f" from at least {rule.baseline}" if rule.baseline else ""
            return f"Fell by half (“response”): a fall of {rule.percent} % or more{least}"
        case ChangeKind.REMISSION:
            return f"Remission: a total under {rule.below}"
    return f"Reliable: a change of {rule.points} or more, either way"


def _total(payload: Payload, scale: SharedScale) -> str:
    number = BLANK if scale.total is None else number_text(scale.total)
    return f"{number}{', prorated' if scale.prorated else ''} ({_day(payload, scale.day)})"


def _when(scale: SharedScale) -> tuple[date, float]:
    return scale.day, scale.at.timestamp() if scale.at is not None else 0.0


def _session(payload: Payload, session: SharedSession) -> str:
    route = f", {ROUTES[session.route]}" if session.route is not None else ""
    label = session_label(session, payload.dates)
    day = f", {_day(payload, session.day)}" if session.number is not None else ""
    return f"{label}{day}{route}"


def _steps(payload: Payload) -> Iterator[str]:
    steps = [(step.day, medicine.name, step) for medicine in payload.medicines for step in medicine.steps]
    for day, name, step in sorted(steps, key=lambda one: one[0]):
        dose = f", {step.dose}" if step.dose.strip() and step.kind is not StepKind.STOP else ""
        yield f"{name} {STEPS[step.kind]} {_day(payload, day)}{dose}"


def _hard(payload: Payload) -> str:
    if not payload.hard:
        return NONE
    count = len(payload.hard)
    talk = sum(one.talk for one in payload.hard)
    said = [f"{sum(one.how is how for one in payload.hard)} {words}" for how, words in HOW_HARD.items()]
    said = [words for words in said if not words.startswith("0 ")]
    return f"{count} ({', '.join(said)}); wants to talk about {talk or 'none'} of them"


def _commitment(payload: Payload) -> str:
    last = max(payload.commitments, key=lambda one: one.day, default=None)
    if last is None:
        return NONE
    outcome = f": {OUTCOMES[last.outcome]}" if last.outcome is not None else ""
    week = "the week from " if payload.dates is Dates.DAY else ""
    return f"“{' '.join(last.text.split())}”, {week}{_day(payload, last.day)}{outcome}"


def _asked(payload: Payload, scale: SharedScale, pack: Pack) -> str:
    place = pack.place_of(pack.help_item)
    if place is None or not scale.items or place >= len(scale.items):
        return ITEMS_LEFT
    item = scale.items[place]
    if item.value is None:
        said = "preferred not to answer" if item.declined else "no answer"
    else:
        said = f"{item.value} {item.answer}".strip()
    return f"“{item.text}” {said} ({_day(payload, scale.day)})"


def _listed(found: list[str]) -> str:
    """Some of them by name, the newest where there are many, and how many there are besides."""
    if not found:
        return NONE
    more = len(found) - _MOST
    return "; ".join(found[-_MOST:]) + (f"; and {more} before" if more > 0 else "")


def _day(payload: Payload, day: date) -> str:
    """ "23 Nov 2026", "week of 23 Nov 2026", "Nov 2026": shorter than elsewhere, for there is one page."""
    month = f"{day_text(day, dates=Dates.MONTH)[:3]} {day.year}"
    if payload.dates is Dates.MONTH:
        return month
    return f"{'week of ' if payload.dates is Dates.WEEK else ''}{day.day} {month}"
