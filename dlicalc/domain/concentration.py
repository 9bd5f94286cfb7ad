"""From what the laboratory counted to living cells per mL of the bag as it is now.

Concentration = count × multiply_by, nRBC-corrected, × fraction of its denominator, × viability once where it
applies, × recovery after thaw, × change of volume after the count. Each factor that is applied leaves a step.
"""

from fractions import Fraction
from typing import Any, Final, NamedTuple

from dlicalc.domain.finding import Finding, stop
from dlicalc.domain.product import NOTHING_COUNTED, Analyte, Counts, Percent, Processing, Product, Subset, WhiteCells
from dlicalc.domain.quantity import EXACT, exact, scaled
from dlicalc.domain.step import Step

PER_ML: Final = "/mL"


class CellCounts(NamedTuple):
    """Cells per mL before viability, recovery and processing; ``white_cells`` may be unknown on single platform."""

    white_cells: Fraction | None
    mnc: Fraction
    cd3: Fraction
    lymphocytes: Fraction | None = None


class Concentrations(NamedTuple):
    """Living cells per mL of the bag as it is now."""

    mnc: Fraction
    cd3: Fraction


class _Uncountable(Exception):  # noqa: N818  what the counts are
    """A count that the arithmetic needs is missing or impossible; carries the finding that says which."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def nrbc_factor(nrbc_per_100_wbc: Fraction) -> Fraction:
    """Share of white cells among nucleated cells, for an analyser that counts nucleated red cells too."""
    return Fraction(100) / (100 + nrbc_per_100_wbc)


def processing_factor(volume_from: Fraction, volume_to: Fraction, recovery: Fraction) -> Fraction:
    """Change of concentration when ``volume_from`` mL became ``volume_to`` mL with this share of the cells."""
    return volume_from / volume_to * recovery


def undiluted(count: WhiteCells | Subset) -> Fraction:
    """Cells per mL of the product from a reading on a diluted sample; no ``multiply_by`` means no dilution."""
    if count.multiply_by is None:
        return count.exact
    return exact(EXACT.multiply(count.amount, count.multiply_by.value))


class _Work:
    """Steps of one bag while they are being written down."""

    def __init__(self, bag: int) -> None:
        self.bag = bag
        self.steps: list[Step] = []

    def write(self, code: str, result: Fraction, unit: str = PER_ML, **params: Fraction | int | str) -> Fraction:
        self.steps.append(Step(code, {"bag": self.bag + 1, **params}, result, unit))
        return result


def count_cells(counts: Counts | None, bag: int) -> tuple[CellCounts | None, list[Step], list[Finding]]:
    """Cells per mL as counted, the steps, and what is missing or impossible (then the counts are ``None``)."""
    work = _Work(bag)
    path = f"products.{bag}.counts"
    counts = counts or NOTHING_COUNTED
    missing = [stop(f"counts.{name}-unknown", f"{path}.{name}") for name in ("mnc", "cd3") if not getattr(counts, name)]
    if missing:
        return None, [], missing
    try:
        cells = _count(counts, path, work)
    except _Uncountable as reason:
        return None, work.steps, [reason.finding]
    impossible = _impossible(cells, path)
    return (None if impossible else cells), work.steps, impossible


def _count(counts: Counts, path: str, work: _Work) -> CellCounts:
    known: dict[str, Fraction | None] = {"wbc": _white_cells(counts, work)}

    def count(name: str, subset: Subset | None) -> Fraction:
        assert subset is not None  # the callers have looked
        if not subset.is_share:
            return _concentration(name, subset, work)
        whole = known.get(subset.of or "wbc")
        if whole is None:
            raise _Uncountable(stop(f"counts.{subset.of or 'wbc'}-unknown", f"{path}.{subset.of or 'wbc'}"))
        return _share(name, subset, whole, f"{path}.{name}", work)

    mnc = known["mnc"] = count("mnc", counts.mnc)
    if counts.lymphocytes is not None:
        known["lymphocytes"] = count("lymphocytes", counts.lymphocytes)
    return CellCounts(known["wbc"], mnc, count("cd3", counts.cd3), known.get("lymphocytes"))


def _white_cells(counts: Counts, work: _Work) -> Fraction | None:
    if counts.wbc is None:
        return None
    reading = undiluted(counts.wbc)
    dilution = counts.wbc.multiply_by
    work.write("count.wbc", reading, entered=counts.wbc.as_entered, times=dilution.text if dilution else "1")
    if counts.nrbc_per_100_wbc is None:
        return reading
    nrbc = counts.nrbc_per_100_wbc
    return work.write("count.nrbc", reading * nrbc_factor(exact(nrbc.value)), before=reading, nrbc=nrbc.text)


def _concentration(name: str, count: Subset, work: _Work) -> Fraction:
    dilution = count.multiply_by
    times = dilution.text if dilution else "1"
    return work.write(f"count.{name}", undiluted(count), entered=count.as_entered, times=times)


def _share(name: str, count: Subset, whole: Fraction, path: str, work: _Work) -> Fraction:
    if count.amount > 1:
        raise _Uncountable(stop("counts.share-above-100", path, entered=count.as_entered))
    return work.write(
        f"count.{name}-share", scaled(whole, count.amount), share=count.as_entered, of=count.of or "wbc", whole=whole
    )


def _impossible(cells: CellCounts, path: str) -> list[Finding]:
    """Counts that exceed the population they are part of, and counts of nothing."""
    findings = []
    for name in ("mnc", "lymphocytes", "cd3"):
        part: Fraction | None = getattr(cells, name)
        if cells.white_cells is not None and part is not None and part > cells.white_cells:
            amounts: dict[str, Any] = {f"{name}_per_ml": part, "wbc_per_ml": cells.white_cells}
            findings.append(stop(f"counts.{name}-above-wbc", f"{path}.{name}", **amounts))
    return findings + _zeros(cells.mnc, cells.cd3, path)


def _cd3_above_mnc(cd3: Fraction, mnc: Fraction, path: str) -> Finding:
    return stop("counts.cd3-above-mnc", f"{path}.cd3", cd3_per_ml=cd3, mnc_per_ml=mnc)


def _zeros(mnc: Fraction, cd3: Fraction, path: str) -> list[Finding]:
    return [
        stop(f"counts.{name}-zero", f"{path}.{name}") for name, amount in (("mnc", mnc), ("cd3", cd3)) if amount == 0
    ]


def present_cells(
    product: Product, cells: CellCounts, bag: int
) -> tuple[Concentrations | None, list[Step], list[Finding]]:
    """Living cells per mL now (``None`` if something forbids the sum), the steps, and the findings.

    More CD3⁺ than MNC as counted is a stop even if different losses after the count hide it.
    """
    counts = product.counts or NOTHING_COUNTED
    forbidden = _forbidden(counts, f"products.{bag}.counts")
    if forbidden:
        return None, [], forbidden
    work = _Work(bag)
    mnc, cd3 = (_present(product, counts, analyte, getattr(cells, analyte), work) for analyte in ("mnc", "cd3"))
    path = f"products.{bag}.counts"
    if impossible := _zeros(mnc, cd3, path) or ([_cd3_above_mnc(cd3, mnc, path)] if cd3 > mnc else []):
        return None, work.steps, impossible
    doubtful = cells.cd3 > cells.mnc and _same_basis(counts)
    return Concentrations(mnc, cd3), work.steps, [_cd3_above_mnc(cells.cd3, cells.mnc, path)] if doubtful else []


def _same_basis(counts: Counts) -> bool:
    """Whether MNC and CD3⁺ were both counted with dead cells, or both without."""
    applies_to = (counts.viability.applies_to if counts.viability else None) or ()
    return ("mnc" in applies_to) == ("cd3" in applies_to)


def _present(product: Product, counts: Counts, analyte: Analyte, counted: Fraction, work: _Work) -> Fraction:
    viability, processing = counts.viability, counts.processed_after_count
    result = counted
    if viability is not None and analyte in (viability.applies_to or ()):
        result = work.write(
            f"present.{analyte}-viable", scaled(result, viability.amount), before=result, viability=viability.as_entered
        )
    recovery = thaw_recovery(product, analyte)
    if recovery is not None:
        result = work.write(
            f"present.{analyte}-recovered", scaled(result, recovery.amount), before=result, recovery=recovery.as_entered
        )
    if processing is not None and processing.from_ and processing.to and processing.recovery:
        factor = processing_factor(processing.from_.exact, processing.to.exact, processing.recovery.exact)
        result = work.write(
            f"present.{analyte}-processed", result * factor, before=result, volume_from=processing.from_.as_entered,
            volume_to=processing.to.as_entered, recovery=processing.recovery.as_entered,
        )  # fmt: skip
    return result


def thaw_recovery(product: Product, analyte: Analyte) -> Percent | None:
    """The recovery after thaw that applies to ``analyte``; only a frozen bag has one."""
    recovery = product.counts.recovery if product.counts and product.state == "cryopreserved" else None
    return None if recovery is None else recovery.mnc if analyte == "mnc" else recovery.cd3


def _forbidden(counts: Counts, path: str) -> list[Finding]:
    """Entries that contradict each other or leave open what they apply to: no concentration follows from them."""
    findings = []
    viability, processing = counts.viability, counts.processed_after_count
    recovered = counts.recovery is not None and (counts.recovery.mnc is not None or counts.recovery.cd3 is not None)
    if viability is not None and viability.applies_to is None:
        findings.append(stop("counts.viability-basis", f"{path}.viability.applies_to"))
    if viability is not None and viability.amount > 1:
        findings.append(stop("counts.share-above-100", f"{path}.viability", entered=viability.as_entered))
    if recovered and (counts.counted == "post-thaw" or (viability is not None and viability.measured == "post-thaw")):
        findings.append(stop("counts.recovery-twice", f"{path}.recovery"))
    if processing is not None:
        findings += _processing_findings(processing, f"{path}.processed_after_count")
    return findings


def _processing_findings(processing: Processing, path: str) -> list[Finding]:
    parts = (processing.from_, processing.to, processing.recovery)
    if any(parts) and not all(parts):
        return [stop("counts.processing-incomplete", path)]
    if processing.to is not None and processing.to.amount == 0:
        return [stop("counts.processing-to-zero", f"{path}.to")]
    return []
