"""What stands in the fields of the share page: as a selection to be shared, and as it is sealed until then."""

from __future__ import annotations

from journal.service import UnfinishedShare
from journal.share import Dates, Hidden, Selection
from ui.widgets.share_choose import ShareChoose
from ui.widgets.share_reader import ShareReader


def selection_of(choose: ShareChoose, reader: ShareReader, hidden: tuple[Hidden, ...]) -> Selection:
    """What would be shared. Raises `InvalidRecord`, for a name that is too long, say."""
    return Selection(
        eids=choose.model.ticked(),
        sender=reader.sender.text(),
        to=reader.to.text(),
        talk_about=reader.talk_about.toPlainText(),
        dates=choose.exactness(),
        hidden=hidden,
        pictures=choose.pictures(),
        **choose.options(),
    )


def unfinished_of(choose: ShareChoose, reader: ShareReader, hidden: tuple[Hidden, ...]) -> UnfinishedShare:
    """What is sealed of it."""
    sender = reader.sender
    return UnfinishedShare(
        eids=tuple(sorted(choose.model.ticked())),
        options=tuple(name for name, on in choose.options().items() if on),
        sender=sender.text() if sender.isModified() else None,
        to=reader.to.text(),
        talk_about=reader.talk_about.toPlainText(),
        by_address=reader.recipient_choice.isChecked(),
        recipient=reader.recipient.text(),
        hidden=hidden,
        pictures=choose.pictures(),
        dates="" if choose.exactness() is Dates.DAY else str(choose.exactness()),
        prove=reader.address.prove.isChecked(),
        sign=reader.sign,
        browser=reader.browser.isChecked(),
    )
