"""What the entries of a bag mean in other words: concentrations in other units, volumes, spans of time."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import Final

from dlicalc.domain.concentration import nrbc_factor, processing_factor, undiluted
from dlicalc.domain.product import Product, Subset, WhiteCells
from dlicalc.domain.quantity import CONCENTRATION_UNITS, exact, scaled
from dlicalc.domain.schedule import hours_between
from dlicalc.services.beside import At
from dlicalc.services.numbers import hours_shown, shown
from dlicalc.services.wording import entry as say

_USUAL: Final = ("10*9/L", "10*6/mL", "/uL")
_MILLIONS: Final = "10*6/mL"
_HOURS_ALONE: Final = 96
"""Up to so many hours a span is told in hours and minutes."""


def collected(at: At) -> Iterator[str]:
    """How old the cells are at the start."""
    return _before_start(at, at.bag.collected_at)


def counted(at: At) -> Iterator[str]:
    """How old the count is at the start."""
    return _before_start(at, at.bag.counted_at)


def _before_start(at: At, moment: datetime | None) -> Iterator[str]:
    if moment is not None and at.start is not None:
        hours = hours_between(moment, at.start)
        yield at.says(say.BEFORE_START if hours >= 0 else say.AFTER_START, span=_span(at, hours))


def expires(at: At) -> Iterator[str]:
    """How long the bag is good at the start, or since when it is not."""
    if at.bag.expires_at is not None and at.start is not None:
        left = hours_between(at.start, at.bag.expires_at)
        yield at.says(say.LEFT_AT_START if left > 0 else say.EXPIRED_BY_START, span=_span(at, left))


def _span(at: At, hours: Fraction) -> str:
    if abs(hours) <= _HOURS_ALONE:
        return hours_shown(abs(hours))
    days, rest = divmod(int(abs(hours)), 24)
    return at.says(say.DAYS_AND_HOURS, days=shown(days), hours=rest)


def wbc(at: At) -> Iterator[str]:
    """White cells in the other usual units."""
    if at.counts.wbc is not None:
        yield _concentration(at, at.counts.wbc)


def _concentration(at: At, count: WhiteCells | Subset) -> str:
    """A count in the usual units; a reading on a diluted sample is undone first."""
    cells, own = undiluted(count), count.unit
    diluted = count.multiply_by is not None and count.multiply_by.value != 1
    units = [unit for unit in _USUAL if diluted or unit != own]
    texts = [at.equal(cells / exact(CONCENTRATION_UNITS[unit]), unit) for unit in units]
    amounts = " ".join(texts)
    return at.says(say.UNDILUTED, amounts=amounts) if diluted else amounts


def _white_cells(at: At) -> Fraction | None:
    """White cells per mL, without nucleated red cells."""
    counts = at.counts
    if counts.wbc is None:
        return None
    reading = undiluted(counts.wbc)
    nrbc = counts.nrbc_per_100_wbc
    return reading if nrbc is None else reading * nrbc_factor(exact(nrbc.value))


def nrbc(at: At) -> Iterator[str]:
    """White cells without the nucleated red cells."""
    white = _white_cells(at)
    if white is not None and at.counts.nrbc_per_100_wbc is not None:
        yield at.says(say.WITHOUT_NRBC, amount=_in_millions(at, white))


def _in_millions(at: At, cells: Fraction) -> str:
    return at.amount(cells / exact(CONCENTRATION_UNITS[_MILLIONS]), _MILLIONS)


def _cells(at: At, count: Subset | None) -> Fraction | None:
    """Cells per mL of a subset; a share of what is not known is not known."""
    if count is None:
        return None
    if not count.is_share:
        return undiluted(count)
    whole = _whole(at, count)
    return None if whole is None or count.amount > 1 else scaled(whole, count.amount)


def _whole(at: At, count: Subset) -> Fraction | None:
    if count.of == "mnc":
        return _cells(at, at.counts.mnc)
    return _cells(at, at.counts.lymphocytes) if count.of == "lymphocytes" else _white_cells(at)


def mnc(at: At) -> Iterator[str]:
    """MNC as a concentration."""
    return _subset(at, at.counts.mnc)


def cd3(at: At) -> Iterator[str]:
    """CD3⁺ cells as a concentration."""
    return _subset(at, at.counts.cd3)


def lymphocytes(at: At) -> Iterator[str]:
    """Lymphocytes as a concentration."""
    return _subset(at, at.counts.lymphocytes)


def _subset(at: At, count: Subset | None) -> Iterator[str]:
    if count is None:
        return
    if not count.is_share:
        yield _concentration(at, count)
        return
    whole, cells = _whole(at, count), _cells(at, count)
    if whole is not None and cells is not None:
        share = at.words.entered(count.as_entered)
        part = at.equal(cells / exact(CONCENTRATION_UNITS[_MILLIONS]), _MILLIONS)
        yield at.says(say.SHARE, share=share, whole=_in_millions(at, whole), part=part)


def volume_of(product: Product) -> Fraction | None:
    """The volume that is entered for a bag, read off or weighed; ``None`` where it is not known."""
    volume = product.volume
    if volume is None or volume.value is not None:
        return None if volume is None else volume.exact
    if volume.gross is None or volume.tare is None or volume.density is None or volume.density.amount == 0:
        return None
    return (volume.gross.grams - volume.tare.grams) / volume.density.exact


def weighed(at: At) -> Iterator[str]:
    """The volume that the weighing gives."""
    volume = volume_of(at.bag)
    if volume is not None and volume > 0 and at.bag.volume and at.bag.volume.gross is not None:
        yield at.equal(volume, "mL")


def withheld(at: At) -> Iterator[str]:
    """What is left to give."""
    volume, withheld = volume_of(at.bag), at.bag.withheld
    if volume is not None and withheld is not None and volume >= withheld.exact:
        yield at.says(say.LEAVES, volume=at.amount(volume - withheld.exact, "mL"))


def processed(at: At) -> Iterator[str]:
    """What the processing did to the concentration."""
    done = at.counts.processed_after_count
    if done is not None and done.from_ and done.to and done.recovery and done.to.amount > 0:
        factor = processing_factor(done.from_.exact, done.to.exact, done.recovery.exact)
        yield at.says(say.CONCENTRATION_TIMES, factor=shown(factor))
