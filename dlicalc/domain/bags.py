"""Each bag as entered → a bag that can be allocated, with its steps and everything that is odd about it."""

from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from dlicalc.domain.concentration import CellCounts, Concentrations, count_cells, present_cells, thaw_recovery
from dlicalc.domain.dose import Bag
from dlicalc.domain.entered import Measured
from dlicalc.domain.finding import Finding, Param, note, review, stop
from dlicalc.domain.plausibility import Guard
from dlicalc.domain.product import NOTHING_COUNTED, Counts, Product, WhiteCells
from dlicalc.domain.protocol import Plausibility
from dlicalc.domain.quantity import EXACT, per, per_cent, scaled, times
from dlicalc.domain.step import Step

PER_MILLION: Final = Decimal("0.000001")
FROZEN: Final = ("pre-freeze", "post-thaw")
"""Times of counting that only a cryopreserved product has."""


class BagContent(NamedTuple):
    """What is known of one bag: living cells per mL and the mL that can be given, each ``None`` where unknown."""

    cells: Concentrations | None
    available: Fraction | None


class Assessed(NamedTuple):
    """One bag after assessment; ``bag`` is ``None`` if nothing may be taken from what was entered."""

    bag: Bag | None
    content: BagContent
    steps: list[Step]
    findings: list[Finding]


def assess(product: Product, index: int, limits: Plausibility) -> Assessed:
    """Concentrations and volume of one bag, with steps and findings."""
    counts = product.counts or NOTHING_COUNTED
    path = f"products.{index}"
    counted, steps, findings = count_cells(counts, index)
    present, more_steps, more_findings = (None, [], []) if counted is None else present_cells(product, counted, index)
    volume, volume_steps, volume_findings = _volume(product, index)
    available, withheld_findings = _available(product, volume, path)
    steps += more_steps + volume_steps
    findings += more_findings + volume_findings + withheld_findings + _count_notes(product, counts, path)
    if counted is not None and counted.lymphocytes is not None and counted.lymphocytes > counted.mnc:
        findings.append(review("counts.lymphocytes-above-mnc", f"{path}.counts.lymphocytes"))
    guard = Guard(limits)
    _guard_counts(guard, counts, counted, present, path)
    _guard_volume(guard, product, volume, present, path)
    content = BagContent(present, available)
    if present is None or available is None:
        return Assessed(None, content, steps, findings + guard.findings)
    bag = Bag(index, present, available, _dmso(product), product.hematocrit.exact if product.hematocrit else None)
    return Assessed(bag, content, steps, findings + guard.findings)


def _dmso(product: Product) -> Fraction | None:
    if product.dmso is not None:
        return product.dmso.exact
    return Fraction(0) if product.state == "fresh" else None


def _volume(product: Product, index: int) -> tuple[Fraction | None, list[Step], list[Finding]]:
    path, volume = f"products.{index}.volume", product.volume
    if volume is not None and volume.value is not None:
        return volume.exact, [], []
    if volume is None or volume.gross is None or volume.tare is None or volume.density is None:
        return None, [], [stop("product.volume-unknown", path)]
    if volume.density.amount == 0 or volume.tare.grams >= volume.gross.grams:
        return None, [], [stop("product.weighing-impossible", path)]
    result = (volume.gross.grams - volume.tare.grams) / volume.density.exact
    params: dict[str, Param] = {
        "bag": index + 1, "gross": volume.gross.as_entered, "tare": volume.tare.as_entered,
        "density": volume.density.as_entered,
    }  # fmt: skip
    return result, [Step("bag.weighed", params, result, "mL")], []


def _available(product: Product, volume: Fraction | None, path: str) -> tuple[Fraction | None, list[Finding]]:
    """Volume in mL that can be given: what the bag holds less what is withheld."""
    if volume is None:
        return None, []
    if product.withheld is None:
        return volume, [note("product.withheld-unknown", f"{path}.withheld")]
    withheld = product.withheld.exact
    if withheld > volume:
        return None, [stop("product.withheld-above-volume", f"{path}.withheld", volume_ml=volume)]
    return volume - withheld, []


def _count_notes(product: Product, counts: Counts, path: str) -> list[Finding]:
    """What the counts leave open, although a concentration can be computed."""
    findings = []
    if counts.viability is None:
        findings.append(review("counts.viability-unknown", f"{path}.counts.viability"))
    if counts.counted is None:
        findings.append(review("counts.counted-unknown", f"{path}.counts.counted"))
    for name, count in (("mnc", counts.mnc), ("lymphocytes", counts.lymphocytes)):
        if count is not None and count.is_share and count.of is None:
            findings.append(note("counts.denominator-assumed", f"{path}.counts.{name}.of", count=name))
    recovery = counts.recovery
    recovered = recovery is not None and (recovery.mnc is not None or recovery.cd3 is not None)
    if recovered and product.state != "cryopreserved":
        findings.append(stop("counts.recovery-not-frozen", f"{path}.counts.recovery"))
    for name in ("wbc", "mnc", "cd3", "lymphocytes"):
        concentration = getattr(counts, name)
        if concentration is not None and concentration.unit != "%" and concentration.multiply_by is None:
            findings.append(note("counts.dilution-unknown", f"{path}.counts.{name}.multiply_by"))
    if product.state == "cryopreserved":
        findings += _frozen_notes(product, counts, path)
    elif product.state == "fresh" and (counts.counted in FROZEN or _measured(counts) in FROZEN):
        findings.append(stop("product.state-conflict", f"{path}.state"))
    return findings


