"""How the cells are given, in words; times are worked out by hand from the shipped proposal or a site of its own."""

from __future__ import annotations

import re

import pytest

from dlicalc.domain.site import Site
from dlicalc.services.sheet import Field, Sheet
from dlicalc.storage.site_files import read_site
from tests.cases import changed, full_case
from tests.program import ROOT
from tests.report.orders import BOTH, CHECKED, CHINESE, DRAFT, SITE, sheet, three_bags

SHIPPED = (ROOT / "resources" / "site.toml").read_text(encoding="utf-8")


def site(*changes: tuple[str, str]) -> Site:
    """The shipped site file, changed."""
    text = SHIPPED
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return read_site(text.encode(), "site.toml")


def rates(order: Sheet) -> dict[str, str]:
    """Label → text."""
    return {field.label: field.value for field in order.administration.rates}


def test_fresh_bag() -> None:
    """15 min, then 35 mL at 100 mL/h in 21 min."""
    assert rates(sheet(full_case())) == {
        "Rate at first": "for 15 min as slowly as possible, nurse at the bedside",
        "Then": "100 mL/h\nat most 200 mL/h",
        "Takes in all": "about 36 min",
    }


def test_starting_rate_as_a_number() -> None:
    """5 mL in 15 min, then 30 mL at 100 mL/h in 18 min."""
    own = site(('start_minutes = "15"', 'start_minutes = "15"\nstart_ml_per_h = "20"'))
    found = rates(sheet(full_case(), site=own))
    assert found["Rate at first"].startswith("20 mL/h for 15 min\n")
    assert found["Takes in all"] == "about 33 min"


def test_long_infusions_are_told_in_hours() -> None:
    """43.4 mL: at 10 mL/h 260.4 min and 15 min make 276 min; at 11.58 mL/h 224.9 min and 15 min are four hours."""
    slow = site(('\nml_per_h = "100"', '\nml_per_h = "10"'))
    assert rates(sheet(three_bags(), site=slow))["Takes in all"] == "about 4 h 36 min"
    even = site(('\nml_per_h = "100"', '\nml_per_h = "11.58"'))
    assert rates(sheet(three_bags(), site=even))["Takes in all"] == "about 4 h"


def test_thawed_bag_has_no_number() -> None:
    case = changed(full_case(), products__0__state="cryopreserved", products__0__counts__counted="post-thaw")
    assert rates(sheet(case)) == {"Rate": "at once after thawing, as fast as tolerated"}


def test_fresh_and_thawed_bags_are_told_apart() -> None:
    case = changed(three_bags(), products__0__state="cryopreserved", products__0__counts__counted="post-thaw")
    assert list(rates(sheet(case))) == ["Rate at first, fresh bags", "Then", "Fresh bags take", "Rate, thawed bags"]
    labels = [field.label for field in sheet(case).administration.first]
    assert [label for label in labels if "Observe" in label] == ["Observe, fresh bags", "Observe, thawed bags"]


def test_bag_that_does_not_say_gives_both_and_no_time() -> None:
    case = changed(full_case(), products__0__state=None)
    assert list(rates(sheet(case))) == ["Rate at first, fresh bags", "Then", "Rate, thawed bags"]


def test_without_a_dose_no_time() -> None:
    case = changed(full_case(), recipient__weight=None)
    assert list(rates(sheet(case))) == ["Rate at first", "Then"]


def filter_field(order: Sheet) -> Field:
    """What the order says of the filter."""
    return order.administration.first[0]


@pytest.mark.parametrize(
    ("of_case", "of_site", "words"),
    [
        ("microaggregate", None, "microaggregate filter"),
        ("none", "microaggregate", "no in-line filter"),
        (None, "170-260-um", "standard blood set, 170 to 260 micrometres"),
    ],
)
def test_filter_of_the_order_then_of_the_site(of_case: str | None, of_site: str | None, words: str) -> None:
    own = site(("[administration]", f'[administration]\nfilter = "{of_site or ""}"'))
    assert filter_field(sheet(changed(full_case(), infusion__filter=of_case), site=own)) == Field("Filter", words)


def test_without_a_filter_only_a_draft() -> None:
    case = changed(full_case(), infusion__filter=None)
    with pytest.raises(ValueError, match="filter"):
        sheet(case, order=CHECKED)
    assert filter_field(sheet(case, order=DRAFT)).value == "NOT CHOSEN: ask the prescriber, do not start"


def test_proposal_says_that_it_is_one_until_the_site_confirms_it() -> None:
    assert sheet(full_case()).administration.vouched == "site defaults, not yet confirmed by the site"
    own = site(('confirmed_by = ""', 'confirmed_by = "Dr Wang"'), ('confirmed_on = ""', 'confirmed_on = "2026-11-22"'))
    assert sheet(full_case(), site=own).administration.vouched == "as confirmed by Dr Wang on 2026-11-22"
    second = {"checked_by": "Dr Li", "checked_on": own.site.confirmed_on, "content": "sha256:0"}
    both = own.model_copy(update={"site": own.site.model_copy(update=second)})
    signed = "as confirmed by Dr Wang on 2026-11-22 and by Dr Li on 2026-11-22"
    assert sheet(full_case(), site=both).administration.vouched == signed


def test_site_writes_each_language_itself() -> None:
    def route(order: Sheet) -> str:
        return order.administration.rest[1].value

    written = SITE.administration.route
    assert route(sheet(full_case())) == written.en
    assert route(sheet(full_case(), CHINESE)) == written.zh_CN
    assert route(sheet(full_case(), BOTH)) == f"{written.en}\n{written.zh_CN}"


def test_name_of_the_site_and_digest_of_its_file() -> None:
    own = site(('name = ""', 'name = "Ward 7"'))
    order = sheet(full_case(), site=own)
    assert order.footer[0] == "Ward 7"
    assert f"site {own.digest.removeprefix('sha256:')[:12]}" in order.footer
    *_, last = order.sections
    assert Field("Site file", "Ward 7: site defaults, not yet confirmed by the site") in last.fields  # type: ignore[union-attr]


def test_what_the_case_cannot_say_is_left_to_write() -> None:
    section = next(part for part in sheet(full_case()).sections if part.heading == "To be completed by the laboratory")
    labels = [field.label for field in section.fields]  # type: ignore[union-attr]
    assert re.search("antibody screen.*CMV.*Anticoagulant.*Stored at", " ".join(labels))
