"""What a cover lies over besides its own entry: a question whose words were taken from it."""

from __future__ import annotations

from journal.records import Question, Record, UnknownRecord, Writing
from journal.store.items import Items

_RUN = 4  # so many words in a row are the entry's, also in a question that was changed since


def cover_of(items: Items, record: Record | UnknownRecord | None) -> Writing | None:
    """The covered entry whose cover is all that lists show of a record: itself, or the one its words came from.

    That one may have been removed or rewritten since: neither uncovers anything.
    """
    if isinstance(record, Writing):
        return record if record.covered else None
    if not isinstance(record, Question) or not record.entry:
        return None
    here = items.find(record.entry)
    if here is not None and not (isinstance(here.record, Writing) and here.record.covered):
        return None
    versions = [one.record for one in items.versions(record.entry) if isinstance(one.record, Writing)]
    last = here.record if here is not None else versions[0] if versions else None
    if not isinstance(last, Writing) or not last.covered:
        return None
    return last if any(_lends(one, record.text) for one in versions) else None


def question_line(items: Items, question: Question) -> str:
    """What a list shows of a question; "" where that is a cover without a title."""
    cover = cover_of(items, question)
    return question.text if cover is None else cover.cover


def _lends(entry: Writing, text: str) -> bool:
    """Whether words of a text are this entry's: all of them, or a run of them."""
    own = " ".join(f"{entry.title} {entry.text}".split())
    taken = " ".join(text.split()).removesuffix("…").split()
    runs = max(1, len(taken) - _RUN + 1)
    return any(" ".join(taken[at : at + _RUN]) in own for at in range(runs))
