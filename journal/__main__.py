"""`python -m journal`: the command line without the window."""

from __future__ import annotations

import sys

from journal.cli import main

sys.exit(main())
