"""What must not change when the same case is said in other words, and what must change in step.

Cases are drawn from the random cases of the oracle by a seed; every transformation is exact.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dlicalc.domain.evaluation import Evaluation
from dlicalc.services.document import evaluation_document
from dlicalc.services.wording import Words
from tests.cases import put, walk
from tests.oracle.random_cases import AS_OF, case, fixed
from tests.program import evaluate_document, evaluation

Document = dict[str, Any]
SEEDS = st.integers(0, 10**9)
CONCENTRATIONS = {"10*9/L": 0, "10*6/mL": 0, "10*3/uL": 0, "/uL": 3, "10*6/L": 3, "10*7/mL": -1, "10*8/mL": -2}
"""Unit → places by which the number grows when 10^6 cells/mL are written in it."""

cheaply = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A case by its seed, so that a failure is told in one number."""
    return case(Random(draw(SEEDS)))


@st.composite
def computed(draw: st.DrawFn) -> Document:
    """A case whose dose can be computed."""
    document = draw(documents())
    assume(evaluated(document).dose is not None)
    return document


def evaluated(document: Document) -> Evaluation:
    return evaluation(document, AS_OF)


def figures(document: Document) -> dict[str, Any]:
    """The dose as printed, without the sentences that quote what was typed."""
    dose = evaluate_document(document, AS_OF)["dose"]
    return {name: value for name, value in dose.items() if name != "steps"}


def verdicts(document: Document) -> dict[str, tuple[str, Any]]:
    criteria = evaluate_document(document, AS_OF)["eligibility"]["criteria"]
    return {row["id"]: (row["status"], row["value"]) for row in criteria}


def printed(document: Document) -> bytes:
    whole = evaluation_document(evaluated(document), Words(), "dlicalc")
    return json.dumps(whole, ensure_ascii=False).encode()


def times(text: str, factor: Decimal) -> str:
    """A typed number times a factor, exactly."""
    product = Fraction(text) * Fraction(factor)
    places = 0
    while (product * 10**places).denominator != 1:
        places += 1
    return fixed(int(product * 10**places), places)


def counts_of(document: Document) -> Iterator[dict[str, Any]]:
    for product in document["products"]:
        yield product["counts"]


