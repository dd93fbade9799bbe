"""A shape for each slider, so that colour is never the only difference: a circle, a square, and these."""

from __future__ import annotations

from math import cos, pi, sin

CIRCLE, SQUARE = 0, 1  # the first two sliders; every other has corners
_SHAPES = {  # corners, turn, how far in every second corner lies, how far down the middle lies
    2: (3, -pi / 2, 1.0, 0.29),  # triangle
    3: (4, -pi / 2, 1.0, 0.0),  # diamond
    4: (10, -pi / 2, 0.45, 0.0),  # star
    5: (3, pi / 2, 1.0, -0.29),  # triangle downwards
    6: (6, 0.0, 1.0, 0.0),  # hexagon
}
_TRIANGLE = 1.16  # it fills less of its circle


def corners(number: int) -> tuple[tuple[float, float], ...]:
    """The corners of slider `number`'s shape (2 to 6) around the origin, radius about 1, y downwards."""
    count, turn, inner, down = _SHAPES[number]
    whole = _TRIANGLE if count == 3 else 1.0
    found = []
    for corner in range(count):
        reach = whole * (inner if corner % 2 and inner < 1 else 1.0)
        angle = turn + 2 * pi * corner / count
        found.append((reach * cos(angle), down + reach * sin(angle)))
    return tuple(found)
