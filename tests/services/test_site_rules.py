"""A site's narrower limits in the protocol, and what is refused; expected by the registry record's own numbers."""

from __future__ import annotations

import tomllib
from fractions import Fraction

import pytest

from dlicalc.domain.protocol import Protocol
from dlicalc.domain.site import Site
from dlicalc.services.policy import differences, shown_settings, signed_by
from dlicalc.services.preferred_units import PreferredUnits
from dlicalc.services.problem import Refused
from dlicalc.services.site_rules import narrowed
from dlicalc.services.site_words import term_fields, terms_line
from dlicalc.services.wording import Words
from dlicalc.services.wording.bilingual import bilingual
from tests.program import ROOT, parts, shipped_protocol

SHIPPED = (ROOT / "resources" / "site.toml").read_text("utf-8")


def site(tables: str = "", *, deviates: bool = True) -> Site:
    """The shipped file with ``tables`` at its end."""
    return Site.model_validate({**tomllib.loads(f"{SHIPPED}\n{tables}"), "digest": "sha256:1", "deviates": deviates})


def ruled(tables: str) -> Protocol:
    """The shipped protocol as a site with ``tables`` keeps to it."""
    return narrowed(shipped_protocol(), site(tables))


def refused(tables: str) -> list[tuple[str, str]]:
    """Paths and codes of what is wrong."""
    with pytest.raises(Refused) as caught:
        ruled(tables)
    return [(problem.path, problem.code) for problem in caught.value.problems]


def test_a_site_that_sets_no_rule_has_the_very_protocol() -> None:
    assert narrowed(shipped_protocol(), site()) is shipped_protocol()
    same = '[limits]\ncd3_ceiling_per_kg = "100000000"\n[limits.freshness]\nlabs_days = "7"\n'
    same += '[limits.windows.prophylactic]\nfirst_day = "45"\nlast_day = "60"\n[limits.criteria]\n"hepatic.alt" = "3"\n'
    same += '[renal]\nequation = "ckd-epi-2021"\n[dose]\nusual_rule = "lower-volume"'
    assert ruled(same) is shipped_protocol()


def test_every_table_comes_into_its_place() -> None:
    own = ruled(
        '[limits]\ncd3_ceiling_per_kg = "50000000"\n[limits.criteria]\n"renal.egfr" = "70"\n"cardiac.nyha" = "II"\n'
        '[limits.windows.prophylactic]\nfirst_day = "46"\nlast_day = "58"\n'
        '[limits.windows.chemotherapy]\nat_least_hours = "50"\nat_most_hours = "70.5"\n'
        '[limits.freshness]\nweight_days = "3"\nfresh_product_hours = "48"\n'
        '[limits.plausibility.age]\nabsolute = ["18", "70"]\n'
        '[limits.plausibility.weight]\nrecommended = ["30", "120"]\n'
        '[renal]\nequation = "ckd-epi-2009"'
    )
    assert own.dose.cd3_ceiling_per_kg.value == 50_000_000
    assert (own.criteria["renal.egfr"].limit, own.criteria["renal.egfr"].of_protocol) == ("70", "60")
    assert (own.criteria["cardiac.nyha"].limit, own.criteria["hepatic.alt"].of_protocol) == ("II", None)
    assert (own.windows.prophylactic.first_day, own.windows.prophylactic.last_day) == (46, 58)
    assert (own.windows.chemotherapy.at_least_hours, own.windows.chemotherapy.at_most_hours) == (50, Fraction(141, 2))
    assert own.windows.cardiac_event.months == 6
    assert (own.freshness.weight_days, own.freshness.labs_days, own.freshness.fresh_product_hours) == (3, 7, 48)
    age = own.plausibility["age"]
    # The recommended 1 to 75 years end where the absolute 18 to 70 do.
    assert [*map(str, age.absolute), *map(str, age.recommended)] == ["18", "70", "18", "70"]
    assert [str(bound) for bound in own.plausibility["weight"].recommended] == ["30", "120"]
    assert own.plausibility["age"].exactly_recommended.hold(18, 1)
    assert not own.plausibility["age"].exactly_recommended.hold(17, 1)
    assert own.renal.equation == "ckd-epi-2009"
    assert own.site_digest == "sha256:1"
    assert own.digest == shipped_protocol().digest
    assert shipped_protocol().windows.prophylactic.first_day == 45