def concentrations(counts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The counts that are concentrations, not shares."""
    for name in ("wbc", "mnc", "cd3", "lymphocytes"):
        if counts.get(name) and counts[name]["unit"] != "%":
            yield counts[name]


def scaled_cells(document: Document, factor: Decimal) -> Document:
    """All concentrations times a factor; shares stay."""
    document = copy.deepcopy(document)
    for counts in counts_of(document):
        for count in concentrations(counts):
            count["value"] = times(count["value"], factor)
    return document


def scaled_weight(document: Document, factor: Decimal) -> Document:
    document = copy.deepcopy(document)
    weight = document["recipient"]["weight"]
    weight["value"] = times(weight["value"], factor)
    return document


def volumes(document: Document) -> tuple[Any, ...]:
    dose = evaluated(document).dose
    assert dose is not None
    return dose.mnc_volume, dose.cd3_volume, dose.ordered_volume, [bag.volume for bag in dose.bags], dose.limiting


FACTORS = st.sampled_from(["2", "0.5", "1.25", "10", "3", "0.7", "1.01"]).map(Decimal)


@cheaply
@given(document=computed(), factor=FACTORS)
def test_weight_and_all_concentrations_scaled_together_leave_the_volumes(document: Document, factor: Decimal) -> None:
    assert volumes(scaled_weight(scaled_cells(document, factor), factor)) == volumes(document)


@cheaply
@given(document=computed())
def test_half_the_weight_needs_half_the_volume(document: Document) -> None:
    whole, half = evaluated(document).dose, evaluated(scaled_weight(document, Decimal("0.5"))).dose
    assert whole is not None
    assert half is not None
    if len(document["products"]) == 1:
        for before, after in ((whole.mnc_volume, half.mnc_volume), (whole.cd3_volume, half.cd3_volume)):
            assert before is None or after == before / 2
    assert half.mnc_needed * 2 == whole.mnc_needed
    assert half.cd3_needed * 2 == whole.cd3_needed


@cheaply
@given(document=computed(), factor=FACTORS.filter(lambda factor: factor > 1))
def test_richer_bags_never_need_more(document: Document, factor: Decimal) -> None:
    dose, richer = evaluated(document).dose, evaluated(scaled_cells(document, factor)).dose
    assert dose is not None
    assert richer is not None
    for before, after in ((dose.mnc_volume, richer.mnc_volume), (dose.cd3_volume, richer.cd3_volume)):
        assert before is None or (after is not None and after <= before)


@cheaply
@given(document=computed())
def test_bag_in_two_halves_is_the_same_bag(document: Document) -> None:
    first = document["products"][0]
    assume("value" in (first["volume"] or {}))
    whole = evaluated(document).dose
    halves = copy.deepcopy(document)
    for product in halves["products"][:1]:
        product["volume"]["value"] = times(product["volume"]["value"], Decimal("0.5"))
        if product["withheld"]:
            product["withheld"]["value"] = times(product["withheld"]["value"], Decimal("0.5"))
    second = copy.deepcopy(halves["products"][0])
    second["product_code"] = "S12954B0"
    halves["products"].insert(1, second)
    parted = evaluated(halves).dose
    assert whole is not None
    assert parted is not None
    assert (parted.mnc_volume, parted.cd3_volume, parted.limiting) == (
        whole.mnc_volume, whole.cd3_volume, whole.limiting,
    )  # fmt: skip
    assert abs(parted.ordered_volume - whole.ordered_volume) <= Fraction("0.1") * len(halves["products"])


@cheaply
@given(document=computed(), unit=st.sampled_from(sorted(CONCENTRATIONS)))
def test_concentrations_in_another_unit(document: Document, unit: str) -> None:
    other = copy.deepcopy(document)
    for counts in counts_of(other):
        for count in concentrations(counts):
            places = CONCENTRATIONS[unit] - CONCENTRATIONS[count["unit"]]
            count |= {"value": times(count["value"], Decimal(10) ** places), "unit": unit}
    assert figures(other) == figures(document)
    assert {f.code for f in evaluated(other).findings} == {f.code for f in evaluated(document).findings}


@cheaply
@given(document=documents())
def test_weight_in_another_unit(document: Document) -> None:
    """Grams and pounds are exact multiples of the kilogram."""
    weight = document["recipient"]["weight"]
    assume(weight["value"] is not None)
    kilograms = copy.deepcopy(document)
    factor = {"kg": "1", "g": "0.001", "[lb_av]": "0.45359237"}[weight["unit"]]
    kilograms["recipient"]["weight"] |= {"value": times(weight["value"], Decimal(factor)), "unit": "kg"}
    grams = copy.deepcopy(kilograms)
    value = kilograms["recipient"]["weight"]["value"]
    grams["recipient"]["weight"] |= {"value": times(value, Decimal(1000)), "unit": "g"}
    assert figures(grams) == figures(kilograms) == figures(document)


@cheaply
@given(document=documents())
def test_laboratory_values_in_another_unit(document: Document) -> None:
    """mg/dL x 88.4 is umol/L, ukat/L x 60 is U/L; the upper limit goes along. Bilirubin is only compared with it."""
    other = copy.deepcopy(document)
    for name, (unit, new, factor) in {
        "creatinine": ("mg/dL", "umol/L", "88.4"), "alt": ("ukat/L", "U/L", "60"), "ast": ("ukat/L", "U/L", "60"),
        "bilirubin": ("mg/dL", "umol/L", "17.1"),
    }.items():  # fmt: skip
        lab = other["labs"][name]
        if lab and lab["unit"] == unit:
            lab |= {"value": times(lab["value"], Decimal(factor)), "unit": new}
            if lab["upper_limit"]:
                lab["upper_limit"] = times(lab["upper_limit"], Decimal(factor))
    assert verdicts(other) == verdicts(document)
    assert evaluate_document(other, AS_OF)["renal"] == evaluate_document(document, AS_OF)["renal"]
    assert figures(other) == figures(document)


@cheaply
@given(document=documents())
def test_height_in_another_unit(document: Document) -> None:
    height = document["recipient"]["height"]
    assume(height is not None)
    other = copy.deepcopy(document)
    factor = {"cm": "1", "m": "100", "[in_i]": "2.54"}[height["unit"]]
    other["recipient"]["height"] |= {"value": times(height["value"], Decimal(factor)), "unit": "cm"}
    assert evaluate_document(other, AS_OF)["renal"] == evaluate_document(document, AS_OF)["renal"]


def shuffled(value: Any, rng: Random) -> Any:
    """The same objects with their fields in another order; lists keep theirs, for bags are given in order."""
    if isinstance(value, dict):
        fields = [(name, shuffled(part, rng)) for name, part in value.items()]
        rng.shuffle(fields)
        return dict(fields)
    return [shuffled(part, rng) for part in value] if isinstance(value, list) else value


@cheaply
@given(document=documents(), seed=SEEDS)
def test_order_of_fields_leaves_every_byte(document: Document, seed: int) -> None:
    assert printed(shuffled(document, Random(seed))) == printed(document)


@cheaply
@given(document=documents())
def test_fields_that_are_null_may_be_left_out(document: Document) -> None:
    def known(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: known(part) for name, part in value.items() if part is not None}
        return [known(part) for part in value] if isinstance(value, list) else value

    assert printed(known(document)) == printed(document)


@cheaply
@given(document=computed())
def test_bag_that_is_not_needed_changes_nothing(document: Document) -> None:
    dose = evaluated(document).dose
    assert dose is not None
    assume(dose.limiting in ("both", "cd3", "mnc"))
    assume(dose.mnc_volume is not None)
    assume(dose.cd3_volume is not None)
    more = copy.deepcopy(document)
    more["products"].append(copy.deepcopy(document["products"][-1]) | {"product_code": "S12954Z0"})
    after = evaluated(more).dose
    assert after is not None
    assert (after.mnc_volume, after.cd3_volume, after.ordered_volume) == (
        dose.mnc_volume, dose.cd3_volume, dose.ordered_volume,
    )  # fmt: skip
    assert after.bags[-1].volume == 0
    assert (after.mnc_per_kg, after.cd3_per_kg, after.limiting) == (dose.mnc_per_kg, dose.cd3_per_kg, dose.limiting)


@cheaply
@given(document=computed(), nrbc=st.sampled_from(["0", "25", "100", "60", "300", "1.5"]))
def test_nucleated_red_cells_are_a_division_of_the_white_cells(document: Document, nrbc: str) -> None:
    """100/(100 + n): said as n, or undone by multiplying the count by (100 + n)/100 beforehand."""
    plain, corrected = copy.deepcopy(document), copy.deepcopy(document)
    assume(all(counts.get("wbc") for counts in counts_of(document)))
    for counts in counts_of(plain):
        counts["nrbc_per_100_wbc"] = None
    for counts in counts_of(corrected):
        counts["nrbc_per_100_wbc"] = nrbc
        counts["wbc"]["value"] = times(counts["wbc"]["value"], (100 + Decimal(nrbc)) / 100)
    assert figures(corrected) == figures(plain)


def cells_per_ml(document: Document) -> list[tuple[Fraction, Fraction]]:
    dose = evaluated(document).dose
    assert dose is not None
    return [(bag.cells.mnc, bag.cells.cd3) for bag in dose.bags]


@cheaply
@given(document=computed(), viability=st.sampled_from(["80", "99.5", "61", "100", "7"]))
def test_viability_on_both_is_a_factor_of_both(document: Document, viability: str) -> None:
    without, with_it = copy.deepcopy(document), copy.deepcopy(document)
    for bare, counts in zip(counts_of(without), counts_of(with_it), strict=True):
        measured = (bare.pop("viability", None) or {}).get("measured", "fresh")
        counts["viability"] = {"value": viability, "unit": "%", "measured": measured, "applies_to": ["mnc", "cd3"]}
    assume(evaluated(without).dose is not None)
    share = Fraction(viability) / 100
    assert cells_per_ml(with_it) == [(mnc * share, cd3 * share) for mnc, cd3 in cells_per_ml(without)]


@cheaply
@given(document=computed(), recovery=st.sampled_from(["80", "66.6", "100", "51"]))
def test_recovery_on_both_is_a_factor_of_both(document: Document, recovery: str) -> None:
    without, with_it = copy.deepcopy(document), copy.deepcopy(document)
    for products in (without["products"], with_it["products"]):
        for product in products:
            product["state"] = "cryopreserved"
            product["counts"] |= {"counted": "pre-freeze", "viability": None, "recovery": None}
    for counts in counts_of(with_it):
        counts["recovery"] = {"mnc": recovery, "cd3": recovery, "source": "site"}
    assume(evaluated(without).dose is not None)
    share = Fraction(recovery) / 100
    assert cells_per_ml(with_it) == [(mnc * share, cd3 * share) for mnc, cd3 in cells_per_ml(without)]


@cheaply
@given(document=computed(), volume=st.sampled_from(["1", "100", "73.25"]))
def test_processing_that_keeps_volume_and_cells_is_none(document: Document, volume: str) -> None:
    none, same = copy.deepcopy(document), copy.deepcopy(document)
    unchanged = {"from": {"value": volume, "unit": "mL"}, "to": {"value": volume, "unit": "mL"},
                 "recovery": {"value": "100", "unit": "%"}}  # fmt: skip
    for bare, counts in zip(counts_of(none), counts_of(same), strict=True):
        bare["processed_after_count"] = None
        counts["processed_after_count"] = unchanged
    assert figures(same) == figures(none)


@cheaply
@given(document=computed())
def test_never_more_than_the_bags_hold_nor_than_either_target(document: Document) -> None:
    dose = evaluated(document).dose
    assert dose is not None
    assert all(0 <= bag.volume <= bag.volume + bag.left and bag.left >= 0 for bag in dose.bags)
    if dose.rule == "lower-volume":
        assert dose.mnc_percent <= 100
        assert dose.cd3_percent <= 100
    for volume in (dose.mnc_volume, dose.cd3_volume):
        if volume is not None and dose.rule == "lower-volume":
            assert dose.ordered_volume <= volume


@cheaply
@given(document=computed())
def test_rounding_loses_less_than_a_step_of_each_bag(document: Document) -> None:
    dose = evaluated(document).dose
    assert dose is not None
    for bag in dose.bags:
        step = Fraction("0.1") if bag.exact >= 10 else Fraction("0.01")
        assert 0 <= bag.exact - bag.volume < step
        assert (bag.volume / step).denominator == 1


@cheaply
@given(document=computed())
def test_dose_is_that_of_the_printed_volumes(document: Document) -> None:
    """Recomputed from the public document alone."""
    printed_dose = evaluate_document(document, AS_OF)["dose"]
    dose = evaluated(document).dose
    assert dose is not None
    weight = dose.mnc_needed / 10**8
    pairs = zip(printed_dose["bags"], dose.bags, strict=True)
    given_cells = sum((Fraction(bag["volume_ml"]) * order.cells.cd3 for bag, order in pairs), start=Fraction(0))
    assert dose.cd3_per_kg == given_cells / weight
    assert sum(Fraction(bag["volume_ml"]) for bag in printed_dose["bags"]) == Fraction(
        printed_dose["ordered_volume_ml"]
    )


DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*)?")


def later(value: Any, years: int) -> Any:
    """Everything so many years later: by 28 the calendar repeats itself with all its leap days."""
    if isinstance(value, dict):
        return {name: later(part, years) for name, part in value.items()}
    if isinstance(value, list):
        return [later(part, years) for part in value]
    found = DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    day = date.fromisoformat(found[1])
    return f"{day.replace(year=day.year + years).isoformat()}{found[2] or ''}"


@cheaply
@given(document=documents(), years=st.sampled_from([-28, 28, 56]))
def test_everything_later_leaves_dose_and_eligibility(document: Document, years: int) -> None:
    moved, moment = later(document, years), later(AS_OF, years)
    before, after = evaluate_document(document, AS_OF), evaluate_document(moved, moment)
    assert after["dose"] == before["dose"]
    assert after["renal"] == before["renal"]
    assert after["schedule"]["day"] == before["schedule"]["day"]
    statuses = [[(row["id"], row["status"]) for row in one["eligibility"]["criteria"]] for one in (before, after)]
    assert statuses[0] == statuses[1]
    assert [finding["code"] for finding in after["findings"]] == [finding["code"] for finding in before["findings"]]


MOMENTS = ("collected_at", "counted_at", "expires_at")


@cheaply
@given(document=documents(), hours=st.integers(-12, 14))
def test_moments_in_another_zone_leave_everything_but_the_day(document: Document, hours: int) -> None:
    """The same moment of collection, counting and expiry; the start keeps its zone, for it names the day."""
    zone = datetime.fromisoformat(f"2026-01-01T00:00{'+' if hours >= 0 else '-'}{abs(hours):02}:00").tzinfo
    other = copy.deepcopy(document)
    for product in other["products"]:
        for name in MOMENTS:
            product[name] = datetime.fromisoformat(product[name]).astimezone(zone).isoformat()
    course = other["infusion"]["chemotherapy"]
    if course and course["last_dose_at"]:
        course["last_dose_at"] = datetime.fromisoformat(course["last_dose_at"]).astimezone(zone).isoformat()
    before, after = evaluate_document(document, AS_OF), evaluate_document(other, AS_OF)
    for part in ("dose", "eligibility", "renal", "schedule", "releasable"):
        assert after[part] == before[part]


SECTIONS = re.compile("recipient|transplant|labs|organs|exclusions")
BY_THEMSELVES = ("organs.last_cardiac_event_on", "organs.cardiac_event_within_6_months", "infusion.planned_start")
"""Two answers to one question, of which either suffices; and the day from which that question looks back."""


@cheaply
@given(document=documents(), seed=SEEDS)
def test_knowing_less_never_lets_a_patient_in(document: Document, seed: int) -> None:
    known = [path for path, value in walk(document) if value is not None and SECTIONS.match(path)]
    paths = [path for path in known if path not in (*BY_THEMSELVES, "organs") and not path.endswith("unit")]
    path = Random(seed).choice(paths)
    before, after = verdicts(document), verdicts(put(copy.deepcopy(document), path, None))
    assert [name for name in before if before[name][0] != "not-excluded" and after[name][0] == "not-excluded"] == []


@cheaply
@given(document=documents())
def test_unknown_answer_is_the_same_as_none(document: Document) -> None:
    unknown = copy.deepcopy(document)
    for path, value in walk(document):
        if value == "unknown":
            put(unknown, path, None)
    assert verdicts(unknown) == verdicts(document)
    assert figures(unknown) == figures(document)


@cheaply
@given(document=documents(), zeros=st.integers(1, 6))
def test_trailing_and_leading_zeros_change_nothing(document: Document, zeros: int) -> None:
    longer = copy.deepcopy(document)
    for path, value in walk(document):
        if path.rpartition(".")[2] in ("value", "upper_limit", "multiply_by", "nrbc_per_100_wbc") and value is not None:
            put(longer, path, "0" + value + ("" if "." in value else ".") + "0" * zeros)
    assert figures(longer) == figures(document)
    assert verdicts(longer) == verdicts(document)
    assert [f.code for f in evaluated(longer).findings] == [f.code for f in evaluated(document).findings]


@cheaply
@given(document=documents())
def test_decisions_change_no_number(document: Document) -> None:
    before = evaluate_document(document, AS_OF)
    decided = copy.deepcopy(document)
    codes = sorted({finding["code"] for finding in before["findings"]})
    decided["decisions"] = [
        {"code": code, "by": "Dr Zhang", "role": "prescriber", "reason": "x", "at": AS_OF} for code in codes[:100]
    ]
    after = evaluate_document(decided, AS_OF)
    for part in ("dose", "eligibility", "renal", "schedule"):
        assert after[part] == before[part]
    stops = {finding["code"] for finding in before["findings"] if finding["severity"] == "stop"}
    assert stops == {finding["code"] for finding in after["findings"] if finding["severity"] == "stop"}
    never = {f["code"] for f in before["findings"] if f["severity"] == "stop" and not f["decidable"]}
    assert after["releasable"] is (not never)


@pytest.mark.parametrize("days", [1, 30, 400])
def test_waiting_never_makes_a_weight_younger(days: int) -> None:
    """Time alone adds doubts about dates and takes none away."""
    document = case(Random(1))
    start = datetime.fromisoformat(AS_OF)
    for later_start in (start + timedelta(days=n) for n in range(0, days, max(1, days // 5))):
        codes = {f.code for f in evaluation(document, later_start.isoformat()).findings}
        stale = {code for code in codes if code.endswith(".stale")}
        after = {f.code for f in evaluation(document, (later_start + timedelta(days=days)).isoformat()).findings}
        assert stale <= after
