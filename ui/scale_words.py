"""What answers to a questionnaire add up to, as a person reads it. Never what that would mean."""

from __future__ import annotations

from journal.records import ScaleAnswers, ScaleTotal
from journal.scales import BUILT_IN, Loinc, Method, Pack, Score, band_text, built_in, notices
from ui import words


def number(value: float) -> str:
    """ "12", "2.4"."""
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"


def total(pack: Pack, score: Score) -> str:
    """ "Your answers add up to 12 of 27.", or why they do not."""
    if score.total is None:
        return score.why_none
    mean = pack.scoring.method is Method.MEAN
    what = "The mean of your answers is" if mean else "Your answers add up to"
    if score.low == 0:
        return f"{what} {number(score.total)} of {number(score.high)}."
    span = f"{number(score.low)} to {number(score.high)}"
    return f"{what} {number(score.total)}; the {'mean' if mean else 'total'} goes from {span}."


def brief(pack: Pack | None, score: Score | None) -> str:
    """The same for a list: "12 of 27", "no total"."""
    if pack is None or score is None or score.total is None:
        return "kept, not added up" if pack is not None and pack.scoring.method is Method.NONE else "no total"
    mean = "mean " if pack.scoring.method is Method.MEAN else ""
    of = number(score.high) if score.low == 0 else f"{number(score.low)} to {number(score.high)}"
    return f"{mean}{number(score.total)} of {of}"


def filled(score: Score) -> str:
    """That the mean of other answers stands in some places, or ""."""
    if not score.prorated:
        return ""
    which = " and ".join(str(place + 1) for place in score.missing)
    one = len(score.missing) == 1
    items, verb = ("Item", "has") if one else ("Items", "have")
    return (
        f"{items} {which} {verb} no answer. In {'its' if one else 'their'} place the total counts the mean of the "
        "others, to the nearest whole number."
    )


def parts(score: Score) -> str:
    """The parts that are added up by themselves: "Memories and reminders (B) 5 of 20 · …", or ""."""
    return " · ".join(
        f"{one.part.title} ({one.part.name}) {'no total' if one.total is None else f'{one.total} of {one.high}'}"
        for one in score.parts
    )


def published(pack: Pack, score: Score) -> str:
    """The published range that a total lies in, and published cut-offs, with their sources. Only what was checked."""
    if score.total is None:
        return ""
    lines = []
    if score.band is not None and pack.bands is not None and pack.bands.source.checked:
        text = band_text(score.band)
        lines.append(f"{text[0].upper()}{text[1:]}. Source: {pack.bands.source.text}.")
    for cut in pack.cutoffs:
        if cut.source.checked:
            span = f"{cut.low}" if cut.low == cut.high else f"{cut.low}-{cut.high}"
            lines.append(f"Published cut-off: {span}. Source: {cut.source.text}.")
    return "\n".join(lines)


def told(answers: ScaleAnswers, pack: Pack | None = None) -> list[tuple[str, object]]:
    """Answers as lines of a text: what was asked, and what was answered."""
    if pack is None and answers.scale in BUILT_IN and built_in(answers.scale).version == answers.version:
        pack = built_in(answers.scale)
    fields: list[tuple[str, object]] = [
        ("Questionnaire", answers.title or answers.scale),
        ("When", words.day_and_time(answers.at)),
    ]
    for place, value in enumerate(answers.answers):
        here = pack is not None and place < len(pack.items)
        asked = pack.items[place].text if here else f"Item {place + 1}"
        fields.append((asked, answer(pack if here else None, place, value, place in answers.declined)))
    fields.append(("A word beside it", answers.note))
    return fields


def told_total(record: ScaleTotal) -> list[tuple[str, object]]:
    """A clinic's total as lines of a text."""
    return [
        ("Name", record.name),
        ("Total", clinic_total(record)),
        ("When", words.day_and_time(record.at)),
        ("Told by", record.told_by),
        ("A word beside it", record.note),
    ]


def clinic_total(record: ScaleTotal) -> str:
    """ "21, of 0 to 40"."""
    if record.total is None:
        return ""
    ends = [number(end) for end in (record.low, record.high) if end is not None]
    span = f", of {' to '.join(ends)}" if len(ends) == 2 else ""
    return f"{number(record.total)}{span}"


def answer(pack: Pack | None, place: int, value: int | None, declined: bool) -> str:
    """One answer in its words."""
    if declined:
        return "preferred not to answer"
    if value is None:
        return "no answer"
    options = pack.options_of(place) if pack is not None else ()
    return next((option.text for option in options if option.value == value), str(value))


def licence(pack: Pack) -> str:
    """What it is, whose words these are and on what terms, and how it is added up, in lines."""
    lines = [pack.name, pack.citation, terms(pack).replace("\u200b", "")]
    if pack.scoring.source.text:
        lines.append(f"Adding up: {pack.scoring.source.text}")
    if not pack.scoring.source.checked and pack.scoring.prorate:
        lines.append("That rule still waits to be confirmed.")
    return breaking("\n".join(line for line in lines if line))


def breaking(text: str) -> str:
    """Addresses and references that may go on in the next line after each slash."""
    return text.replace("/", "/\u200b")


def terms(pack: Pack) -> str:
    """Whose words these are, and on what terms, in lines."""
    own = pack.licence
    checked = f", looked at on {words.date_long(own.checked_on)}" if own.checked_on else ""
    lines = [
        own.text,
        f"Licence: {own.spdx}" if own.spdx else "",
        f"Rights: {own.holder}" if own.holder else "",
        f"Source: {own.source_url}{checked}" if own.source_url else "",
        notices()["loinc"] if pack.loinc != Loinc() else "",
    ]
    return breaking("\n".join(line for line in lines if line))
