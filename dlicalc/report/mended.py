"""Two things that ReportLab 5.1 does not do as this program needs it, and what stands in their place.

It reads the clock and SOURCE_DATE_EPOCH, and then the same order is not the same bytes, or there is none where that
variable holds no number. And it packs pages less tightly than it could.
"""

import zlib
from typing import Final

from reportlab.pdfbase import pdfdoc

_WINDOW: Final = 15
_MEMORY: Final = 7
"""Less than zlib takes by itself: its blocks become shorter, and glyphs fit them better, by a hundredth."""


def tight(content: bytes) -> bytes:
    """``content`` packed for ``FlateDecode``."""
    packer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, _WINDOW, _MEMORY)
    return packer.compress(content) + packer.flush()


class NoClock:
    """ReportLab's time stamp without a clock; the file's dates come from the sheet."""

    t: Final = 0
    YMDhms: Final = (2000, 1, 1, 0, 0, 0)
    dhh: Final = 0
    dmm: Final = 0

    def __init__(self, invariant: object = None) -> None:
        """Takes what the original takes."""


class Tight:
    """ReportLab's filter for what is packed, as tight as it gets."""

    pdfname: Final = "FlateDecode"

    @staticmethod
    def encode(text: str | bytes) -> bytes:
        """Packed bytes."""
        return tight(text.encode() if isinstance(text, str) else text)


def mend_reportlab() -> None:
    """Put these in the place of ReportLab's own, for every file that is written from now on."""
    pdfdoc.TimeStamp = NoClock  # type: ignore[attr-defined]
    pdfdoc.PDFZCompress = Tight()  # type: ignore[assignment]
