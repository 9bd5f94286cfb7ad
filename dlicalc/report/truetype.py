"""TrueType files: which glyph draws a character, how wide it is, and its outline without instructions.

Of a file only what the paper needs is read, when it is needed: a Chinese font has 30,000 glyphs, an order 300.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from struct import pack, unpack_from
from typing import Final

_RANGES: Final = 12
"""The form of the table of characters that knows those above U+FFFF."""
_WORDS: Final = 0x0001
_INSTRUCTIONS: Final = 0x0100
_MORE: Final = 0x0020
_MOST_SHORT: Final = 0x1FFFE
"""Bytes of outlines up to which their places are written in two bytes."""
_SCALES: Final = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
"""Flag of a part of a composite glyph → bytes of its scale."""


class TrueType:
    """The font in the file ``path``."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        (count,) = unpack_from(">H", self._data, 4)
        entries = (unpack_from(">4s4xLL", self._data, 12 + 16 * number) for number in range(count))
        self._tables: dict[bytes, tuple[int, int]] = {tag: (start, length) for tag, start, length in entries}
        head = self._start(b"head")
        self.units: int = unpack_from(">H", self._data, head + 18)[0]
        self.box: tuple[int, ...] = unpack_from(">4h", self._data, head + 36)
        self._box = pack(">4h", *self.box)
        self._long = bool(unpack_from(">h", self._data, head + 50)[0])
        self.ascent, self.descent = unpack_from(">2h", self._data, self._start(b"hhea") + 4)
        (self._metrics,) = unpack_from(">H", self._data, self._start(b"hhea") + 34)
        self._glyphs: dict[int, int] = {}

    def _start(self, tag: bytes) -> int:
        return self._tables[tag][0]

    def table(self, tag: bytes) -> bytes:
        """The bytes of one table."""
        start, length = self._tables[tag]
        return self._data[start : start + length]

    @cached_property
    def _characters(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """First and last characters of the ranges, and the glyphs of the first."""
        table = self._start(b"cmap")
        (count,) = unpack_from(">H", self._data, table + 2)
        offsets = (unpack_from(">4xL", self._data, table + 4 + 8 * number)[0] for number in range(count))
        start = next(table + at for at in offsets if unpack_from(">H", self._data, table + at)[0] == _RANGES)
        (ranges,) = unpack_from(">L", self._data, start + 12)
        numbers = array("I", self._data[start + 16 : start + 16 + 12 * ranges])
        numbers.byteswap()
        return numbers[0::3], numbers[1::3], numbers[2::3]

    def glyph_of(self, character: int) -> int:
        """Number of the glyph of a character; 0 if there is none."""
        known = self._glyphs.get(character)
        if known is not None:
            return known
        firsts, lasts, glyphs = self._characters
        place = bisect_right(firsts, character) - 1
        glyph = glyphs[place] + character - firsts[place] if place >= 0 and character <= lasts[place] else 0
        self._glyphs[character] = glyph
        return glyph

    def advance(self, glyph: int) -> int:
        """How far a glyph moves on, in units of the font."""
        place = self._start(b"hmtx") + 4 * min(glyph, self._metrics - 1)
        width: int = unpack_from(">H", self._data, place)[0]
        return width

    def _bytes_of(self, glyph: int) -> bytes:
        place = self._start(b"loca") + glyph * (4 if self._long else 2)
        begin, end = unpack_from(">2L" if self._long else ">2H", self._data, place)
        factor = 1 if self._long else 2
        start = self._start(b"glyf")
        return self._data[start + begin * factor : start + end * factor]

    def outline(self, glyph: int, number_of: Callable[[int], int]) -> bytes:
        """The outline without instructions; the parts of a composite get their numbers from ``number_of``.

        All have the same box, that of the font, which holds them all: boxes of their own would be a twentieth of
        the bytes of a font.
        """
        data = self._bytes_of(glyph)
        if not data:
            return b""
        (contours,) = unpack_from(">h", data)
        if contours < 0:
            return data[:2] + self._box + _composite(data, number_of)
        end = 10 + 2 * contours
        (length,) = unpack_from(">H", data, end)
        return data[:2] + self._box + data[10:end] + b"\0\0" + data[end + 2 + length :]

    def subset(self, glyphs: dict[int, int]) -> bytes:
        """A font file with nothing that a PDF does not need; ``glyphs`` maps numbers in it to glyphs of this font.

        Number 0 is the glyph of no character. Parts of composite glyphs come after the last number.
        """
        wanted, parts = {0: 0, **glyphs}, _Parts(max(glyphs, default=0) + 1)
        drawn: dict[int, bytes] = {}
        while wanted:
            drawn |= {number: self.outline(glyph, parts.number_of) for number, glyph in wanted.items()}
            wanted = parts.taken()
        everything = {0: 0, **glyphs, **parts.glyphs}
        count = max(everything) + 1
        ends, outlines, metrics = [0], [], []
        for number in range(count):
            data = drawn.get(number, b"")
            outlines.append(data + bytes(len(data) % 2))
            ends.append(ends[-1] + len(outlines[-1]))
            glyph = everything.get(number)
            metrics.append(bytes(4) if glyph is None else pack(">Hh", self.advance(glyph), self.box[0]))
        long = ends[-1] > _MOST_SHORT
        head, hhea, maxp = (bytearray(self.table(tag)) for tag in (b"head", b"hhea", b"maxp"))
        head[8:12], head[50:52] = bytes(4), pack(">h", long)
        hhea[34:36] = maxp[4:6] = pack(">H", count)
        loca = pack(f">{len(ends)}L", *ends) if long else pack(f">{len(ends)}H", *(end // 2 for end in ends))
        return _file(
            {
                b"glyf": b"".join(outlines),
                b"head": head,
                b"hhea": hhea,
                b"hmtx": b"".join(metrics),
                b"loca": loca,
                b"maxp": maxp,
            }
        )


class _Parts:
    """Numbers for the parts of composite glyphs, from ``first`` on."""

    def __init__(self, first: int) -> None:
        self._next = first
        self._waiting: dict[int, int] = {}
        self._numbers: dict[int, int] = {}

    @property
    def glyphs(self) -> dict[int, int]:
        """Number → glyph."""
        return {number: glyph for glyph, number in self._numbers.items()}

    def number_of(self, glyph: int) -> int:
        """The number of a part."""
        if glyph not in self._numbers:
            self._numbers[glyph] = self._next
            self._waiting[self._next] = glyph
            self._next += 1
        return self._numbers[glyph]

    def taken(self) -> dict[int, int]:
        """The parts that came since this was asked before."""
        waiting, self._waiting = self._waiting, {}
        return waiting


def _composite(data: bytes, number_of: Callable[[int], int]) -> bytes:
    made: list[bytes] = []
    place, flags = 10, _MORE
    while flags & _MORE:
        flags, part = unpack_from(">2H", data, place)
        length = (4 if flags & _WORDS else 2) + sum(size for flag, size in _SCALES if flags & flag)
        made += (pack(">2H", flags & ~_INSTRUCTIONS, number_of(part)), data[place + 4 : place + 4 + length])
        place += 4 + length
    return b"".join(made)


def _file(tables: Mapping[bytes, bytes | bytearray]) -> bytes:
    """A font file; the checksums stay empty, as nothing that reads a PDF looks at them."""
    count = len(tables)
    entry = count.bit_length() - 1
    header = [pack(">LHHHH", 0x00010000, count, 16 << entry, entry, 16 * count - (16 << entry))]
    body: list[bytes] = []
    place = 12 + 16 * count
    for tag, data in tables.items():
        header.append(pack(">4sLLL", tag, 0, place, len(data)))
        padded = bytes(data) + bytes(-len(data) % 4)
        body.append(padded)
        place += len(padded)
    return b"".join((*header, *body))
