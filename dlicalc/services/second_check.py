"""What the second person enters: when it is complete, what of it cannot be read, and how a difference is worded."""

import unicodedata
from typing import Final

from dlicalc.domain.case import Case
from dlicalc.domain.comparison import Difference, Entry
from dlicalc.domain.isbt128 import check_character, is_din
from dlicalc.domain.product import BagVolume, Counts, Product, Subset, WhiteCells
from dlicalc.domain.recipient import Weight
from dlicalc.services.order_entries import count_text, volume_text
from dlicalc.services.problem import Problem
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.services.wording import check as say

_CHARACTERS: Final = 13
_SCANNED: Final = len("=") + _CHARACTERS + len("00")
"""What a scanner sends of the bar code of a donation number: identifier, number, flags."""
_LEAVES: Final = {
    "weight": ("value", "unit"),
    "volume": (
        "value",
        "unit",
        *(f"{part}.{leaf}" for part in ("gross", "tare", "density") for leaf in ("value", "unit")),
    ),
    "wbc": ("value", "unit", "multiply_by"),
    "mnc": ("value", "unit", "of", "multiply_by"),
    "cd3": ("value", "unit", "of", "multiply_by"),
}
"""Last part of an entry's path → the texts it is made of."""


def read_din(text: str) -> tuple[str, str]:
    """The donation number that was typed or scanned, and the code of what is wrong with it: one of them is empty."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if len(plain) == _SCANNED and plain.startswith("="):
        plain = plain[1 : 1 + _CHARACTERS]
    din, check = plain[:_CHARACTERS], plain[_CHARACTERS:]
    if not is_din(din) or len(check) > 1:
        return "", "din_form"
    return ("", "din_check") if check and check != check_character(din) else (din, "")


def problems_of(second: Snapshot) -> tuple[Problem, ...]:
    """What cannot be read in the second person's entries; donation numbers are read more strictly than elsewhere."""
    found = list(second.problems)
    for index, product in enumerate(second.case.products):
        if product.din is not None and (wrong := read_din(product.din)[1]):
            found.append(Problem(f"products.{index}.din", wrong, {"text": product.din or ""}))
    return tuple(found)


def read_entries(second: Snapshot) -> Case:
    """The second person's entries, all of them readable."""
    products = tuple(
        product if product.din is None else product.model_copy(update={"din": read_din(product.din)[0]})
        for product in second.case.products
    )
    return second.case.model_copy(update={"products": products})


def missing(second: Case) -> list[str]:
    """What is still to be entered, whatever the first person entered: an empty entry would only fish for theirs."""
    paths = [] if second.recipient.weight is not None else ["recipient.weight"]
    if not second.products:
        paths.append("products")
    for index, product in enumerate(second.products):
        paths += [f"products.{index}.{name}" for name in _missing_in(product)]
    return paths


def _missing_in(product: Product) -> list[str]:
    counts = product.counts or Counts()
    names = [] if product.din or product.local_id else ["din"]
    if not _has_volume(product.volume):
        names.append("volume")
    shares = [subset is None or subset.is_share for subset in (counts.mnc, counts.cd3)]
    if counts.wbc is None and any(shares):
        names.append("counts.wbc")
    return [*names, *(f"counts.{name}" for name in ("mnc", "cd3") if getattr(counts, name) is None)]


def _has_volume(volume: BagVolume | None) -> bool:
    return volume is not None and (volume.value is not None or all((volume.gross, volume.tare, volume.density)))


def texts_of(path: str) -> list[str]:
    """The paths of all texts that the entry at ``path`` is made of."""
    leaves = _LEAVES.get(path.rpartition(".")[2])
    return [path] if leaves is None else [f"{path}.{leaf}" for leaf in leaves]


def entry_text(entry: Entry, words: Words) -> str:
    """What one of the two entered, for people."""
    if entry is None:
        return words(say.NOTHING_ENTERED)
    if isinstance(entry, Weight):
        return words.entered(entry.as_entered)
    if isinstance(entry, BagVolume):
        return volume_text(entry, words)
    return count_text(entry, words) if isinstance(entry, WhiteCells | Subset) else str(entry)


def difference_texts(difference: Difference, words: Words) -> tuple[str, str]:
    """What the first and the second person entered there."""
    return entry_text(difference.first, words), entry_text(difference.second, words)
