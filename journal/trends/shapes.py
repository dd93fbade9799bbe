"""A shape for each slider, so that colour is never the only difference: a circle, a square, and these."""

from __future__ import annotations

from math import cos, pi, sin

CIRCLE, SQUARE = 0, 1  # the first two sliders; every other has corners
_SHAPES = {
    2: (3, -pi / 2, 1.0),  # triangle
    3: (4, -pi / 2, 1.0),  # diamond
    4: (10, -pi / 2, 0.45),  # star
    5: (3, pi / 2, 1.0),  # triangle downwards
    6: (6, 0.0, 1.0),  # hexagon
}


def corners(number: int) -> tuple[tuple[float, float], ...]:
    """The corners of slider `number`'s shape (2 to 6) in a circle of radius 1 around the origin, y downwards."""
    count, turn, inner = _SHAPES[number]
    found = []
    for corner in range(count):
        reach = inner if corner % 2 and inner < 1 else 1.0
        angle = turn + 2 * pi * corner / count
        found.append((reach * cos(angle), reach * sin(angle)))
    return tuple(found)
