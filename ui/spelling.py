"""Spelling, by the dictionaries that are installed on this computer (Hunspell's form). Nothing is fetched.

Hunspell itself comes with the program (chunspell), and one dictionary with it, for US English. A dictionary is read
aside, and only when somebody writes. What the person says is a word of theirs is sealed in the journal, not put into
any file of the system's.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale

from journal.errors import JournalError

OFF = "none"
_LARGEST = 64 * 2**20  # bytes of a dictionary's file; the largest in use have about 20 MB
_CODE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,2}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PIECE = re.compile(r"\S+")
_NO_WORD = re.compile(r"[@/\\_#\d]|[^\W\d_]\.[^\W\d_]")
_MOST = 5  # suggestions
_CACHED = 20_000  # words


class NoDictionary(JournalError):
    """A dictionary is there and cannot be used."""

    message = "This dictionary could not be read, so the spelling is not checked. Choose another in Preferences."


def folders() -> tuple[Path, ...]:
    """Where systems keep such dictionaries, and where a person may put one."""
    home = Path.home()
    if sys.platform == "darwin":
        return (home / "Library/Spelling", Path("/Library/Spelling"))
    if sys.platform == "win32":
        roots = [os.environ.get(name, "") for name in ("APPDATA", "PROGRAMDATA")]
        return tuple(Path(root) / "hunspell" for root in roots if root)
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return (data / "hunspell", Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"))


def _shipped() -> Path | None:
    spec = find_spec("hunspell")
    return Path(spec.origin).parent / "dictionaries" if spec is not None and spec.origin else None


def installed(places: Sequence[Path] | None = None) -> dict[str, Path]:
    """The dictionaries there are: a language's code, and the file's path without its ending."""
    if places is None:
        places = (*folders(), *filter(None, (_shipped(),)))
    found: dict[str, Path] = {}
    for folder in places:
        try:
            names = sorted(folder.glob("*.dic"))
        except OSError:
            continue
        for path in names:
            stem = path.with_suffix("")
            if _CODE.fullmatch(stem.name) and stem.with_suffix(".aff").is_file():
                found.setdefault(stem.name, stem)
    return found


def name_of(code: str) -> str:
    """A language as its speakers know it: "Deutsch (Schweiz)"."""
    locale = QLocale(code.replace("-", "_"))
    language = locale.nativeLanguageName()
    if locale.language() == QLocale.Language.C or not language:
        return code
    place = locale.nativeTerritoryName() if "_" in code.replace("-", "_") else ""
    return f"{language[:1].upper()}{language[1:]} ({place})" if place else f"{language[:1].upper()}{language[1:]}"


def chosen(choice: str, there: dict[str, Path], locale: str | None = None) -> str:
    """The code in use for a choice: "" is the computer's language where there is a dictionary, else none."""
    if choice == OFF:
        return ""
    if choice:
        return choice if choice in there else ""
    name = QLocale().name() if locale is None else locale
    if name == "C":  # no language at all: that of the program
        name = "en_US"
    if name in there:
        return name
    language = name.partition("_")[0]
    return next((code for code in sorted(there) if re.split("[_-]", code)[0] == language), "")


class Speller:
    """One dictionary, read. Raises `NoDictionary`."""

    def __init__(self, stem: Path) -> None:
        try:
            for ending in (".aff", ".dic"):
                if stem.with_suffix(ending).stat().st_size > _LARGEST:
                    raise NoDictionary(detail="too large")
            from hunspell import Hunspell

            self._dictionary: Any = Hunspell(stem.name, hunspell_data_dir=str(stem.parent))
        except NoDictionary:
            raise
        except Exception as error:  # the file is not ours: whatever is wrong in it, the rest goes on
            raise NoDictionary(detail=type(error).__name__) from None
        self._right: dict[str, bool] = {}

    def is_word(self, word: str) -> bool:
        """Whether the dictionary knows it. What it stumbles over counts as known."""
        known = self._right.get(word)
        if known is None:
            try:
                known = bool(self._dictionary.spell(word.replace("’", "'")))
            except Exception:
                known = True
            if len(self._right) >= _CACHED:
                self._right.clear()
            self._right[word] = known
        return known

    def suggest(self, word: str) -> tuple[str, ...]:
        """What it may have been meant to be, at most five. May take a moment."""
        try:
            found = self._dictionary.suggest(word.replace("’", "'"))[:_MOST]
        except Exception:  # what it stumbles over has no other spelling
            return ()
        return tuple(one.replace("'", "’") if "’" in word else one for one in found)


def words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text that can be looked up, with where each begins and ends. Left out is what has digits in it,
    what is an address, abbreviations, and single letters."""
    for piece in _PIECE.finditer(text):
        if _NO_WORD.search(piece[0]):
            continue
        for match in _WORD.finditer(piece[0]):
            if len(match[0]) > 1 and not match[0].isupper():
                yield piece.start() + match.start(), piece.start() + match.end(), match[0]
