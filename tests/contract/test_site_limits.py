"""Limits that a site narrows, from outside: refused where wider or unsigned, named where a verdict rests on one.

Expected values: the limits of the registry record (tests/vectors/NCT07319793-criteria.txt), the contract's rules
(equality never excludes, nothing is rounded before it is compared), and arithmetic written beside each case.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dlicalc.app import parts as parts_module
from dlicalc.app.main import run
from tests.cases import AS_OF, changed, full_case
from tests.program import ROOT

SHIPPED = (ROOT / "resources" / "site.toml").read_text("utf-8")
Captured = pytest.CaptureFixture[str]


def site(folder: Path, tables: str, *, signed: bool = True, name: str = "ward.toml") -> Path:
    """The shipped file with ``tables`` at its end, signed by two people over what it says."""
    path = folder / name
    path.write_text(f"{SHIPPED}\n{tables}\n", "utf-8")
    if signed:
        sign(path)
    return path


def sign(path: Path) -> None:
    """As ``policy check`` says: the digest it names, two names, two days."""
    from dlicalc.storage.site_files import read_site_file

    digest = read_site_file(str(path))[1]
    text = path.read_text("utf-8").replace('confirmed_by = ""', 'confirmed_by = "Li Wei"\nchecked_by = "Anna Roth"')
    stamps = f'confirmed_on = "2026-11-01"\nchecked_on = "2026-11-02"\ncontent = "{digest}"'
    path.write_text(text.replace('confirmed_on = ""', stamps), "utf-8")


def evaluated(folder: Path, case: dict[str, Any], tables: str, capfdbinary: Any) -> dict[str, Any]:
    """The evaluation that the command prints under a signed site file."""
    path = folder / "case.json"
    path.write_text(json.dumps(case), "utf-8")
    ward = site(folder, tables)
    capfdbinary.readouterr()
    assert run(["--site", str(ward), "evaluate", str(path), "--as-of", AS_OF]) == 0
    printed: dict[str, Any] = json.loads(capfdbinary.readouterr().out)
    return printed


def criterion(evaluation: dict[str, Any], name: str) -> dict[str, Any]:
    """One criterion of an evaluation."""
    found: dict[str, Any] = next(one for one in evaluation["eligibility"]["criteria"] if one["id"] == name)
    return found


# ALT 35 of 40 U/L is 0.875 × ULN in the case; what is given here is the value typed and the verdict by the limit 2.5.
@pytest.mark.parametrize(
    ("alt", "status", "within"),
    [
        ("100", "not-excluded", None),  # 100 / 40 = 2.5, equal, which never excludes
        ("100.0001", "excluded", True),  # above 2.5, not above the protocol's 3
        ("120", "excluded", True),  # 3, equal to the protocol's limit
        ("120.0001", "excluded", False),  # beyond both
    ],
)
def test_a_narrower_limit_decides_exactly_and_is_named(
    tmp_path: Path, capfdbinary: Any, alt: str, status: str, within: bool | None
) -> None:
    case = changed(full_case(), labs__alt__value=alt)
    evaluation = evaluated(tmp_path, case, '[limits.criteria]\n"hepatic.alt" = "2.5"', capfdbinary)
    found = criterion(evaluation, "hepatic.alt")
    assert (found["status"], found["limit"], found["protocol_limit"]) == (status, "2.5", "3")
    assert "protocol_limit" not in criterion(evaluation, "hepatic.ast")
    stops = [finding for finding in evaluation["findings"] if finding["code"] == "hepatic.alt"]
    assert len(stops) == (status == "excluded")
    for stop in stops:
        assert stop["decidable"]
        assert "Site limit 2.5 × ULN; the protocol has 3 × ULN" in stop["message"]
        assert ("lies within the protocol's own limit" in stop["message"]) is within


def test_the_evaluation_names_the_site_and_what_it_changed(tmp_path: Path, capfdbinary: Any) -> None:
    evaluation = evaluated(tmp_path, full_case(), '[limits.criteria]\n"renal.egfr" = "70"', capfdbinary)
    assert evaluation["site"]["limits"] == [
        {"key": "criteria.renal.egfr", "site": "70", "protocol": "60", "unit": "mL/min/{1.73_m2}"}
    ]
    assert re.fullmatch("sha256:[0-9a-f]{64}", evaluation["site"]["digest"])
    assert evaluation["format"] == "dlicalc-evaluation/1"


def test_without_a_rule_of_the_site_nothing_is_otherwise(tmp_path: Path, capfdbinary: Any) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(full_case()), "utf-8")
    given = ["evaluate", str(path), "--as-of", AS_OF]
    assert run(given) == 0
    bare = capfdbinary.readouterr().out
    assert run(["--site", str(ROOT / "resources" / "site.toml"), *given]) == 0
    assert capfdbinary.readouterr().out == bare
    assert b"protocol_limit" not in bare
    assert b'"site"' not in bare


WIDER = [
    ('[limits.criteria]\n"hepatic.alt" = "3.01"', "limits.criteria.hepatic.alt", "“3.01”", "3 × ULN"),
    ('[limits.criteria]\n"renal.egfr" = "59.9"', "limits.criteria.renal.egfr", "“59.9”", "60 mL/min"),
    ('[limits.criteria]\n"cardiac.nyha" = "IV"', "limits.criteria.cardiac.nyha", "“IV”", "III"),
    ('[limits.criteria]\n"inclusion.refractory" = "4"', "limits.criteria.inclusion.refractory", "“4”", "5 %"),
    (
        '[limits.windows.prophylactic]\nfirst_day = "44"\nlast_day = "60"',
        "limits.windows.prophylactic",
        "“44–60”",
        "45–60",
    ),
    (
        '[limits.windows.chemotherapy]\nat_least_hours = "48"\nat_most_hours = "72.5"',
        "limits.windows.chemotherapy",
        "“48–72.5”",
        "48–72",
    ),
    ('[limits.freshness]\nlabs_days = "8"', "limits.freshness.labs_days", "“8”", "7"),
    (
        '[limits.plausibility.age]\nrecommended = ["18", "76"]',
        "limits.plausibility.age.recommended",
        "“18–76”",
        "1–75",
    ),
    ('[limits]\ncd3_ceiling_per_kg = "100000001"', "limits.cd3_ceiling_per_kg", "“100000001”", "100000000"),
]


@pytest.mark.parametrize(
    ("tables", "field", "said"),
    [(tables, field, f"{own} is wider than the protocol's {whole}") for tables, field, own, whole in WIDER],
)
def test_a_wider_limit_is_refused_with_both_values(
    tmp_path: Path, capsys: Captured, tables: str, field: str, said: str
) -> None:
    ward = site(tmp_path, tables)
    assert run(["policy", "check", str(ward)]) == 2
    error = capsys.readouterr().err
    assert f"{ward}: {field}: {said}" in error
    assert "accepted:" in error
    assert run(["--site", str(ward), "evaluate", "case.json"]) == 2
    assert field in capsys.readouterr().err


@pytest.mark.parametrize(
    ("tables", "field"),
    [
        ('[limits.criteria]\n"hepatic.alt" = "0.25"', "limits.criteria.hepatic.alt"),  # a slip for 2.5: below the ULN
        ('[limits.criteria]\n"renal.egfr" = "600"', "limits.criteria.renal.egfr"),
        ('[limits.criteria]\n"respiratory.spo2" = "101"', "limits.criteria.respiratory.spo2"),
        ('[limits.criteria]\n"cardiac.nyha" = "I"', "limits.criteria.cardiac.nyha"),  # every patient has a class
        ('[limits.criteria]\n"renal.dialysis" = "no"', "limits.criteria.renal.dialysis"),
        ('[limits.criteria]\n"renal.gfr" = "70"', "limits.criteria.renal.gfr"),
        ('[limits.criteria]\n"hepatic.alt" = "two"', "limits.criteria.hepatic.alt"),
        ('[limits.plausibility.height_of_donor]\nabsolute = ["1", "2"]', "limits.plausibility.height_of_donor"),
        ('[limits.windows.prophylactic]\nfirst_day = "59"\nlast_day = "50"', "limits.windows.prophylactic"),
        ('[limits]\ncd3_ceiling_per_kg = "30000000"', "limits.cd3_ceiling_per_kg"),  # the target itself
        ('[units]\n"labs.creatinine" = "mmol/L"', "units.labs.creatinine"),
        ('[units]\n"labs.sodium" = "mmol/L"', "units.labs.sodium"),
        ('[dose]\nusual_rule = "most"', "dose.usual_rule"),
        ('[renal]\nequation = "mdrd"', "renal.equation"),
    ],
)
def test_what_can_only_be_a_slip_is_refused(tmp_path: Path, capsys: Captured, tables: str, field: str) -> None:
    ward = site(tmp_path, tables, signed=False)
    assert run(["policy", "check", str(ward)]) == 2
    error = capsys.readouterr().err
    assert f"{ward}: {field}: " in error
    assert "accepted" in error


def test_an_equal_limit_changes_nothing(tmp_path: Path, capfdbinary: Any) -> None:
    evaluation = evaluated(tmp_path, full_case(), '[limits.criteria]\n"hepatic.alt" = "3.0"', capfdbinary)
    assert "site" not in evaluation


# Day 0 is 2026-10-01, so the planned 2026-11-18 is day +48: inside 45 to 60, outside 49 to 60.
@pytest.mark.parametrize(("first", "state"), [("48", "inside"), ("49", "outside")])
def test_a_narrower_window(tmp_path: Path, capfdbinary: Any, first: str, state: str) -> None:
    tables = f'[limits.windows.prophylactic]\nfirst_day = "{first}"\nlast_day = "60"'
    evaluation = evaluated(tmp_path, full_case(), tables, capfdbinary)
    assert evaluation["schedule"]["window"] == state
    messages = [one["message"] for one in evaluation["findings"] if one["code"] == "window.prophylactic"]
    assert len(messages) == (state == "outside")
    assert all("Site limit 49–60 days; the protocol has 45–60 days" in message for message in messages)


# Weight and samples are of the day before the infusion: one day old.
@pytest.mark.parametrize(
    ("tables", "code", "severity"),
    [
        ('[limits.freshness]\nweight_days = "0"', "weight.stale", "review"),
        ('[limits.freshness]\nlabs_days = "0"', "labs.alt.stale", "review"),
        ('[limits.plausibility.weight]\nrecommended = ["71", "150"]', "weight.unusual", "review"),
        ('[limits.plausibility.weight]\nabsolute = ["71", "150"]', "weight.out-of-bounds", "stop"),
        # Born 1984-05-02: 42 years.
        ('[limits.plausibility.age]\nabsolute = ["43", "70"]', "age.out-of-bounds", "stop"),
        ('[limits.criteria]\n"cardiac.lvef" = "61.1"', "cardiac.lvef", "stop"),
        ('[limits.criteria]\n"respiratory.spo2" = "98"', "respiratory.spo2", "stop"),
        ('[limits.criteria]\n"inclusion.refractory" = "12"', "inclusion.refractory", "stop"),
        # 30 million CD3⁺ per kg reach this ceiling only by another rule; 1 below the MNC rule's 40 million.
    ],
)
def test_every_kind_of_limit_decides_and_is_named(
    tmp_path: Path, capfdbinary: Any, tables: str, code: str, severity: str
) -> None:
    found = [one for one in evaluated(tmp_path, full_case(), tables, capfdbinary)["findings"] if one["code"] == code]
    assert [one["severity"] for one in found] == [severity]
    assert "Site limit" in found[0]["message"]
    assert "the protocol has" in found[0]["message"]


def test_nyha_ii_may_be_excluded(tmp_path: Path, capfdbinary: Any) -> None:
    tables = '[limits.criteria]\n"cardiac.nyha" = "II"'
    for given, status in (("I", "not-excluded"), ("II", "excluded")):
        case = changed(full_case(), organs__nyha_class=given)
        assert criterion(evaluated(tmp_path, case, tables, capfdbinary), "cardiac.nyha")["status"] == status


# MNC rule: 7e9 / 1.5e8 = 46.6 mL (contract's example), with 46.6 × 60e6 / 70 = 39.94 million CD3⁺ per kg.
def test_a_lower_ceiling_of_cd3_stops(tmp_path: Path, capfdbinary: Any) -> None:
    case = changed(full_case(), infusion__dose_rule={"rule": "mnc", "set_by": "Dr Roth", "reason": "agreed"})
    evaluation = evaluated(tmp_path, case, '[limits]\ncd3_ceiling_per_kg = "39000000"', capfdbinary)
    (found,) = [one for one in evaluation["findings"] if one["code"] == "dose.cd3-ceiling"]
    assert (found["severity"], found["decidable"]) == ("stop", False)
    assert "Site limit" in found["message"]


# CKD-EPI without race, woman of 42 years, 1.1 mg/dL; by hand (logarithms):
# 2021: 142 × 1.012 × (1.1/0.7)^-1.2 × 0.9938^42 = 64.3; 2009: 141 × 1.018 × (1.1/0.7)^-1.209 × 0.993^42 = 61.8.
def test_the_year_of_ckd_epi_governs_and_the_other_is_shown(tmp_path: Path, capfdbinary: Any) -> None:
    creatinine = {"value": "1.1", "unit": "mg/dL", "upper_limit": "1.2", "collected_on": "2026-11-17"}
    case = changed(full_case(), labs__creatinine=creatinine)
    tables = '[renal]\nequation = "ckd-epi-2009"\n[limits.criteria]\n"renal.egfr" = "63"'
    evaluation = evaluated(tmp_path, case, tables, capfdbinary)
    found = criterion(evaluation, "renal.egfr")
    assert found["status"] == "excluded"
    assert found["value"].startswith("61.")
    assert evaluation["renal"]["ckd_epi_2021"].startswith("64.")
    (review,) = [one for one in evaluation["findings"] if one["code"] == "renal.equations-disagree"]
    assert review["severity"] == "review"
    assert "CKD-EPI 2009" in review["message"]
    assert {"key": "renal.equation", "site": "ckd-epi-2009", "protocol": "ckd-epi-2021", "unit": ""} in evaluation[
        "site"
    ]["limits"]


def test_the_usual_rule_is_said_and_never_taken_by_itself(tmp_path: Path, capfdbinary: Any) -> None:
    """Contract, section 2: null is the protocol's own; rule 8: another without name and reason is a stop."""
    tables = '[dose]\nusual_rule = "mnc"'
    nobody = evaluated(tmp_path, changed(full_case(), infusion__dose_rule=None), tables, capfdbinary)
    assert nobody["dose"]["rule"] == "lower-volume"
    (said,) = [one for one in nobody["findings"] if one["code"] == "dose.rule-not-usual"]
    assert said["severity"] == "review"
    chosen = changed(full_case(), infusion__dose_rule={"rule": "mnc", "set_by": None, "reason": None})
    without = evaluated(tmp_path, chosen, tables, capfdbinary)
    assert [one["severity"] for one in without["findings"] if one["code"] == "dose.rule"] == ["stop"]
    assert not [one for one in without["findings"] if one["code"] == "dose.rule-not-usual"]
    assert without["releasable"] is False


