"""Medicines, effects, questions, commitments, questionnaires, hard moments, replies: Markdown, as they were noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from journal.exchange.markdown_text import Records, line, time_of, when
from journal.records import (
    Commitment,
    HardMoment,
    Medicine,
    Onset,
    Question,
    Record,
    Reply,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
)
from journal.records.body import ONSETS, effect_name


def body_and_path(records: Records, answered: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Each kind that there is, under its heading. `answered`: by the ids of answers, what was asked and answered, a
    line for each question; by those of replies, what they say."""
    sessions = _sessions(records)
    for heading, cls, told in _PARTS:
        found = sorted(((eid, one) for eid, one in records.items() if isinstance(one, cls)), key=_time)
        if found:
            yield f"# {heading}\n"
        said = []
        for eid, one in found:
            lines = answered.get(eid, ())
            session = sessions.get(getattr(one, "session", None) or "", "")
            if isinstance(one, ScaleAnswers) and lines:
                said.append(_item(when(one.at.at), one.title or one.scale, one.note, session))
            else:
                said.append(told(one, session))
            said += ["  " + _item(text) for text in lines]
        if said:
            yield "".join(said)


def _sessions(records: Records) -> dict[str, str]:
    """ "session 3", by ids: with the number that stands at the head of that session here."""
    found = sorted(((eid, one) for eid, one in records.items() if isinstance(one, Session)), key=_time)
    return {eid: f"session {one.number or place}" for place, (eid, one) in enumerate(found, start=1)}


def _time(pair: tuple[str, Record]) -> float:
    return time_of(pair[1])


def _item(*parts: str) -> str:
    return "- " + ", ".join(line(part) for part in parts if part.strip()) + "\n"


def _medicine(one: Medicine, _session: str) -> str:
    told = _item(one.name, one.sort, one.reason, "as needed" if one.as_needed else "", one.notes)
    steps = (f"{when(step.at.at)} {step.kind.value}" for step in one.steps)
    return told + "".join(
        "  " + _item(text, step.dose, step.note) for text, step in zip(steps, one.steps, strict=True)
    )


def _began(one: SideEffect) -> str:
    if one.onset is Onset.TIME:
        return f"began {when(one.began.at)}"
    near = f" {ONSETS[one.onset]}" if one.onset in ONSETS else ""
    return f"began {one.began.at:%Y-%m-%d}{near}, time not said"


def _effect(one: SideEffect, session: str) -> str:
    gone = f"gone {when(one.gone.at)}" if one.gone else ""
    return _item(
        effect_name(one.what), _began(one), gone,
        one.strength.value if one.strength else "", one.note, session,
    )  # fmt: skip


def _question(one: Question, session: str) -> str:
    asked = f"asked {when(one.asked.at)}" if one.asked else ""
    answer = f"  {_item(one.answer)}" if one.answer.strip() else ""
    return _item(one.text, f"for: {one.whom.value}", asked, session) + answer


def _commitment(one: Commitment, session: str) -> str:
    outcome = one.outcome.value.replace("-", " ") if one.outcome else ""
    return _item(f"week of {one.begins.at:%Y-%m-%d}", one.text, one.where, one.who, outcome, one.note, session)


def _answers(one: ScaleAnswers, session: str) -> str:
    """The answers as numbers, where their questions are not known. What they add up to is not said."""
    numbers = (
        "preferred not to answer" if place in one.declined else "–" if answer is None else str(answer)
        for place, answer in enumerate(one.answers)
    )
    return _item(when(one.at.at), one.title or one.scale, " · ".join(numbers), one.note, session)


def _total(one: ScaleTotal, session: str) -> str:
    reach = f"of {one.low:g} to {one.high:g}" if one.low is not None and one.high is not None else ""
    told_by = f"told by {one.told_by}" if one.told_by.strip() else ""
    total = f"{one.total:g}" if one.total is not None else "no total"
    return _item(when(one.at.at), f"{one.name}: {total} {reach}".strip(), told_by, one.note, session)


def _hard(one: HardMoment, session: str) -> str:
    tell = f"to tell: {', '.join(one.tell)}" if one.tell else ""
    talk = "to talk about in therapy" if one.talk else ""
    still = {True: "still bothers me", False: "does not bother me any more", None: ""}[one.still]
    return _item(when(one.at.at), one.how.value, one.note, tell, talk, still, session)


def _reply(one: Reply, _session: str) -> str:
    return _item(f"taken in {when(one.received.at)}", one.maker)


_PARTS: tuple[tuple[str, type[Record], Callable[..., str]], ...] = (
    ("Medicines", Medicine, _medicine),
    ("Side effects", SideEffect, _effect),
    ("To bring along", Question, _question),
    ("Commitments", Commitment, _commitment),
    ("Questionnaires", ScaleAnswers, _answers),
    ("Totals from a clinic", ScaleTotal, _total),
    ("Hard moments", HardMoment, _hard),
    ("Replies to shares", Reply, _reply),
)
