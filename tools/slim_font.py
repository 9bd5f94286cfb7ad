"""Make a font of the paper small: fewer points, a coarser grid, no instructions, one table of characters.

Usage: python tools/slim_font.py WHOLE.ttf resources/fonts/NAME.ttf GRID TOLERANCE

GRID is how many units of the whole font become one; TOLERANCE how far, in units of the whole font, an outline may move.
The shipped fonts were made with:

    NotoSansSC-Regular.ttf  10 16   a 100th of the type's size; 0.04 mm in type of 10 points
    DejaVu*.ttf              8  4   a 256th of the type's size

Every Chinese order carries its own part of it, which has hundreds of hanzi: with the outlines as they
come from the foundry it would be twice as large. Nobody sees it without a lens.

Needs fonttools 4.60.1, which is not in the lock files: the font is committed and hardly ever made anew.
"""

import math
import sys
from array import array
from itertools import pairwise
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import ttProgram
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

KEPT_TABLES = {"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap", "name", "OS/2", "post", "GlyphOrder"}
KEPT_NAMES = {0, 1, 2, 4, 6, 13, 14}
"""Copyright, family, style, full name, PostScript name, licence and where it stands."""
SHARP = 0.4
"""Sine of the angle between two curves from which their meeting point is a corner."""
STEPS = 8

Point = tuple[float, float]
Segment = tuple[Point | None, Point]
"""A control point, or none of a straight line, and the end."""


