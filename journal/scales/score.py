"""Answers added up, by the rule of their questionnaire. A blank is never a zero."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from journal.records import ScaleAnswers
from journal.scales.pack import Method, Pack, Range, Subscale

Answers = Sequence[int | None]


class Part(Struct, frozen=True):
    """A part of a questionnaire added up by itself; `total` is None where one of its items has no answer."""

    part: Subscale
    total: int | None
    high: int


class Score(Struct, frozen=True):
    """What answers add up to.

    `total` is None where there is none, and `why_none` then says why, in a sentence. `answered` of `expected` items
    count. `prorated`: the mean of the others stands for those of `missing`. `low` and `high`: what totals can be.
    """

    total: float | None
    answered: int
    expected: int
    low: float
    high: float
    prorated: bool = False
    why_none: str = ""
    band: Range | None = None
    missing: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()


def score(pack: Pack, answers: Answers, declined: Collection[int] = ()) -> Score:
    """What `answers` (in the order of the items; None: no answer) add up to. `declined` count as missing."""
    places = pack.scored
    expected = len(places)
    low, high = (float(end) for end in pack.range_of(places))
    if pack.scoring.method is Method.MEAN and expected:
        low, high = low / expected, high / expected
    if not fits(pack, answers):
        why = "These answers belong to another version of the questionnaire, so they are not added up."
        return Score(None, 0, expected, low, high, why_none=why)
    given = [answer for place in places if (answer := answers[place]) is not None and place not in declined]
    missing = tuple(place for place in places if answers[place] is None or place in declined)
    why = _why_none(pack, missing)
    total = None if why else _total(pack, given, expected)
    return Score(
        total=total,
        answered=len(given),
        expected=expected,
        low=low,
        high=high,
        prorated=total is not None and bool(missing),
        why_none=why,
        band=band_of(pack, total),
        missing=missing,
        parts=_parts(pack, answers, declined),
    )


def score_of(pack: Pack, record: ScaleAnswers) -> Score:
    """The same for answers that were kept."""
    return score(pack, record.answers, record.declined)


def fits(pack: Pack, answers: Answers) -> bool:
    """Whether these can be answers to this questionnaire, as it stands."""
    return len(answers) == len(pack.items) and all(
        answer is None or any(option.value == answer for option in pack.options_of(place))
        for place, answer in enumerate(answers)
    )


def band_of(pack: Pack, total: float | None) -> Range | None:
    """The published range that a total lies in, if there is one."""
    ranges = pack.bands.ranges if pack.bands is not None else ()
    return next((one for one in ranges if total is not None and one.low <= total <= one.high), None)


def band_text(band: Range) -> str:
    """ "published range: moderate (10-14)"."""
    return f"published range: {band.name} ({band.low}-{band.high})"


def _total(pack: Pack, given: list[int], expected: int) -> float:
    if pack.scoring.method is Method.MEAN:
        return sum(given) / len(given)
    # The nearest whole number, a half upwards, without the errors of fractions.
    return (2 * sum(given) * expected + len(given)) // (2 * len(given)) if len(given) < expected else sum(given)


def _why_none(pack: Pack, missing: tuple[int, ...]) -> str:
    scoring = pack.scoring
    if scoring.method is Method.NONE:
        return "These answers are not added up."
    needed = [place for place in missing if pack.items[place].link in scoring.required]
    if needed:
        return f"{_items(needed)} no answer, so there is no total."
    if not missing:
        return ""
    if scoring.prorate:
        if len(missing) <= scoring.prorate and len(missing) < len(pack.scored):
            return ""
        most = f"at most {scoring.prorate} may be missing"
        return f"{_items(missing)} no answer, and for a total {most}."
    return f"{_items(missing)} no answer, so there is no total: it needs every answer."


def _items(places: Sequence[int]) -> str:
    """ "Items 3 and 5 have", with where a person finds them: counted from 1."""
    numbers = [str(place + 1) for place in places]
    if len(numbers) == 1:
        return f"Item {numbers[0]} has"
    return f"Items {', '.join(numbers[:-1])} and {numbers[-1]} have"


def _parts(pack: Pack, answers: Answers, declined: Collection[int]) -> tuple[Part, ...]:
    found = []
    for part in pack.parts:
        places = [place for link in part.items if (place := pack.place_of(link)) is not None]
        values = [answers[place] for place in places if place not in declined]
        given = [value for value in values if value is not None]
        total = sum(given) if len(given) == len(places) else None
        found.append(Part(part, total, pack.range_of(places)[1]))
    return tuple(found)
