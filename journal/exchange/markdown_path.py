"""Medicines, effects, questions, commitments, questionnaires and hard moments as Markdown: as they were noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from journal.exchange.markdown_text import Records, line, time_of, when
from journal.records import (
    Commitment,
    HardMoment,
    Medicine,
    Question,
    Record,
    ScaleAnswers,
    ScaleTotal,
    SideEffect,
)
from journal.records.body import effect_name


def body_and_path(records: Records) -> Iterator[str]:
    """Each kind that there is, under its heading."""
    for heading, cls, told in _PARTS:
        found = sorted((record for record in records.values() if isinstance(record, cls)), key=time_of)
        if found:
            yield f"# {heading}\n"
            yield "".join(told(one) for one in found)


def _item(*parts: str) -> str:
    return "- " + ", ".join(line(part) for part in parts if part.strip()) + "\n"


def _medicine(one: Medicine) -> str:
    told = _item(one.name, one.sort, one.reason, "as needed" if one.as_needed else "", one.notes)
    steps = (f"{when(step.at.at)} {step.kind.value}" for step in one.steps)
    return told + "".join(
        "  " + _item(text, step.dose, step.note) for text, step in zip(steps, one.steps, strict=True)
    )


def _effect(one: SideEffect) -> str:
    gone = f"gone {when(one.gone.at)}" if one.gone else ""
    return _item(
        effect_name(one.what), f"began {when(one.began.at)}", gone,
        one.strength.value if one.strength else "", one.note,
    )  # fmt: skip


def _question(one: Question) -> str:
    asked = f"asked {when(one.asked.at)}" if one.asked else ""
    return _item(one.text, f"for: {one.whom.value}", asked) + (f"  {_item(one.answer)}" if one.answer.strip() else "")


def _commitment(one: Commitment) -> str:
    outcome = one.outcome.value.replace("-", " ") if one.outcome else ""
    return _item(f"week of {one.begins.at:%Y-%m-%d}", one.text, one.where, one.who, outcome, one.note)


def _answers(one: ScaleAnswers) -> str:
    """The answers as numbers: a dash where nothing was answered. What they add up to is not said."""
    numbers = " ".join("–" if answer is None else str(answer) for answer in one.answers)
    return _item(when(one.at.at), one.scale, numbers, one.note)


def _total(one: ScaleTotal) -> str:
    reach = f"of {one.low:g} to {one.high:g}" if one.low is not None and one.high is not None else ""
    told_by = f"told by {one.told_by}" if one.told_by.strip() else ""
    total = f"{one.total:g}" if one.total is not None else "no total"
    return _item(when(one.at.at), f"{one.name}: {total} {reach}".strip(), told_by, one.note)


def _hard(one: HardMoment) -> str:
    tell = f"to tell: {', '.join(one.tell)}" if one.tell else ""
    talk = "to talk about in therapy" if one.talk else ""
    still = {True: "still bothers me", False: "does not bother me any more", None: ""}[one.still]
    return _item(when(one.at.at), one.how.value, one.note, tell, talk, still)


_PARTS: tuple[tuple[str, type[Record], Callable[..., str]], ...] = (
    ("Medicines", Medicine, _medicine),
    ("Side effects", SideEffect, _effect),
    ("To bring along", Question, _question),
    ("Commitments", Commitment, _commitment),
    ("Questionnaires", ScaleAnswers, _answers),
    ("Totals from a clinic", ScaleTotal, _total),
    ("Hard moments", HardMoment, _hard),
)
