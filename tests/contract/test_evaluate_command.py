"""`dlicalc evaluate` on files: exit codes, clean streams, determinism (contract, section 1)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import AS_OF, changed, drop, full_case, preemptive_case
from tests.command import dlicalc, documents, executable, written

MEGABYTE = 2**20


def test_one_case(tmp_path: Path) -> None:
    result = dlicalc("evaluate", written(tmp_path, full_case()), "--as-of", AS_OF)
    (evaluation,) = documents(result.stdout)
    assert (result.returncode, result.stderr) == (0, b"")
    assert evaluation["format"] == "dlicalc-evaluation/1"
    assert evaluation["releasable"] is True


def test_several_cases_in_the_order_given(tmp_path: Path) -> None:
    heavy = changed(full_case(), recipient__weight__value="80")
    files = [written(tmp_path, case, f"{n}.json") for n, case in enumerate([full_case(), heavy, preemptive_case()])]
    result = dlicalc("evaluate", *files, "--as-of", AS_OF)
    assert result.returncode == 0
    assert [evaluation["dose"]["cd3_volume_ml"] for evaluation in documents(result.stdout)] == ["35", "40", "35"]


def test_a_verdict_is_no_error(tmp_path: Path) -> None:
    excluded = changed(full_case(), organs__dialysis="yes")
    result = dlicalc("evaluate", written(tmp_path, excluded), "--as-of", AS_OF)
    assert result.returncode == 0
    assert documents(result.stdout)[0]["releasable"] is False


def test_the_clock_is_now_by_default(tmp_path: Path) -> None:
    result = dlicalc("evaluate", written(tmp_path, full_case()))
    assert result.returncode == 0
    assert documents(result.stdout)[0]["as_of"]


@pytest.mark.parametrize("moment", ["2026-11-18T08:00", "2026-11-18", "now", ""])
def test_as_of_needs_an_offset(tmp_path: Path, moment: str) -> None:
    result = dlicalc("evaluate", written(tmp_path, full_case()), "--as-of", moment)
    assert (result.returncode, result.stdout) == (2, b"")


def test_byte_for_byte_the_same(tmp_path: Path) -> None:
    """Whatever the hash seed, time zone, language, folder and file name are."""
    here, there = written(tmp_path, full_case()), written(tmp_path, full_case(), "renamed.json")
    first = dlicalc("evaluate", here, "--as-of", AS_OF, env={"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"})
    environment = {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}
    second = dlicalc("evaluate", there, "--as-of", AS_OF, env=environment, cwd=tmp_path)
    assert first.returncode == 0
    assert first.stdout == second.stdout


def test_key_order_does_not_matter(tmp_path: Path) -> None:
    backwards = json.loads(json.dumps(full_case()), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    first = dlicalc("evaluate", written(tmp_path, full_case()), "--as-of", AS_OF)
    second = dlicalc("evaluate", written(tmp_path, backwards), "--as-of", AS_OF)
    assert first.stdout == second.stdout


def test_names_in_any_script(tmp_path: Path) -> None:
    case = changed(full_case(), recipient__name="王芳 Ünal", recipient__allergies="青霉素")
    file = tmp_path / "病例.json"
    file.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    assert dlicalc("evaluate", file, "--as-of", AS_OF, env={"LC_ALL": "C"}).returncode == 0


def test_a_refusal_names_the_path(tmp_path: Path) -> None:
    result = dlicalc("evaluate", written(tmp_path, changed(full_case(), recipient__weight__value="6,5")))
    assert (result.returncode, result.stdout) == (2, b"")
    lines = result.stderr.decode().splitlines()
    assert any("recipient.weight" in line and ": " in line for line in lines)


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    case = changed(full_case(), recipient__weight__unit="lb", transplant__day_0="2026/10/01", donor__shoe_size="42")
    stderr = dlicalc("evaluate", written(tmp_path, case)).stderr.decode()
    assert all(name in stderr for name in ("recipient.weight", "transplant.day_0", "shoe_size"))


def test_a_percentage_of_what(tmp_path: Path) -> None:
    result = dlicalc("evaluate", written(tmp_path, drop(full_case(), "products.0.counts.cd3.of")))
    assert result.returncode == 2
    assert b"products.0.counts.cd3" in result.stderr


BAD_FILES = {
    "empty": b"",
    "blank": b" \n\n",
    "not JSON": b"weight: 70 kg\n",
    "list": b"[]",
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "invalid UTF-8": json.dumps(full_case()).replace("S-017", "S-@").encode().replace(b"@", b"\xff"),
    "UTF-16": json.dumps(full_case()).encode("utf-16"),
    "NUL bytes": b"\0" * 4096,
    "NaN": json.dumps(full_case()).replace('"70"', "NaN").encode(),
    "duplicate key": json.dumps(full_case()).replace('"sex":', '"sex": "male", "sex":').encode(),
    "deeply nested": b"[" * 200_000,
    "line by line": json.dumps(full_case()).encode() + b"\n" + json.dumps(full_case()).encode(),
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_bad_files(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(content)
    result = dlicalc("evaluate", file, "--as-of", AS_OF)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr


def test_a_duplicate_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(BAD_FILES["duplicate key"])
    assert b"sex" in dlicalc("evaluate", file).stderr


def test_missing_file(tmp_path: Path) -> None:
    result = dlicalc("evaluate", tmp_path / "nothing.json")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"nothing.json" in result.stderr


def test_folder(tmp_path: Path) -> None:
    result = dlicalc("evaluate", tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read even by root")
def test_unreadable_file() -> None:
    result = dlicalc("evaluate", "/proc/self/mem")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"/proc/self/mem" in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_file_without_permission(tmp_path: Path) -> None:
    file = written(tmp_path, full_case())
    file.chmod(0)
    assert dlicalc("evaluate", file).returncode == 2


def test_fifty_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(b'{"format": "' + b"x" * (50 * MEGABYTE) + b'"}')
    result = dlicalc("evaluate", file)
    assert (result.returncode, result.stdout) == (2, b"")
    assert 0 < len(result.stderr) < MEGABYTE


def test_one_bad_file_among_good_ones(tmp_path: Path) -> None:
    bad = written(tmp_path, changed(full_case(), recipient__sex="F"), "bad.json")
    result = dlicalc("evaluate", written(tmp_path, full_case()), bad, "--as-of", AS_OF)
    assert result.returncode == 2
    assert b"recipient.sex" in result.stderr
    assert len(documents(result.stdout)) <= 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_stdout_is_full(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        assert dlicalc("evaluate", written(tmp_path, full_case()), stdout=full).returncode != 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_nobody_can_be_told_the_exit_code_still_tells(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        call = [executable(), "evaluate", str(tmp_path / "none.json")]
        assert subprocess.run(call, stderr=full, check=False, timeout=100).returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close in another way")
def test_the_reader_leaves(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    files = [written(tmp_path, full_case(), f"{number}.json") for number in range(50)]
    dlicalc("evaluate", *files, "--as-of", AS_OF, stdout=writer)
    os.close(writer)


def test_evaluate_loads_neither_the_window_nor_the_pdf_writer(tmp_path: Path) -> None:
    result = dlicalc("evaluate", written(tmp_path, full_case()), env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert result.returncode == 0
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.decode().splitlines()}
    assert "json" in imported
    assert not {name for name in imported if name.partition(".")[0] in ("PySide6", "shiboken6", "reportlab")}


def test_selftest_agrees() -> None:
    assert dlicalc("selftest", stdin=subprocess.DEVNULL).returncode == 0


def test_selftest_whose_report_cannot_be_written_is_refused_and_not_failed(tmp_path: Path) -> None:
    result = dlicalc("selftest", "-o", tmp_path / "nowhere" / "report.pdf")
    assert result.returncode == 2
    assert b"Verdict: PASSED" in result.stdout
    assert b"cannot be written" in result.stderr
