"""The command line. Every command ends 0 when all is well, 1 with one clear line, 2 for wrong usage; `verify` 3."""

from __future__ import annotations

from journal.cli.commands import cli, main

__all__ = ["cli", "main"]