def _measured(counts: Counts) -> str | None:
    return counts.viability.measured if counts.viability else None


def _frozen_notes(product: Product, counts: Counts, path: str) -> list[Finding]:
    findings = []
    recovery = counts.recovery
    recovered = [analyte for analyte in ("mnc", "cd3") if thaw_recovery(product, analyte)]
    if recovery is not None and recovered and recovery.source is None:
        findings.append(review("counts.recovery-source-unknown", f"{path}.counts.recovery.source"))
    if counts.counted != "post-thaw":
        applied = (counts.viability.applies_to or ()) if counts.viability and _measured(counts) == "post-thaw" else ()
        uncorrected = [name for name in ("mnc", "cd3") if name not in recovered and name not in applied]
        if uncorrected:
            findings.append(review("counts.pre-freeze", f"{path}.counts.counted", analytes="+".join(uncorrected)))
    elif counts.viability is not None and counts.viability.applies_to and _measured(counts) != "post-thaw":
        findings.append(review("counts.viability-before-thaw", f"{path}.counts.viability.measured"))
    if product.dmso is None:
        findings.append(review("product.dmso-unknown", f"{path}.dmso"))
    return findings


def _guard_counts(
    guard: Guard, counts: Counts, counted: CellCounts | None, present: Concentrations | None, path: str
) -> None:
    path = f"{path}.counts"
    if counts.wbc is not None:
        _guard_white_cells(guard, counts.wbc, f"{path}.wbc")
    for name in ("wbc", "mnc", "cd3"):
        count = getattr(counts, name)
        if count is not None and count.multiply_by is not None:
            guard.check("dilution", count.multiply_by.value, f"{path}.{name}.multiply_by", count.multiply_by)
    if counts.nrbc_per_100_wbc is not None:
        guard.check("nrbc", counts.nrbc_per_100_wbc.value, f"{path}.nrbc_per_100_wbc", counts.nrbc_per_100_wbc)
    if counts.mnc is not None and counts.mnc.is_share:
        _guard_percent(guard, "mnc_share", counts.mnc, f"{path}.mnc")
    if counts.cd3 is not None and counts.cd3.of == "wbc":
        _guard_percent(guard, "cd3_share", counts.cd3, f"{path}.cd3")
    _guard_survival(guard, counts, path)
    cd3 = present.cd3 if present is not None else counted.cd3 if counted is not None else None
    if cd3 is not None:
        guard.check_computed("cd3_concentration", scaled(cd3, PER_MILLION), f"{path}.cd3")
    if present is not None:
        guard.check_computed("cd3_to_mnc", per(present.cd3, present.mnc), f"{path}.cd3")


def _guard_white_cells(guard: Guard, count: WhiteCells, path: str) -> None:
    reading = EXACT.multiply(count.amount, PER_MILLION)
    if count.multiply_by is None or count.multiply_by.value == 1:
        guard.check("white_cells", reading, path, count)
        return
    guard.check("diluted_reading", reading, path, count)
    guard.check("white_cells", EXACT.multiply(reading, count.multiply_by.value), path, count)


def _guard_percent(guard: Guard, name: str, percent: Measured | None, path: str) -> None:
    """Guardrails of percentages are in per cent, as they are typed."""
    if percent is not None and percent.value is not None:
        guard.check(name, percent.value.value, path, percent)


def _guard_survival(guard: Guard, counts: Counts, path: str) -> None:
    """Viability, recovery after thaw, and cells kept in processing."""
    viability, recovery, processing = counts.viability, counts.recovery, counts.processed_after_count
    if viability is not None:
        name = "viability_thawed" if viability.measured == "post-thaw" else "viability_fresh"
        _guard_percent(guard, name, viability, f"{path}.viability")
    if recovery is not None:
        _guard_percent(guard, "mnc_recovery", recovery.mnc, f"{path}.recovery.mnc")
        _guard_percent(guard, "cd3_recovery", recovery.cd3, f"{path}.recovery.cd3")
    if processing is not None:
        _guard_percent(guard, "processing_recovery", processing.recovery, f"{path}.processed_after_count.recovery")


def _guard_volume(
    guard: Guard, product: Product, volume: Fraction | None, present: Concentrations | None, path: str
) -> None:
    if product.volume is not None and product.volume.density is not None:
        density = product.volume.density
        guard.check("density", density.amount, f"{path}.volume.density", density)
    _guard_percent(guard, "dmso_share", product.dmso, f"{path}.dmso")
    _guard_percent(guard, "hematocrit", product.hematocrit, f"{path}.hematocrit")
    if volume is None:
        return
    guard.check_computed("bag_volume", volume, f"{path}.volume")
    if product.withheld is not None:
        withheld = product.withheld
        guard.check("withheld", withheld.amount, f"{path}.withheld", withheld)
        if volume > 0:
            guard.check_computed("withheld_of_bag", per_cent(withheld.exact, volume), f"{path}.withheld")
    processed = product.counts.processed_after_count if product.counts else None
    if processed is not None and processed.to is not None and processed.to.amount:
        path_to = f"{path}.counts.processed_after_count.to"
        guard.check_computed("volume_of_processed", per_cent(volume, processed.to.exact), path_to)
    if present is not None:
        guard.check_computed("cd3_in_bag", times(present.cd3, volume), f"{path}.counts.cd3")
