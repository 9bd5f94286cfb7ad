"""How wide the columns of a table are, from what stands in them."""

from collections.abc import Callable, Sequence
from typing import Final

from dlicalc.report.fonts import Face, Fonts
from dlicalc.services.sheet import OR_LINE

_WIDEST_TEXT: Final = 0.7
"""Share of the table beyond which a long text gets no more room for being longer."""
_WIDEST_WORD: Final = 0.4
"""Share of the table that one unbreakable word may claim before it is torn."""


def column_widths(
    fonts: Fonts, rows: Sequence[Sequence[str]], faces: Sequence[Face], size: float, *, total: float, padding: float
) -> tuple[float, ...]:
    """Widths that add up to ``total``: as the texts ask, or shared out so that words stay whole.

    ``faces`` are those of the rows; ``padding`` is what a cell loses at its right.
    """
    widest = _widest(fonts.width, rows, faces, size, padding=padding)
    natural = [min(width, total * _WIDEST_TEXT) for width in widest]
    if sum(natural) > total:
        # Where lines are short of room, each language has one of its own, in all columns.
        parted = [[text.replace(OR_LINE, "\n") for text in row] for row in rows]
        natural = [
            min(width, total * _WIDEST_TEXT) for width in _widest(fonts.width, parted, faces, size, padding=padding)
        ]
    return share(natural, _widest(fonts.longest_word, rows, faces, size, padding=padding), total)


def share(natural: Sequence[float], least: Sequence[float], total: float) -> tuple[float, ...]:
    """``total`` divided: by what the columns ask for if it is enough, else so that each has its longest word."""
    if sum(natural) <= total:
        return tuple(width * total / sum(natural) for width in natural)
    least = [min(width, total * _WIDEST_WORD) for width in least]
    if sum(least) >= total:
        return _capped(least, total)
    return _shared_out(natural, least, total)


def _capped(least: Sequence[float], total: float) -> tuple[float, ...]:
    """``total`` where the words need more: the widest are cut down to one width, the others stay whole."""
    rest, cap = total, 0.0
    for place, width in enumerate(sorted(least)):
        cap = rest / (len(least) - place)
        if width > cap:
            break
        rest -= width
    return tuple(min(width, cap) for width in least)


def _shared_out(natural: Sequence[float], least: Sequence[float], total: float) -> tuple[float, ...]:
    """Narrow columns get what they ask; the wide ones divide the rest, none below its longest word."""
    widths = list(least)
    open_columns = sorted(range(len(natural)), key=lambda place: natural[place])
    while open_columns:
        place = open_columns[0]
        rest = total - sum(widths[other] for other in range(len(widths)) if other not in open_columns)
        fair = rest / len(open_columns)
        others = sum(least[other] for other in open_columns[1:])
        if natural[place] > max(fair, least[place]) or natural[place] + others > rest:
            break
        widths[place] = natural[place]
        open_columns.pop(0)
    spare = total - sum(widths)
    wish = sum(natural[place] - least[place] for place in open_columns)
    for place in open_columns:
        widths[place] += spare * (natural[place] - least[place]) / wish
    return tuple(widths)


def _widest(
    measure: Callable[[str, Face], float],
    rows: Sequence[Sequence[str]],
    faces: Sequence[Face],
    size: float,
    *,
    padding: float,
) -> list[float]:
    widths = [0.0] * len(rows[0])
    for row, face in zip(rows, faces, strict=True):
        for place, text in enumerate(row):
            widths[place] = max(widths[place], measure(text, face))
    return [width * size + padding for width in widths]
