"""Questionnaires and check-ins as FHIR: what was answered, what it adds up to, and where there is nothing, why."""

from __future__ import annotations

from typing import Any

from journal.records.checkin import SLIDERS
from journal.report.codes import Json, absent, category, concept, local, loinc, quantity
from journal.report.fhir_base import NAMED, Book, fit, notes, timed
from journal.scales import BUILT_IN, Pack, built_in, notices
from journal.share import Payload, SharedAnswer, SharedCheckIn, SharedScale
from journal.share.render_parts import ITEMS_LEFT

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_NOT_VALIDATED = "This program's own slider, answered for “right now”. It has not been validated."
_TOLD = "Typed by the person as a clinic told it."
_PRORATED = "The mean of the given answers stands for the missing ones, as the published rule allows."


class Scores:
    """Adds them to a document. `procedures` are the sessions, by their place in the share."""

    def __init__(self, book: Book, payload: Payload, patient: Json, procedures: list[Json]) -> None:
        self._book, self._dates, self._patient, self._procedures = book, payload.dates, patient, procedures
        self._forms: dict[str, str] = {}

    def scale(self, scale: SharedScale) -> list[Json]:
        """The response, the total, and the panel around it; of a told total, only that."""
        if scale.told:
            told = local("total-told")
            return [self._total(scale, concept(_title(scale), told), (), _TOLD, *_told_by(scale))]
        pack = pack_of(scale)
        response = self._response(scale, pack)
        codes = loinc(pack.loinc.total) if pack is not None else []
        more = (_PRORATED if scale.prorated else "", "" if scale.items else ITEMS_LEFT)
        code = concept(f"{_title(scale)}, total", *(codes or [local("total")]))
        total = self._total(scale, code, (response,), scale.why_none, *more)
        panel = loinc(pack.loinc.panel) if pack is not None else []
        added = [response, total]
        if panel:  # LOINC's code for the form as a whole, which is never a number
            around = {
                **self._observation(concept(_title(scale), *panel), scale, "survey"),
                "hasMember": [total],
                "derivedFrom": [response],
            }
            added.append(self._book.add(around))
        return added

    def checkin(self, checkin: SharedCheckIn) -> list[Json]:
        """Every slider by itself, and the check-in that holds them together."""
        sliders = []
        for slider, value in zip(SLIDERS, checkin.values, strict=True):
            code = concept(slider.title, local(f"slider-{slider.name}"))
            given = {"dataAbsentReason": absent()} if value is None else {"valueInteger": value}
            ends = f"0: {slider.low}; 10: {slider.high}."
            one = {**self._observation(code, checkin, "survey"), **given, **notes(_NOT_VALIDATED, ends)}
            sliders.append(self._book.add(one))
        since = f"After the session's dose: {checkin.window}." if checkin.window is not None else ""
        code = concept("Check-in", local("check-in"))
        around = {
            **self._observation(code, checkin, "survey"),
            "hasMember": sliders,
            **notes(since, checkin.note),
        }
        return [*sliders, self._book.add(around)]

    def _response(self, scale: SharedScale, pack: Pack | None) -> Json:
        named = {"extension": [{"url": NAMED, "valueString": fit(_title(scale))}]}
        items = _items(scale, pack)
        return self._book.add(
            {
                "resourceType": "QuestionnaireResponse",
                **({"questionnaire": self._form(pack)} if pack is not None else {}),
                "_questionnaire": named,
                **self._part_of(scale.session),
                "status": "completed",
                "subject": self._patient,
                **timed("authored", scale.day, scale.at, self._dates),
                "author": self._patient,
                "source": self._patient,
                **({"item": items} if items else {}),
            }
        )

    def _form(self, pack: Pack) -> str:
        """The form that was answered, once in a document."""
        if pack.id not in self._forms:
            self._forms[pack.id] = self._book.name()
            self._book.add(questionnaire(pack, self._forms[pack.id]), self._forms[pack.id])
        return self._forms[pack.id]

    def _total(self, scale: SharedScale, code: Json, derived: tuple[Json, ...], *said: str) -> Json:
        if scale.total is None:
            value: Json = {"dataAbsentReason": absent()}
        else:
            value = {"valueQuantity": quantity(scale.total, "{score}")}
        known = scale.low is not None and scale.high is not None and scale.low <= scale.high
        span = (
            {"referenceRange": [{
                "low": quantity(scale.low or 0.0, "{score}"), "high": quantity(scale.high or 0.0, "{score}"),
                "text": "The least and the most that this total can be; it is no range of health.",
            }]}
            if known
            else {}
        )  # fmt: skip
        return self._book.add(
            {
                **self._observation(code, scale, "survey"),
                **value,
                **notes(*said, scale.note),
                **span,
                **({"derivedFrom": list(derived)} if derived else {}),
            }
        )

    def _observation(self, code: Json, of: SharedScale | SharedCheckIn, kind: str) -> Json:
        when = timed("effectiveDateTime", of.day, of.at, self._dates)
        return observation(code, kind, self._patient, self._part_of(of.session), when)

    def _part_of(self, session: int | None) -> Json:
        return {} if session is None else {"partOf": [self._procedures[session]]}


