"""The downtime worksheet as data: boxes, how each is worked out, and a filled example.

The boxes are the program's own formula, so that staff with a pocket calculator reach the same mL. A test follows them
for every published worked dose.
"""

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Final, NamedTuple

from dlicalc.domain.protocol import Protocol
from dlicalc.services.numbers import shown
from dlicalc.services.wording import Words
from dlicalc.services.wording import worksheet as say

MILLION: Final = 1_000_000
_DIGEST: Final = 19
"""Characters of a digest that are enough to tell two files apart."""


class Kind(Enum):
    """How a box is filled."""

    ENTERED = "entered"
    WORKED_OUT = "worked out"
    """By the arithmetic that its argument spells out in names of boxes."""
    SMALLEST = "smallest"
    DOWN = "down"
    LESS_BEFORE = "less before"
    """A box of the recipient less a box of all bags before."""
    ALL_BAGS = "all bags"
    """The sum of a box over all bags, per kg."""


class Box(NamedTuple):
    """A box: its name, what it is, how it is filled and from what; ``once`` if it is not filled for each bag."""

    name: str
    what: str
    kind: Kind = Kind.ENTERED
    of: str = ""
    once: bool = False


class Part(NamedTuple):
    """A heading and its boxes."""

    heading: str
    boxes: tuple[Box, ...]


PARTS: Final = (
    Part(
        say.RECIPIENT,
        (
            Box("A1", say.WEIGHT, once=True),
            Box("A2", say.MNC_NEEDED, Kind.WORKED_OUT, "A1 × {mnc_target}", once=True),
            Box("A3", say.CD3_NEEDED, Kind.WORKED_OUT, "A1 × {cd3_target}", once=True),
        ),
    ),
    Part(
        say.COUNTED,
        (
            Box("B1", say.WBC),
            Box("B2", say.DILUTION),
            Box("B3", say.NRBC),
            Box("B4", say.WBC_PER_ML, Kind.WORKED_OUT, "B1 × B2 × 100 ÷ (100 + B3)"),
            Box("B5", say.MNC_PERCENT),
            Box("B6", say.MNC_COUNTED, Kind.WORKED_OUT, "B4 × B5 ÷ 100"),
            Box("B7", say.CD3_PERCENT),
            Box("B8", say.CD3_OF),
            Box("B9", say.CD3_COUNTED, Kind.WORKED_OUT, "B8 × B7 ÷ 100"),
        ),
    ),
    Part(
        say.LIVING,
        (
            Box("C1", say.MNC_VIABILITY),
            Box("C2", say.CD3_VIABILITY),
            Box("C3", say.MNC_RECOVERY),
            Box("C4", say.CD3_RECOVERY),
            Box("C5", say.PROCESSED),
            Box("C6", say.MNC_PER_ML, Kind.WORKED_OUT, "B6 × C1 ÷ 100 × C3 ÷ 100 × C5"),
            Box("C7", say.CD3_PER_ML, Kind.WORKED_OUT, "B9 × C2 ÷ 100 × C4 ÷ 100 × C5"),
        ),
    ),
    Part(
        say.VOLUME,
        (
            Box("D1", say.IN_BAG),
            Box("D2", say.WITHHELD),
            Box("D3", say.AVAILABLE, Kind.WORKED_OUT, "D1 − D2"),
            Box("D4", say.MNC_MISSING, Kind.LESS_BEFORE, "A2 D10"),
            Box("D5", say.CD3_MISSING, Kind.LESS_BEFORE, "A3 D11"),
            Box("D6", say.MNC_VOLUME, Kind.WORKED_OUT, "D4 ÷ C6"),
            Box("D7", say.CD3_VOLUME, Kind.WORKED_OUT, "D5 ÷ C7"),
            Box("D8", say.SMALLER, Kind.SMALLEST, "D3 D6 D7"),
            Box("D9", say.ROUNDED, Kind.DOWN, "D8"),
            Box("D10", say.MNC_TAKEN, Kind.WORKED_OUT, "D8 × C6"),
            Box("D11", say.CD3_TAKEN, Kind.WORKED_OUT, "D8 × C7"),
        ),
    ),
    Part(
        say.CHECK,
        (
            Box("E1", say.MNC_GIVEN, Kind.WORKED_OUT, "D9 × C6"),
            Box("E2", say.CD3_GIVEN, Kind.WORKED_OUT, "D9 × C7"),
            Box("E3", say.MNC_PER_KG, Kind.ALL_BAGS, "E1 A1", once=True),
            Box("E4", say.CD3_PER_KG, Kind.ALL_BAGS, "E2 A1", once=True),
            Box("E5", say.ML_PER_KG, Kind.ALL_BAGS, "D9 A1", once=True),
        ),
    ),
)
ORDERED: Final = "D9"
"""The box that is given."""
EXAMPLE: Final[Mapping[str, str]] = {
    "A1": "70", "A2": "7,000", "A3": "2,100",
    "B1": "200", "B2": "1", "B3": "0", "B4": "200", "B5": "75", "B6": "150", "B7": "30", "B8": "200", "B9": "60",
    "C1": "100", "C2": "100", "C3": "100", "C4": "100", "C5": "1", "C6": "150", "C7": "60",
    "D1": "150", "D2": "0", "D3": "150", "D4": "7,000", "D5": "2,100", "D6": "46.666667", "D7": "35", "D8": "35",
    "D9": "35", "D10": "–", "D11": "–",
    "E1": "5,250", "E2": "2,100", "E3": "75", "E4": "30", "E5": "0.5",
}  # fmt: skip
"""A fresh bag, worked out by hand: the case of the manual's example."""


