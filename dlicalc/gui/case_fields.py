"""Every entry of the case format as data: where it is kept, what it is called, how it is typed."""

from functools import lru_cache
from typing import Final, get_args

from dlicalc.domain.entered import Answer, BloodGroup, ConcentrationUnit
from dlicalc.domain.plan import Filter, Rule
from dlicalc.domain.product import Counted
from dlicalc.gui.fields import Cell, Kind, Row, Section, best, rows, template_of
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import BAG_FIELD, FIELDS

_ANSWERS: Final[tuple[str, ...]] = get_args(Answer)
_GROUPS: Final[tuple[str, ...]] = get_args(BloodGroup)
_CONCENTRATIONS: Final[tuple[str, ...]] = get_args(ConcentrationUnit)
_COUNTED: Final[tuple[str, ...]] = get_args(Counted)


def _text(path: str, width: int = 28) -> Row:
    return Row(path, (Cell(path, Kind.TEXT, width=width),))


def _date(path: str) -> Row:
    return Row(path, (Cell(path, Kind.DATE),))


def _moment(path: str) -> Row:
    return Row(path, (Cell(path, Kind.MOMENT),))


def _answer(path: str) -> Row:
    return Row(path, (Cell(path, Kind.CHOICE, _ANSWERS),))


def _choice(path: str, *options: str, group: str = "") -> Row:
    return Row(path, (Cell(path, Kind.CHOICE, options, group=group),))


def _pick(path: str, options: tuple[str, ...], group: str = "") -> Row:
    return Row(path, (Cell(path, Kind.PICK, options, group=group),))


def _amount(path: str, *units: str) -> Row:
    return Row(path, (Cell(path, Kind.QUANTITY, units),))


def _lab(path: str, *units: str) -> Row:
    limit = Cell(f"{path}.upper_limit", Kind.NUMBER, caption="labs.upper_limit")
    sample = Cell(f"{path}.collected_on", Kind.DATE, caption="labs.collected_on")
    return Row(path, (Cell(path, Kind.QUANTITY, units), limit, sample))


def _count(path: str, *units: str) -> Row:
    dilution = Cell(f"{path}.multiply_by", Kind.NUMBER, caption="products.counts.multiply_by", width=5)
    return Row(path, (Cell(path, Kind.QUANTITY, (*units, *_CONCENTRATIONS)), dilution))


def _share(path: str) -> Row:
    """A count that may be a percentage, of white cells and of nothing else."""
    count, dilution = _count(path, "%").cells
    return Row(path, (count, Cell(f"{path}.of", Kind.CHOICE, ("wbc",), group="share_of"), dilution))


def _part(path: str, *units: str) -> Cell:
    return Cell(path, Kind.QUANTITY, units, caption=path)


_WEEKS: Final = "infusion.gvhd_prophylaxis_weeks"

RECIPIENT: Final = (
    Section(
        "recipient",
        (
            _text("recipient.name"),
            _text("recipient.mrn", 16),
            _text("recipient.trial_subject", 16),
            _date("recipient.birth_date"),
            _choice("recipient.sex", "female", "male"),
            Row(
                "recipient.weight",
                (
                    Cell("recipient.weight", Kind.QUANTITY, ("kg", "g", "[lb_av]")),
                    Cell("recipient.weight.measured_on", Kind.DATE, caption="recipient.weight.measured_on"),
                ),
            ),
            _amount("recipient.height", "cm", "m", "[in_i]"),
            _pick("recipient.abo_rhd", _GROUPS),
            _text("recipient.allergies", 40),
        ),
    ),
    Section(
        "donor",
        (
            _text("donor.id", 16),
            _pick("donor.relationship", ("sibling", "parent", "child", "other-relative", "unrelated")),
            _pick("donor.match", ("fully-matched", "haploidentical", "mismatched-unrelated", "other")),
            _text("donor.hla_match", 8),
            _pick("donor.abo_rhd", _GROUPS),
            _date("transplant.day_0"),
        ),
    ),
    Section(
        "plan",
        (
            _choice("infusion.arm", "prophylactic", "preemptive"),
            _moment("infusion.planned_start"),
            _pick("infusion.filter", get_args(Filter)),
            _choice("infusion.gvhd_prophylaxis", "ciclosporin", "methotrexate"),
            Row(
                _WEEKS,
                tuple(
                    Cell(f"{_WEEKS}.{end}", Kind.NUMBER, caption=f"{_WEEKS}.{end}", width=5) for end in ("from", "to")
                ),
            ),
        ),
    ),
    Section(
        "chemotherapy",
        (
            _answer("infusion.mrd_positive"),
            _pick("infusion.chemotherapy.regimen", ("HAA", "AA", "HA", "VA")),
            _moment("infusion.chemotherapy.last_dose_at"),
        ),
    ),
)