@pytest.mark.parametrize(
    ("tables", "path", "code"),
    [
        ('[limits.criteria]\n"hepatic.alt" = "3.1"', "limits.criteria.hepatic.alt", "site_wider"),
        ('[limits.criteria]\n"renal.egfr" = "59"', "limits.criteria.renal.egfr", "site_wider"),
        ('[limits.criteria]\n"hepatic.alt" = "0.3"', "limits.criteria.hepatic.alt", "literal_error"),
        ('[limits.criteria]\n"renal.egfr" = "121"', "limits.criteria.renal.egfr", "literal_error"),
        ('[limits.criteria]\n"cardiac.nyha" = "I"', "limits.criteria.cardiac.nyha", "literal_error"),
        ('[limits.criteria]\n"cardiac.nyha" = "V"', "limits.criteria.cardiac.nyha", "literal_error"),
        ('[limits.criteria]\n"hepatic.alt" = "-1"', "limits.criteria.hepatic.alt", "literal_error"),
        ('[limits.criteria]\n"renal.dialysis" = "no"', "limits.criteria.renal.dialysis", "unknown_field"),
        ('[limits.freshness]\nlabs_days = "8"', "limits.freshness.labs_days", "site_wider"),
        ('[limits.plausibility.age]\nabsolute = ["0", "111"]', "limits.plausibility.age.absolute", "site_wider"),
        ('[limits.plausibility.age]\nabsolute = ["70", "18"]', "limits.plausibility.age.absolute", "site_bounds"),
        ('[limits.plausibility.ages]\nabsolute = ["1", "2"]', "limits.plausibility.ages", "unknown_field"),
        ('[limits]\ncd3_ceiling_per_kg = "100000001"', "limits.cd3_ceiling_per_kg", "site_wider"),
        ('[limits]\ncd3_ceiling_per_kg = "30000000"', "limits.cd3_ceiling_per_kg", "site_ceiling"),
        ('[units]\n"labs.alt" = "kg"', "units.labs.alt", "literal_error"),
        ('[units]\n"labs.alp" = "U/L"', "units.labs.alp", "unknown_field"),
    ],
)
def test_wider_limits_and_slips_are_refused(tables: str, path: str, code: str) -> None:
    assert refused(tables) == [(path, code)]


def test_half_a_day_is_no_day() -> None:
    with pytest.raises(ValueError, match="whole number"):
        site('[limits.freshness]\nlabs_days = "1.5"')


def test_all_terms_have_words_in_both_languages() -> None:
    own = ruled(
        '[limits.criteria]\n"hepatic.alt" = "2.5"\n[limits.plausibility.age]\nrecommended = ["18", "70"]\n'
        '[dose]\nusual_rule = "mnc"\n[renal]\nequation = "ckd-epi-2009"'
    )
    line = terms_line(own, Words())
    assert "ALT, multiple of its upper limit: 2.5 × ULN (protocol 3 × ULN)" in line
    assert "Equation of the eGFR: CKD-EPI 2009 (protocol CKD-EPI 2021)" in line
    assert terms_line(shipped_protocol(), Words()) == ""
    both = term_fields(own, parts().words("both"))
    assert len(both) == 4
    assert "2.5 × ULN (protocol 3 × ULN)" in both[0].value
    assert "方案" in both[0].value
    assert bilingual(str).each(lambda words: words.language)


def test_policy_words_and_who_signed() -> None:
    own = site(
        '[units]\n"labs.alt" = "U/L"\n[limits.windows.prophylactic]\nfirst_day = "46"\nlast_day = "58"\n'
        '[limits.plausibility.age]\nrecommended = ["18", "70"]'
    )
    terms = narrowed(shipped_protocol(), own).terms
    shown = {field.label: field.value for field in shown_settings(own, terms, Words())}
    assert shown["Unit that is offered, ALT"] == "U/L"
    assert shown["Days for a prophylactic infusion"] == "46–58 days (protocol 45–60 days)"
    assert shown["Age, to be looked at outside"] == "18–70 years (protocol 1–75 years)"
    told = differences(site(), own, terms, Words())
    assert told[0] == "Days for a prophylactic infusion: 45–60 days, as in the protocol → 46–58 days"
    assert differences(own, site(), terms, Words())[0].endswith(": 46–58 days → 45–60 days, as in the protocol")
    assert "Two people must sign" in signed_by(own, Words())
    assert "as a proposal" in signed_by(site(deviates=False), Words())
    assert (own.rules, own.unsigned, site(deviates=False).unsigned) == (True, True, False)


class Memory:
    """Units as somebody last chose them."""

    def __init__(self) -> None:
        self.units = {"labs.alt.unit": "ukat/L", "recipient.weight.unit": "g"}

    def last(self, path_template: str) -> str:
        return self.units.get(path_template, "")

    def preferred(self, path_template: str) -> bool:
        return not path_template

    def remember(self, path_template: str, unit: str) -> None:
        self.units[path_template] = unit


def test_the_sites_unit_is_offered_before_the_last_one() -> None:
    memory = Memory()
    units = PreferredUnits({"labs.alt": "U/L"}, memory)
    assert (units.last("labs.alt.unit"), units.preferred("labs.alt.unit")) == ("U/L", True)
    assert (units.last("recipient.weight.unit"), units.preferred("recipient.weight.unit")) == ("g", False)
    units.remember("labs.alt.unit", "ukat/L")
    assert memory.last("labs.alt.unit") == "ukat/L"
    assert units.last("labs.alt.unit") == "U/L"


def signed(changes: dict[str, str | None]) -> Site:
    """The shipped file with other sign-offs."""
    tables = tomllib.loads(SHIPPED)
    tables["site"] |= changes
    return Site.model_validate({**tables, "digest": "sha256:1", "deviates": True})


def test_only_two_people_and_a_digest_are_a_signature() -> None:
    both = {"confirmed_by": "Li Wei", "confirmed_on": "2026-11-01", "checked_on": "2026-11-02"}
    whole = {**both, "checked_by": "Anna Roth", "content": "sha256:2"}
    assert not signed(whole).unsigned
    assert signed({"confirmed_by": "Li Wei", "confirmed_on": "2026-11-01"}).unsigned
    with pytest.raises(ValueError, match="content stand together"):
        signed({**whole, "content": None})
    with pytest.raises(ValueError, match="two people"):
        signed({**whole, "checked_by": "WEI LI"})
