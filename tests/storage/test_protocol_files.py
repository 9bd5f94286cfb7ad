"""The protocol file: damaged, incomplete or unknown in anything, it is refused by place."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlicalc.storage.integrity import digest
from dlicalc.storage.protocol_files import PROTOCOL_FILE, load_protocol, read_protocol
from dlicalc.storage.resources import Damaged, Resources
from tests.program import ROOT, parts

SHIPPED = (ROOT / "resources" / PROTOCOL_FILE).read_bytes()


def refusal(content: bytes) -> str:
    with pytest.raises(Damaged) as caught:
        read_protocol(content)
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("protocols/nct07319793.toml", "damaged")
    return problem.params["text"]


def without(text: str, by: str = "") -> bytes:
    """The shipped file with the first place of a text replaced."""
    assert text.encode() in SHIPPED
    return SHIPPED.replace(text.encode(), by.encode(), 1)


def test_shipped_protocol_carries_the_digest_of_its_bytes() -> None:
    assert read_protocol(SHIPPED).digest == digest(SHIPPED)


def test_shipped_protocol_is_the_released_one() -> None:
    assert load_protocol(parts().resources) == read_protocol(SHIPPED)


def test_protocol_of_other_bytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A space more says the same, and is not the released file."""
    (tmp_path / "protocols").mkdir()
    (tmp_path / PROTOCOL_FILE).write_bytes(SHIPPED + b" ")
    manifest = f'{{"resources/{PROTOCOL_FILE}": "{digest(SHIPPED)}"}}'
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(Damaged) as caught:
        load_protocol(Resources(tmp_path))
    (problem,) = caught.value.problems
    assert (problem.path, problem.params["text"]) == (PROTOCOL_FILE, "not as released")


@pytest.mark.parametrize("content", [b"[protocol", b"= 1", b"\xff\xfe", SHIPPED[: len(SHIPPED) // 2], SHIPPED * 2])
def test_file_that_is_no_toml(content: bytes) -> None:
    assert refusal(content)


def test_empty_file_misses_everything() -> None:
    text = refusal(b"")
    for table in ("protocol", "targets", "dose", "windows", "gvhd_prophylaxis", "renal", "freshness", "criteria",
                  "plausibility"):  # fmt: skip
        assert f"{table}: Field required" in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('value = "30000000"', 'value = "30000000"\nvalues = "1"', "targets.cd3_per_kg.values: Extra inputs"),
        ('value = "30000000"', "value = 30000000", "targets.cd3_per_kg.value: a number is written as text"),
        ('value = "30000000"', 'value = "3.0e7"', "targets.cd3_per_kg.value: not a number"),
        ('rule = "lower-volume"', 'rule = "mean"', "dose.rule: "),
        ("first_day = 45", "first_day = 61", "windows.prophylactic: first_day is later than last_day"),
        ('id = "NCT07319793"', 'id = "NCT00000000"', "protocol.id: "),
        ('[criteria."renal.egfr"]', '[criteria."renal.gfr"]', "missing or unknown criteria: renal.egfr, renal.gfr"),
        ('rule = "<"\nlimit = "60"', 'rule = "="\nlimit = "60"', "renal.egfr: rule and limit do not fit"),
        (
            'recommended = ["8", "150"]',
            'recommended = ["8", "301"]',
            "plausibility.weight: recommended bounds must lie",
        ),
        ("[plausibility.lvef]", "[plausibility.ejection]", "ejection"),
        ('from_ml = "0"', 'from_ml = "1"', "dose: steps must begin at 0 mL"),
        ("[gvhd_prophylaxis.haploidentical]", "[gvhd_prophylaxis.haplo]", "gvhd_prophylaxis."),
    ],
)
def test_fault_is_named_by_place(old: str, new: str, said: str) -> None:
    assert said in refusal(without(old, new))


def test_missing_source_is_named_by_place() -> None:
    lines = SHIPPED.decode().splitlines(keepends=True)
    start = lines.index("[targets.cd3_per_kg]\n")
    del lines[next(n for n in range(start, len(lines)) if lines[n].startswith("source"))]
    assert "targets.cd3_per_kg.source: Field required" in refusal("".join(lines).encode())


def test_several_faults_are_told_together() -> None:
    content = without("first_day = 45", "first_day = 61").replace(b'rule = "lower-volume"', b'rule = "mean"', 1)
    assert refusal(content).count(": ") >= 2
