"""A share as an open file: which forms there are, and how one is written. Whoever has such a file can read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from journal.atomic import write_new
from journal.report.fhir import bundle
from journal.report.markdown import markdown
from journal.report.numbers import numbers_csv
from journal.share import Payload

OPEN = "It is not encrypted: anyone who has the file can read it."
Maker = Callable[[Payload, datetime], bytes]


class Form(msgspec.Struct, frozen=True):
    """A form by its name, in words, with the ending of its files and how a dialog for files names them."""

    name: str
    title: str
    what: str
    ending: str
    filter: str


FORMS = (
    Form("pdf", "Report (PDF)", "One page to look at together, then the details.", ".pdf", "PDF (*.pdf)"),
    Form("pdf-all", "Everything (PDF)", "All of it, with a table of contents.", ".pdf", "PDF (*.pdf)"),
    Form("md", "Text (Markdown)", "All of it as one text.", ".md", "Text (*.md)"),
    Form("csv", "Numbers (CSV)", "Check-ins, totals and readings, for a spreadsheet.", ".csv", "Tables (*.csv)"),
    Form("fhir", "For a clinic's computer (FHIR)", "A FHIR R4 document.", ".json", "JSON (*.json)"),
)


def fhir_json(payload: Payload, made: datetime) -> bytes:
    """The document as JSON in UTF-8."""
    return (json.dumps(bundle(payload, made=made), ensure_ascii=False, indent=1) + "\n").encode()


def _markdown(payload: Payload, _made: datetime) -> bytes:
    return markdown(payload).encode()


def _csv(payload: Payload, _made: datetime) -> bytes:
    return numbers_csv(payload).encode()


# Those that need no window. The ui adds the pages.
MAKERS: dict[str, Maker] = {"md": _markdown, "csv": _csv, "fhir": fhir_json}


def form_named(name: str) -> Form:
    """The form of that name. Raises `KeyError`."""
    return {form.name: form for form in FORMS}[name]


def default_name(payload: Payload, form: Form) -> str:
    """A name for the file that tells of nobody: "report-2026-11-23.pdf"."""
    kind = "share" if form.name == "pdf-all" else "numbers" if form.name == "csv" else "report"
    return f"{kind}-{payload.made.isoformat()}{form.ending}"


def write_report(path: Path, payload: Payload, make: Maker, made: datetime) -> None:
    """Make the file and write it, whole or not at all. Raises `AlreadyThere`, `StorageFull`, `StorageFailed`."""
    write_new(path, make(payload, made))

