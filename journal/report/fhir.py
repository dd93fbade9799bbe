"""A share as one FHIR R4 document: plain dictionaries, holding what the share holds and nothing besides.

What becomes what, and what is this program's own and no standard, is written down in docs/fhir.md. It is no
International Patient Summary, and it was held against no profile but FHIR's own structure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from journal.report.codes import LOCALS, Json, concept, local, loinc
from journal.report.fhir_base import Book, Ids, fit, random_ids
from journal.report.fhir_parts import Parts
from journal.report.fhir_scores import Scores
from journal.report.narrative import narrative
from journal.report.sections import note_blocks, session_facts
from journal.scales import notices
from journal.share import Block, BlockKind, Payload
from journal.share import render as shown
from journal.share.render_parts import effects, medicines, scales

TITLE = "Extract from an integration journal, chosen by the person who wrote it"
TALK = "What I want to talk about"
NOT_SAID = "The sender did not say what was left out."
# A share's writings by their kind, as a document's readers know them.
KINDS = {
    "intention": "Intention before a session",
    "experience": "Experience in a session",
    "integration": "Integration note",
    "page": "Journal page",
}


def bundle(payload: Payload, *, made: datetime, ids: Ids = random_ids) -> Json:
    """The document. `made`: when it is made, with its offset; it is written in UTC, which tells no place.

    `ids` gives a new UUID each time. The same ids give the same document.
    """
    book = Book(ids)
    composition, patient_name = book.name(), book.name()
    patient = book.add({"resourceType": "Patient", **_name(payload.sender)}, patient_name)
    parts = Parts(book, payload, patient)
    of_sessions = [entry for session in payload.sessions for entry in parts.session(session)]
    scores = Scores(book, payload, patient, parts.procedures)
    of_scores = [entry for one in payload.scales for entry in scores.scale(one)]
    of_scores += [entry for one in payload.checkins for entry in scores.checkin(one)]
    of_notes = _notes(payload, parts)
    sections = [
        _section("section-scores", (*scales(payload), *shown.checkins(payload)), of_scores),
        _section("section-sessions", session_facts(payload), of_sessions),
        _section("section-notes", note_blocks(payload), of_notes),
        _section("section-medicines", medicines(payload), [parts.medicine(one) for one in payload.medicines]),
        _section("section-effects", effects(payload), [parts.effect(one) for one in payload.effects]),
        _section("section-left-out", _left_out(payload), []),
    ]
    front = {
        "resourceType": "Composition",
        "language": "en",
        "text": narrative((*shown.cover(payload), _notice(notices()["loinc"]))),
        "status": "final",
        "type": concept("Patient note", *loinc("51855-5")),
        "subject": patient,
        "date": payload.made.isoformat(),
        "author": [patient],
        "title": TITLE,
        "confidentiality": "R",
        "section": [section for section in sections if section],
    }
    stamp = made.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": book.name()},
        "type": "document",
        "timestamp": stamp,
        "entry": [{"fullUrl": composition, "resource": front}, *book.entries],
    }


def _name(sender: str) -> Json:
    return {"name": [{"text": fit(sender)}]} if sender.strip() else {}


def _section(code: str, blocks: Iterable[Block], entries: list[Json]) -> Json:
    told = tuple(blocks)
    if not told and not entries:
        return {}
    return {
        "title": LOCALS[code],
        "code": concept(LOCALS[code], local(code)),
        "text": narrative(told),
        **({"entry": entries} if entries else {}),
    }


def _notes(payload: Payload, parts: Parts) -> list[Json]:
    found = []
    if payload.talk_about.strip():
        about = "What the sender wrote at the top of the share"
        found.append(parts.document(TALK, payload.talk_about, about, payload.made, payload.made_at))
    for place, session in enumerate(payload.sessions):
        found += [parts.writing(one, KINDS[one.kind], place) for one in session.writings]
    found += [parts.writing(one, KINDS[one.kind], None) for one in payload.writings]
    found += [parts.hard(one) for one in payload.hard]
    found += [parts.commitment(one) for one in payload.commitments]
    found += [parts.question(one) for one in payload.questions]
    return found


def _left_out(payload: Payload) -> list[Block]:
    if payload.left_out is None:
        return [_notice(NOT_SAID)]
    return [Block(kind=BlockKind.FACTS, rows=shown.left_out(payload.left_out))]


def _notice(text: str) -> Block:
    return Block(kind=BlockKind.NOTICE, text=text)
