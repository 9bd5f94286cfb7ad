"""Whoever follows the boxes of the worksheet with a calculator reaches the engine's mL.

The test reads the arithmetic as it is printed and does it: once exactly, once as a pocket calculator with eight
digits that cuts the rest off. Inputs are the seventeen published worked doses, typed as their prose says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dlicalc.domain.protocol import Protocol
from dlicalc.services.wording import Words
from dlicalc.services.worksheet import EXAMPLE, PARTS, Box, Kind, arithmetic, numbers, worksheet
from tests.cases import AS_OF
from tests.program import evaluation, shipped_protocol
from tests.worked_doses import CASES, SLIPS, WORKED

FILE = Path(__file__).parents[2] / "resources" / "protocols" / "nct07319793.toml"
BOXES = {box.name: box for part in PARTS for box in part.boxes}
BOX = re.compile(r"[A-E][0-9]+")
SIGNS = set("+-*/()")
Boxes = dict[str, Any]


class Pocket:
    """A number on a calculator with eight digits; what does not fit is cut off."""

    def __init__(self, value: Fraction | int | str) -> None:
        exact = Fraction(value)
        digits = len(str(int(abs(exact)))) if abs(exact) >= 1 else 1
        step = Fraction(1, 10 ** max(8 - digits, 0))
        self.value = exact // step * step

    def __add__(self, other: Pocket) -> Pocket:
        return Pocket(self.value + other.value)

    def __sub__(self, other: Pocket) -> Pocket:
        return Pocket(self.value - other.value)

    def __mul__(self, other: Pocket) -> Pocket:
        return Pocket(self.value * other.value)

    def __truediv__(self, other: Pocket) -> Pocket:
        return Pocket(self.value / other.value)

    def __lt__(self, other: Pocket) -> bool:
        return self.value < other.value


Number = Callable[[str], Any]


def done(text: str, boxes: Boxes, number: Number) -> Any:
    """What the printed arithmetic ``text`` gives, from left to right as it is keyed in."""
    keyed = text.replace("×", "*").replace("÷", "/").replace("−", "-")
    tokens = re.findall(r"[A-E]?[0-9]+|[-+*/()]", keyed)
    assert "".join(tokens) == keyed.replace(" ", "")
    names = {f"n{t}": boxes[t] if BOX.fullmatch(t) else number(t) for t in tokens if t not in SIGNS}
    expression = " ".join(t if t in SIGNS else f"n{t}" for t in tokens)
    return eval(expression, {"__builtins__": {}}, names)


def read(bag: dict[str, Any], number: Number) -> dict[str, Any]:
    """The boxes of a bag that are copied from report and label, by what the sheet says beside them."""
    counts = bag["counts"]
    wbc, mnc, cd3 = counts["wbc"], counts["mnc"], counts["cd3"]
    assert wbc["unit"] in ("10*9/L", "10*6/mL", "10*3/uL")
    entered = {"B1": wbc["value"], "B2": wbc.get("multiply_by", "1"), "B3": counts.get("nrbc_per_100_wbc") or "0"}
    made: dict[str, Any] = {name: number(text) for name, text in entered.items()}
    for name, count in (("B5", mnc), ("B7", cd3)):
        if count["unit"] == "%":
            made[name] = number(count["value"])
    for name, count in (("B6", mnc), ("B9", cd3)):
        if count["unit"] != "%":
            made[name] = number(count["value"]) * number(count.get("multiply_by", "1"))
            if count["unit"] == "/uL":
                made[name] = made[name] / number("1000")
    viability = counts.get("viability") or {"applies_to": []}
    recovery = counts.get("recovery") or {}
    for analyte, alive, kept in (("mnc", "C1", "C3"), ("cd3", "C2", "C4")):
        made[alive] = number(viability["value"] if analyte in viability["applies_to"] else "100")
        made[kept] = number(recovery.get(analyte) or "100")
    made["C5"] = processed(counts.get("processed_after_count"), number)
    made["D1"] = in_bag(bag["volume"], number)
    made["D2"] = number((bag.get("withheld") or {"value": "0"})["value"])
    return made


def processed(what: dict[str, Any] | None, number: Number) -> Any:
    if what is None:
        return number("1")
    start, end, kept = (number(what[name]["value"]) for name in ("from", "to", "recovery"))
    return start / end * kept / number("100")


def in_bag(volume: dict[str, Any], number: Number) -> Any:
    if "gross" not in volume:
        return number(volume["value"])
    full, empty, density = (number(volume[name]["value"]) for name in ("gross", "tare", "density"))
    return (full - empty) / density


def denominator(bag: dict[str, Any], boxes: Boxes, number: Number) -> Any:
    """Box B8, which the sheet explains in words."""
    of = bag["counts"]["cd3"].get("of")
    if of == "lymphocytes":
        return boxes["B4"] * number(bag["counts"]["lymphocytes"]["value"]) / number("100")
    return boxes["B6"] if of == "mnc" else boxes["B4"]


def rounded_down(value: Any) -> Fraction:
    """To 0.1 mL from 10 mL, to 0.01 mL below: what the sheet says beside D9."""
    exact = value.value if isinstance(value, Pocket) else value
    step = Fraction(1, 10) if exact >= 10 else Fraction(1, 100)
    return exact // step * step


def filled(box: Box, boxes: Boxes, before: list[Boxes], number: Number) -> Any:
    """What goes into ``box`` by what the sheet says beside it."""
    if box.kind is Kind.WORKED_OUT:
        return done(arithmetic(box, Words(), numbers(shipped_protocol())), boxes, number)
    if box.kind is Kind.SMALLEST:
        return min(boxes[name] for name in box.of.split())
    if box.kind is Kind.DOWN:
        return number(str(rounded_down(boxes[box.of])))
    assert box.kind is Kind.LESS_BEFORE
    whole, taken = box.of.split()
    left = boxes[whole]
    for other in before:
        left = left - other[taken]
    return left


def over_all(box: Box, shared: Boxes, bags: list[Boxes], number: Number) -> Any:
    """What goes into ``box``, which is filled once for all bags."""
    added, weight = box.of.split()
    total = number("0")
    for boxes in bags:
        total = total + boxes[added]
    return total / shared[weight]


def followed(case: dict[str, Any], number: Number) -> tuple[Boxes, list[Boxes]]:
    """All boxes of the recipient, and those of each bag, filled in as the sheet says."""
    shared: Boxes = {"A1": number(case["recipient"]["weight"]["value"])}
    for name in ("A2", "A3"):
        shared[name] = filled(BOXES[name], shared, [], number)
    bags: list[Boxes] = []
    for product in case["products"]:
        boxes = {**shared, **read(product, number)}
        for box in BOXES.values():
            if box.name == "B8":
                boxes["B8"] = denominator(product, boxes, number)
            elif box.name not in boxes and box.kind not in (Kind.ENTERED, Kind.ALL_BAGS):
                boxes[box.name] = filled(box, boxes, bags, number)
        bags.append(boxes)
        if boxes["D8"] < boxes["D3"]:
            break
    for box in BOXES.values():
        if box.kind is Kind.ALL_BAGS:
            shared[box.name] = over_all(box, shared, bags, number)
    return shared, bags


def fraction(value: Any) -> Fraction:
    return value.value if isinstance(value, Pocket) else Fraction(value)


ALL = {**CASES, **SLIPS}
COMPUTED = [name for name in ALL if name != "E17"]


def test_the_seventeen_are_there() -> None:
    # E16 is the family of slips on E1; E17 is the impossible one, below.
    assert set(WORKED) - {"E16"} == set(CASES)
    assert len(WORKED) == 17


@pytest.mark.parametrize("number", [Fraction, Pocket])
@pytest.mark.parametrize("name", COMPUTED)
def test_the_boxes_reach_the_mL_of_the_engine(name: str, number: Number) -> None:
    case = ALL[name]
    shared, bags = followed(case, number)
    dose = evaluation(case, AS_OF).dose
    assert dose is not None
    engine = [bag.volume for bag in dose.bags if bag.volume]
    assert [fraction(boxes["D9"]) for boxes in bags] == engine
    per_kg = [fraction(shared["E3"]), fraction(shared["E4"])]
    exact = [dose.mnc_per_kg / 10**6, dose.cd3_per_kg / 10**6]
    assert per_kg == (exact if number is Fraction else pytest.approx([float(x) for x in exact], rel=1e-6))


@pytest.mark.parametrize("name", [name for name in CASES if "V_printed_mL" in WORKED[name]])
def test_and_the_mL_that_were_published(name: str) -> None:
    _, bags = followed(CASES[name], Fraction)
    assert sum(fraction(boxes["D9"]) for boxes in bags) == Fraction(WORKED[name]["V_printed_mL"])


def test_the_impossible_one_is_stopped_by_the_sheet() -> None:
    # E17: CD3⁺ 45 % of white cells, MNC 28 %.
    _, [boxes] = followed(CASES["E17"], Fraction)
    assert boxes["B9"] > boxes["B6"]
    assert "B9 is more than B6" in worksheet(Words(), shipped_protocol(), "x").stops[1]


def test_the_filled_example_is_what_the_boxes_give() -> None:
    # E1 of the published doses, by hand: 70 kg, 200 × 10⁹/L, 75 %, 30 %, 150 mL: 35 mL.
    shared, [boxes] = followed(CASES["E1"], Fraction)
    boxes |= shared
    assert set(EXAMPLE) == set(BOXES)
    for name, text in EXAMPLE.items():
        if text != "–":
            printed = Fraction(text.replace(",", ""))
            places = len(text.partition(".")[2])
            assert abs(boxes[name] - printed) <= Fraction(1, 2 * 10**places), name
    assert EXAMPLE["D9"] == "35"


def test_the_numbers_are_those_of_the_protocol() -> None:
    text = FILE.read_text("utf-8").replace('value = "30000000"', 'value = "20000000"', 1)
    protocol = Protocol.model_validate(tomllib.loads(text) | {"digest": "sha256:" + "0" * 64})
    rows = {row.name: row for _, part in worksheet(Words(), protocol, "x").parts for row in part}
    assert (rows["A2"].how, rows["A3"].how) == ("A1 × 100", "A1 × 20")
    assert rows["E4"].what == "CD3⁺ given, million per kg; not more than 20, never 100 or more"
    assert rows["D9"].how == "D8 rounded down: from 10 mL to 0.1 mL, below to 0.01 mL"
    assert rows["D4"].how == "A2 − D10 of the bags before"
    assert [row.name for row in rows.values() if row.strong] == ["D9"]
    assert {row.name for row in rows.values() if row.once} == {"A1", "A2", "A3", "E3", "E4", "E5"}
