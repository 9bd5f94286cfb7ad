"""How a font gets into a PDF: only the glyphs that are drawn, each with the character that it shows.

ReportLab's own way writes instructions, licences and long lists of widths into every file, needs several fonts for
more than 256 hanzi, and maps characters above U+FFFF wrongly. Here a font is one object with codes of two bytes, which
are at once the numbers of the glyphs. Both bytes stand in a page as they are, none has to be written as an escape; so
some numbers have no glyph.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from dlicalc.report.mended import tight
from dlicalc.report.truetype import TrueType

_SIGNS: Final = bytes(sign for sign in range(0x21, 0x7F) if sign not in b"()\\")
_LEADS: Final = bytes(range(1, 9)) + _SIGNS
"""Bytes that stand in a text of a PDF as they are: the second of a code, and the first."""
_SYMBOLIC: Final = 4
_STEM: Final = 80
_EM: Final = 1000


class Embedded:
    """The characters of one font that one file draws, in the order in which they came."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.codes: dict[int, bytes] = {}

    def code(self, character: int) -> bytes:
        """The two bytes that show a character."""
        known = self.codes.get(character)
        if known is not None:
            return known
        first, second = divmod(len(self.codes), len(_SIGNS))
        code = self.codes[character] = bytes((_LEADS[first], _SIGNS[second]))
        return code


class _Typeface:
    """What ReportLab asks of a font's face: a name, and how high its lines are."""

    def __init__(self, name: str, font: TrueType) -> None:
        self.name = name
        self.ascent = font.ascent * _EM / font.units
        self.descent = font.descent * _EM / font.units


class PaperFont:
    """A font as ReportLab wants one, under the name ``name``."""

    _multiByte: Final = 1  # noqa: N815  ReportLab's names, here and below
    _dynamicFont: Final = 1  # noqa: N815
    shapable: Final = False

    def __init__(self, name: str, path: Path) -> None:
        self.fontName = name
        self.type = TrueType(path)
        self.face = _Typeface(name, self.type)
        self._embedded: WeakKeyDictionary[pdfdoc.PDFDocument, Embedded] = WeakKeyDictionary()
        self._widths: dict[int, float] = {}

    def has(self, character: str) -> bool:
        """Whether the font draws it."""
        return self.type.glyph_of(ord(character)) != 0

    def width(self, character: str) -> float:
        """Width at a size of 1."""
        return self.type.advance(self.type.glyph_of(ord(character))) / self.type.units

    def codes_in(self, canvas: Canvas, text: str) -> str:
        """What shows ``text`` in the file of ``canvas``; a space at which no line ends is a space there."""
        embedded = self._in(_document(canvas))
        codes = embedded.codes
        numbers = map(ord, text.replace("\u00a0", " "))
        return b"".join(codes.get(number) or embedded.code(number) for number in numbers).decode("ascii")

    def name_in(self, canvas: Canvas) -> str:
        """The font's name in the file of ``canvas``."""
        return f"/{self._in(_document(canvas)).name}"

    def _in(self, doc: pdfdoc.PDFDocument) -> Embedded:
        embedded = self._embedded.get(doc)
        if embedded is None:
            embedded = self._embedded[doc] = Embedded(f"F{len(doc.fontMapping) + 1}")
            doc.fontMapping[self.fontName] = f"/{embedded.name}"
            doc.delayedFonts.append(self)
        return embedded

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802
        """Write the font's objects into ``doc``, as ReportLab asks for it when a file is saved."""
        embedded = self._embedded.pop(doc)
        name = pdfdoc.PDFName(f"AAAAAA+{self.fontName}")
        widths = {_number(code): round(self.width(chr(number)) * _EM) for number, code in embedded.codes.items()}
        ((usual, _),) = Counter(widths.values()).most_common(1) or ((_EM, 0),)
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": name,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": _reference(doc, self._descriptor(doc, name, embedded), f"descriptor:{embedded.name}"),
                "DW": usual,
                "W": pdfdoc.PDFArray(list(_in_rows(widths, usual))),
                "CIDToGIDMap": pdfdoc.PDFName("Identity"),
            }
        )
        to_unicode = to_unicode_map({code: character for character, code in embedded.codes.items()})
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": name,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([_reference(doc, descendant, f"font:{embedded.name}")]),
                "ToUnicode": _stream(doc, to_unicode.encode("ascii"), f"unicode:{embedded.name}"),
            }
        )
        fonts = doc.idToObject["BasicFonts"]
        fonts.dict[embedded.name] = _reference(doc, font, embedded.name)  # type: ignore[attr-defined]

    def _descriptor(self, doc: pdfdoc.PDFDocument, name: object, embedded: Embedded) -> pdfdoc.PDFDictionary:
        glyphs = {_number(code): self.type.glyph_of(character) for character, code in embedded.codes.items()}
        program = self.type.subset(glyphs)
        ascent = round(self.face.ascent)
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": name,
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([round(edge * _EM / self.type.units) for edge in self.type.box]),
                "ItalicAngle": 0,
                "Ascent": ascent,
                "Descent": round(self.face.descent),
                "CapHeight": ascent,
                "StemV": _STEM,
                "FontFile2": _stream(doc, program, f"file:{embedded.name}", Length1=len(program)),
            }
        )


def _in_rows(widths: Mapping[int, int], usual: int) -> Iterator[object]:
    """First number of a row of numbers, and their widths; the usual width is not named."""
    row: list[int] = []
    begin = 0
    for number, width in widths.items():
        if row and (number != begin + len(row) or width == usual):
            yield from (begin, pdfdoc.PDFArray(row))
            row = []
        if width != usual:
            begin = begin if row else number
            row.append(width)
    if row:
        yield from (begin, pdfdoc.PDFArray(row))


def _stream(doc: pdfdoc.PDFDocument, content: bytes, name: str, **more: int) -> object:
    packed = tight(content)
    dictionary = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode"), **more})
    return _reference(doc, pdfdoc.PDFStream(dictionary, packed), name)


def _document(canvas: Canvas) -> pdfdoc.PDFDocument:
    document: pdfdoc.PDFDocument = canvas._doc  # type: ignore[attr-defined]
    return document


def _reference(doc: pdfdoc.PDFDocument, thing: object, name: str) -> object:
    return doc.Reference(thing, name)  # type: ignore[no-untyped-call]


def _number(code: bytes) -> int:
    return int.from_bytes(code, "big")


def to_unicode_map(characters: dict[bytes, int]) -> str:
    """The ToUnicode CMap of a font in which a code of two bytes shows a character."""
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
            *_blocks(characters),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _blocks(characters: dict[bytes, int]) -> Iterator[str]:
    """Codes in a row under one another's first byte, with the characters of each row."""
    rows: dict[int, list[bytes]] = {}
    for code in characters:
        rows.setdefault(code[0], []).append(code)
    for codes in rows.values():
        for row in _unbroken(codes):
            shown = " ".join(f"<{chr(characters[code]).encode('utf-16-be').hex()}>" for code in row)
            yield f"1 beginbfrange\n<{row[0].hex()}> <{row[-1].hex()}> [{shown}]\nendbfrange"


def _unbroken(codes: list[bytes]) -> Iterator[list[bytes]]:
    start = 0
    for place in range(1, len(codes) + 1):
        if place == len(codes) or codes[place][1] != codes[place - 1][1] + 1:
            yield codes[start:place]
            start = place
