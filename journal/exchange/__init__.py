"""Ways in and out, in formats other programs read. What goes out is in the clear, and is said to be."""

from __future__ import annotations

from journal.exchange.formats import FORMATS_IN, FORMATS_OUT, read, write
from journal.exchange.incoming import Incoming

__all__ = ["FORMATS_IN", "FORMATS_OUT", "Incoming", "read", "write"]
