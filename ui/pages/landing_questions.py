"""What is asked while landing, in which order, and what the large buttons say: five words at most."""

from __future__ import annotations

from typing import NamedTuple

from journal.service.landing_steps import NIGHT

NORMAL = "Strong and difficult moments are reported by some people. People you trust, or your therapist, may be told."
STEPS = ("words", "stays", "body", "hard", "again", "mood", NIGHT)
WORDED = frozenset({"words", "stays", "body"})


_ALOUD = "Your voice, or three words. Nothing has to make sense."


class Asked(NamedTuple):
    """A question; `choices` are codes, what their buttons say, and their full names where that says too little."""

    text: str
    help: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()


_ASKED: dict[str, Asked] = {
    "words": Asked("How is it?", "Three words, or fewer. Nothing has to make sense."),
    "stays": Asked("What stays?", "A picture, a colour, a sound."),
    "body": Asked("Where is it in your body?"),
    "hard": Asked("Was any of it hard?", "", (("no", "No", ""), ("bit", "A bit", ""), ("very", "Very", ""))),
    "again": Asked(
        "Do you want to be asked about this again?",
        "",
        (("tomorrow", "Tomorrow", ""), ("no", "Not unless I open it", "")),
    ),
    "mood": Asked(
        "Your mood, right now",
        "0 is very low, 10 is very good.",
        tuple((str(mood), str(mood), f"Mood {mood} of 10") for mood in range(11)),
    ),
    NIGHT: Asked("Good night."),
}


def question(step: str, *, voice: bool = False) -> Asked:
    """What is asked at this step; `voice`: it can be spoken too."""
    asked = _ASKED[step]
    return asked._replace(help=_ALOUD) if voice and step == STEPS[0] else asked


def good_night(until: str | None) -> str:
    """What stands under "Good night": until when some things rest, if they do."""
    rests = f" Some things rest until {until}, so that nothing has to be decided before." if until else ""
    return f"What you said is kept.{rests}"


def after(step: str, hard: str) -> str:
    """The next step. Nobody is asked about asking again where nothing was hard."""
    steps = _steps(hard)
    return steps[min(steps.index(step) + 1, len(steps) - 1)] if step in steps else "mood"


def before(step: str, hard: str) -> str:
    """The step before."""
    steps = _steps(hard)
    return steps[max(steps.index(step) - 1, 0)] if step in steps else "hard"


def _steps(hard: str) -> tuple[str, ...]:
    return STEPS if hard in ("bit", "very") else tuple(step for step in STEPS if step != "again")
