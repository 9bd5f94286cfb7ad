"""What an entry means in other words, shown small beside it: other units, shares as concentrations, spans of time.

All of it is read from the frozen case, exactly; an entry that cannot be read has no equivalent. Nothing here is ever
put into an entry.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Final

from dlicalc.domain.entered import Measured
from dlicalc.domain.labs import LabResult
from dlicalc.domain.product import UNKNOWN_PRODUCT
from dlicalc.domain.quantity import exact, ratio
from dlicalc.domain.recipient import completed_years
from dlicalc.domain.schedule import hours_between
from dlicalc.services import bag_equivalents as bag
from dlicalc.services.beside import At
from dlicalc.services.numbers import hours_shown, shown
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.typed_numbers import as_number
from dlicalc.services.wording import Words
from dlicalc.services.wording import entry as say

BILIRUBIN_UMOL_L: Final = Fraction(171, 10)
"""µmol/L of bilirubin per mg/dL (molar mass 584.66 g/mol), for reading only: no criterion converts bilirubin."""


def moments(snapshot: Snapshot) -> tuple[object, object]:
    """The start and the day on which equivalents of every row rest."""
    return _part(snapshot.document, _START), snapshot.evaluation.as_of.date()


def entries_of(path: str, snapshot: Snapshot) -> object:
    """What was typed on which, besides the moments, the equivalents of the row at ``path`` rest.

    Documents are never changed in place: while this is the same object, it says the same.
    """
    return _part(snapshot.document, _rests_on(path))


def equivalents(path: str, numbers: Iterable[str], snapshot: Snapshot, words: Words) -> list[str]:
    """What the row at ``path`` with its ``numbers`` (paths of typed numbers) means in other words; often nothing.

    ``path`` is that of the row's label, with the place of its bag.
    """
    template, index = _template(path)
    products = snapshot.case.products
    product = products[index] if index is not None and index < len(products) else UNKNOWN_PRODUCT
    typed = [_part(snapshot.document, tuple(number.split("."))) or "" for number in numbers]
    read = [words.translate(say.READ_AS).format(number=as_number(text)) for text in typed if as_number(text) != text]
    find = _FINDERS.get(template)
    return read if find is None else [*read, *find(At(snapshot, product, words))]


def _template(path: str) -> tuple[str, int | None]:
    head, _, rest = path.partition(".")
    index, _, name = rest.partition(".")
    return (f"products.{name}", int(index)) if head == "products" else (path, None)


@cache
def _rests_on(path: str) -> tuple[str, ...]:
    """The keys that lead to the part of a document on which the equivalents of the row at ``path`` rest."""
    template, index = _template(path)
    wider = _WIDER.get(template)
    return tuple((path if wider is None else f"products.{index}{wider}").split("."))


def _part(document: Any, keys: tuple[str, ...]) -> Any:
    """What was typed there, or ``None``; this runs for every row at every keystroke."""
    for key in keys:
        if isinstance(document, dict):
            document = document.get(key)
        elif isinstance(document, list) and int(key) < len(document):
            document = document[int(key)]
        else:
            return None
    return document


def _weight(at: At) -> Iterator[str]:
    weight = at.snapshot.case.recipient.weight
    if weight is not None:
        yield from _converted(at, weight, "kg")
        yield from _day(at, weight.measured_on)


def _height(at: At) -> Iterator[str]:
    height = at.snapshot.case.recipient.height
    if height is not None:
        yield from _converted(at, height, "cm")


def _converted(at: At, measured: Measured, unit: str) -> Iterator[str]:
    if measured.unit != unit:
        yield at.equal(measured.exact, unit)


def _birth(at: At) -> Iterator[str]:
    born = at.snapshot.case.recipient.birth_date
    on = at.start.date() if at.start else at.snapshot.evaluation.as_of.date()
    if born is not None and born <= on:
        yield at.says(say.AGE_AT_INFUSION if at.start else say.AGE_TODAY, years=completed_years(born, on))


def _day_0(at: At) -> Iterator[str]:
    day = at.snapshot.evaluation.schedule.day
    if day is not None:
        yield at.says(say.DAY_OF_INFUSION, day=f"{day:+d}".replace("-", "−"))


def _day(at: At, day: date | None) -> Iterator[str]:
    """How far a day lies from that of the infusion."""
    if day is None or at.start is None:
        return
    before = (at.start.date() - day).days
    sentences = {0: say.SAME_DAY, 1: say.DAY_BEFORE, -1: say.DAY_AFTER}
    many = say.DAYS_BEFORE if before > 0 else say.DAYS_AFTER
    yield at.says(sentences.get(before, many), days=shown(abs(before)))


def _chemotherapy(at: At) -> Iterator[str]:
    course = at.snapshot.case.infusion.chemotherapy
    last = course.last_dose_at if course else None
    if last is not None and at.start is not None:
        # The window of the trial is in hours, so these are never told in days.
        hours = hours_between(last, at.start)
        yield at.says(say.BEFORE_START if hours >= 0 else say.AFTER_START, span=hours_shown(abs(hours)))


def _creatinine(at: At) -> Iterator[str]:
    factor = at.snapshot.evaluation.protocol.renal.umol_per_l_in_mg_per_dl
    return _lab(at, at.snapshot.case.labs.creatinine, factor)


def _bilirubin(at: At) -> Iterator[str]:
    return _lab(at, at.snapshot.case.labs.bilirubin, BILIRUBIN_UMOL_L)


def _alt(at: At) -> Iterator[str]:
    return _lab(at, at.snapshot.case.labs.alt)


def _ast(at: At) -> Iterator[str]:
    return _lab(at, at.snapshot.case.labs.ast)


def _cystatin(at: At) -> Iterator[str]:
    return _lab(at, at.snapshot.case.labs.cystatin_c)


def _lab(at: At, result: LabResult | None, micromoles: Fraction | None = None) -> Iterator[str]:
    """The result in its other unit, as a multiple of the upper limit, and the age of the sample."""
    if result is None or result.value is None:
        return
    value = exact(result.value.value)
    if result.unit == "ukat/L":
        yield at.equal(result.exact, "U/L")
    elif micromoles is not None and result.unit == "umol/L":
        yield at.equal(value / micromoles, "mg/dL")
    elif micromoles is not None:
        yield at.equal(value * micromoles, "umol/L")
    if result.upper_limit is not None and result.upper_limit.value > 0:
        yield at.says(say.TIMES_LIMIT, ratio=shown(ratio(result.value.value, result.upper_limit.value)))
    yield from _day(at, result.collected_on)


_START: Final = ("infusion", "planned_start")
_FINDERS: Final[Mapping[str, Callable[[At], Iterable[str]]]] = {
    "recipient.weight": _weight,
    "recipient.height": _height,
    "recipient.birth_date": _birth,
    "transplant.day_0": _day_0,
    "infusion.chemotherapy.last_dose_at": _chemotherapy,
    "labs.creatinine": _creatinine,
    "labs.alt": _alt,
    "labs.ast": _ast,
    "labs.bilirubin": _bilirubin,
    "labs.cystatin_c": _cystatin,
    "products.collected_at": bag.collected,
    "products.counted_at": bag.counted,
    "products.expires_at": bag.expires,
    "products.volume.gross": bag.weighed,
    "products.withheld": bag.withheld,
    "products.counts.wbc": bag.wbc,
    "products.counts.nrbc_per_100_wbc": bag.nrbc,
    "products.counts.mnc": bag.mnc,
    "products.counts.cd3": bag.cd3,
    "products.counts.lymphocytes": bag.lymphocytes,
    "products.counts.processed_after_count": bag.processed,
}
"""Path of a row, bags without their place → its equivalents."""
_WIDER: Final[Mapping[str, str]] = {
    "products.volume.gross": ".volume",
    "products.withheld": "",
    **{f"products.counts.{name}": ".counts" for name in ("wbc", "nrbc_per_100_wbc", "mnc", "cd3", "lymphocytes")},
}
"""Rows whose equivalents rest on more than their own entry → the part of the bag on which they rest."""
