"""The pages about faults and promises name tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAULTS = (ROOT / "docs" / "faults.md").read_text("utf-8")
PROMISES = (ROOT / "docs" / "security-target.md").read_text("utf-8")
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", FAULTS + PROMISES)


def test_every_fault_has_a_line_and_something_that_shows_it():
    lines = {int(number): line for line in FAULTS.splitlines() for number in re.findall(r"^\| (\d+) \|", line)}
    assert sorted(lines) == [*range(1, 47)]
    assert [number for number, line in lines.items() if not re.search(r"`[\w/]+\.py(::\w+)?`", line)] == []


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED)), ids=lambda part: part)
def test_what_is_named_is_there(path: str, name: str):
    source = (ROOT / "tests" / path).read_text("utf-8")
    assert re.search(rf"^def {name}\(", source, re.M)


def test_every_promise_names_the_test_that_holds_it():
    rows = [line for line in PROMISES.splitlines() if line.startswith("| ") and "Who or what" not in line]
    assert len(rows) > 10
    assert [row[:40] for row in rows if not re.search(r"`[\w/]+\.py(::\w+)?`", row)] == []
