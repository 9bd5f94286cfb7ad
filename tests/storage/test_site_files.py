"""Which site file is taken, and how one that cannot be used is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.storage.integrity import digest
from dlicalc.storage.resources import Resources
from dlicalc.storage.site_files import LARGEST_FILE, load_site, read_site
from tests.program import ROOT

RESOURCES = Resources(ROOT / "resources")
SHIPPED = (ROOT / "resources" / "site.toml").read_bytes()


def problems(content: bytes) -> tuple[Problem, ...]:
    """Everything that is wrong with a file."""
    with pytest.raises(Refused) as caught:
        read_site(content, "ward.toml")
    return caught.value.problems


def changed(before: str, after: str) -> bytes:
    """The shipped file with one text for another."""
    text = SHIPPED.decode()
    assert before in text
    return text.replace(before, after, 1).encode()


def test_shipped_file_is_an_unconfirmed_proposal_without_a_filter() -> None:
    site = load_site(RESOURCES, None, ())
    assert not site.site.confirmed
    assert site.administration.filter is None
    assert site.digest == digest(SHIPPED)


def test_rates_of_the_shipped_file_are_those_of_its_source() -> None:
    """As slowly as possible for 15 min, then 100 mL in 60 min, at most 200 mL/h; thawed cells have no number."""
    given = load_site(RESOURCES, None, ()).administration
    assert [str(rate) for rate in (given.fresh.speed.ml_per_h, given.fresh.speed.max_ml_per_h)] == ["100", "200"]
    assert str(given.fresh.speed.start_minutes) == "15"
    assert given.cryopreserved.speed.ml_per_h is None


def test_named_file_comes_first_then_the_folders_in_their_order(tmp_path: Path) -> None:
    for name in ("kept", "program"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "site.toml").write_bytes(changed('name = ""', f'name = "{name}"'))
    named = tmp_path / "ward.toml"
    named.write_bytes(changed('name = ""', 'name = "ward"'))
    folders = (tmp_path / "nothing", tmp_path / "kept", tmp_path / "program")
    assert load_site(RESOURCES, str(named), folders).site.name == "ward"
    assert load_site(RESOURCES, None, folders).site.name == "kept"
    assert load_site(RESOURCES, None, folders[2:]).site.name == "program"


def test_a_mark_of_utf_8_in_front_is_no_fault() -> None:
    assert read_site(b"\xef\xbb\xbf" + SHIPPED, "ward.toml").format == "dlicalc-site/1"


@pytest.mark.parametrize(
    ("content", "path", "sentence"),
    [
        (
            changed("[settings]", "[settings]\ncolour = 1"),
            "settings.colour",
            "unknown field; accepted here: paper, language",
        ),
        (changed('paper = "A4"', 'paper = "A3"'), "settings.paper", "“A3” is not accepted; accepted: A4, Letter"),
        (
            changed('ml_per_h = "100"', "ml_per_h = 100"),
            "administration.fresh.speed.ml_per_h",
            "“100” is not in quotes; accepted: a number as text",
        ),
        (
            changed('ml_per_h = "100"', 'ml_per_h = "5000"'),
            "administration.fresh.speed.ml_per_h",
            "“5000” is out of range; accepted: above 0, at most 1000",
        ),
        (
            changed('max_ml_per_h = "200"', 'max_ml_per_h = "20"'),
            "administration.fresh.speed",
            "the rates fall; accepted:",
        ),
        (
            changed('start_minutes = "15"', 'start_ml_per_h = "15"'),
            "administration.fresh.speed",
            "a starting rate without its time",
        ),
        (changed('confirmed_by = ""', 'confirmed_by = "Dr Wang"'), "site", "half confirmed; accepted: both"),
        (changed("[administration]", '[administration]\nfilter = "fine"'), "administration.filter", "“fine” is not"),
        (re.sub(rb"route = .*\n", b"", SHIPPED), "administration.route", "missing; accepted:"),
        (changed('format = "dlicalc-site/1"', 'format = "dlicalc-site/1"\ndigest = "x"'), "digest", "unknown field"),
        (
            changed('format = "dlicalc-site/1"', 'format = "dlicalc-site/2"'),
            "format",
            "“dlicalc-site/2” is not accepted",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(content: bytes, path: str, sentence: str) -> None:
    (problem,) = problems(content)
    assert problem.path == f"ward.toml: {path}"
    assert sentence in Words().problem(problem)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[site", b'format = "a"\nformat = "b"', b""])
def test_what_is_no_site_file_is_refused(content: bytes) -> None:
    found = problems(content)
    assert all(problem.path.startswith("ward.toml") for problem in found)
    assert found[0].code in ("site_toml", "missing")


def test_a_named_file_must_be_there_and_readable(tmp_path: Path) -> None:
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (LARGEST_FILE + 1))
    for place, code in (
        (tmp_path / "none.toml", "site_missing"),
        (tmp_path, "site_unreadable"),
        (large, "site_unreadable"),
    ):
        with pytest.raises(Refused) as caught:
            load_site(RESOURCES, str(place), ())
        (problem,) = caught.value.problems
        assert (problem.path, problem.code) == (str(place), code)
        assert "accepted:" in Words().problem(problem)


def test_a_file_that_lies_where_it_belongs_but_is_damaged_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b"[site")
    with pytest.raises(Refused):
        load_site(RESOURCES, None, (tmp_path,))
