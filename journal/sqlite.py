"""sqlite-utils, without what it would load for nothing.

It imports numpy wherever that is installed, to take numpy's numbers as values: 60 ms and 20 MB at every start. Charts
bring numpy along, and nothing here gives its numbers to a database.
"""

from __future__ import annotations

import sys

_NUMPY = "numpy"

if _NUMPY in sys.modules:
    from sqlite_utils import Database
else:
    sys.modules[_NUMPY] = None  # type: ignore[assignment]  # "not installed", for this one import
    try:
        from sqlite_utils import Database
    finally:
        del sys.modules[_NUMPY]

__all__ = ["Database"]
