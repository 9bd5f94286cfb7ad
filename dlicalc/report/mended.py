"""One thing that ReportLab 5.1 does wrong for us, and what stands in its place.

It reads the clock and SOURCE_DATE_EPOCH, and then the same order is not the same bytes, or there is none where that
variable holds no number.
"""

from typing import Final

from reportlab.pdfbase import pdfdoc


class NoClock:
    """ReportLab's time stamp without a clock; the file's dates come from the sheet."""

    t: Final = 0
    YMDhms: Final = (2000, 1, 1, 0, 0, 0)
    dhh: Final = 0
    dmm: Final = 0

    def __init__(self, invariant: object = None) -> None:
        """Takes what the original takes."""


def mend_reportlab() -> None:
    """Put it in the place of ReportLab's own, for every file that is written from now on."""
    pdfdoc.TimeStamp = NoClock  # type: ignore[attr-defined]
