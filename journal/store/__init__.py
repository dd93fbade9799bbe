"""The opened journal in memory: entries by their newest revisions, and the search. Dropped at lock."""

from __future__ import annotations

from journal.store.compare import Piece, differences
from journal.store.items import Item, Items, RemovedItem, Version
from journal.store.rows import Query, Row, RowList
from journal.store.search import SearchIndex

__all__ = [
    "Item",
    "Items",
    "Piece",
    "Query",
    "RemovedItem",
    "Row",
    "RowList",
    "SearchIndex",
    "Version",
    "differences",
]
