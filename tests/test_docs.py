"""What the documents say is there is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from journal.cli.commands import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    inside = [link for link in links if not link.startswith(("https://", "http://", "mailto:"))]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_named_is_there(page: Path):
    folders = "journal|ui|resources|tests|docs|benchmarks|packaging"
    named = re.findall(rf"`((?:{folders})/[\w./-]+)`", page.read_text("utf-8"))
    assert [name for name in named if not list(ROOT.glob(name.rstrip("/") + "*"))] == []


def test_the_readme_names_every_command_and_no_other():
    text = (ROOT / "README.md").read_text("utf-8")
    block = text.split("## From the command line")[1].split("```")[1]
    named = set(re.findall(r"^integration-journal ([a-z-]+)", block, re.M))
    shown = CliRunner().invoke(cli, ["--help"]).output
    listed = set(re.findall(r"^  ([a-z-]+)  ", shown.split("Commands:")[1], re.M))
    assert named == listed | {"tour"}


def test_the_make_commands_of_the_readme_exist():
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    told = {
        name for page in PAGES for name in re.findall(r"(?:^|`)make ([a-z-]+)(?:`|$)", page.read_text("utf-8"), re.M)
    }
    assert {"run", "test"} <= told <= made


def test_the_version_is_the_newest_in_the_changes():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[0] == version


def test_every_package_named_is_used():
    packages = {
        "pyside6-essentials": "PySide6", "sqlite-utils": "sqlite_utils", "cryptography": "cryptography",
        "pyrage": "pyrage", "msgspec": "msgspec", "platformdirs": "platformdirs", "pyqtgraph": "pyqtgraph",
        "qtawesome": "qtawesome", "mnemonic": "mnemonic", "click": "click", "chunspell": "hunspell",
        "segno": "segno", "pillow": "PIL",
    }  # fmt: skip
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.match(r"[\w-]+", line).group().lower() for line in wanted}
    modules = [path for folder in ("journal", "ui") for path in (ROOT / folder).rglob("*.py")]
    source = "\n".join(path.read_text("utf-8") for path in modules)
    assert names == set(packages)
    assert [name for name in names if not re.search(rf"^\s*(?:import|from) {packages[name]}\b", source, re.M)] == []
