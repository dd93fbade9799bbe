"""The opened journal in memory: entries by their newest revisions, and the search. Dropped at lock."""

from __future__ import annotations

from journal.store.base import Base
from journal.store.base_index import BaseIndex, IndexMaker
from journal.store.compare import Piece, differences
from journal.store.entries import Entry, State
from journal.store.items import Item, Items, RemovedItem, Version
from journal.store.looking import Looking
from journal.store.rows import Query, Row, RowList
from journal.store.search import SearchIndex

__all__ = [
    "Base",
    "BaseIndex",
    "Entry",
    "IndexMaker",
    "Item",
    "Items",
    "Looking",
    "Piece",
    "Query",
    "RemovedItem",
    "Row",
    "RowList",
    "SearchIndex",
    "State",
    "Version",
    "differences",
]
