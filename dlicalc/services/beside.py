"""What the words beside an entry are made from: the snapshot, the bag, the language."""

from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from dlicalc.domain.product import NOTHING_COUNTED, Counts, Product
from dlicalc.services.numbers import shown
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words


class At(NamedTuple):
    """Where a row is: its snapshot, its bag, its words."""

    snapshot: Snapshot
    bag: Product
    words: Words

    @property
    def start(self) -> datetime | None:
        """When the infusion is planned."""
        return self.snapshot.case.infusion.planned_start

    @property
    def counts(self) -> Counts:
        """What was counted in the bag."""
        return self.bag.counts or NOTHING_COUNTED

    def amount(self, value: Fraction, unit: str) -> str:
        """``200 × 10⁶/mL``."""
        name = self.words.unit(unit)
        return f"{shown(value)}{'' if name.startswith('/') else ' '}{name}"

    def equal(self, value: Fraction, unit: str) -> str:
        """``= 70 kg``, or ``≈ 69.853 kg`` where it is shortened."""
        text = self.amount(value, unit)
        return text if text.startswith("≈") else f"= {text}"

    def says(self, sentence: str, **params: object) -> str:
        """A sentence of this language, filled with texts."""
        return self.words.translate(sentence).format(**params)