def observation(code: Json, kind: str, patient: Json, part_of: Json, when: Json, *, typed: bool = True) -> Json:
    """What all observations begin with. `typed`: the person said it, so they are who observed it."""
    return {
        "resourceType": "Observation",
        **part_of,
        "status": "final",
        **({"category": category(kind)} if kind else {}),
        "code": {**code, "text": fit(code["text"])},
        "subject": patient,
        **when,
        **({"performer": [patient]} if typed else {}),
    }


def pack_of(scale: SharedScale) -> Pack | None:
    """The program's own questionnaire that was answered, or None: what others made has no code here."""
    if scale.told or scale.scale not in BUILT_IN:
        return None
    pack = built_in(scale.scale)
    return pack if pack.version == scale.version else None


def questionnaire(pack: Pack, url: str) -> Json:
    """The form with LOINC's codes, as far as there are any."""
    rights = [pack.licence.text, notices()["loinc"]]
    return {
        "resourceType": "Questionnaire",
        "url": url,
        "version": str(pack.version),
        "title": pack.title,
        "status": "active",
        "subjectType": ["Patient"],
        "copyright": "\n".join(rights),
        **({"code": loinc(pack.loinc.panel)} if loinc(pack.loinc.panel) else {}),
        "item": [
            {
                "linkId": item.link,
                **({"code": loinc(item.code)} if loinc(item.code) else {}),
                "text": item.text,
                "type": "choice",
                "answerOption": [
                    {"valueCoding": _answer(option.code, option.text, option.value)}
                    for option in pack.options_of(place)
                ],
            }
            for place, item in enumerate(pack.items)
        ],
    }


def _items(scale: SharedScale, pack: Pack | None) -> list[Json]:
    fits = pack is not None and [item.text for item in pack.items] == [item.text for item in scale.items]
    found = []
    for place, item in enumerate(scale.items):
        of = pack if fits else None
        link = of.items[place].link if of is not None else str(place + 1)
        found.append({"linkId": link, **_words("text", item.text), **_given(of, place, item)})
    return found


def _given(pack: Pack | None, place: int, item: SharedAnswer) -> Json:
    if item.declined:
        code = absent("asked-declined")["coding"][0]
        return {"answer": [{"valueCoding": code}]}
    if item.value is None:
        return {}
    options = pack.options_of(place) if pack is not None else ()
    option = next((one for one in options if (one.value, one.text) == (item.value, item.answer)), None)
    return {"answer": [{"valueCoding": _answer(option.code if option else "", item.answer, item.value)}]}


def _answer(code: str, words: str, value: int) -> Json:
    """An answer by LOINC's code where it has one, else by a local one; its number beside it."""
    shown = fit(words).strip()
    coding = (loinc(code, shown) if shown else []) or [local("answer", shown or str(value))]
    return {"extension": [{"url": ORDINAL, "valueDecimal": value}], **coding[0]}


def _words(name: str, text: str) -> dict[str, Any]:
    shown = fit(text)
    return {name: shown} if shown.strip() else {}


def _title(scale: SharedScale) -> str:
    return scale.title if scale.title.strip() else "A questionnaire without a name"


def _told_by(scale: SharedScale) -> tuple[str, ...]:
    return (f"Told by: {scale.told_by}",) if scale.told_by.strip() else ()

