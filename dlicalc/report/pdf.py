"""An empty PDF whose every byte follows from what is asked, whatever the clock or the environment says."""

from datetime import datetime
from io import BytesIO
from typing import Final, NamedTuple

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from dlicalc.report.fonts import Fonts

PAPERS: Final = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
"""Width and height in points."""


class Properties(NamedTuple):
    """What a reader shows about the file; ``language`` is a BCP 47 tag."""

    title: str
    subject: str
    keywords: str
    software: str
    made_at: datetime
    language: str


def open_pdf(out: BytesIO, properties: Properties, fonts: Fonts, size: tuple[float, float]) -> Canvas:
    """A canvas of ``size`` points that writes to ``out`` when it is saved."""
    rl_config.invariant = 1
    rl_config.useA85 = 0
    canvas = Canvas(
        out,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        # Without it every file would list Helvetica, which is not embedded.
        initialFontName=fonts.initial(),  # type: ignore[arg-type]
        lang=properties.language,
    )
    canvas.setTitle(_one_line(properties.title))
    canvas.setSubject(_one_line(properties.subject))
    canvas.setAuthor("")
    canvas.setKeywords(_one_line(properties.keywords))
    canvas.setCreator(properties.software)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    made = _pdf_date(properties.made_at)
    canvas.setDateFormatter(lambda *_: made)
    return canvas


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _pdf_date(moment: datetime) -> str:
    offset = moment.strftime("%z") or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
