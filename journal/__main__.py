"""`python -m journal`: the command line without the window."""

from __future__ import annotations

import sys

from journal.cli import main
from journal.hardening import harden

harden()
sys.exit(main())
