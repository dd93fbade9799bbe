"""A whole course as Markdown: phases, providers, the day of a session, the body's side, each under its heading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QTextDocument

from journal.exchange import markdown
from journal.records import (
    Commitment,
    Course,
    CoursePhase,
    Expense,
    HardMoment,
    HowHard,
    Medicine,
    MedicineStep,
    Moment,
    Outcome,
    Phase,
    Provider,
    Question,
    Ready,
    Record,
    Role,
    ScaleAnswers,
    ScaleTotal,
    Session,
    SideEffect,
    StepKind,
    Strength,
    Taken,
    TakenBefore,
    Vitals,
    VitalsPoint,
)
from tests.journal.exchange.files import CLOCK

DAY = datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
COURSE, SESSION, MEDICINE, WHO = "c" * 32, "a" * 32, "d" * 32, "e" * 32


def after(days: float = 0) -> Moment:
    return Moment(DAY + timedelta(days=days))


def lines(*pairs: tuple[str, Record]) -> list[str]:
    return markdown.dump(pairs, CLOCK)[0].split("\n")


def in_order(found: list[str], *wanted: str) -> None:
    places = [found.index(line) for line in wanted]
    assert places == sorted(places)


def test_a_course_tells_its_phases_its_people_and_what_was_agreed() -> None:
    phases = (
        CoursePhase(
            kind=Phase.INDUCTION, name="Six", started=after(), ended=after(20), planned=6, notes="twice a\nweek"
        ),
        CoursePhase(kind=Phase.PAUSE, started=after(21)),
    )
    course = Course(
        title="Autumn", targets=("ptsd", "my *own*"), phases=phases, providers=(WHO, "f" * 32), notes="agreed\non",
        planned=8, phase=Phase.PAUSE,
    )  # fmt: skip
    found = lines(
        (COURSE, course),
        (WHO, Provider(name="Lindenhof", role=Role.CLINIC, place="Linden 4", reach="030 1")),
        ("1" * 32, Provider(name="Nobody's")),
    )
    in_order(
        found, "# Course: Autumn", "- Where it stands: pause", "- For: PTSD, my \\*own\\*", "- Sessions planned: 8",
        "- Six (induction), 2026-03-01 to 2026-03-21, 6 planned, twice a week", "- Pause, since 2026-03-22",
        "- Lindenhof, clinic, Linden 4, 030 1", "agreed  ", "on", "# Providers and clinics", "- Nobody's, other",
    )  # fmt: skip


def test_the_day_of_a_session_is_told() -> None:
    session = Session(
        starts=after(), happened=True, number=2, arriving="tired,\nglad", told="as ever", support="Mara", ride="Mara",
        second_dose="10 mg", second_at=after(1 / 48), ended=after(0.5),
        prepared=(Ready("Water", True), Ready("A ride")),
        taken=(TakenBefore(MEDICINE, Taken.UNSURE), TakenBefore("f" * 32, Taken.YES)),
        vitals=(
            Vitals(point=VitalsPoint.LEAVING, systolic=126, diastolic=80, pulse=70, oxygen=98),
            Vitals(point=VitalsPoint.BEFORE, systolic=120),
            Vitals(point=VitalsPoint.MIDDLE),
        ),
    )  # fmt: skip
    found = lines((SESSION, session), (MEDICINE, Medicine(name="Sertraline")))
    wanted = {
        "- Arriving: tired, glad", "- Support: Mara", "- The way home: Mara", "- Second dose, as told: 10 mg",
        "- Second dose at: 2026-03-01 15:00", "- Ended: 2026-03-02 02:30",
        "- What the prescriber told about the day's medicines: as ever",
        "- Taken in the 24 hours before: Sertraline: unsure",
        "- Before leaving: 126/80 mmHg, pulse 70 a minute, oxygen 98 %", "- Before: 120/– mmHg",
        "- [x] Water", "- [ ] A ride",
    }  # fmt: skip
    assert wanted <= set(found)
    assert not any("40 minutes" in line for line in found)


def test_each_kind_stands_under_a_heading_of_its_own() -> None:
    step = MedicineStep(kind=StepKind.START, at=after(), dose="50 mg")
    found = lines(
        (MEDICINE, Medicine(name="Sertraline", reason="mood", steps=(step,), as_needed=True)),
        ("1" * 32, SideEffect(what="nausea", began=after(), gone=after(1), strength=Strength.MILD, note="food")),
        ("2" * 32, Question(text="May I\ndrive?", made=after(), answer="tomorrow", asked=after(1))),
        ("3" * 32, Commitment(text="walk", begins=after(), where="after lunch", outcome=Outcome.NOT_MINE)),
        ("4" * 32, ScaleAnswers(at=after(), scale="phq-9", answers=(1, None, 0, None), declined=(1,))),
        ("5" * 32, ScaleTotal(at=after(), name="PSS-10", total=21.0, low=0.0, high=40.0)),
        ("6" * 32, HardMoment(at=after(), how=HowHard.VERY, note="the stairs", talk=True, tell=("Ruth",))),
        ("7" * 32, Expense(at=after(), what="a | b", amount="350.00", covered="80", currency="EUR")),
    )
    in_order(
        found, "# Medicines", "- Sertraline, mood, as needed", "  - 2026-03-01 14:30 start, 50 mg",
        "# Side effects", "- Nausea, began 2026-03-01 14:30, gone 2026-03-02 14:30, mild, food",
        "# To bring along", "- May I drive?, for: prescriber, asked 2026-03-02 14:30", "  - tomorrow",
        "# Commitments", "- week of 2026-03-01, walk, after lunch, not mine",
        "# Questionnaires", "- 2026-03-01 14:30, phq-9, 1 · preferred not to answer · 0 · –",
        "# Totals from a clinic", "- 2026-03-01 14:30, PSS-10: 21 of 0 to 40",
        "# Hard moments", "- 2026-03-01 14:30, very, the stairs, to tell: Ruth, to talk about in therapy",
        "# Costs", "| 2026-03-01 | a \\| b | 350.00 | 80 | 270.00 | EUR |  |",
    )  # fmt: skip


def test_what_belongs_to_a_session_says_to_which() -> None:
    found = lines(
        (SESSION, Session(starts=after(), number=3)),
        ("1" * 32, SideEffect(what="nausea", began=after(), session=SESSION)),
        ("2" * 32, Question(text="May I drive?", made=after(), session=SESSION)),
        ("3" * 32, Commitment(text="walk", begins=after(), session=SESSION)),
        ("4" * 32, ScaleAnswers(at=after(), scale="own-1", title="Evenings", answers=(1,), session=SESSION)),
        ("5" * 32, HardMoment(at=after(), session=SESSION)),
    )
    assert [line.startswith("- ") and line.endswith(", session 3") for line in found].count(True) == 5
    assert "- 2026-03-01 14:30, Evenings, 1, session 3" in found


@pytest.mark.usefixtures("qapp")
def test_words_that_look_like_markdown_are_shown_as_they_are() -> None:
    odd = "# *no* [link](x) <b>"
    text, count = markdown.dump(
        [
            (COURSE, Course(title=odd, phases=(CoursePhase(kind=Phase.PAUSE, name=odd),), targets=(odd,))),
            (WHO, Provider(name=odd)),
            ("1" * 32, Question(text=odd, made=after())),
            ("2" * 32, HardMoment(at=after(), note=odd)),
        ],
        CLOCK,
    )
    document = QTextDocument()
    document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectCommonMark)
    assert document.toPlainText().count(odd) == 6
    assert count == 4
