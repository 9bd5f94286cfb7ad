"""The empty case: every field, nothing known."""

from __future__ import annotations

from dlicalc.domain.case import Case
from dlicalc.services.template import empty_case
from tests.cases import at, every_field_case, walk


def test_every_field_is_there_and_null() -> None:
    template = empty_case()
    assert (template["format"], template["protocol"]) == ("dlicalc-case/1", "NCT07319793")
    missing = [path for path, _ in walk(every_field_case()) if at(template, path) is None and not _has(template, path)]
    assert [path for path in missing if not path.startswith(("decisions.", "products.0.counts.viability."))] == []
    values = [value for path, value in walk(template) if path not in ("format", "protocol")]
    assert all(value is None or isinstance(value, dict | list) for value in values)


def _has(document: object, path: str) -> bool:
    parent, _, last = path.rpartition(".")
    holder = at(document, parent) if parent else document
    return isinstance(holder, dict) and last in holder


def test_names_are_those_of_the_file() -> None:
    counts = empty_case()["products"][0]["counts"]
    assert set(counts["processed_after_count"]) == {"from", "to", "recovery"}


def test_template_is_a_case_of_unknowns() -> None:
    case = Case.model_validate(empty_case())
    assert case.decisions == ()
    assert (case.recipient.weight, case.products[0].counts and case.products[0].counts.wbc) == (None, None)
