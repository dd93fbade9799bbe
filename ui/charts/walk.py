"""Where the arrow keys lead among what can be read in a figure.

Left and Right go to the moment before and after, along the line that is read where it has a point there. Up and Down
go between what stands at one moment; where the figure has rows, from row to row.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ui.charts.figure import Figure, Spot


class Walk:
    """The spots of a figure in their order, and the ways between them. A place is a number in `spots`."""

    def __init__(self, figure: Figure) -> None:
        readable = figure.readable
        self.spots: tuple[Spot, ...] = tuple(spot for spot, _ in readable)
        self.xs = [spot.x for spot in self.spots]
        self._keys = [key for _, key in readable]
        self._rows = figure.y.kind == "names"
        self._key = ""  # of the line that is followed: past a session, for instance, one comes back to it

    def along(self, place: int, by: int) -> int:
        """One moment on (`by` 1) or back (-1). From nowhere (-1) to the first; at either end one stays."""
        if not 0 <= place < len(self.spots):
            return 0
        self._follow(place)
        first, after = self._moment(place)
        if by > 0 and after < len(self.spots):
            return self._nearest(*self._moment(after), place)
        if by < 0 and first > 0:
            return self._nearest(*self._moment(first - 1), place)
        return place

    def up(self, place: int, by: int) -> int:
        """One up (`by` 1) or down (-1). From nowhere (-1) to the first; where there is nothing, one stays."""
        if not 0 <= place < len(self.spots):
            return 0
        found = self._row(place, -by) if self._rows else self._above(place, by)
        self._follow(found)
        return found

    def _above(self, place: int, by: int) -> int:
        first, after = self._moment(place)
        return place + by if first <= place + by < after else place

    def _row(self, place: int, by: int) -> int:
        here = self.spots[place]
        rest = [one for one, spot in enumerate(self.spots) if (spot.y - here.y) * by > 0]
        if not rest:
            return place
        return min(rest, key=lambda one: (abs(self.spots[one].y - here.y), abs(self.xs[one] - here.x)))

    def _moment(self, place: int) -> tuple[int, int]:
        """The first place of the moment at `place`, and the first after it."""
        x = self.xs[place]
        return bisect_left(self.xs, x), bisect_right(self.xs, x)

    def _nearest(self, first: int, after: int, place: int) -> int:
        for one in range(first, after):
            if self._key and self._keys[one] == self._key:
                return one
        return min(range(first, after), key=lambda one: abs(self.spots[one].y - self.spots[place].y))

    def _follow(self, place: int) -> None:
        self._key = self._keys[place] or self._key
