"""Time on a chart's axis, as it was lived: the wall clock of each moment, whatever zone it was in.

pyqtgraph wants seconds. Taking the wall clock for UTC keeps "ten in the evening" at ten in the evening after a
journey and on the nights when the clocks change; the axis is drawn with no offset.
"""

from __future__ import annotations

from datetime import UTC, datetime

_FIRST = datetime(1, 1, 1, tzinfo=UTC).timestamp()
_LAST = datetime(9999, 12, 31, 23, 59, tzinfo=UTC).timestamp()


def seconds(at: datetime) -> float:
    """Axis seconds of an aware moment."""
    return at.replace(tzinfo=UTC).timestamp()


def moment(axis: float) -> datetime:
    """The wall clock (without a zone) at axis seconds; beyond the dates there are, the first or the last of them."""
    return datetime.fromtimestamp(min(max(axis, _FIRST), _LAST), UTC).replace(tzinfo=None)
