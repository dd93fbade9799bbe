"""The last step of a reply: where its file is, the words that open it, and what to tell whom it is for."""

from __future__ import annotations

from pathlib import Path

from ui.theme import Theme
from ui.widgets.share_done import ShareDone

_OPEN = "They open it in the journal that the share came from, under “Read a share”."
_WITH_WORDS = (
    "Give them the file by one way and the words by another: never both in one message.",
    _OPEN,
    "The words stay here until you press “Done”, even if the journal locks. They are not kept after that.",
)
_WITH_ADDRESS = ("Only they can open it. You cannot open it again yourself.", _OPEN)
_ALWAYS = (
    "Nothing can call a reply back. If you did not give it to them, you can say so: then its comments wait again.",
)


class ReplyDone(ShareDone):
    """Shows a reply that was just made."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.column.setAccessibleName("The reply is made")
        self.words.setAccessibleName("The words that open the reply")

    def show_reply(self, path: Path, passphrase: str, to: str) -> None:
        """Show where it is and, if it has them, the words."""
        self.show_share(path, passphrase, to)
        self._advice.setText("\n\n".join((*(_WITH_WORDS if passphrase else _WITH_ADDRESS), *_ALWAYS)))
