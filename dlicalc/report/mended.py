"""Two things that ReportLab 5.1 does wrong for us, and what stands in their place.

Characters above U+FFFF: ReportLab writes them into a font's map as one five-digit number, and then a rare hanzi of a
name is copied and found as another character. The time: it reads the clock and SOURCE_DATE_EPOCH, and then the same
order is not the same bytes, or there is none where that variable holds no number.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.pdfbase import pdfdoc, ttfonts

_MOST_IN_BLOCK: Final = 100
"""Entries that one bfchar block may have (PDF 32000-1, 9.10.3)."""


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """The ToUnicode CMap of a one-byte font whose code *n* shows the character ``subset[n]``."""
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *_blocks(subset),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _blocks(subset: Sequence[int]) -> Iterator[str]:
    entries = [f"<{code:02X}> <{_utf_16(character)}>" for code, character in enumerate(subset)]
    for start in range(0, len(entries), _MOST_IN_BLOCK):
        block = entries[start : start + _MOST_IN_BLOCK]
        yield f"{len(block)} beginbfchar"
        yield from block
        yield "endbfchar"


def _utf_16(character: int) -> str:
    return chr(character).encode("utf-16-be").hex().upper()


class NoClock:
    """ReportLab's time stamp without a clock; the file's dates come from the sheet."""

    t: Final = 0
    YMDhms: Final = (2000, 1, 1, 0, 0, 0)
    dhh: Final = 0
    dmm: Final = 0

    def __init__(self, invariant: object = None) -> None:
        """Takes what the original takes."""


def mend_reportlab() -> None:
    """Put these in the place of ReportLab's own, for every file that is written from now on."""
    ttfonts.makeToUnicodeCMap = to_unicode_map  # type: ignore[assignment]
    pdfdoc.TimeStamp = NoClock  # type: ignore[attr-defined]
