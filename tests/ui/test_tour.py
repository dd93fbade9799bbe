"""The tour, as the command plays it: the real window, a picture of each screen, a share that opens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from journal.share import read_share
from resources import read_text

pytestmark = pytest.mark.timeout(1800)  # the whole of the program, some 140 pictures
ROOT = Path(__file__).resolve().parents[2]
SCREENS = (
    "welcome", "new-journal", "recovery-words", "recovery-words-typed-back", "today-empty", "first-intention",
    "today", "journey", "journey-search", "session", "session-integration", "integration-note", "picture",
    "earlier-versions",
    "check-in", "session-details", "charts", "charts-table", "preferences", "share-nothing-ticked", "share-ticked",
    "share-for-whom", "share-preview", "share-made", "shared-before", "read-a-share", "review",
    "review-side-by-side", "clients", "client-since-last-time", "client-session", "client-comment",
    "compare-two-sessions", "reply", "reply-preview", "reply-made", "read-a-reply", "reply-kept", "replies",
    "comment-beside-an-entry",
)  # fmt: skip


def tour(folder: Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ui", "tour", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment["DISPLAY"] = ":77"  # where nothing answers
    environment.pop("QT_QPA_PLATFORM", None)  # it finds out by itself that there is no display
    cwd = cwd or folder.parent
    return subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.CompletedProcess[str]]]:
    folder = tmp_path_factory.mktemp("tour") / "pictures"
    yield folder, tour(folder)


def test_it_ends_well_and_finds_nothing_clipped_or_overlapping(played) -> None:
    folder, done = played
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]  # no display
    assert (done.returncode, said) == (0, [])
    assert str(folder) in done.stdout


def test_every_screen_is_there_in_light_and_dark(played) -> None:
    folder, _ = played
    names = {re.sub(r"^\d\d-", "", path.stem) for path in folder.glob("*.png")}
    assert {f"{screen}-{look}" for screen in SCREENS for look in ("light", "dark")} <= names
    numbers = sorted({int(path.name[:2]) for path in folder.glob("*.png")})
    assert numbers == list(range(1, len(numbers) + 1))
    for path in folder.glob("*.png"):
        picture = QImage(str(path))
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        assert picture.width() >= 900
        assert len(colours) > 8, f"{path.name} is blank"
        lightness = picture.pixelColor(picture.width() - 20, picture.height() // 2).lightness()
        assert (lightness < 128) == ("-dark" in path.stem or "-dim" in path.stem), path.name


def test_its_share_opens_and_holds_what_was_ticked_and_nothing_else(played) -> None:
    folder, _ = played
    words = (folder / "share-words.txt").read_text("utf-8").strip()
    text = read_share(folder / "share.age", passphrase=words).text
    assert (folder / "share.txt").read_text("utf-8") == text
    told = json.loads(read_text("sample", "en.json"))["sessions"]
    titles = [
        [one["title"] for one in (session["intention"], session["experience"], *session["notes"]) if one.get("title")]
        for session in told
    ]
    assert all(title in text for title in titles[4] + titles[5])
    assert not [title for session in titles[:4] for title in session if title in text]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "photo.png").write_bytes(b"mine")
    done = tour(folder)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in folder.iterdir()] == ["photo.png"]


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = tour(tmp_path / "file" / "within", tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "give the tour a folder" in line