def segments(points: list[Point], on_curve: list[int]) -> tuple[Point, list[Segment]]:
    """A closed outline as its start and its lines and curves."""
    whole: list[tuple[Point, bool]] = []
    for place, (point, on) in enumerate(zip(points, on_curve, strict=True)):
        following = (place + 1) % len(points)
        whole.append((point, bool(on & 1)))
        if not on & 1 and not on_curve[following] & 1:
            other = points[following]
            whole.append((((point[0] + other[0]) / 2, (point[1] + other[1]) / 2), True))
    first = next(place for place, (_, on) in enumerate(whole) if on)
    whole = whole[first:] + whole[:first]
    made: list[Segment] = []
    control: Point | None = None
    for point, on in [*whole[1:], whole[0]]:
        if on:
            made.append((control, point))
        control = None if on else point
    return whole[0][0], made


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a straight line that ends."""
    along, up = end[0] - start[0], end[1] - start[1]
    square = along * along + up * up
    share = 0.0 if not square else ((point[0] - start[0]) * along + (point[1] - start[1]) * up) / square
    share = max(0.0, min(1.0, share))
    return math.hypot(point[0] - start[0] - share * along, point[1] - start[1] - share * up)


def on_the_way(start: Point, segment: Segment) -> list[Point]:
    """Points between the ends."""
    control, end = segment
    shares = [step / STEPS for step in range(1, STEPS)]
    if control is None:
        return [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in shares]
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * (1 - t) * t * control[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * (1 - t) * t * control[1] + t * t * end[1],
        )
        for t in shares
    ]


def apart(point: Point, start: Point, segment: Segment) -> float:
    """From a point to a line or curve."""
    corners = [start, *on_the_way(start, segment), segment[1]]
    return min(distance(point, one, other) for one, other in pairwise(corners))


def as_one(start: Point, first: Segment, second: Segment, tolerance: float) -> Segment | None:
    """One line or curve in the place of two, if it stays near them."""
    (control, middle), (other, end) = first, second
    passed = [*on_the_way(start, first), middle, *on_the_way(middle, second)]
    if all(distance(point, start, end) <= tolerance for point in passed):
        return None, end
    if control is None and other is None:
        return None
    before, after = control or start, other or end
    into = (middle[0] - before[0], middle[1] - before[1])
    out = (after[0] - middle[0], after[1] - middle[1])
    turn = abs(into[0] * out[1] - into[1] * out[0]) / (math.hypot(*into) * math.hypot(*out) + 1e-9)
    if turn > SHARP or into[0] * out[0] + into[1] * out[1] < 0:
        return None
    near, far = control or middle, other or middle
    leaving, arriving = (near[0] - start[0], near[1] - start[1]), (end[0] - far[0], end[1] - far[1])
    cross = leaving[0] * arriving[1] - leaving[1] * arriving[0]
    if abs(cross) < 1e-9:
        return None
    reach = ((end[0] - start[0]) * arriving[1] - (end[1] - start[1]) * arriving[0]) / cross
    back = ((end[0] - start[0]) * leaving[1] - (end[1] - start[1]) * leaving[0]) / cross
    if reach <= 0 or back <= 0:
        return None
    made = ((start[0] + reach * leaving[0], start[1] + reach * leaving[1]), end)
    return made if all(apart(point, start, made) <= tolerance for point in passed) else None


def simplified(start: Point, outline: list[Segment], tolerance: float) -> list[Segment]:
    """The outline with as few lines and curves as the tolerance allows."""
    kept: list[Segment] = []
    for control, end in outline:
        flat = control is not None and distance(control, start, end) / 2 <= tolerance
        kept.append((None if flat else control, end))
        start = end
    changed = True
    while changed and len(kept) > 2:
        changed, place = False, 0
        while place < len(kept) and len(kept) > 2:
            following = (place + 1) % len(kept)
            one = as_one(kept[place - 1][1], kept[place], kept[following], tolerance)
            if one is None:
                place += 1
            else:
                kept[following] = one
                del kept[place]
                changed = True
    return kept


def on_grid(outline: list[Segment], grid: int) -> list[tuple[tuple[int, int], int]]:
    """Points of the coarser grid, without those that follow from their neighbours."""
    points: list[tuple[tuple[int, int], int]] = []
    for control, end in outline:
        for point, on in ((control, 0), (end, 1)):
            if point is not None:
                snapped = ((round(point[0] / grid), round(point[1] / grid)), on)
                if not points or points[-1] != snapped:
                    points.append(snapped)
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    place = 0
    while place < len(points) and len(points) > 3:
        if follows(points[place - 1], points[place], points[(place + 1) % len(points)]):
            del points[place]
        else:
            place += 1
    return points


def follows(before: tuple[Point, int], point: tuple[Point, int], after: tuple[Point, int]) -> bool:
    """Whether a point stands where TrueType would put one anyway."""
    ((left, low), one), ((x, y), on), ((right, high), other) = before, point, after
    if not on:
        return False
    if not one and not other:
        return abs(left + right - 2 * x) <= 1 and abs(low + high - 2 * y) <= 1
    return bool(one and other) and (x - left) * (high - y) == (y - low) * (right - x)


def slim(glyph: Glyph, table: object, grid: int, tolerance: float) -> Glyph:
    """The glyph on the coarser grid."""
    if glyph.isComposite():
        for part in glyph.components:
            part.x, part.y = round(part.x / grid), round(part.y / grid)
        glyph.program = ttProgram.Program()
        return glyph
    points, ends, on_curve = glyph.getCoordinates(table)
    outlines, start = [], 0
    for end in ends:
        begin, outline = segments(list(points[start : end + 1]), list(on_curve[start : end + 1]))
        outlines.append(on_grid(simplified(begin, outline, tolerance), grid))
        start = end + 1
    outlines = [outline for outline in outlines if len(outline) > 2]
    made = Glyph()
    made.numberOfContours = len(outlines)
    made.coordinates = GlyphCoordinates([point for outline in outlines for point, _ in outline])
    made.flags = array("B", [on for outline in outlines for _, on in outline])
    made.endPtsOfContours = [sum(map(len, outlines[: place + 1])) - 1 for place in range(len(outlines))]
    made.program = ttProgram.Program()
    made.program.fromBytecode(b"")
    return made


def coarser(font: TTFont, grid: int) -> None:
    """All measures outside the outlines in the new units."""
    font["head"].unitsPerEm //= grid
    font["hmtx"].metrics = {
        name: (round(width / grid), round(side / grid)) for name, (width, side) in font["hmtx"].metrics.items()
    }
    for table, names in {
        "head": ("xMin", "yMin", "xMax", "yMax"),
        "hhea": ("ascent", "descent", "lineGap"),
        "post": ("underlinePosition", "underlineThickness"),
        "OS/2": [name for name in vars(font["OS/2"]) if name.startswith(("sTypo", "usWin", "ySu", "yStrike", "xAvg"))]
        + ["sxHeight", "sCapHeight"],
    }.items():
        for name in names:
            if hasattr(font[table], name):
                setattr(font[table], name, round(getattr(font[table], name) / grid))


def one_character_table(font: TTFont) -> None:
    """One table of all characters, in ranges (format 12), instead of several for several systems."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = font.getBestCmap()
    font["cmap"].tables = [table]


def main(whole: Path, small: Path, grid: int, tolerance: float) -> None:
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.recalc_timestamp = False  # the same input gives the same bytes
    font = subset.load_font(str(whole), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    for tag in set(font.keys()) - KEPT_TABLES:
        del font[tag]
    font["name"].names = [
        name for name in font["name"].names if name.nameID in KEPT_NAMES and (name.platformID, name.langID) == (3, 1033)
    ]
    outlines = font["glyf"]
    for name in font.getGlyphOrder():
        if outlines[name].numberOfContours:
            outlines[name] = slim(outlines[name], outlines, grid, tolerance)
    for name in font.getGlyphOrder():
        outlines[name].recalcBounds(outlines)
    coarser(font, grid)
    one_character_table(font)
    outlines.padding = 1
    font.save(str(small))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
