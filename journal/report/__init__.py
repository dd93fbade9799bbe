"""What a share can be turned into for others: a FHIR document, Markdown, a table, and what a report's pages say.

Payload -> bundle, markdown, numbers_csv; and page_one, which the ui paints.
"""

from __future__ import annotations

from journal.report.fhir import bundle
from journal.report.files import FORMS, MAKERS, OPEN, Form, Maker, default_name, fhir_json, form_named, write_report
from journal.report.markdown import markdown
from journal.report.numbers import numbers_csv

__all__ = [
    "FORMS",
    "MAKERS",
    "OPEN",
    "Form",
    "Maker",
    "bundle",
    "default_name",
    "fhir_json",
    "form_named",
    "markdown",
    "numbers_csv",
    "write_report",
]