ELIGIBILITY: Final = (
    Section(
        "inclusion",
        (
            _choice("transplant.disease", "AML", "MDS-IB", "other", group="disease"),
            _answer("transplant.philadelphia_positive"),
            _amount("transplant.marrow_blasts_before_conditioning", "%"),
            _answer("transplant.mrd_negative_within_1_month"),
            _answer("transplant.relapse_within_30_days"),
            _answer("transplant.consent"),
        ),
    ),
    Section(
        "labs",
        (
            _lab("labs.creatinine", "umol/L", "mg/dL"),
            _lab("labs.alt", "U/L", "ukat/L"),
            _lab("labs.ast", "U/L", "ukat/L"),
            _lab("labs.bilirubin", "umol/L", "mg/dL"),
            _lab("labs.cystatin_c", "mg/L"),
        ),
    ),
    Section(
        "organs",
        (
            _answer("organs.severe_cirrhosis"),
            _answer("organs.portal_hypertension"),
            _answer("organs.active_liver_disease"),
            _answer("organs.dialysis"),
            _choice("organs.nyha_class", "I", "II", "III", "IV", "unknown"),
            _answer("organs.cardiac_event_within_6_months"),
            _date("organs.last_cardiac_event_on"),
            Row(
                "organs.lvef",
                (
                    Cell("organs.lvef", Kind.QUANTITY, ("%",)),
                    Cell(
                        "organs.lvef.method",
                        Kind.PICK,
                        ("echo-doppler", "mri", "muga", "other"),
                        caption="organs.lvef.method",
                    ),
                ),
            ),
            _answer("organs.uncontrolled_arrhythmia"),
            _answer("organs.long_term_oxygen"),
            Row(
                "organs.spo2",
                (
                    Cell("organs.spo2", Kind.QUANTITY, ("%",)),
                    Cell("organs.spo2.on_room_air", Kind.CHOICE, _ANSWERS, caption="organs.spo2.on_room_air"),
                ),
            ),
        ),
    ),
    Section(
        "exclusions",
        (
            _answer("exclusions.active_uncontrolled_gvhd"),
            _answer("exclusions.severe_infection"),
            _answer("exclusions.other_trial_within_3_months"),
            _answer("exclusions.investigator_unsuitable"),
        ),
    ),
)

_VOLUME: Final = "products.volume"
_VIABILITY: Final = "products.counts.viability"
_RECOVERY: Final = "products.counts.recovery"
_PROCESSED: Final = "products.counts.processed_after_count"

PRODUCT: Final = (
    Section(
        "identity",
        (
            Row(
                "products.din",
                (
                    Cell("products.din", Kind.TEXT, width=17),
                    Cell("products.din_check", Kind.TEXT, caption="products.din_check", width=3),
                ),
            ),
            _text("products.product_code", 12),
            _text("products.local_id", 16),
            _choice("products.state", "fresh", "cryopreserved"),
            _pick("products.abo_rhd", _GROUPS),
        ),
    ),
    Section("times", tuple(_moment(f"products.{name}") for name in ("collected_at", "counted_at", "expires_at"))),
    Section(
        "volume",
        (
            _amount(_VOLUME, "mL"),
            Row(
                f"{_VOLUME}.gross",
                (
                    _part(f"{_VOLUME}.gross", "g"),
                    _part(f"{_VOLUME}.tare", "g"),
                    _part(f"{_VOLUME}.density", "g/mL"),
                ),
            ),
            _amount("products.withheld", "mL"),
        ),
    ),
    Section(
        "counts",
        (
            _choice("products.counts.counted", *_COUNTED),
            _count("products.counts.wbc"),
            Row("products.counts.nrbc_per_100_wbc", (Cell("products.counts.nrbc_per_100_wbc", Kind.NUMBER),)),
            _share("products.counts.mnc"),
            _count("products.counts.cd3", "%"),
            _choice("products.counts.cd3.of", "wbc", "mnc", "lymphocytes", group="cd3_of"),
            _share("products.counts.lymphocytes"),
        ),
    ),
    Section(
        "survival",
        (
            Row(
                _VIABILITY,
                (
                    Cell(_VIABILITY, Kind.QUANTITY, ("%",)),
                    Cell(f"{_VIABILITY}.measured", Kind.PICK, _COUNTED, caption=f"{_VIABILITY}.measured"),
                ),
            ),
            _pick(f"{_VIABILITY}.applies_to", ("mnc+cd3", "mnc", "cd3", "none"), "applies"),
            Row(_RECOVERY, (_part(f"{_RECOVERY}.mnc", "%"), _part(f"{_RECOVERY}.cd3", "%"))),
            _text(f"{_RECOVERY}.source"),
            Row(
                _PROCESSED,
                (
                    _part(f"{_PROCESSED}.from", "mL"),
                    _part(f"{_PROCESSED}.to", "mL"),
                    _part(f"{_PROCESSED}.recovery", "%"),
                ),
            ),
        ),
    ),
    Section("content", (_amount("products.dmso", "%"), _amount("products.hematocrit", "%"))),
)

DOSE: Final = (
    Section(
        "dose_rule",
        (
            _choice("infusion.dose_rule.rule", *get_args(Rule), group="rule"),
            _text("infusion.dose_rule.set_by"),
            _text("infusion.dose_rule.reason", 40),
        ),
    ),
)

PAGES: Final = (RECIPIENT, ELIGIBILITY, PRODUCT, DOSE)

_ALL_ROWS: Final = tuple(row for page in PAGES for row in rows(page))
_PLACES: Final = {
    place: position
    for position, row in enumerate(_ALL_ROWS)
    for place in (*(cell.path for cell in row.cells), row.label)
}
_SECTIONS: Final = frozenset(
    ".".join(keys[:length]) for keys in (place.split(".") for place in _PLACES) for length in range(1, len(keys))
).difference(_PLACES)
"""Paths below which there are rows, and that are none themselves."""


def label_of(path: str, words: Words) -> str:
    """The label of the row that holds ``path``, with its bag; empty if the path is a whole section."""
    template, bag = template_of(path)
    number = None if bag is None else bag + 1
    row = _row_of(template)
    label = "" if row is None else words(FIELDS[row])
    if number is None:
        return label
    return words.translate(BAG_FIELD).format(number=number, label=label) if label else ""


@lru_cache(maxsize=512)
def _row_of(template: str) -> str | None:
    """The row that holds the entry ``template``; looked for once, since every finding asks at every keystroke."""
    position = None if template in _SECTIONS else best(template, _PLACES)
    return None if position is None else _ALL_ROWS[position].label
