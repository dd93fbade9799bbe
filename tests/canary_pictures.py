"""What the person of tests/canary_driver.py does with pictures in a share: ticks them, and types words under them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt


def tick_pictures(person: Any, page: Any) -> None:
    """Every picture of the ticked entries."""
    model = page.choose.model
    for entry in model.with_pictures():
        for row in range(model.rowCount(entry)):
            model.setData(model.index(row, 0, entry), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    for field in page.choose.captions.fields.values():
        person.type(field, person.words["share_caption"])
    person.look("share choose")
