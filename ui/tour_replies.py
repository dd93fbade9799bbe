"""The part of the tour where comments go back: its share is answered, and the answer stands beside the entry."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from journal.records import Received, ShareReceipt, Writing
from journal.service import JournalService
from journal.share.payload import decode
from ui.places import Place
from ui.tour_course import Guide

_COMMENTS = (
    "I would like to stay with this one on Tuesday.",
    "You write this as if in passing. What would it be like to take more time for it?",
)
_ALL = "Thank you for these. I read them twice."


def replies(guide: Guide, folder: Path, client: str) -> None:
    """Both sides of one reply. `folder` holds the share that the tour made, and its words."""
    words = (folder / "share-words.txt").read_text("utf-8").strip()
    received, entry = guide.ask(partial(_keep, path=folder / "share.age", words=words, client=client))
    page = guide.go(Place("reply", eid=received))
    page.choose.text.setPlainText(_ALL)
    page.choose.all.click()
    page.choose.sender.setText("Dr Amsel")
    guide.shoot("reply", wide=True)
    _press(guide, page, 1)
    guide.shoot("reply-preview", wide=True)
    _press(guide, page, 2)
    guide.shoot("reply-made")
    told = page.done.words.text()
    _press(guide, page, 0)
    review = guide.go(Place("review"))
    review.open_file(folder / "reply.age")
    guide.until(review.words.isVisible)
    review.words.setText(told)
    review.open.click()
    guide.until(review.reply.keep.isVisible)
    guide.shoot("read-a-reply", wide=True)
    review.reply.keep.click()
    guide.pause(0.3)
    guide.shoot("reply-kept", wide=True)
    guide.go(Place("replies"))
    guide.shoot("replies")
    guide.go(Place("write", eid=entry))
    guide.shoot("comment-beside-an-entry", wide=True)


def _press(guide: Guide, page: Any, step: int) -> None:
    page.next.click()
    guide.until(partial(_is_at, page, step))


def _is_at(page: Any, step: int) -> bool:
    return bool(page.stack.currentIndex() == step)


def _keep(service: JournalService, *, path: Path, words: str, client: str) -> tuple[str, str]:
    """The share kept with a client, two comments beside its first text, and which entry of the journal that is."""
    taken = service.take_in(service.open_share(path, passphrase=words).payload, client)
    record = service.get(taken.eid).record
    assert isinstance(record, Received)
    shared = decode(record.entries.encode("ascii"))
    receipt = next(one.record for one in service.ledger() if getattr(one.record, "share", "") == shared.share)
    assert isinstance(receipt, ShareReceipt)
    texts = [
        (place, eid, item.record.text)
        for place, eid in enumerate(receipt.eids)
        if (item := service.find(eid)) is not None and isinstance(item.record, Writing) and item.record.text
    ]
    place, entry, text = max(texts, key=lambda one: len(one[2]))
    for said, passage in zip(_COMMENTS, ((place, "", 0, 0), (place, "text", 0, text.index(" ", 20))), strict=True):
        service.comment(taken.eid, said, passage)
    return taken.eid, entry
