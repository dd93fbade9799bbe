"""Small dictionaries of Hunspell's form."""

from __future__ import annotations

from pathlib import Path

AFF = "SET UTF-8\nTRY esianrtolcdugmphbyfvkwzESIANRTOLCDUGMPHBYFVKWZ'\n"


def dictionary(folder: Path, code: str, *words: str) -> Path:
    """Write one that knows these words; returns its path without an ending."""
    stem = folder / code
    stem.with_suffix(".aff").write_text(AFF, "utf-8")
    stem.with_suffix(".dic").write_text("\n".join([str(len(words)), *words]) + "\n", "utf-8")
    return stem
