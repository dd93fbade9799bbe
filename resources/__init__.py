"""What is read: data and texts that ship with the program. Imports nothing of ours."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def read_text(*parts: str) -> str:
    """The UTF-8 text of a shipped file, e.g. `read_text("prompts", "en.json")`."""
    return files(__name__).joinpath(*parts).read_text(encoding="utf-8")


def read_bytes(*parts: str) -> bytes:
    """The bytes of a shipped file."""
    return files(__name__).joinpath(*parts).read_bytes()


def image_path(*parts: str) -> str:
    """The path of a shipped picture, with forward slashes, as a style sheet wants it."""
    return Path(str(files(__name__).joinpath(*parts))).as_posix()
