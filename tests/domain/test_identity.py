"""The right bag: numbers, product codes, blood groups."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.domain.identity import bag_findings, donor_findings, match_blood_groups
from dlicalc.domain.product import Product
from dlicalc.domain.recipient import Donor
from tests.domain.entries import codes, labelled, product

OTHER_BAG = {"din": "A999926000005", "din_check": "0"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"din": None, "din_check": None, "product_code": None, "local_id": "B-7"}, []),
        ({"din": None}, [("product.number-unknown", "stop", "products.0.din")]),
        ({"din": "A99992600012"}, [("product.din-form", "stop", "products.0.din")]),
        ({"din_check": None}, [("product.din-unchecked", "review", "products.0.din_check")]),
        ({"din_check": "Q"}, [("product.din-check", "stop", "products.0.din_check")]),
        ({"din_check": "PP"}, [("product.din-check", "stop", "products.0.din_check")]),
        ({"din_check": "p"}, [("product.din-check", "stop", "products.0.din_check")]),
        ({"din": "A999926000005", "din_check": "O"}, [("product.din-check", "stop", "products.0.din_check")]),
        ({"product_code": None}, [("product.code-unknown", "review", "products.0.product_code")]),
        ({"product_code": "S12954"}, [("product.code-form", "review", "products.0.product_code")]),
        ({"product_code": "S1310400"}, [("product.cd34-enriched", "stop", "products.0.product_code")]),
        ({"product_code": "S1128100"}, [("product.autologous", "stop", "products.0.product_code")]),
        ({"product_code": "S1128V00"}, []),
    ],
)
def test_number_and_code(changes: dict[str, Any], found: list[tuple[str, str, str]]) -> None:
    assert labelled(bag_findings([product(**changes)])) == found


LOCAL = {"din": None, "din_check": None, "product_code": None}


@pytest.mark.parametrize(
    ("bags", "twice"),
    [
        ([product(), product()], True),
        ([product(), product(**OTHER_BAG)], False),
        ([product(), product(product_code="S12954B0")], False),  # another division of one donation
        ([product(**LOCAL, local_id="7"), product(**LOCAL, local_id="7")], True),
        ([product(**LOCAL, local_id="7"), product(**LOCAL, local_id="8")], False),
        ([product(**LOCAL), product(**LOCAL)], False),  # nothing is known of either
        ([product(), product(product_code=None)], True),  # nothing says that it is another division
        ([product(), product(product_code="S12954A0 ")], True),
        ([product(local_id="7"), product(local_id="8")], False),
        ([product(**OTHER_BAG, local_id="7"), product(local_id="7 ")], True),
        ([product(), product(**LOCAL, local_id="7")], False),
    ],
)
def test_bag_stands_once_in_the_list(bags: list[Product], twice: bool) -> None:
    found = [finding for finding in bag_findings(bags) if finding.code == "product.duplicate"]
    assert labelled(found) == ([("product.duplicate", "stop", "products.1")] if twice else [])


def test_third_bag_names_the_first_that_it_repeats() -> None:
    bags = [product(**OTHER_BAG), product(), product()]
    assert [finding.params for finding in bag_findings(bags)] == [{"first": 2}]


RED, PLASMA, RHD = "product.red-cells-incompatible", "product.plasma-incompatible", "product.rhd-incompatible"
GROUPS = ("O", "A", "B", "AB")
# Red cells carry, plasma is directed against: textbook ABO. Rows: bag, columns: recipient O, A, B, AB.
MAJOR = {"O": "----", "A": "x-x-", "B": "xx--", "AB": "xxx-"}
MINOR = {"O": "-xxx", "A": "--xx", "B": "-x-x", "AB": "----"}


@pytest.mark.parametrize("recipient", GROUPS)
@pytest.mark.parametrize("bag", GROUPS)
def test_abo(bag: str, recipient: str) -> None:
    match = match_blood_groups([product(abo_rhd=f"{bag} Pos")], f"{recipient} Pos", None)
    major, minor = (table[bag][GROUPS.index(recipient)] == "x" for table in (MAJOR, MINOR))
    assert (match.red_cells_incompatible, match.plasma_incompatible) == (major, minor)
    assert codes(match.findings) == [RED] * major + [PLASMA] * minor


@pytest.mark.parametrize(
    ("bag", "recipient", "found"),
    [("A Pos", "A Neg", [RHD]), ("A Neg", "A Pos", []), ("A Neg", "A Neg", []), ("A Pos", "O Neg", [RED, RHD]),
     ("O Pos", "A Neg", [RHD, PLASMA])],
)  # fmt: skip
def test_rhd(bag: str, recipient: str, found: list[str]) -> None:
    assert codes(match_blood_groups([product(abo_rhd=bag)], recipient, None).findings) == found


def test_severity_of_mismatches() -> None:
    match = match_blood_groups([product(abo_rhd="A Pos"), product(abo_rhd="O Neg")], "B Neg", None)
    path = "products.{}.abo_rhd"
    assert labelled(match.findings) == [
        (RED, "review", path.format(0)), (RHD, "review", path.format(0)), (PLASMA, "note", path.format(0)),
        (PLASMA, "note", path.format(1)),
    ]  # fmt: skip


def test_bag_of_another_group_than_the_donor() -> None:
    """After a transplant the recipient may have the donor's group; the bag must."""
    match = match_blood_groups([product(abo_rhd="A Neg")], None, "A Pos")
    assert labelled(match.findings) == [
        ("recipient.blood-group-unknown", "review", "recipient.abo_rhd"),
        ("product.blood-group-conflict", "stop", "products.0.abo_rhd"),
    ]


def test_unknown_group_of_a_bag() -> None:
    match = match_blood_groups([product(abo_rhd=None)], "A Pos", "A Pos")
    assert labelled(match.findings) == [("product.blood-group-unknown", "review", "products.0.abo_rhd")]


@pytest.mark.parametrize(
    ("match", "hla", "fits"),
    [
        # Of two alleles at each locus a haploidentical relative has at least one; 10/10 is what "fully matched" means.
        ("fully-matched", "10/10", True), ("fully-matched", "8/8", True), ("fully-matched", "9/10", False),
        ("haploidentical", "5/10", True), ("haploidentical", "7/10", True), ("haploidentical", "9/10", True),
        ("haploidentical", "10/10", False), ("haploidentical", "4/10", False), ("haploidentical", "6/12", True),
        ("mismatched-unrelated", "9/10", True), ("mismatched-unrelated", "10/10", False),
        ("other", "10/10", True), (None, "3/10", True), ("fully-matched", None, True),
    ],
)  # fmt: skip
def test_hla_that_contradicts_the_match_is_told(match: Any, hla: str | None, fits: bool) -> None:
    found = donor_findings(Donor(match=match, hla_match=hla))
    assert labelled(found) == ([] if fits else [("donor.hla-conflict", "review", "donor.hla_match")])


@pytest.mark.parametrize(
    ("match", "relationship", "fits"),
    [
        ("haploidentical", "unrelated", False), ("haploidentical", "parent", True), ("haploidentical", None, True),
        ("mismatched-unrelated", "sibling", False), ("mismatched-unrelated", "unrelated", True),
        ("fully-matched", "unrelated", True), ("fully-matched", "sibling", True), ("other", "child", True),
        (None, "unrelated", True),
    ],
)  # fmt: skip
def test_a_relationship_that_contradicts_the_match_is_told(match: Any, relationship: Any, fits: bool) -> None:
    found = donor_findings(Donor(match=match, relationship=relationship))
    assert labelled(found) == ([] if fits else [("donor.relationship-conflict", "review", "donor.relationship")])
