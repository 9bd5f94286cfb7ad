"""Blocks of a page and how they follow each other: what fits stays, what can be divided is, the rest goes over."""

from collections.abc import Sequence
from typing import NamedTuple
from typing import Protocol as Shape

from dlicalc.report.pen import Pen


class Block(Shape):
    """Something of known height that can be drawn anywhere."""

    @property
    def height(self) -> float:
        """Points from its top to its bottom."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner there."""

    def split(self, room: float, *, at_top: bool) -> "tuple[Block, Block] | None":
        """A part that fits into ``room`` and the rest; ``None`` if it should go to the next page whole.

        ``at_top`` says that nothing stands above it, so that waiting would not help.
        """


class Placed(NamedTuple):
    """A block and the distance of its top from the top of the page's content."""

    top: float
    block: Block


Page = tuple[Placed, ...]


def flow(blocks: Sequence[Block], room: float, gap: float) -> list[Page]:
    """Pages of at most ``room`` points with ``gap`` between blocks.

    A block that is higher than a page and cannot be divided gets a page of its own; blocks are made so that this
    does not happen.
    """
    pages: list[Page] = []
    page: list[Placed] = []
    used = 0.0
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        top = used + gap if page else 0.0
        if top + block.height <= room:
            page.append(Placed(top, block))
            used = top + block.height
            continue
        parts = block.split(room - top, at_top=not page)
        if parts is not None:
            page.append(Placed(top, parts[0]))
            waiting.append(parts[1])
        elif page:
            waiting.append(block)
        else:
            page.append(Placed(top, block))
        pages.append(tuple(page))
        page, used = [], 0.0
    if page:
        pages.append(tuple(page))
    return pages


def filled(page: Page) -> float:
    """Points from the top of a page's content to its lowest point."""
    return max((placed.top + placed.block.height for placed in page), default=0.0)
