"""What the person keeps ready for writing: questions to begin from, templates, the list of what to prepare."""

from __future__ import annotations

from journal.errors import InvalidRecord
from journal.records.base import Mark, Record, check_line, check_text


class PromptSet(Record, frozen=True, kw_only=True, tag="prompts"):
    """Questions beside the page of one kind ("intention"). `replaces`: the built-in set that it stands for, or ""."""

    title: str
    about: str
    questions: tuple[str, ...] = ()
    shown: bool = True
    replaces: str = ""

    def __post_init__(self) -> None:
        for line in (self.title, self.about, self.replaces, *self.questions):
            check_line(line, "line")


class Template(Record, frozen=True, kw_only=True, tag="template"):
    """A text to begin a page with, for one kind of entry."""

    title: str
    about: str
    text: str = ""
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        check_line(self.title, "title")
        check_line(self.about, "kind")
        check_text(self.text)
        if any(not 0 <= mark.start < mark.end <= len(self.text) for mark in self.marks):
            raise InvalidRecord("The formatting reaches outside the text.")


class Checklist(Record, frozen=True, kw_only=True, tag="checklist"):
    """What the person wants to have ready before each session. One at most."""

    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line in self.lines:
            check_line(line, "line")