def test_unsigned_rules_are_not_used(tmp_path: Path, capsys: Captured) -> None:
    ward = site(tmp_path, '[limits.criteria]\n"hepatic.alt" = "2.5"', signed=False)
    assert run(["policy", "check", str(ward)]) == 1
    digest = re.search(r"sha256:[0-9a-f]{64}", capsys.readouterr().out)
    assert digest is not None
    assert run(["--site", str(ward), "evaluate", "case.json"]) == 2
    error = capsys.readouterr().err
    assert "two people" in error
    assert digest[0] in error
    one = ward.read_text("utf-8").replace('confirmed_by = ""', 'confirmed_by = "Li Wei"')
    ward.write_text(one.replace('confirmed_on = ""', 'confirmed_on = "2026-11-01"'), "utf-8")
    assert run(["--site", str(ward), "evaluate", "case.json"]) == 2
    assert "two people" in capsys.readouterr().err


def test_a_change_makes_the_sign_offs_stale(tmp_path: Path, capsys: Captured) -> None:
    ward = site(tmp_path, '[limits.criteria]\n"hepatic.alt" = "2.5"')
    assert run(["policy", "check", str(ward)]) == 0
    ward.write_text(ward.read_text("utf-8").replace('"2.5"', '"2.4"'), "utf-8")
    assert run(["policy", "check", str(ward)]) == 2
    assert "does not say what was signed" in capsys.readouterr().err


