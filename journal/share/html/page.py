"""The page a reader sees in a browser, made from the blocks that describe a share, and from nothing else.

The charts are the one thing beside them: they draw the numbers that stand in the table of check-ins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journal.share.blocks import Block, BlockKind
from journal.share.html.chart import charts
from journal.share.html.tree import Node, element, encode
from journal.share.html.words import own_words
from journal.share.payload import Payload
from journal.share.picture import SharedPicture
from journal.share.render import checkins, document
from journal.share.text import safe

Spans = Sequence[tuple[int, int]]


def page(payload: Payload, spans: Spans = ()) -> bytes:
    """The tree of the whole page, as it is sealed. `spans`: where in the container each picture stands, how long."""
    return encode(page_tree(payload, spans))


def page_tree(payload: Payload, spans: Spans = ()) -> list[Node]:
    """A first section with the cover and the contents, then one a part."""
    drawn = next((block for block in checkins(payload) if block.kind is BlockKind.TABLE), None)
    made = _Page(payload.pictures, spans)
    for block in document(payload):
        if block == drawn:
            made.section.extend(charts(payload))
        made.add(block)
    return made.finished()


class _Page:
    """Draws one block after the other. What a writer typed is always text, never a name or an attribute."""

    def __init__(self, pictures: Sequence[SharedPicture] = (), spans: Spans = ()) -> None:
        self._pictures, self._spans = pictures, spans
        self._sections: list[tuple[str, list[Node]]] = []
        self._contents: list[tuple[str, str]] = []  # (id, heading) of each part
        self._level = 1  # of the last heading of the program's
        self._heading = ("", "")  # the last heading's id and words
        self._begin("")

    def _begin(self, ident: str) -> None:
        self.section: list[Node] = []
        self._sections.append((ident, self.section))

    def add(self, block: Block) -> None:
        """Draw a block after what is there."""
        match block.kind:
            case BlockKind.TITLE:
                self.section.append(self._headed(1, block.text))
            case BlockKind.HEADING:
                self._begin(f"part-{len(self._sections)}")
                self.section.append(self._headed(2, block.text))
                self._contents.append(self._heading)
            case BlockKind.SUBHEADING:
                self.section.append(self._headed(3 if self._contents else 2, block.text))
            case BlockKind.NOTICE:
                self.section.append(element("p", safe(block.text), class_="notice"))
            case BlockKind.NAME:
                self.section.append(element("p", element("strong", block.text), class_="name", dir="auto"))
            case BlockKind.TEXT:
                self.section.append(element("div", *own_words(block, self._level + 1), class_="own", dir="auto"))
            case BlockKind.PICTURE:
                self.section.append(self._figure(block))
            case BlockKind.FACTS:
                self.section.append(element("dl", *(_fact(row) for row in block.rows)))
            case BlockKind.TABLE:
                self.section.append(self._table(block))

    def finished(self) -> list[Node]:
        """The sections, with a list of the parts in the first where there are several."""
        if len(self._contents) > 1:
            links = [element("li", element("a", words, href=f"#{ident}")) for ident, words in self._contents]
            title = element("p", "Contents", id="contents", class_="label")
            self._sections[0][1].append(element("nav", title, element("ul", *links), aria_labelledby="contents"))
        return list(self._finished())

    def _finished(self) -> Iterator[Node]:
        for ident, nodes in self._sections:
            yield element("section", *nodes, aria_labelledby=ident) if ident else element("section", *nodes)

    def _headed(self, level: int, text: str) -> Node:
        self._level = level
        ident = f"part-{len(self._sections) - 1}" if level == 2 else f"head-{len(self._sections)}-{len(self.section)}"
        self._heading = (ident, safe(text))
        return element(f"h{level}", self._heading[1], id=ident)

    def _figure(self, block: Block) -> Node:
        number = block.picture or 0
        one, (at, length) = self._pictures[number], self._spans[number]
        image = element(
            "img",
            alt=block.text.rstrip("."), width=str(one.wide), height=str(one.high), bytes=f"{at} {length}",
        )  # fmt: skip
        words = [element("figcaption", safe(block.caption), dir="auto")] if block.caption else []
        return element("figure", image, *words, class_="picture")

    def _table(self, block: Block) -> Node:
        """A table, in a box that scrolls by itself where the screen is narrow."""
        head, *rows = ([safe(cell) for cell in row] for row in block.rows)
        ident, heading = self._heading
        table = element(
            "table",
            element("caption", f"{heading}, as a table"),
            element("thead", element("tr", *(element("th", cell, scope="col") for cell in head))),
            element("tbody", *(_row(row) for row in rows)),
        )
        return element("div", table, class_="scroll", role="region", tabindex="0", aria_labelledby=ident)


def _fact(row: tuple[str, ...]) -> Node:
    label, *values = row
    return element("div", element("dt", safe(label)), *(element("dd", safe(value), dir="auto") for value in values))


def _row(cells: list[str]) -> Node:
    first, *others = cells
    return element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in others))
