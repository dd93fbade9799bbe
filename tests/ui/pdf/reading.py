"""How the tests read a PDF: by PDFium, as text and as pictures."""

from __future__ import annotations

import re

import numpy as np
import pypdfium2


class Read:
    """A PDF, page by page."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)
        self.data = data
        self.pages = [self._document[number] for number in range(len(self._document))]
        self.texts = [_text(page) for page in self.pages]

    @property
    def text(self) -> str:
        """All of it, in lines."""
        return "\n".join(self.texts)

    @property
    def flat(self) -> str:
        """All of it with single spaces: lines break where there is no more room."""
        return " ".join(self.text.split())

    def grey(self, page: int) -> np.ndarray:
        """A page as shades from 0 (black) to 255, 2 dots a point."""
        return self.pages[page].render(scale=2, grayscale=True).to_numpy()

    def colour(self, page: int) -> np.ndarray:
        return self.pages[page].render(scale=2).to_numpy()

    def where(self, page: int, words: str) -> tuple[float, float]:
        """The first letter of these words, where they stand last on a page, in points from its lower left corner."""
        text = self.pages[page].get_textpage()
        searched, last = text.search(words, match_case=True, match_whole_word=True), None
        while (found := searched.get_next()) is not None:
            last = found[0]
        assert last is not None, words
        left, bottom, right, top = text.get_charbox(last)
        return (left + right) / 2, (bottom + top) / 2


def _text(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\r\n?", "\n", page.get_textpage().get_text_range())
