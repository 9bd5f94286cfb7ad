"""``dlicalc records retain``: said first, confirmed, then removed; the chain can be verified as before."""

import io
import sys
from datetime import UTC, datetime, timedelta

import pytest

from dlicalc.app.main import run
from dlicalc.services.records import Event, EventKind
from tests.program import ROOT
from tests.recorded import opened, ticking

SHIPPED = (ROOT / "resources" / "site.toml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Three orders: two of 2020, one of today."""
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(tmp_path / "d"))
    for start, orders in (("2020-01-01T08:00+00:00", "AB"), (datetime.now(UTC).isoformat(), "C")):
        records = opened(tmp_path / "d", ticking(start, timedelta(days=1) if orders == "AB" else timedelta(seconds=1)))
        for name in orders:
            case = {"recipient": {"mrn": f"M{name}", "name": "Example Recipient"}}
            records.append(Event(EventKind.PREPARED, "Li Wei", "dlicalc 1", order=f"O-{name}", case=case))
            records.append(Event(EventKind.CHECKED, "Zhang Min", "dlicalc 1", order=f"O-{name}"))
        records.close()
    return tmp_path / "d"


def readable(folder) -> list[str]:
    records = opened(folder)
    try:
        return [order for order in ("O-A", "O-B", "O-C") if records.entries(order)[0].event is not None]
    finally:
        records.close()


def retain(*arguments: str) -> int:
    return run(["records", "retain", *arguments])


WHO = ("--who", "Li Wei", "--why", "ten years are over")


def test_dry_run_says_what_would_go_and_leaves_it(folder, capfd):
    assert retain("--before", "2021-01-01", "--dry-run") == 0
    said = capfd.readouterr().err
    assert "4 entries of 2 orders, made from 2020-01-01 08:00 +00:00 to 2020-01-04 08:00 +00:00" in said
    assert readable(folder) == ["O-A", "O-B", "O-C"]


def test_number_of_entries_confirms(folder, capfd, monkeypatch):
    class Typed:
        def __init__(self, text: bytes) -> None:
            self.buffer = io.BytesIO(text)

    monkeypatch.setattr(sys, "stdin", Typed(b"y\n"))
    assert retain("--before", "2021-01-01", *WHO) == 2
    assert readable(folder) == ["O-A", "O-B", "O-C"]
    monkeypatch.setattr(sys, "stdin", Typed(b"4\n"))
    assert retain("--before", "2021-01-01", *WHO) == 0
    assert readable(folder) == ["O-C"]
    assert run(["records", "verify"]) == 0
    assert "Retention has removed the content of 4 entries" in capfd.readouterr().out


def test_who_and_why_are_recorded(folder):
    assert retain("--before", "2021-01-01", "--yes", *WHO) == 0
    records = opened(folder)
    (newest,) = records.newest(1)
    records.close()
    assert (newest.stamp.kind, newest.event.who, newest.event.why) == ("retention", "Li Wei", "ten years are over")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--before", "2021-01-01", "--yes"),
        ("--before", "2021-01-01", "--yes", "--who", "Li Wei"),
        ("--before", "2021-01-01", "--yes", "--who", "?", "--why", "x"),
        ("--before", "2999-01-01", "--yes", *WHO),
        ("--before", "last year", "--yes", *WHO),
        ("--yes", *WHO),
    ],
)
def test_without_name_reason_or_past_date_nothing_goes(folder, arguments):
    assert retain(*arguments) == 2
    assert readable(folder) == ["O-A", "O-B", "O-C"]


def test_years_of_the_site_file_stand_in_for_a_date(folder):
    (folder / "site.toml").write_text(SHIPPED.replace("[settings]", '[settings]\nkeep_years = "5"'), encoding="utf-8")
    assert retain("--yes", *WHO) == 0
    assert readable(folder) == ["O-C"]


@pytest.mark.parametrize("years", ["0", "7.5", "-1", "201", "seven"])
def test_years_are_whole_and_sensible(folder, years, capfd):
    text = SHIPPED.replace("[settings]", f'[settings]\nkeep_years = "{years}"')
    (folder / "site.toml").write_text(text, encoding="utf-8")
    assert retain("--yes", *WHO) == 2
    assert "settings.keep_years" in capfd.readouterr().err


def test_a_second_time_there_is_nothing_to_remove(folder, capfd):
    assert retain("--before", "2021-01-01", "--yes", *WHO) == 0
    capfd.readouterr()
    assert retain("--before", "2021-01-01", "--yes", *WHO) == 0
    assert "nothing to remove" in capfd.readouterr().err
