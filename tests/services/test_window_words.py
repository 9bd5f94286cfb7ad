"""Labels of the window belong to fields of the case."""

from __future__ import annotations

from dlicalc.services.template import empty_case
from dlicalc.services.wording.window import FIELDS
from tests.cases import walk


def test_every_label_names_a_field_of_the_case() -> None:
    fields = {path.replace("products.0", "products") for path, _ in walk(empty_case())}
    assert [path for path in FIELDS if path not in fields] == []


def test_no_two_fields_of_a_section_have_the_same_label() -> None:
    seen: dict[tuple[str, str], str] = {}
    for path, label in FIELDS.items():
        assert seen.setdefault((path.partition(".")[0], label), path) == path
