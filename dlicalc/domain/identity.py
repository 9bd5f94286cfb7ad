"""Whether each bag is the right one, and the donor described without contradiction.

A bag by its number, its product code, its blood group, and because no bag stands in the list twice.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from dlicalc.domain import isbt128
from dlicalc.domain.finding import Finding, note, review, stop
from dlicalc.domain.product import Product
from dlicalc.domain.recipient import Donor

_UNRELATED_IF: Final[Mapping[str, bool]] = {"haploidentical": False, "mismatched-unrelated": True}
"""Donor match → whether the donor must be unrelated, or must not."""


def bag_findings(products: Sequence[Product]) -> list[Finding]:
    """Whether each bag is named beyond doubt, is meant for this use, and stands in the list once."""
    findings: list[Finding] = []
    for index, product in enumerate(products):
        path = f"products.{index}"
        findings += _number_findings(product, path)
        findings += _code_findings(product, path)
        first = next((place for place in range(index) if _may_be_same(products[place], product)), None)
        if first is not None:
            findings.append(stop("product.duplicate", path, first=first + 1))
    return findings


def _may_be_same(one: Product, other: Product) -> bool:
    """Whether two entries may name one bag; divisions of a donation differ in product code or local number."""
    local = _differ(one.local_id, other.local_id)
    if local is False:
        return True
    return bool(one.din) and one.din == other.din and not local and not _differ(one.product_code, other.product_code)


def _differ(one: str | None, other: str | None) -> bool | None:
    """Whether two texts differ in more than the spaces around them; ``None`` if one is unknown."""
    return None if one is None or other is None else one.strip() != other.strip()


def _number_findings(product: Product, path: str) -> list[Finding]:
    if product.din is None:
        if product.local_id is None:
            return [stop("product.number-unknown", f"{path}.din")]
        return []
    if not isbt128.is_din(product.din):
        return [stop("product.din-form", f"{path}.din", din=product.din)]
    if product.din_check is None:
        return [review("product.din-unchecked", f"{path}.din_check")]
    if product.din_check != isbt128.check_character(product.din):
        return [stop("product.din-check", f"{path}.din_check", din=product.din, check=product.din_check)]
    return []


def _code_findings(product: Product, path: str) -> list[Finding]:
    code = product.product_code
    if code is None:
        return [review("product.code-unknown", f"{path}.product_code")] if product.din is not None else []
    if not isbt128.is_product_code(code):
        return [review("product.code-form", f"{path}.product_code", product_code=code)]
    if code.startswith(isbt128.CD34_ENRICHED):
        return [stop("product.cd34-enriched", f"{path}.product_code", product_code=code)]
    if isbt128.donation_type(code) == isbt128.AUTOLOGOUS_ONLY:
        return [stop("product.autologous", f"{path}.product_code", product_code=code)]
    return []


def donor_findings(donor: Donor) -> list[Finding]:
    """Whether what is said of the donor's match fits together; it sets how long GVHD prophylaxis lasts."""
    findings: list[Finding] = []
    if donor.match is None:
        return findings
    if donor.hla_match is not None and not _fits_hla(donor.match, donor.hla_match):
        findings.append(review("donor.hla-conflict", "donor.hla_match", match=donor.match, hla=donor.hla_match))
    expected = _UNRELATED_IF.get(donor.match)
    if expected is not None and donor.relationship is not None and (donor.relationship == "unrelated") is not expected:
        given = {"match": donor.match, "relationship": donor.relationship}
        findings.append(review("donor.relationship-conflict", "donor.relationship", **given))
    return findings


def _fits_hla(match: str, hla: str) -> bool:
    """Half of the alleles come from each parent: a haploidentical relative has at least half of them, not all."""
    alike, tested = map(int, hla.split("/"))
    return {
        "fully-matched": alike == tested,
        "haploidentical": tested <= 2 * alike and alike < tested,
        "mismatched-unrelated": alike < tested,
    }.get(match, True)


class BloodGroups(NamedTuple):
    """Doubts about ABO and RhD, and whether red cells or plasma of some bag are incompatible."""

    findings: list[Finding]
    red_cells_incompatible: bool
    plasma_incompatible: bool


def match_blood_groups(products: Sequence[Product], recipient: str | None, donor: str | None) -> BloodGroups:
    """Hold the group of every bag against the recipient's and the donor's."""
    findings = [] if recipient else [review("recipient.blood-group-unknown", "recipient.abo_rhd")]
    for index, product in enumerate(products):
        findings += _group_findings(product.abo_rhd, recipient, donor, f"products.{index}.abo_rhd")
    codes = {finding.code for finding in findings}
    return BloodGroups(findings, "product.red-cells-incompatible" in codes, "product.plasma-incompatible" in codes)


def _group_findings(group: str | None, recipient: str | None, donor: str | None, path: str) -> list[Finding]:
    if group is None:
        return [review("product.blood-group-unknown", path)]
    findings = []
    if donor is not None and group != donor:
        findings.append(stop("product.blood-group-conflict", path, product=group, donor=donor))
    if recipient is None or recipient == group:
        return findings
    given = {"product": group, "recipient": recipient}
    if _antigens(group) - _antigens(recipient):
        findings.append(review("product.red-cells-incompatible", path, **given))
    if group.endswith("Pos") and recipient.endswith("Neg"):
        findings.append(review("product.rhd-incompatible", path, **given))
    if _antigens(recipient) - _antigens(group):
        findings.append(note("product.plasma-incompatible", path, **given))
    return findings


def _antigens(group: str) -> frozenset[str]:
    return frozenset(group.split(maxsplit=1)[0]) - {"O"}
