"""`dlicalc template` and `dlicalc schema` (contract, section 1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dlicalc.services.sign_off import with_section
from tests.cases import AS_OF, changed, drop, every_field_case, full_case, preemptive_case, put, walk
from tests.command import dlicalc, documents, written
from tests.services.test_order_desk import CHECKED

# Fields that stand for another one, and lists that are empty in an empty case.
ALTERNATIVES = ("products.0.volume.gross", "products.0.volume.tare", "products.0.volume.density", "decisions.0")
# Objects that a template may show as null because most cases have none.
OPTIONAL = (
    "labs.cystatin_c",
    "infusion.chemotherapy",
    "infusion.gvhd_prophylaxis_weeks",
    "products.0.withheld",
    "products.0.dmso",
    "products.0.counts.lymphocytes",
    "products.0.counts.recovery.mnc",
    "products.0.counts.recovery.cd3",
    "products.0.counts.processed_after_count",
)


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    result = dlicalc("template")
    assert (result.returncode, result.stderr) == (0, b"")
    (document,) = documents(result.stdout)
    return document


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    result = dlicalc("schema")
    assert (result.returncode, result.stderr) == (0, b"")
    (document,) = documents(result.stdout)
    return document


def below(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path.startswith(f"{prefix}.") for prefix in prefixes)


def test_template_has_every_field(template: dict[str, Any]) -> None:
    fields = [name for name, _ in walk(every_field_case()) if not name.rpartition(".")[2].isdigit()]
    expected = [name for name in fields if not below(name, OPTIONAL + ALTERNATIVES) and name not in ALTERNATIVES]
    present = {name for name, _ in walk(template)}
    assert [name for name in expected if name not in present] == []


def test_template_is_empty(template: dict[str, Any]) -> None:
    typed = {name: value for name, value in walk(template) if not isinstance(value, (dict, list))}
    filled = {name: value for name, value in typed.items() if value not in (None, "unknown")}
    assert filled == {"format": "dlicalc-case/1", "protocol": "NCT07319793"}


def test_template_is_a_case_of_unknowns(template: dict[str, Any], tmp_path: Path) -> None:
    result = dlicalc("evaluate", written(tmp_path, template), "--as-of", AS_OF)
    (evaluation,) = documents(result.stdout)
    assert result.returncode == 0
    assert evaluation["releasable"] is False
    assert evaluation["dose"]["status"] == "not-computable"
    assert {criterion["status"] for criterion in evaluation["eligibility"]["criteria"]} == {"not-evaluable"}


def filled_in(template: Any, case: Any) -> Any:
    """The template with what a case knows; what the case does not know stays as the template has it."""
    if isinstance(template, dict) and isinstance(case, dict):
        return template | {key: filled_in(template.get(key), value) for key, value in case.items()}
    if isinstance(template, list) and isinstance(case, list) and template:
        return [filled_in(template[0], item) for item in case]
    return template if case is None else case


@pytest.mark.parametrize("case", [full_case(), preemptive_case()], ids=["prophylactic", "preemptive"])
def test_a_filled_template_is_that_case(template: dict[str, Any], tmp_path: Path, case: dict[str, Any]) -> None:
    both = [written(tmp_path, filled_in(template, case), "filled.json"), written(tmp_path, case)]
    filled, plain = documents(dlicalc("evaluate", *both, "--as-of", AS_OF).stdout)
    assert filled["releasable"] is plain["releasable"] is True
    assert filled["dose"] == plain["dose"]
    assert filled["schedule"] == plain["schedule"]


def validator(schema: dict[str, Any], kind: str) -> Draft202012Validator:
    """The schema of "case" or "evaluation": its own document, or the one document for both."""
    return Draft202012Validator(schema.get(kind, schema))


def test_schema_is_a_schema(schema: dict[str, Any]) -> None:
    for kind in ("case", "evaluation"):
        Draft202012Validator.check_schema(schema.get(kind, schema))


def test_schema_accepts_good_cases(schema: dict[str, Any], template: dict[str, Any]) -> None:
    for case in (full_case(), preemptive_case(), every_field_case(), template):
        validator(schema, "case").validate(case)


def test_schema_accepts_their_evaluations(schema: dict[str, Any], template: dict[str, Any]) -> None:
    cases = [full_case(), preemptive_case(), every_field_case(), template]
    lines = "".join(f"{json.dumps(case)}\n" for case in cases).encode()
    for evaluation in documents(dlicalc("evaluate", "--lines", "-", "--as-of", AS_OF, input=lines).stdout):
        validator(schema, "evaluation").validate(evaluation)


BAD_CASES = {
    "bare number": put(full_case(), "recipient.weight.value", 70),
    "unit": put(full_case(), "recipient.weight.unit", "lb"),
    "unknown key": put(full_case(), "recipient.shoe_size", "42"),
    "word": changed(full_case(), recipient__sex="F"),
    "text for an object": changed(full_case(), labs__alt="35 U/L"),
    "decision without a reason": drop(every_field_case(), "decisions.0.reason"),
}


@pytest.mark.parametrize("case", BAD_CASES.values(), ids=BAD_CASES)
def test_schema_refuses_bad_cases(schema: dict[str, Any], case: dict[str, Any]) -> None:
    assert not validator(schema, "case").is_valid(case)


def test_the_schema_knows_the_section_of_the_order(schema: dict[str, Any], template: dict[str, Any]) -> None:
    assert template["order"] is None
    validator = Draft202012Validator(schema["case"])
    whole = with_section(full_case(), CHECKED)
    assert list(validator.iter_errors(whole)) == []
    assert list(validator.iter_errors(changed(whole, order__prepared_at=None))) != []
    assert list(validator.iter_errors(changed(whole, order__released="yes"))) != []
