"""What goes along with a session and the weeks after: landing, what was hard, questions, one commitment a week."""

from __future__ import annotations

from enum import StrEnum

from journal.records.base import Moment, Record, check_line, check_text


class Landing(Record, frozen=True, kw_only=True, tag="landing"):
    """The first hours after a session. Until it has ended and a night has passed, some things rest.

    `experience` is the entry that holds what was said. `ended` is the "Good night". `woken`: the person typed the
    sentence that ends the rest early.
    """

    began: Moment
    session: str | None = None
    experience: str | None = None
    ended: Moment | None = None
    woken: Moment | None = None

    @property
    def when(self) -> Moment:
        return self.began


class HowHard(StrEnum):
    """How hard something was. The person says so; it is no diagnosis."""

    BIT = "bit"
    VERY = "very"


HARD_NAMES: dict[HowHard, str] = {HowHard.BIT: "A bit hard", HowHard.VERY: "Very hard"}


class HardMoment(Record, frozen=True, kw_only=True, tag="hard"):
    """Something that was hard. `entry` is where it is written about, if anywhere.

    `tell` are names of people the person wants to tell; `talk`: "I want to talk about it with my therapist".
    `ask_again` is when the person wants to be asked, or None for "not unless I open it"; `looked` when they looked at
    it again, and `still` whether it still bothers them then.
    """

    at: Moment
    how: HowHard = HowHard.BIT
    session: str | None = None
    entry: str | None = None
    note: str = ""
    tell: tuple[str, ...] = ()
    talk: bool = False
    ask_again: Moment | None = None
    looked: Moment | None = None
    still: bool | None = None

    def __post_init__(self) -> None:
        check_text(self.note)
        for name in self.tell:
            check_line(name, "name")

    @property
    def when(self) -> Moment:
        return self.at


class Whom(StrEnum):
    """Whom a question is for."""

    PRESCRIBER = "prescriber"
    THERAPY = "therapy"


class Question(Record, frozen=True, kw_only=True, tag="question"):
    """Something to ask or to bring along. `asked` is when it was, `answer` what came back."""

    text: str
    made: Moment
    whom: Whom = Whom.PRESCRIBER
    session: str | None = None
    entry: str | None = None
    asked: Moment | None = None
    answer: str = ""

    def __post_init__(self) -> None:
        check_text(self.text)
        check_text(self.answer)

    @property
    def when(self) -> Moment:
        return self.made


class Outcome(StrEnum):
    """What became of a commitment, in the person's own judgement."""

    DID = "did"
    PART = "part"
    NOT_YET = "not-yet"
    NOT_MINE = "not-mine"  # no longer mine


class Commitment(Record, frozen=True, kw_only=True, tag="commitment"):
    """One small thing for a week from `begins` on. `where` is when and where, `who` could know about it."""

    text: str
    begins: Moment
    where: str = ""
    who: str = ""
    session: str | None = None
    outcome: Outcome | None = None
    reviewed: Moment | None = None
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("text", "where", "who"):
            check_line(getattr(self, name), name)
        check_text(self.note)

    @property
    def when(self) -> Moment:
        return self.begins
