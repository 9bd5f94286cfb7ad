"""What was entered for a bag, as it was typed, on the order."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.services.order_entries import entries
from dlicalc.services.wording import Words
from tests.cases import changed, every_field_case, full_case
from tests.program import case_from

COUNTS = "products__0__counts"


def fields(document: dict[str, Any]) -> dict[str, str]:
    (section,) = entries(case_from(document), Words())
    return dict(section.fields)


def values(document: dict[str, Any]) -> str:
    return "\n".join(fields(document).values())


def test_good_bag_as_typed() -> None:
    text = values(full_case())
    for typed in ("S12954A0", "150 mL", "7 mL", "200 × 10⁹/L × 1", "75 %", "30 %", "98 %"):
        assert typed in text


def test_every_entry_is_printed() -> None:
    """A frozen, weighed, diluted and processed bag: the texts of the case."""
    text = values(every_field_case())
    for typed in ("231.4 g", "48.7 g", "1.058 g/mL", "10 × 10⁹/L × 20", "46 %", "68 %", "90 %", "85 %",
                  "site validation", "204 mL → 180 mL", "96 %", "10 %"):  # fmt: skip
        assert typed in text


@pytest.mark.parametrize("volume", [None, {"unit": "mL"}])
def test_unknown_volume_is_a_dash(volume: Any) -> None:
    assert fields(changed(full_case(), products__0__volume=volume))["Volume"].startswith("—")


def test_weighing_with_a_part_missing() -> None:
    volume = {"gross": {"value": "231.4", "unit": "g"}}
    text = fields(changed(full_case(), products__0__volume=volume))["Volume"]
    assert "231.4 g" in text
    assert text.count("—") == 2


@pytest.mark.parametrize(
    ("applies_to", "words"), [(None, "unknown"), ([], "98 %"), (["mnc", "cd3"], "MNC and CD3⁺"), (["cd3"], "CD3⁺")]
)
def test_viability_says_where_it_applies(applies_to: Any, words: str) -> None:
    viability = {"value": "98", "unit": "%", "measured": "fresh", "applies_to": applies_to}
    assert words in fields(changed(full_case(), **{f"{COUNTS}__viability": viability}))["Viability"]


def test_what_is_not_entered_is_not_printed() -> None:
    few = fields(changed(full_case(), products__0__counts=None))
    assert few["Viability"] == "—"
    assert set(fields(every_field_case())) - set(few)


def test_share_without_denominator_and_count_without_dilution() -> None:
    changes = {f"{COUNTS}__mnc": {"value": "75", "unit": "%"}, f"{COUNTS}__wbc": {"value": "200", "unit": "10*9/L"}}
    text = fields(changed(full_case(), **changes))
    assert "75 %" in text.values()
    assert "200 × 10⁹/L" in text.values()
