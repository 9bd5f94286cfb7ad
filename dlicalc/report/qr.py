"""QR codes (ISO/IEC 18004) as black rectangles, one for each run of dark modules in a row."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

QUIET: Final = 4
"""Modules that must stay white on each side."""
_LEVEL: Final = "M"
_REMEMBERED: Final = 64


class Run(NamedTuple):
    """Dark modules beside each other, from the upper left corner."""

    column: int
    row: int
    length: int


class Matrix(NamedTuple):
    """A code without its quiet zone: modules on a side, and its dark runs."""

    side: int
    runs: tuple[Run, ...]


@lru_cache(_REMEMBERED)
def matrix(text: str) -> Matrix:
    """The QR code of ``text`` at correction level M; raises :class:`ValueError` if it is too long for any."""
    # A compiled module of 2 MB, which only the paper needs.
    from zxingcpp import BarcodeFormat, create_barcode  # noqa: PLC0415  see above

    code = create_barcode(text, BarcodeFormat.QRCode, ec_level=_LEVEL)
    # Its stub does not tell that an image is a buffer.
    pixels = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    rows = [bytes(row) for row in pixels.tolist()]
    return Matrix(len(rows), tuple(run for number, row in enumerate(rows) for run in _runs(row, number)))


def _runs(row: bytes, number: int) -> Iterator[Run]:
    start: int | None = None
    for column, pixel in enumerate((*row, 255)):
        if pixel == 0 and start is None:
            start = column
        elif pixel != 0 and start is not None:
            yield Run(start, number, column - start)
            start = None
