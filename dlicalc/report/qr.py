"""QR codes (ISO/IEC 18004) as pictures of one bit a module: a tenth of the bytes of as many rectangles."""

from functools import lru_cache
from typing import Final, NamedTuple

QUIET: Final = 4
"""Modules that must stay white on each side."""
_LEVEL: Final = "M"
_REMEMBERED: Final = 64


class Matrix(NamedTuple):
    """A code without its quiet zone: modules on a side, and its rows as hexadecimal, 1 for a dark module.

    Every row begins with a new byte.
    """

    side: int
    dark: str


@lru_cache(_REMEMBERED)
def matrix(text: str) -> Matrix:
    """The QR code of ``text`` at correction level M; raises :class:`ValueError` if it is too long for any."""
    # A compiled module of 2 MB, which only the paper needs.
    from zxingcpp import BarcodeFormat, create_barcode  # noqa: PLC0415  see above

    code = create_barcode(text, BarcodeFormat.QRCode, ec_level=_LEVEL)
    # Its stub does not tell that an image is a buffer.
    pixels = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    rows: list[list[int]] = pixels.tolist()  # type: ignore[assignment]
    return Matrix(len(rows), "".join(_row(row) for row in rows))


def _row(row: list[int]) -> str:
    bits = "".join("1" if pixel == 0 else "0" for pixel in row)
    size = -(-len(bits) // 8)
    return f"{int(bits.ljust(size * 8, '0'), 2):0{2 * size}x}"
