"""What the program is started in: a hostile folder or path, plug-ins, missing packages, switched-off assertions."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from journal.vault import FAST, Vault
from tests.journal.cli.commands import spoil_row
from tests.journal.vault.samples import PASSWORD, ROOT, page
from ui.lock import _command

SHADOWS = ("journal", "ui", "secrets", "sqlite3", "msgspec", "cryptography", "PySide6", "sitecustomize")
BAD = "import os, pathlib\npathlib.Path(os.environ['MARK']).write_text('ran')\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A closed journal with an entry, and its password in a file beside it."""
    made, _ = Vault.create(tmp_path / "mine.vault", PASSWORD, profile=FAST, state_dir=tmp_path / "state")
    made.append([page("kept")])
    made.close()
    (tmp_path / "password").write_text(PASSWORD)
    return made.path


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "MARK": str(folder / "mark"), **environment}
    return subprocess.run(
        [str(part) for part in command], cwd=folder, env=surroundings, capture_output=True, text=True, timeout=120
    )


Done = subprocess.CompletedProcess[str]


def verify(vault: Path, *options: str, path: str = "", folder: Path | None = None) -> Done:
    """The command `verify`, started as the program starts itself."""
    python, *rest = _command()
    secret = ("--password-file", vault.with_name("password"))
    return run(python, *options, *rest, "verify", vault, *secret, folder=folder or vault.parent, PYTHONPATH=path)


def test_what_lies_in_the_folder_one_stands_in_is_not_imported(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    for name in SHADOWS:
        (tmp_path / "here" / f"{name}.py").write_text(BAD)
    done = verify(vault, folder=tmp_path / "here")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "here" / "mark").exists()


def test_plug_ins_of_the_packages_we_use_are_not_loaded(vault: Path, tmp_path: Path) -> None:
    """An installed package may name itself a plug-in of sqlite-utils; it would be given the open database."""
    plugin = tmp_path / "site"
    info = plugin / "evil-1.0.dist-info"
    info.mkdir(parents=True)
    (plugin / "evil.py").write_text(BAD)
    groups = ("sqlite_utils", "pyqtgraph", "qtawesome", "platformdirs", "keyring.backends")
    (info / "entry_points.txt").write_text("".join(f"[{group}]\nevil = evil\n" for group in groups))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    done = verify(vault, path=str(plugin))
    assert done.returncode == 0, done.stderr
    script = f"""
        import importlib.metadata, sys
        sys.path.insert(0, {str(ROOT)!r})
        import sqlite_utils
        assert importlib.metadata.entry_points(group="sqlite_utils"), "the plug-in is there"
        from pathlib import Path
        from journal.service import JournalService
        from journal.records import Moment, Page
        from tests.journal.vault.samples import CLOCK
        service = JournalService.open(Path({str(vault)!r}), password={PASSWORD!r}, clock=CLOCK, state_dir=Path())
        service.save(Page(at=Moment(CLOCK.now()), text="more"))
        service.leave()
        assert "evil" not in sys.modules
    """
    done = run(sys.executable, "-c", textwrap.dedent(script), folder=tmp_path, PYTHONPATH=str(plugin))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("missing", ["cryptography", "sqlite_utils", "msgspec", "mnemonic"])
def test_a_missing_or_old_package_is_told_in_one_line(vault: Path, tmp_path: Path, missing: str) -> None:
    """A package of the same name that holds nothing, as a broken or an old one would look."""
    (tmp_path / "old" / missing).mkdir(parents=True)
    (tmp_path / "old" / missing / "__init__.py").touch()
    before = vault.read_bytes()
    done = verify(vault, path=str(tmp_path / "old"))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "missing or too old" in line and "Install the program again" in line
    assert vault.read_bytes() == before


def test_an_openssl_without_argon2_is_told(vault: Path, tmp_path: Path) -> None:
    script = """
        from pathlib import Path
        from cryptography.exceptions import UnsupportedAlgorithm
        from journal.errors import Incomplete
        from journal.vault import Vault, kdf
        def refuse(**_costs):
            raise UnsupportedAlgorithm("This OpenSSL does not know Argon2id")
        kdf.Argon2id = refuse
        try:
            Vault.open(Path("mine.vault"), password="any password", state_dir=Path())
        except Incomplete as error:
            print(error)
    """
    done = run(sys.executable, "-c", textwrap.dedent(script), folder=tmp_path, PYTHONPATH=str(ROOT))
    assert "Install the program again" in done.stdout, done.stderr


@pytest.mark.parametrize("option", ["-O", "-OO"])
def test_nothing_rests_on_assertions(vault: Path, option: str) -> None:
    """With assertions switched off: whole is called whole, and a changed byte is damage."""
    assert verify(vault, option).returncode == 0
    spoil_row(vault, first_entry(vault))
    done = verify(vault, option)
    assert done.returncode == 3 and "damaged" in done.stdout + done.stderr


def first_entry(vault: Path) -> str:
    opened = Vault.open(vault, password=PASSWORD, read_only=True, state_dir=vault.parent)
    try:
        return next(opened.revisions()).eid
    finally:
        opened.close()