def test_old_and_new_are_told_in_both_languages(tmp_path: Path, capsys: Captured) -> None:
    old = site(tmp_path, '[limits.criteria]\n"hepatic.alt" = "2.5"', name="old.toml")
    new = site(
        tmp_path,
        '[limits.criteria]\n"hepatic.alt" = "2"\n[limits.plausibility.age]\nrecommended = ["18", "70"]\n'
        '[units]\n"labs.creatinine" = "mg/dL"\n[dose]\nusual_rule = "cd3"\n[renal]\nequation = "ckd-epi-2009"',
        name="new.toml",
    )
    capsys.readouterr()
    assert run(["--site", str(old), "policy", "diff", str(new)]) == 1
    said = capsys.readouterr().out
    assert "Limit, ALT, multiple of its upper limit: 2.5 × ULN → 2 × ULN" in said
    assert "1–75 years, as in the protocol → 18–70 years" in said
    assert "not set → mg/dL" in said
    assert run(["--site", str(old), "policy", "diff", str(new), "--language", "zh_CN"]) == 1
    assert "2.5 × ULN → 2 × ULN" in capsys.readouterr().out


def test_a_users_own_file_sets_no_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """They belong beside the program or into the machine's folder, which users only read."""
    site(tmp_path, '[limits.criteria]\n"hepatic.alt" = "2.5"', name="site.toml")
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(tmp_path))
    assert run(["policy", "show"]) == 2
    assert "machine's folder" in capsys.readouterr().err


def test_the_machines_file_narrows_without_being_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any
) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(full_case()), "utf-8")
    site(tmp_path, '[limits.criteria]\n"cardiac.lvef" = "65"', name="site.toml")
    monkeypatch.setattr(parts_module, "machine_folder", lambda *_: tmp_path)
    assert run(["evaluate", str(path), "--as-of", AS_OF]) == 0
    assert criterion(json.loads(capfdbinary.readouterr().out), "cardiac.lvef")["status"] == "excluded"
    # The reference cases are those of the unmodified protocol.
    assert run(["selftest"]) == 0
