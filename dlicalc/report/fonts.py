"""The shipped fonts: which of them draws a character, how wide it is, and where a text breaks into lines.

Latin letters, digits and signs come from DejaVu, hanzi from Noto Sans SC. A character that none of them draws as
it should be read is refused, because on paper it would be an empty box or a wrong sign.
"""

import unicodedata
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from reportlab.pdfbase import pdfmetrics

from dlicalc.report.embedded import PaperFont
from dlicalc.report.mended import mend_reportlab
from dlicalc.services.problem import Problem
from dlicalc.services.sheet import OR_LINE, CannotBePrinted

SANS: Final = "DejaVuSans"
_SANS_BOLD: Final = "DejaVuSans-Bold"
_MONO: Final = "DejaVuSansMono"
_HAN: Final = "NotoSansSC-Regular"

_MOST_REMEMBERED: Final = 5000
_NEVER_DRAWN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn"})
"""Unicode categories whose look depends on the neighbours or on one hospital's own font; none is drawn on its own."""
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_NOT_FIRST: Final = frozenset("，。、；：？！）》」』】〕…—％”’)]}.,;:?!%")
"""Characters that never begin a line."""
_NOT_LAST: Final = frozenset("（《「『【〔“‘([{")
"""Characters that never end a line."""
_BEFORE_NUMBER: Final = frozenset("×≈<>=+−/")
"""Signs that stay with what follows them."""
_UNITS: Final = frozenset(
    {
        "mL",
        "mL/kg",
        "kg",
        "g",
        "g/kg",
        "g/mL",
        "h",
        "cm",
        "m",
        "U/L",
        "µkat/L",
        "µmol/L",
        "mg/dL",
        "mg/L",
        "mL/min/1",
        "million",
    }
)
"""Words that stay with the number before them."""
_UNBROKEN: Final = "\u00a0"
_WHOLE: Final = 12
"""Characters up to which one of two languages in a cell keeps to one line."""
_FIRST_HAN: Final = "\u2e80"
"""From here on characters are as wide as high, and a line may break between any two of them."""


class Face(Enum):
    """A style of type: its fonts in the order in which they are asked for a character."""

    REGULAR = (SANS, _HAN)
    BOLD = (_SANS_BOLD, SANS, _HAN)
    MONO = (_MONO, SANS, _HAN)


class Run(NamedTuple):
    """A piece of text in one font; ``width`` at a size of 1.

    ``heavy`` type has no bold font: its outlines are drawn with a pen of some width.
    """

    font: str
    text: str
    width: float
    heavy: bool = False


class Line(NamedTuple):
    """One line of type; ``width`` at a size of 1."""

    runs: tuple[Run, ...]
    width: float


class _Glyph(NamedTuple):
    character: str
    font: str
    width: float
    heavy: bool


