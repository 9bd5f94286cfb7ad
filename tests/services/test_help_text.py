"""Every entry has its help, and the numbers in it are the protocol's."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dlicalc.domain.protocol import Protocol
from dlicalc.services.help_text import help_text, values
from dlicalc.services.wording import Words
from dlicalc.services.wording.help import HELP
from dlicalc.services.wording.window import FIELDS
from tests.program import shipped_protocol

FILE = Path(__file__).parents[2] / "resources" / "protocols" / "nct07319793.toml"


def test_every_entry_has_its_help_and_nothing_else_has() -> None:
    assert set(HELP) == set(FIELDS)


def test_every_number_is_used_and_every_blank_filled() -> None:
    manual = [path.read_text("utf-8") for path in (FILE.parents[1] / "help" / "en").glob("*.md")]
    named = {name for text in (*HELP.values(), *manual) for name in re.findall(r"\{(\w+)\}", text)}
    assert named == set(values(shipped_protocol()))
    assert not [path for path in HELP if "{" in help_text(path, Words(), shipped_protocol())]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        # The registry record: days 45 to 60, 48 to 72 hours, 1 × 10⁸ and 3 × 10⁷ per kg, ALT 3 × ULN, blasts 5 %.
        ("infusion.arm", "from day +45 to day +60"),
        ("infusion.chemotherapy.last_dose_at", "48 to 72 hours"),
        ("infusion.dose_rule.rule", "MNC 1 × 10⁸ or CD3⁺ 3 × 10⁷ per kg"),
        ("labs.alt", "more than 3 × ULN"),
        ("labs.creatinine", "below 60 mL/min/1.73 m²"),
        ("transplant.marrow_blasts_before_conditioning", "more than 5 %"),
        ("donor.match", "28 to 42 days after the infusion if fully matched, 42 to 56 days if haploidentical"),
        ("organs.nyha_class", "Class III or higher"),
    ],
)
def test_the_limits_are_those_of_the_record(path: str, words: str) -> None:
    assert words in help_text(path, Words(), shipped_protocol())


def test_another_protocol_gives_other_limits() -> None:
    text = FILE.read_text("utf-8").replace("first_day = 45", "first_day = 46").replace('limit = "92"', 'limit = "90"')
    protocol = Protocol.model_validate(tomllib.loads(text) | {"digest": "sha256:" + "0" * 64})
    assert "from day +46 to day +60" in help_text("infusion.arm", Words(), protocol)
    assert "Below 90 %" in help_text("organs.spo2", Words(), protocol)
