"""Characters that a Qt document would change on its way in and out, and how they are carried through it.

Qt ends a paragraph at CR, U+2029, U+FDD0 and U+FDD1, and takes U+FFFC for a picture; NUL ends texts elsewhere. Each
such character travels as a private-use character that the text itself does not hold, and comes back as what it was.
A no-break space and U+2028 stay as they are: `QTextBlock.text` gives them back (`toPlainText` does not).
"""

from __future__ import annotations

FRAGILE = "\r\u2029\ufdd0\ufdd1\ufffc\0"
_PRIVATE = range(0xF0000, 0xFFFFE)  # supplementary private use area A


class Carrier:
    """Carries one text through a document. Made for a text; goes on to serve what is typed after."""

    def __init__(self, text: str) -> None:
        some = max(text, default="") >= "\U000f0000"  # of nearly all texts that is all there is to know
        taken = {ord(char) for char in text if 0xF0000 <= ord(char) < 0xFFFFE} if some else set()
        free = (code for code in _PRIVATE if code not in taken)
        self._there = {ord(char): next(free) for char in FRAGILE}
        self._back = {code: char for char, code in self._there.items()}

    def to_document(self, text: str) -> str:
        """The text as the document may hold it; as many code points as before."""
        return text.translate(self._there)

    def from_document(self, text: str) -> str:
        """What the person has: carried characters as they were, halves of characters replaced."""
        back = text.translate(self._back)
        try:
            back.encode()
        except UnicodeEncodeError:  # half a character, from a broken input method
            back = "".join("\ufffd" if 0xD800 <= ord(char) <= 0xDFFF else char for char in back)
        return back