class Fonts:
    """The fonts in ``folder``, each read when a text first needs it; to be made once per process."""

    def __init__(self, folder: Path) -> None:
        mend_reportlab()
        self._folder = folder
        self._fonts: dict[str, PaperFont] = {}
        self._glyphs: dict[Face, dict[str, _Glyph]] = {face: {} for face in Face}
        self._lines: dict[tuple[str, Face, float], tuple[Line, ...]] = {}

    @property
    def loaded(self) -> frozenset[str]:
        """Names of the fonts that were read so far."""
        return frozenset(self._fonts)

    def initial(self) -> str:
        """Name of the font with which a page begins."""
        return self._font(SANS).fontName

    def lines(self, text: str, face: Face, size: float, width: float) -> tuple[Line, ...]:
        """``text`` broken to lines of at most ``width`` points; raises :class:`CannotBePrinted` for a missing glyph."""
        key = (text, face, width / size)
        known = self._lines.get(key)
        if known is not None:
            return known
        lines: list[Line] = []
        for paragraph in text.split("\n"):
            lines += self._paragraph(paragraph, face, width / size)
        if len(self._lines) >= _MOST_REMEMBERED:
            self._lines.clear()
        self._lines[key] = result = tuple(lines)
        return result

    def _paragraph(self, text: str, face: Face, width: float) -> list[Line]:
        whole = _broken(self._set(text.replace(OR_LINE, " "), face), width)
        if len(whole) == 1 or text.count(OR_LINE) != 1:
            return whole
        sides = [_broken(self._set(side, face), width) for side in text.split(OR_LINE)]
        return [line for (line,) in sides] if all(len(side) == 1 for side in sides) else whole

    def width(self, text: str, face: Face) -> float:
        """Width of the widest line of ``text``, unbroken, at a size of 1."""
        return max(line.width for line in self.lines(text, face, 1.0, float("inf")))

    def longest_word(self, text: str, face: Face) -> float:
        """Width of the widest piece of ``text`` that no line may break, at a size of 1."""
        sides = text.split(OR_LINE)
        if len(sides) > 1:
            short = [len(side) <= _WHOLE and len(sides) == 2 for side in sides]
            measures = (self.width if whole else self.longest_word for whole in short)
            return max(measure(side, face) for measure, side in zip(measures, sides, strict=True))
        glyphs = self._set(text.replace("\n", " "), face)
        longest = used = 0.0
        for place, glyph in enumerate(glyphs):
            if place and _may_break(glyphs, place):
                used = 0.0
            used += glyph.width
            if glyph.character != " ":
                longest = max(longest, used)
        return longest

    def _font(self, name: str) -> PaperFont:
        font = self._fonts.get(name)
        if font is None:
            font = self._fonts[name] = PaperFont(name, self._folder / f"{name}.ttf")
            pdfmetrics.registerFont(font)
        return font

    def _set(self, text: str, face: Face) -> list[_Glyph]:
        text = unicodedata.normalize("NFC", text) if any(map(unicodedata.combining, text)) else text
        known = self._glyphs[face]
        return [known.get(character) or self._glyph(character, face) for character in text]

    def _glyph(self, character: str, face: Face) -> _Glyph:
        legible = unicodedata.category(character) not in _NEVER_DRAWN
        if legible and unicodedata.bidirectional(character) not in _RIGHT_TO_LEFT:
            for name in face.value:
                font = self._font(name)
                if font.has(character):
                    glyph = _Glyph(character, name, font.width(character), face is Face.BOLD and name == _HAN)
                    self._glyphs[face][character] = glyph
                    return glyph
        code_point = f"U+{ord(character):04X}"
        named = f"{character} ({code_point})" if legible else code_point
        raise CannotBePrinted(Problem("", "glyph_missing", {"text": named, "character": character}))


def has_han(text: str) -> bool:
    """Whether a Chinese character or sign stands in ``text``."""
    return max(text, default="") >= _FIRST_HAN


def _broken(glyphs: list[_Glyph], width: float) -> list[Line]:
    """Greedy lines; a word longer than a line is torn, because nothing may be left out."""
    lines = []
    start, used, chance = 0, 0.0, 0
    for place, glyph in enumerate(glyphs):
        used += glyph.width
        if place > start and _may_break(glyphs, place):
            chance = place
        if used > width and glyph.character != " " and place > start:
            cut = chance if chance > start else place
            lines.append(_line(glyphs[start:cut]))
            start = cut
            used = sum(rest.width for rest in glyphs[start : place + 1])
    lines.append(_line(glyphs[start:]))
    return lines


def _may_break(glyphs: list[_Glyph], place: int) -> bool:
    """Whether a line may begin with the glyph at ``place``."""
    before, after = glyphs[place - 1].character, glyphs[place].character
    if before == " ":
        return after != " " and not (place > 1 and _belong_together(glyphs, place))
    if _UNBROKEN in (before, after) or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before == "-" and place > 1:
        return after != " " and not glyphs[place - 2].character.isdigit()  # days, and the numbers of orders
    return before >= _FIRST_HAN or after >= _FIRST_HAN


def _belong_together(glyphs: list[_Glyph], place: int) -> bool:
    """Whether the space before ``place`` stands inside a number with its unit or power of ten."""
    before, after = glyphs[place - 2].character, glyphs[place].character
    if after in "×%" or before in _BEFORE_NUMBER:
        return True
    return before.isdigit() and _word_at(glyphs, place) in _UNITS


def _word_at(glyphs: list[_Glyph], place: int) -> str:
    end = place
    while end < len(glyphs) and glyphs[end].character not in " .,;:)":
        end += 1
    return "".join(glyph.character for glyph in glyphs[place:end])


def _line(glyphs: list[_Glyph]) -> Line:
    end = len(glyphs)
    while end and glyphs[end - 1].character == " ":
        end -= 1
    runs: list[Run] = []
    start = 0
    for place in range(1, end + 1):
        if place == end or glyphs[place].font != glyphs[start].font:
            part = glyphs[start:place]
            width = sum(glyph.width for glyph in part)
            runs.append(Run(part[0].font, "".join(glyph.character for glyph in part), width, part[0].heavy))
            start = place
    return Line(tuple(runs), sum(run.width for run in runs))
