"""The page inside a share for a browser, as a tree: `["p", {"class": "notice"}, "Words"]`.

It is no HTML, so nothing has to be escaped and no parser can take a word for a tag: the script in the file makes one
element after the other from this tree, of the kinds it knows, and gives them text as text. An attribute never holds
anything that somebody wrote. A picture's `bytes` say where in the container it stands, and how long it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

Node: TypeAlias = "list[str | dict[str, str] | Node]"
Child: TypeAlias = "str | Node"

# What the script in the file makes, and nothing else (resources/share/open.js has the same lists).
HTML = frozenset((
    "section", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "dl", "dt", "dd", "ul", "ol", "li", "a",
    "strong", "em", "blockquote", "figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "img",
))  # fmt: skip
SVG = frozenset(("svg", "title", "desc", "line", "polyline", "polygon", "circle", "rect", "text"))
ATTRIBUTES = frozenset((
    "class", "id", "href", "scope", "role", "tabindex", "dir", "aria-labelledby", "aria-describedby", "viewBox", "x",
    "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "points", "text-anchor", "alt",
    "bytes",
))  # fmt: skip
_VALUE = re.compile(r"#?[A-Za-z0-9 .,-]*", re.ASCII)


def element(name: str, *children: Child, **attributes: str) -> Node:
    """An element. `class_` and `text_anchor` are written as in Python; one that is not allowed is an error."""
    named = {key.rstrip("_") if key.endswith("_") else _hyphens(key): value for key, value in attributes.items()}
    if name not in HTML | SVG or not named.keys() <= ATTRIBUTES:
        raise ValueError(f"no such element: {name}")
    if not all(_VALUE.fullmatch(value) for value in named.values()):
        raise ValueError(f"an attribute of {name}")
    return [name, named, *children]


def encode(nodes: Iterable[Node]) -> bytes:
    """The tree as it is sealed: JSON in UTF-8."""
    return json.dumps(list(nodes), ensure_ascii=False, separators=(",", ":")).encode()


def walk(nodes: Iterable[Child]) -> Iterator[Node]:
    """Every element, each before those in it."""
    for node in nodes:
        if isinstance(node, list):
            yield node
            yield from walk(child for child in node[2:] if not isinstance(child, dict))


def text_of(node: Child) -> str:
    """All text in it, in its order."""
    if isinstance(node, str):
        return node
    return "".join(text_of(child) for child in node[2:] if not isinstance(child, dict))


def _hyphens(key: str) -> str:
    return key if key == "viewBox" else key.replace("_", "-")