class Row(NamedTuple):
    """A line of the sheet in final words; ``strong`` must catch the eye."""

    name: str
    what: str
    how: str
    example: str
    once: bool
    strong: bool


class Worksheet(NamedTuple):
    """Everything on the sheet, in final words."""

    title: str
    lead: str
    identity: tuple[str, ...]
    columns: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Row, ...]], ...]
    in_all: str
    stops: tuple[str, str]
    rule: str
    signatures: str
    roles: tuple[str, str]
    signed: tuple[str, ...]
    footer: str


def numbers(protocol: Protocol) -> dict[str, str]:
    """The protocol's numbers that the sheet names; cells in million."""
    fine, coarse = protocol.dose.steps[0], protocol.dose.steps[-1]
    usual = protocol.plausibility["volume_per_kg"].recommended
    return {
        "mnc_target": _millions(protocol.targets.mnc_per_kg.value),
        "cd3_target": _millions(protocol.targets.cd3_per_kg.value),
        "ceiling": _millions(protocol.dose.cd3_ceiling_per_kg.value),
        "fine": shown(fine.step_ml),
        "coarse": shown(coarse.step_ml),
        "from_ml": shown(coarse.from_ml),
        "low": shown(Fraction(usual[0])),
        "high": shown(Fraction(usual[1])),
    }


def _millions(cells: Fraction) -> str:
    return shown(cells / MILLION)


def worksheet(words: Words, protocol: Protocol, software: str) -> Worksheet:
    """The sheet for the targets and steps of ``protocol``."""
    named = numbers(protocol)
    parts = tuple((words(part.heading), tuple(_row(box, words, named) for box in part.boxes)) for part in PARTS)
    origin = words(
        say.PROTOCOL, name=f"{protocol.protocol.id} {protocol.protocol.version}", digest=protocol.digest[:_DIGEST]
    )
    return Worksheet(
        title=words(say.TITLE),
        lead=words(say.LEAD),
        identity=tuple(words(label) for label in (say.NAME, say.MRN, say.BORN, say.BAGS)),
        columns=tuple(words(label) for label in say.COLUMNS),
        parts=parts,
        in_all=words(say.IN_ALL),
        stops=(words(say.STOPS), words(say.STOPS_LIST)),
        rule=words(say.BY_RULE),
        signatures=words(say.SIGNATURES),
        roles=(words(say.FIRST), words(say.SECOND)),
        signed=tuple(words(label) for label in say.COLUMNS_SIGNED),
        footer=f"{software} · {origin}",
    )


def _row(box: Box, words: Words, named: Mapping[str, str]) -> Row:
    what = {
        "E3": {"target": named["mnc_target"]},
        "E4": {"target": named["cd3_target"], "ceiling": named["ceiling"]},
        "E5": {"low": named["low"], "high": named["high"]},
    }.get(box.name, {})
    return Row(
        box.name,
        words(box.what, **what),
        arithmetic(box, words, named),
        EXAMPLE[box.name],
        box.once,
        box.name == ORDERED,
    )


def arithmetic(box: Box, words: Words, named: Mapping[str, str]) -> str:
    """How ``box`` is worked out, in the words of the sheet; empty if it is entered."""
    match box.kind:
        case Kind.ENTERED:
            return ""
        case Kind.WORKED_OUT:
            return box.of.format_map(named)
        case Kind.SMALLEST:
            return words(say.SMALLEST, boxes=", ".join(box.of.split()))
        case Kind.DOWN:
            return words(say.DOWN, box=box.of, from_ml=named["from_ml"], coarse=named["coarse"], fine=named["fine"])
        case Kind.LESS_BEFORE:
            whole, taken = box.of.split()
            return words(say.LESS_BEFORE, whole=whole, taken=taken)
        case _:
            added, weight = box.of.split()
            return words(say.ALL_BAGS, box=added, weight=weight)
