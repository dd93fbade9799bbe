"""A share as one HTML file that opens itself in a browser, for readers who install nothing.

page (the tree a reader sees) + container (what every share holds) -> sealed -> outer (the file); and back.
"""

from __future__ import annotations

from journal.share.html.page import page, page_tree
from journal.share.html.sealed import Plain, find, seal, unseal

__all__ = ["Plain", "find", "page", "page_tree", "seal", "unseal"]
