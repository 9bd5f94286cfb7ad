"""What was entered for each bag, as it was typed: the part of the order that the laboratory can check line by line."""

from collections.abc import Iterator

from dlicalc.domain.case import Case
from dlicalc.domain.entered import Measured
from dlicalc.domain.product import (
    NOTHING_COUNTED,
    BagVolume,
    Counts,
    Processing,
    Product,
    Recovery,
    Subset,
    Viability,
    WhiteCells,
)
from dlicalc.services.order_text import NOTHING, bag_number, moment_text
from dlicalc.services.sheet import Field, Fields
from dlicalc.services.wording import Words
from dlicalc.services.wording import order as say


def entries(case: Case, words: Words) -> Iterator[Fields]:
    """One section per bag."""
    for index, product in enumerate(case.products):
        heading = f"{words(say.ENTERED)}: {words(say.BAG, bag=index + 1)}, {bag_number(product, words)}"
        fields = (*_bag(product, words), *_counts(product.counts or NOTHING_COUNTED, words))
        yield Fields(heading, fields)


def _bag(product: Product, words: Words) -> Iterator[Field]:
    yield Field(words(say.PRODUCT_CODE), product.product_code or NOTHING)
    yield Field(words(say.STATE), words.term(product.state))
    yield Field(words(say.BLOOD_GROUP), product.abo_rhd or NOTHING)
    yield Field(words(say.COLLECTED), moment_text(product.collected_at))
    yield Field(words(say.COUNTED_AT), moment_text(product.counted_at))
    yield Field(words(say.EXPIRY), moment_text(product.expires_at))
    yield Field(words(say.BAG_VOLUME), volume_text(product.volume, words))
    yield Field(words(say.WITHHELD), _measured(product.withheld, words))
    yield Field(words(say.HEMATOCRIT), _measured(product.hematocrit, words))
    if product.dmso is not None or product.state == "cryopreserved":
        yield Field(words(say.DMSO), _measured(product.dmso, words))


def _counts(counts: Counts, words: Words) -> Iterator[Field]:
    yield Field(words(say.COUNT_BASIS), words(say.COUNTED[counts.counted]) if counts.counted else words.term(None))
    yield Field(words(say.WHITE_CELLS), count_text(counts.wbc, words))
    if counts.nrbc_per_100_wbc is not None:
        yield Field(words(say.NRBC), counts.nrbc_per_100_wbc.text)
    yield Field(words(say.MNC), count_text(counts.mnc, words))
    yield Field(words(say.CD3), count_text(counts.cd3, words))
    if counts.lymphocytes is not None:
        yield Field(words(say.LYMPHOCYTES), count_text(counts.lymphocytes, words))
    yield Field(words(say.VIABILITY), _viability(counts.viability, words))
    if counts.recovery is not None and (counts.recovery.mnc or counts.recovery.cd3):
        yield Field(words(say.RECOVERY), _recovery(counts.recovery, words))
    if counts.processed_after_count is not None and counts.processed_after_count != Processing():
        yield Field(words(say.PROCESSED), _processing(counts.processed_after_count, words))


def _measured(measured: Measured | None, words: Words) -> str:
    return NOTHING if measured is None else words.entered(measured.as_entered)


def volume_text(volume: BagVolume | None, words: Words) -> str:
    """A volume as it was entered, read off or weighed."""
    if volume is None:
        return NOTHING
    if volume.value is not None:
        return words.entered(volume.as_entered)
    if volume.gross is None and volume.tare is None and volume.density is None:
        return NOTHING
    parts = ((say.GROSS, volume.gross), (say.TARE, volume.tare), (say.DENSITY, volume.density))
    return ", ".join(f"{words(label)} {_measured(part, words)}" for label, part in parts)


def count_text(count: WhiteCells | Subset | None, words: Words) -> str:
    """A count as it was entered, with what it is a share of, or its dilution."""
    if count is None:
        return NOTHING
    text = words.entered(count.as_entered)
    if isinstance(count, Subset) and count.is_share:
        return f"{text} {words(say.OF[count.of])}" if count.of else text
    return text if count.multiply_by is None else f"{text} × {count.multiply_by.text}"


def _viability(viability: Viability | None, words: Words) -> str:
    if viability is None:
        return NOTHING
    text = f"{words.entered(viability.as_entered)} ({words.term(viability.measured)})"
    if viability.applies_to is None:
        return f"{text}, {words(say.APPLIED_TO)}: {words.term(None)}"
    if not viability.applies_to:
        return f"{text}, {words(say.APPLIED_BEFORE)}"
    return f"{text}, {words(say.APPLIED_TO)} {words.term('+'.join(sorted(viability.applies_to, reverse=True)))}"


def _recovery(recovery: Recovery, words: Words) -> str:
    shares = f"{words(say.MNC)} {_measured(recovery.mnc, words)}, {words(say.CD3)} {_measured(recovery.cd3, words)}"
    return f"{shares}, {words(say.SOURCE)}: {recovery.source or NOTHING}"


def _processing(processing: Processing, words: Words) -> str:
    volumes = f"{_measured(processing.from_, words)} → {_measured(processing.to, words)}"
    return f"{volumes}, {words(say.CELLS_KEPT)} {_measured(processing.recovery, words)}"
