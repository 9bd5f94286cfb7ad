"""Small texts that several parts of the order share: moments, days, amounts, places of findings."""

from datetime import date, datetime
from fractions import Fraction
from typing import Final

from dlicalc.domain.dose import Dose
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Finding
from dlicalc.domain.isbt128 import check_character, is_din
from dlicalc.domain.product import Product
from dlicalc.services.numbers import MILLION, power_of_ten, shown
from dlicalc.services.sheet import OR_LINE
from dlicalc.services.wording import Words
from dlicalc.services.wording import order as say

NOTHING: Final = "—"
UNBROKEN: Final = "\u00a0"
"""A space at which no line ends."""
SHORT_DIGEST: Final = 12
_WAN: Final = 10**4
BLANK: Final = "_" * 20
"""To be written on the paper."""
_YI: Final = 10**8
_DIN_GROUPS: Final = (5, 7)
"""Where a donation number is divided on labels: country and facility, year, serial number."""


def moment_text(moment: datetime | None) -> str:
    """Date, 24-hour time and offset as entered; seconds only where there are any."""
    if moment is None:
        return NOTHING
    text = moment.isoformat(sep=" ", timespec="auto" if moment.second or moment.microsecond else "minutes")
    time_end = len(text) - len("+00:00")
    return f"{text[:time_end]} {text[time_end:]}"


def date_text(day: date | None) -> str:
    """The date as YYYY-MM-DD."""
    return day.isoformat() if day is not None else NOTHING


def day_text(day: int | None) -> str:
    """A day after transplant as ``+48``; a day before it as ``−3``."""
    if day is None:
        return NOTHING
    return f"+{day}" if day >= 0 else f"−{-day}"


def millilitres(volume: Fraction | None) -> str:
    """A volume in mL."""
    return f"{shown(volume)} mL" if volume is not None else NOTHING


def wan_text(cells: Fraction) -> str:
    """A number of cells in the units in which Chinese counts: ``7500 万``, ``1 亿``."""
    unit, name = (_YI, "亿") if cells >= _YI else (_WAN, "万")
    return f"{shown(cells / unit).replace(',', '')}{UNBROKEN}{name}"


def targets_text(evaluation: Evaluation, words: Words) -> str:
    """The targets as the protocol writes them, and in words, so that no exponent is misread."""
    targets = evaluation.protocol.targets
    mnc, cd3 = targets.mnc_per_kg.value, targets.cd3_per_kg.value
    powers = {"mnc": power_of_ten(mnc), "cd3": power_of_ten(cd3)}
    return words(say.TARGETS, **powers, **_counted("mnc", mnc), **_counted("cd3", cd3))


def given_text(dose: Dose, words: Words) -> str:
    """Both doses of the ordered volume in words."""
    return words(say.IN_WORDS, **_counted("mnc", dose.mnc_per_kg), **_counted("cd3", dose.cd3_per_kg))


def _counted(name: str, cells: Fraction) -> dict[str, str]:
    """A number of cells in the counting units of both languages; a sentence takes those of its own."""
    return {f"{name}_million": shown(cells / MILLION), f"{name}_wan": wan_text(cells)}


def short_digest(digest: str) -> str:
    """The first characters of a digest, enough to compare by eye."""
    return digest.partition(":")[2][:SHORT_DIGEST] or digest[:SHORT_DIGEST]


def din_is_sound(product: Product) -> bool:
    """Whether the bag has a well-formed donation number that its check character, if entered, confirms."""
    if product.din is None or not is_din(product.din):
        return False
    return product.din_check is None or product.din_check == check_character(product.din)


def bag_number(product: Product, words: Words) -> str:
    """The donation number in the groups of the label, or the number the site gave the bag."""
    din = product.din
    if din is None:
        return product.local_id or words(say.NO_NUMBER)
    if not din_is_sound(product):
        return din
    first, second = _DIN_GROUPS
    return f"{din[:first]} {din[first:second]} {din[second:]}"


def unsplit(label: str) -> str:
    """A label that begins a longer text, where a line ends between its languages as little as elsewhere."""
    return label.replace(OR_LINE, " ")


def finding_text(finding: Finding, words: Words) -> str:
    """The sentence of a finding; one about a bag says which."""
    parts = finding.path.split(".")
    if parts[0] == "products" and len(parts) > 1:
        return f"{unsplit(words(say.BAG, bag=int(parts[1]) + 1))}: {words.finding(finding)}"
    return words.finding(finding)


def ruling_text(finding: Finding, words: Words) -> str:
    """Who decided a stop, when and why; nothing if nobody did."""
    if finding.ruling is None:
        return ""
    ruling = finding.ruling
    at = f", {moment_text(datetime.fromisoformat(ruling.at))}" if ruling.at else ""
    return f"{words(say.DECIDED_BY)} {ruling.by}{at}: {ruling.reason}"
