"""How a font gets into a PDF: only the glyphs that are drawn, each with the character that it shows.

ReportLab's own way writes instructions, licences and long lists of widths into every file, needs several fonts for
more than 256 hanzi, and maps characters above U+FFFF wrongly. Here a font is one object with codes of two bytes. Both
bytes are plain signs of ASCII, so that nothing in a page has to be written as an escape.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from dlicalc.report.truetype import TrueType

_SIGNS: Final = bytes(sign for sign in range(0x21, 0x7F) if sign not in b"()\\")
"""Bytes that stand in a text of a PDF as they are."""
_MOST_IN_BLOCK: Final = 100
"""Entries that one bfchar block may have (PDF 32000-1, 9.10.3)."""
_SYMBOLIC: Final = 4
_STEM: Final = 80
_EM: Final = 1000


class Embedded:
    """The characters of one font that one file draws, in the order in which they came."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.codes: dict[int, bytes] = {}
        self.glyphs = [0]
        self.numbers: dict[int, int] = {}

    def code(self, character: int, glyph: int) -> bytes:
        """The two bytes that show a character."""
        known = self.codes.get(character)
        if known is not None:
            return known
        first, second = divmod(len(self.codes), len(_SIGNS))
        code = self.codes[character] = bytes((_SIGNS[first], _SIGNS[second]))
        self.numbers[character] = len(self.glyphs)
        self.glyphs.append(glyph)
        return code


class _Typeface:
    """What ReportLab asks of a font's face: a name, and how high its lines are."""

    def __init__(self, name: str, font: TrueType) -> None:
        self.name = name
        self.ascent = font.ascent * _EM / font.units
        self.descent = font.descent * _EM / font.units


class PaperFont:
    """A font as ReportLab wants one, under the name ``name``."""

    _multiByte: Final = 1
    _dynamicFont: Final = 1
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
        embedded = self._in(canvas._doc)
        codes = embedded.codes
        glyph = self.type.glyph_of
        numbers = map(ord, text.replace("\u00a0", " "))
        shown = b"".join(codes.get(number) or embedded.code(number, glyph(number)) for number in numbers)
        return shown.decode("ascii")

    def name_in(self, canvas: Canvas) -> str:
        """The font's name in the file of ``canvas``."""
        return f"/{self._in(canvas._doc).name}"

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
                "FontDescriptor": doc.Reference(self._descriptor(doc, name, embedded), f"descriptor:{embedded.name}"),
                "DW": _EM,
                "W": pdfdoc.PDFArray(list(self._wide(embedded))),
                "CIDToGIDMap": _stream(doc, glyph_map(embedded), f"glyphs:{embedded.name}"),
            }
        )
        to_unicode = to_unicode_map({code: character for character, code in embedded.codes.items()})
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": name,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"font:{embedded.name}")]),
                "ToUnicode": _stream(doc, to_unicode.encode("ascii"), f"unicode:{embedded.name}"),
            }
        )
        doc.idToObject["BasicFonts"].dict[embedded.name] = doc.Reference(font, embedded.name)

    def _descriptor(self, doc: pdfdoc.PDFDocument, name: pdfdoc.PDFName, embedded: Embedded) -> pdfdoc.PDFDictionary:
        program = self.type.subset(embedded.glyphs)
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

    def _wide(self, embedded: Embedded) -> Iterator[object]:
        """Codes in a row, and their widths; those of a whole em are not named."""
        row: list[int] = []
        begin = expected = -1
        for character, code in embedded.codes.items():
            number = int.from_bytes(code, "big")
            width = round(self.type.advance(embedded.glyphs[embedded.numbers[character]]) * _EM / self.type.units)
            if row and (number != expected or width == _EM):
                yield from (begin, pdfdoc.PDFArray(row))
                row = []
            if width != _EM:
                begin = begin if row else number
                row.append(width)
                expected = number + 1
        if row:
            yield from (begin, pdfdoc.PDFArray(row))


def _stream(doc: pdfdoc.PDFDocument, content: bytes, name: str, **more: int) -> pdfdoc.PDFObjectReference:
    packed = zlib.compress(content, 9)
    dictionary = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode"), **more})
    return doc.Reference(pdfdoc.PDFStream(dictionary, packed), name)


def glyph_map(embedded: Embedded) -> bytes:
    """Code → number of the glyph in the embedded file, two bytes each (PDF 32000-1, 9.7.4.2)."""
    last = int.from_bytes(max(embedded.codes.values(), default=b"\0\0"), "big")
    table = bytearray(2 * last + 2)
    for character, code in embedded.codes.items():
        place = 2 * int.from_bytes(code, "big")
        table[place : place + 2] = embedded.numbers[character].to_bytes(2, "big")
    return bytes(table)


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
    entries = [f"<{code.hex()}> <{chr(character).encode('utf-16-be').hex()}>" for code, character in characters.items()]
    for start in range(0, len(entries), _MOST_IN_BLOCK):
        block = entries[start : start + _MOST_IN_BLOCK]
        yield f"{len(block)} beginbfchar"
        yield from block
        yield "endbfchar"
