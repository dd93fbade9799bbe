"""Sessions, medicines, side effects, readings and what was written, as FHIR. All of it is what a person said."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date, datetime

from journal.exchange.markdown_text import text_to_markdown
from journal.records.body import StepKind
from journal.records.path import Whom
from journal.records.writing import MODALITIES
from journal.report.codes import Json, absent, concept, local, loinc, quantity
from journal.report.fhir_base import Book, fit, notes, pieces, timed
from journal.report.fhir_scores import observation
from journal.share import (
    Payload,
    SharedCommitment,
    SharedEffect,
    SharedHard,
    SharedMedicine,
    SharedQuestion,
    SharedReading,
    SharedSession,
    SharedWriting,
    day_text,
)
from journal.share.blocks import session_label
from journal.share.render import ROUTES
from journal.share.render_parts import HOW_HARD, MEDICINE_NOTE, OUTCOMES, POINTS, READING_NOTE, STEPS, STRENGTHS

UNNAMED = "What was given at this session; the share does not name it"
_MODALITIES = dict(MODALITIES)


class Parts:
    """Adds them to a document. `procedures` grows with each session."""

    def __init__(self, book: Book, payload: Payload, patient: Json) -> None:
        self._book, self._payload, self._dates, self._patient = book, payload, payload.dates, patient
        self.procedures: list[Json] = []

    # -- sessions ------------------------------------------------------------------------

    def session(self, shared: SharedSession) -> list[Json]:
        """The session, what was given, and what was read."""
        place = len(self.procedures)
        beside = (("Where", shared.place), ("Who was there", shared.people))
        facts = [f"{name}: {text}" for name, text in beside if text.strip()]
        procedure = self._book.add(
            {
                "resourceType": "Procedure",
                "status": "completed" if shared.happened else "preparation",
                "code": concept(session_label(shared, self._dates), local("session")),
                "subject": self._patient,
                **timed("performedDateTime", shared.day, shared.at, self._dates),
                "asserter": self._patient,
                **notes(*facts, shared.notes),
            }
        )
        self.procedures.append(procedure)
        added = [procedure]
        if shared.dose.strip() or shared.route is not None:
            added.append(self._dose(shared, procedure, shared.at, shared.dose, first=True))
        for dose in self._payload.doses:
            if dose.session == place:
                added.append(self._dose(shared, procedure, dose.at, dose.dose, first=False))
        for reading in self._payload.readings:
            if reading.session == place:
                added += self._reading(shared, procedure, reading)
        return added

    def _dose(self, shared: SharedSession, procedure: Json, at: datetime | None, dose: str, *, first: bool) -> Json:
        """A statement by the patient: an administration would claim that somebody kept a record of it."""
        route = ROUTES[shared.route] if first and shared.route is not None else ""
        dosage = {
            "text": fit(dose) if dose.strip() else "not told",
            **({"route": concept(route)} if route else {}),
        }
        return self._book.add(
            {
                "resourceType": "MedicationStatement",
                "partOf": [procedure],
                "status": "completed" if shared.happened else "intended",
                "medicationCodeableConcept": concept(UNNAMED),
                "subject": self._patient,
                **timed("effectiveDateTime", at.date() if at is not None else shared.day, at, self._dates),
                "informationSource": self._patient,
                "dosage": [dosage],
                **notes("Dose as the person was told it.", "" if first else "A second dose of the same session."),
            }
        )

    def _reading(self, shared: SharedSession, procedure: Json, reading: SharedReading) -> list[Json]:
        day = reading.at.date() if reading.at is not None else shared.day
        when = timed("effectiveDateTime", day, reading.at, self._dates)
        said = notes(READING_NOTE, f"Read: {POINTS[reading.point].lower()}.")

        def add(code: str, text: str, value: Json) -> Json:
            coded = concept(text, *loinc(code))
            begun = observation(coded, "vital-signs", self._patient, {"partOf": [procedure]}, when, typed=False)
            return self._book.add({**begun, **value, **said})

        added = []
        if reading.systolic is not None or reading.diastolic is not None:
            parts = (("8480-6", "Systolic", reading.systolic), ("8462-4", "Diastolic", reading.diastolic))
            components = [
                {"code": concept(text, *loinc(code)), **_measured(value, "mm[Hg]")} for code, text, value in parts
            ]
            added.append(add("85354-9", "Blood pressure", {"component": components}))
        if reading.pulse is not None:
            added.append(add("8867-4", "Pulse", _measured(reading.pulse, "/min")))
        if reading.oxygen is not None:
            added.append(add("2708-6", "Oxygen saturation", _measured(reading.oxygen, "%")))
        return added

    # -- medicines and side effects ------------------------------------------------------------------------

    def medicine(self, medicine: SharedMedicine) -> Json:
        """What the person says they take or took. Each step stands in a note; a period only where it is plain."""
        steps = medicine.steps
        last = steps[-1] if steps else None
        status = "unknown" if last is None else "stopped" if last.kind is StepKind.STOP else "active"
        doses = [step.dose for step in steps if step.dose.strip() and step.kind is not StepKind.STOP]
        dosage = {
            **({"text": fit(doses[-1])} if doses else {}),
            **({"asNeededBoolean": True} if medicine.as_needed else {}),
        }
        lines = [
            "; ".join(part for part in (f"{STEPS[step.kind]} {self._day(step.day)}", step.dose, step.note) if part)
            for step in steps
        ]
        kind = f"Kind: {medicine.sort}" if medicine.sort.strip() else ""
        return self._book.add(
            {
                "resourceType": "MedicationStatement",
                "status": status,
                "medicationCodeableConcept": concept(_or(medicine.name, "A medicine without a name")),
                "subject": self._patient,
                **self._taken(medicine),
                "informationSource": self._patient,
                **({"reasonCode": [concept(fit(medicine.reason))]} if medicine.reason.strip() else {}),
                **notes(MEDICINE_NOTE, kind, *lines, medicine.notes),
                **({"dosage": [dosage]} if dosage else {}),
            }
        )

    def _taken(self, medicine: SharedMedicine) -> Json:
        kinds = [step.kind for step in medicine.steps]
        plain = kinds[:1] == [StepKind.START] and kinds.count(StepKind.START) == 1
        if not plain or StepKind.STOP in kinds[:-1]:
            return {}
        stopped = medicine.steps[-1] if kinds[-1] is StepKind.STOP else None
        period = self._period(medicine.steps[0].day, None, stopped.day if stopped is not None else None, None)
        return {"effectivePeriod": period}

    def effect(self, effect: SharedEffect) -> Json:
        """An observation, not an adverse event: nobody has looked into what caused it."""
        strength = effect.strength
        component = (
            [{
                "code": concept("How strong", local("strength")),
                "valueCodeableConcept": concept(STRENGTHS[strength], local(f"strength-{strength}")),
            }]
            if strength is not None
            else []
        )  # fmt: skip
        period = {"effectivePeriod": self._period(effect.day, effect.at, effect.gone, effect.gone_at)}
        code = concept("Side effect, as the person wrote it down", local("side-effect"))
        value = {"valueString": fit(effect.what)} if effect.what.strip() else {"dataAbsentReason": absent()}
        return self._book.add(
            {
                **observation(code, "", self._patient, self._part_of(effect.session), period),
                **value,
                **notes(effect.note),
                **({"component": component} if component else {}),
            }
        )

    def _period(self, day: date, at: datetime | None, gone: date | None, gone_at: datetime | None) -> Json:
        """From a day, to a day if one was told and lies after it; no end means that none was noted."""
        period = timed("start", day, at, self._dates)
        if gone is not None and (gone_at >= at if at is not None and gone_at is not None else gone >= day):
            period |= timed("end", gone, gone_at, self._dates)
        return period

    # -- what was written ------------------------------------------------------------------------

    def writing(self, writing: SharedWriting, kind: str, session: int | None) -> Json:
        """A text as Markdown. What it is by LOINC: a note that a patient wrote."""
        title = writing.title if writing.title.strip() else kind
        tags = [*(_MODALITIES.get(code, code) for code in writing.modalities), *writing.tags]
        text = text_to_markdown(writing.text, writing.marks)
        about = f"{kind}; {', '.join(tags)}" if any(tag.strip() for tag in tags) else kind
        return self.document(title, text, about, writing.day, writing.at, session)

    def document(
        self, title: str, text: str, about: str, day: date, at: datetime | None, session: int | None = None
    ) -> Json:
        """Any text of the person's."""
        attachment = {
            "contentType": "text/markdown; charset=utf-8",
            "data": base64.b64encode(text.encode("utf-8", "replace")).decode() or "Cg==",
            "title": fit(title),
            **timed("creation", day, at, self._dates),
        }
        related = {"context": {"related": [self.procedures[session]]}} if session is not None else {}
        return self._book.add(
            {
                "resourceType": "DocumentReference",
                "status": "current",
                "type": concept("Patient note", *loinc("51855-5")),
                "subject": self._patient,
                "author": [self._patient],
                "description": fit(about),
                "content": [{"attachment": attachment}],
                **related,
            }
        )

    def hard(self, moment: SharedHard) -> Json:
        """Something that was hard."""
        items = [
            _item("how", "How it was", [{"valueCoding": local(f"hard-{moment.how}", HOW_HARD[moment.how])}]),
            _item("talk", "Wants to talk about it", _yes(moment.talk)),
            _item("still", "Still bothered by it later", _yes(moment.still)),
            _item("words", "In their words", _said(moment.note)),
        ]
        return self._answers("What was hard", items, moment.day, moment.at, moment.session)

    def commitment(self, one: SharedCommitment) -> Json:
        """One small thing for a week."""
        coded = one.outcome
        outcome = [{"valueCoding": local(f"outcome-{coded}", OUTCOMES[coded])}] if coded is not None else []
        items = [
            _item("what", "One small thing for the week from this day on", _said(one.text)),
            _item("where", "When and where", _said(one.where)),
            _item("who", "Who could know", _said(one.who)),
            _item("outcome", "What became of it", outcome),
            _item("words", "In their words", _said(one.note)),
        ]
        return self._answers("One small thing a week", items, one.day, None, one.session)

    def question(self, question: SharedQuestion) -> Json:
        """Something to ask, or to bring along."""
        whom = "For the prescriber" if question.whom is Whom.PRESCRIBER else "For therapy"
        items = [
            _item("question", whom, _said(question.text)),
            _item("asked", "It was asked", _yes(question.asked)),
            _item("answer", "What came back", _said(question.answer)),
        ]
        return self._answers("Question", items, question.day, None, question.session)

    def _answers(
        self, title: str, items: Iterable[Json], day: date, at: datetime | None, session: int | None
    ) -> Json:
        given = [item for item in items if "answer" in item]
        return self._book.add(
            {
                "resourceType": "QuestionnaireResponse",
                **self._part_of(session),
                "status": "completed",
                "subject": self._patient,
                **timed("authored", day, at, self._dates),
                "author": self._patient,
                "source": self._patient,
                "item": [{"linkId": "all", "text": title, **({"item": given} if given else {})}],
            }
        )

    def _part_of(self, session: int | None) -> Json:
        return {} if session is None else {"partOf": [self.procedures[session]]}

    def _day(self, day: date) -> str:
        return day_text(day, dates=self._dates)


def _measured(value: int | None, unit: str) -> Json:
    return {"dataAbsentReason": absent()} if value is None else {"valueQuantity": quantity(value, unit)}


def _item(link: str, text: str, answers: list[Json]) -> Json:
    return {"linkId": link, "text": text, **({"answer": answers} if answers else {})}


def _said(text: str) -> list[Json]:
    return [{"valueString": piece} for piece in pieces(text)]


def _yes(value: bool | None) -> list[Json]:
    return [] if value is None else [{"valueBoolean": value}]


def _or(text: str, instead: str) -> str:
    return fit(text) if text.strip() else instead
