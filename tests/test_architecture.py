"""The directions and sizes that keep the house in order. import-linter checks the imports; these check the rest."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "journal", "ui", "resources", "tests", "docs", "benchmarks", "packaging", ".ci",
    "pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", ".gitignore",
}  # fmt: skip
TEXTS = ("QTextEdit", "QPlainTextEdit", "QTextBrowser", "QTextDocument")
LONGEST = 400  # lines: a module fits in the head


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of a function or method of that name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if (isinstance(called, ast.Name) and called.id == name) or (
                isinstance(called, ast.Attribute) and called.attr == name
            ):
                yield node


def _is_text(node: ast.AST) -> bool:
    """Whether it is a class made from one of Qt's that show documents."""
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any(isinstance(base, ast.Name) and base.id in TEXTS for base in bases)


def _loads_nothing(node: ast.ClassDef) -> bool:
    own = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "loadResource"]
    return len(own) == 1 and all(isinstance(part, ast.Expr) for part in own[0].body)  # nothing but its docstring


def places(found: Iterator[tuple[Path, ast.AST]]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{node.lineno}" for path, node in found]


def test_the_top_level_holds_what_was_agreed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split("/")[0] for line in listed.splitlines()} <= TOP


def test_a_module_fits_in_the_head():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules("journal", "ui", "resources", "tests", "benchmarks")
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_the_journal_works_where_qt_is_not_installed():
    program = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "pyqtgraph", "qtawesome"):
    sys.modules[name] = None  # importing it now fails
import journal
found = [m.name for m in pkgutil.walk_packages(journal.__path__, "journal.") if not m.name.endswith("__main__")]
for name in found:
    importlib.import_module(name)
print(len(found))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40


@pytest.mark.parametrize("path", modules("ui"), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_screen_keeps_the_habits(path: Path):
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    closures = [
        call.lineno
        for call in calls(tree, "connect")
        if any(isinstance(part, ast.Lambda) for argument in call.args for part in ast.walk(argument))
    ]
    assert closures == [], "a lambda connected to a signal keeps what it holds alive"
    if path.name != "labels.py":
        assert [call.lineno for call in calls(tree, "QLabel")] == [], "labels are made by ui.widgets.labels.label"
    bare = [call.lineno for name in TEXTS for call in calls(tree, name)]
    assert bare == [], "a place for text loads nothing, and Qt's own would"
    assert [node.name for node in ast.walk(tree) if _is_text(node) and not _loads_nothing(node)] == []
    assert "setHtml(" not in source and "insertHtml(" not in source, "words from outside are never HTML"
    assert not re.search(r"QSettings\(\s*[\"']", source), "settings name their file"


@pytest.mark.parametrize("path", modules("journal", "ui"), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_can_reach_the_network_or_print_words(path: Path):
    tree = ast.parse(path.read_text("utf-8"))
    banned = {"socket", "http", "urllib.request", "requests", "ftplib", "smtplib", "ssl", "logging"}
    banned |= {"PySide6.QtNetwork", "PySide6.QtWebEngineCore"}
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert not {name for name in imported if name in banned or name.split(".")[0] in banned}
    if path.name != "tour.py":
        assert [call.lineno for call in calls(tree, "print")] == []


def test_tests_neither_skip_nor_sleep_nor_pretend():
    pattern = re.compile(r"pytest\.(skip|xfail)|mark\.(skip|xfail)|time\.sleep|MagicMock|assert True\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in modules("tests")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line) and path.name != Path(__file__).name
    ]
    assert found == []


def test_the_lock_files_pin_every_package_by_hash():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / "packaging" / name).read_text("utf-8")
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pins and all("==" in pin and pin.endswith("\\") for pin in pins)
        assert text.count("--hash=sha256:") >= len(pins)
        newest = [pin for pin in pins if pin.startswith("pyside6-essentials==6.12")]
        old = [pin for pin in newest if "python_full_version >= '3.12'" not in pin]
        assert old == [], "6.12 aborts on Python 3.11"
