"""The store of records: what was acknowledged stays, what was changed is found. Expected: issue and SQLite's manual."""

import json
import os
import shutil
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dlicalc.services.problem import Refused
from dlicalc.services.records import Event, EventKind
from dlicalc.services.recovery_key import recovered_key, recovery_text
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records import connection as connections
from dlicalc.storage.records.around import verify_place
from dlicalc.storage.records.backup import back_up, restore
from dlicalc.storage.records.connection import harden
from dlicalc.storage.records.keys import load_keys, new_keys, save_keys
from dlicalc.storage.records.opening import open_as_it_is, open_records
from dlicalc.storage.records.place import Place, network_mount
from dlicalc.storage.records.schema import STEPS, bring_up
from dlicalc.storage.records.store import Opened, SqliteRecords
from tests.storage import records_faults as faults
from tests.storage.records_writer import DAY, event

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def place_of(folder: Path) -> Place:
    return Place(folder / "records", folder / "keys")


def filled(folder: Path, orders: int = 30) -> Place:
    records = faults.opened(folder)
    for number in range(orders):
        records.append(event(f"O{number}"))
    records.close()
    return place_of(folder)


def code(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.problems[0].code


def found(place: Place):
    return verify_place(place, load_keys(place.key))


def test_what_was_recorded_comes_back_exactly(tmp_path):
    records = faults.opened(tmp_path / "d")
    said = event("O1")._replace(why="a reason – 原因", details={"volume": "12.5"}, protocol="sha256:x")
    entry = records.append(said)
    records.close()
    again = faults.opened(tmp_path / "d")
    assert again.entries("O1") == (entry,)
    assert again.entries("O1")[0].event == said
    assert again.head() == (1, entry.seal.hash)
    again.close()


def test_identifiers_are_nowhere_on_the_disk(tmp_path):
    place = filled(tmp_path / "d")
    for path in (tmp_path / "d").rglob("*"):
        assert "0042177" not in path.name
        if path.is_file():
            for secret in (b"0042177", b"Example Recipient", b"A. Nurse", b"A9999"):
                assert secret not in path.read_bytes(), path
    assert stat.S_IMODE(place.key.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.keys.stat().st_mode) == 0o700


def test_search_day_list_and_paging(tmp_path):
    records = faults.opened(tmp_path / "d")
    for number in range(5):
        records.append(event(f"O{number}", mrn=f"M{number % 2}"))
    records.append(Event(EventKind.CHECKED, "B", "dlicalc 0", order="O1", day=DAY))
    records.append(Event(EventKind.GIVEN, "B", "dlicalc 0", order="O3", details={"mnc_per_kg": "1", "cd3_per_kg": "2"}))
    assert records.search("m 1") == ("O3", "O1")
    assert records.search("=a9999O2") == ("O2",)
    assert records.search(" o4 ") == ("O4",)
    assert records.search("nobody") == ()
    assert [one.order for one in records.orders_of([DAY, date(2026, 11, 19)])] == ["O0", "O2", "O4", "O1", "O3"]
    assert records.orders_of([date(2026, 11, 20)]) == ()
    assert records.orders(2) == ((5, "O4"), (4, "O3"))
    assert records.orders(9, before=3) == ((2, "O1"), (1, "O0"))
    assert [entry.stamp.order for entry in records.given_to("M1")] == ["O3"]
    assert records.given_to("M0") == ()
    records.close()


def test_each_commit_is_flushed(tmp_path):
    records = faults.opened(tmp_path / "d")
    connection = records._connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    records.close()


def test_a_journal_mode_that_stays_as_it_was_is_refused(tmp_path):
    held = sqlite3.connect(":memory:")  # cannot have a write-ahead log, and says so only when asked
    assert code(lambda: harden(held)) == "records_journal"
    held.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET order_number = 'x'",
        "DELETE FROM entry",
        "DELETE FROM sealed",
        "UPDATE sealed SET content = x'00'",
        "UPDATE term SET sequence = 1",
        "DELETE FROM term",
        "UPDATE meta SET value = ''",
        "DELETE FROM meta",
        "INSERT INTO entry SELECT 99, order_number, kind, day, at, jump, software, protocol, content, terms, covers,"
        " previous, hash, mac FROM entry WHERE sequence = 1",
    ],
)
def test_nothing_is_changed_by_sql(tmp_path, statement):
    place = filled(tmp_path / "d", 2)
    connection = sqlite3.connect(place.database)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("table", ["entry", "sealed", "term"])
def test_what_is_changed_around_the_triggers_is_found(tmp_path, table):
    place = filled(tmp_path / "d", 5)
    connection = sqlite3.connect(place.database, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(f"DELETE FROM {table} WHERE sequence = 3")
    connection.close()
    expected = {"entry": ("gap", 3), "sealed": ("content_missing", 3), "term": ("terms", 3)}[table]
    faulty = {(fault.code, fault.sequence) for fault in found(place).faults}
    assert expected in faulty
    assert ("structure", 0) in faulty  # the triggers are gone


def test_newest_entry_cut_off_is_noticed(tmp_path):
    place = filled(tmp_path / "d", 5)
    early = place.database.read_bytes()
    records = faults.opened(tmp_path / "d")
    records.append(event("O9"))
    records.close()
    place.database.write_bytes(early)  # an older store put in its place
    faulty = [(fault.code, fault.sequence) for fault in found(place).faults]
    assert [one for one in faulty if not one[0].startswith("page_")] == [("lost", 6)]
    assert len(faulty) > 1  # nor is the file as it was closed
    assert code(lambda: faults.opened(tmp_path / "d")) == "records_lost"


def test_store_that_was_removed_is_not_begun_anew(tmp_path):
    place = filled(tmp_path / "d", 2)
    place.database.unlink()
    assert code(lambda: faults.opened(tmp_path / "d")) == "records_lost"


def test_deleted_write_ahead_log_is_noticed(tmp_path):
    records = faults.opened(tmp_path / "d")
    for number in range(5):
        records.append(event(f"O{number}"))
    # As after a kill: the log is still there; then somebody deletes it.
    shutil.copytree(tmp_path / "d", tmp_path / "e")
    records.close()
    assert not faults.judged(tmp_path / "e", [["kept", f"O{number}"] for number in range(5)], killed=False)
    shutil.rmtree(tmp_path / "e")
    records = faults.opened(tmp_path / "d")
    records.append(event("O5"))
    shutil.copytree(tmp_path / "d", tmp_path / "e")
    records.close()
    place_of(tmp_path / "e").log.unlink()
    assert code(lambda: faults.opened(tmp_path / "e")) == "records_lost"
    assert ("lost", 6) in {(fault.code, fault.sequence) for fault in found(place_of(tmp_path / "e")).faults}


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 5000])
def test_torn_tail_is_said_in_words(tmp_path, left):
    place = filled(tmp_path / "d")
    os.truncate(place.database, left)
    assert code(lambda: faults.opened(tmp_path / "d")) in ("records_corrupt", "records_lost", "records_foreign")


def test_corrupt_page_is_found_and_its_entries_named(tmp_path):
    place = filled(tmp_path / "d", 200)
    whole = bytearray(place.database.read_bytes())
    page = whole.index(b"O100prepared") // 4096
    whole[page * 4096 : (page + 1) * 4096] = bytes(4096)
    place.database.write_bytes(whole)
    result = found(place)
    assert not result.intact
    assert 101 in {fault.sequence for fault in result.faults}


def test_every_changed_byte_is_found(tmp_path):
    """A sample with a prime step; ``make faults`` takes every byte of 1,000 orders."""
    place = filled(tmp_path / "d", 20)
    whole = place.database.read_bytes()
    missed = []
    with place.database.open("rb+", buffering=0) as file:
        for offset in [*range(0, 100, 3), *range(100, len(whole), 397)]:
            file.seek(offset)
            file.write(bytes([whole[offset] ^ 0xFF]))
            try:
                if found(place).intact:
                    missed.append(offset)
            except Refused:
                pass
            file.seek(offset)
            file.write(whole[offset : offset + 1])
    assert missed == []
    assert found(place).closed


def test_fault_names_the_entry_and_its_date(tmp_path):
    records = open_records(DataFolder(tmp_path / "d", tmp_path), Path("/nowhere"), lambda: NOON)
    for number in range(3):
        records.append(event(f"ORDER{number}"))
    records.close()
    place = place_of(tmp_path / "d")
    whole = place.database.read_bytes()
    row = b"ORDER1prepared2026-11-18" + NOON.isoformat().encode()
    assert whole.count(row) == 1
    place.database.write_bytes(whole.replace(row, row.replace(b"ORDER1", b"ORDER7")))
    assert ("altered", 2, NOON.isoformat()) in {fault[:3] for fault in found(place).faults}


@pytest.mark.skipif(faults.STRACE is None, reason="strace is not installed")
def test_killed_at_write_boundaries(tmp_path):
    counts = faults.calls(tmp_path / "calls", 4)
    assert counts["pwrite64"] > 40
    for when in range(1, counts["pwrite64"], 11):
        folder = tmp_path / f"k{when}"
        said, ended = faults.injected(folder, "pwrite64", f"signal=KILL:when={when}", 4)
        assert ended != 0
        assert faults.judged(folder, said, killed=True) == []


@pytest.mark.skipif(faults.STRACE is None, reason="strace is not installed")
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize(("call", "when"), [("pwrite64", 1), ("pwrite64", 36), ("fdatasync", 2), ("fdatasync", 7)])
def test_disk_errors(tmp_path, error, call, when):
    said, _ = faults.injected(tmp_path / "d", call, f"error={error}:when={when}", 4)
    assert faults.judged(tmp_path / "d", said, killed=False) == []


def test_two_processes_at_once(tmp_path):
    faults.opened(tmp_path / "d").close()
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda prefix: faults.write(tmp_path / "d", 60, prefix=prefix)[0], "AB"))
    kept = [line[1] for said in runs for line in said if line[0] == "kept"]
    assert len(kept) == 120
    assert faults.judged(tmp_path / "d", [["kept", order] for order in kept], killed=False) == []


def test_two_processes_that_both_make_the_store(tmp_path):
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda prefix: faults.write(tmp_path / "d", 5, prefix=prefix)[0], "AB"))
    assert [line[0] for said in runs for line in said].count("kept") == 10
    said = [line for run in runs for line in run]
    assert faults.judged(tmp_path / "d", said, killed=False) == []


def test_clock_set_back_and_forward_is_flagged_and_the_sequence_goes_on(tmp_path):
    moments = iter([NOON, NOON - timedelta(days=3650), NOON - timedelta(days=3650), NOON + timedelta(days=3650)])
    store = open_records(DataFolder(tmp_path / "d", tmp_path), Path("/nowhere"), lambda: next(moments))
    entries = [store.append(event(f"O{number}")) for number in range(4)]
    assert [entry.stamp.jump for entry in entries] == ["", "back", "", "forward"]
    assert [entry.stamp.sequence for entry in entries] == [1, 2, 3, 4]
    assert store.verify().faults == ()
    store.close()


def test_folder_that_cannot_be_written_is_said_in_words(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert code(lambda: faults.opened(tmp_path / "file")) == "records_folder"
    assert code(lambda: faults.opened(Path("/proc/dlicalc"))) == "records_folder"


def test_store_that_cannot_be_written_any_more_refuses(tmp_path):
    place = filled(tmp_path / "d", 2)
    keys = load_keys(place.key)
    connection, store = open_as_it_is(place.database, keys)
    records = SqliteRecords(Opened(connection, place, keys, store), lambda: NOON)
    assert code(lambda: records.append(event("O9"))) == "records_refused"
    records.close()
    assert found(place).entries == 2


def test_program_folder_and_network_are_refused(tmp_path):
    folder = DataFolder(tmp_path / "program" / "data", tmp_path)
    assert code(lambda: open_records(folder, tmp_path / "program", lambda: NOON)) == "records_program"
    mounts = (
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        "40 22 0:50 / /home/ward rw shared:9 - cifs //server/ward rw\n"
        "41 40 8:2 / /home/ward/local\\040disk rw - ext4 /dev/sdb1 rw\n"
    )
    assert network_mount(Path("/home/ward/data"), mounts) == "cifs"
    assert network_mount(Path("/home/ward/local disk/data"), mounts) == ""
    assert network_mount(Path("/var/lib"), mounts) == ""


def test_foreign_and_newer_files_are_left_as_they_are(tmp_path):
    place = filled(tmp_path / "d", 1)
    connection = sqlite3.connect(place.database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = place.database.read_bytes()
    assert code(lambda: faults.opened(tmp_path / "d")) == "records_newer"
    assert place.database.read_bytes() == before
    place.database.unlink()
    connection = sqlite3.connect(place.database)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    assert code(lambda: faults.opened(tmp_path / "d")) == "records_foreign"


def test_older_store_is_brought_up_or_left_alone(tmp_path):
    place = filled(tmp_path / "d", 2)
    connection = connections.connect(place.database)
    failing = {**STEPS, 2: ("CREATE TABLE more (x TEXT) STRICT", "CREATE TABLE more (x TEXT) STRICT")}
    with pytest.raises(sqlite3.OperationalError):
        bring_up(connection, failing, meta={})
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert bring_up(connection, {**STEPS, 2: failing[2][:1]}, meta={}) == 1
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2,)
    connection.close()


def test_sample_of_format_1_opens_today(tmp_path):
    """Kept for good: written on 2026-11-22, with the keys beside it; never to be made anew."""
    shutil.copytree(Path(__file__).parent / "records_format_1", tmp_path / "d")
    records = faults.opened(tmp_path / "d")
    assert [entry.stamp.order for entry in records.newest(9)] == ["O2", "O1", "O0"]
    assert records.search("0042177") == ("O2", "O1", "O0")
    assert records.verify().intact
    records.append(event("O3"))
    assert records.verify().intact
    records.close()


def test_key_is_asked_for_and_never_made_anew(tmp_path):
    place = filled(tmp_path / "d", 1)
    kept = place.key.read_bytes()
    place.key.unlink()
    assert code(lambda: faults.opened(tmp_path / "d")) == "records_key_missing"
    save_keys(place.key, new_keys())
    assert code(lambda: faults.opened(tmp_path / "d")) in ("records_key_wrong", "records_lost")
    place.key.write_bytes(kept[:-9])
    assert code(lambda: faults.opened(tmp_path / "d")) == "records_key_wrong"


def test_passphrase(tmp_path):
    def at(passphrase):
        folder = DataFolder(tmp_path / "d", tmp_path)
        return open_records(folder, Path("/nowhere"), lambda: NOON, passphrase)

    records: SqliteRecords = at("correct horse")
    records.append(event("O1"))
    records.close()
    assert code(lambda: at(None)) == "records_passphrase"
    assert code(lambda: at("wrong")) == "records_key_wrong"
    records = at("correct horse")
    assert records.search("0042177") == ("O1",)
    records.close()


def test_retention_removes_what_was_sealed_and_leaves_the_chain(tmp_path):
    moments = iter([NOON + timedelta(days=number) for number in range(9)])
    records = open_records(DataFolder(tmp_path / "d", tmp_path), Path("/nowhere"), lambda: next(moments))
    for number in range(4):
        records.append(event(f"O{number}"))
    sealed = records._connection.execute("SELECT content FROM sealed WHERE sequence = 2").fetchone()[0]
    place = place_of(tmp_path / "d")
    by = Event(EventKind.RETENTION, "C", "dlicalc 0")
    assert records.remove_content(NOON, by) == 0
    assert records.remove_content(NOON + timedelta(days=2), by) == 2
    assert sealed[20:60] not in place.database.read_bytes()
    result = records.verify()
    assert (result.faults, result.removed, result.entries) == ((), 2, 5)
    assert records.entries("O1")[0].event is None
    assert records.search("0042177") == ("O3", "O2")
    records.close()


def test_backup_and_restore_with_the_recovery_key(tmp_path):
    place = filled(tmp_path / "d", 3)
    keys = load_keys(place.key)
    connection, store = open_as_it_is(place.database, keys)
    backup = tmp_path / "backup.db"
    assert back_up(Opened(connection, place, keys, store), backup) == 3
    assert code(lambda: back_up(Opened(connection, place, keys, store), backup)) == "records_output"
    connection.close()
    on_paper = recovery_text(keys.master)
    folder = DataFolder(tmp_path / "new", tmp_path)
    head, aside = restore(folder, place_of(tmp_path / "new"), backup, type(keys)(recovered_key(on_paper)), NOON)
    assert (head.sequence, aside) == (3, "")
    records = faults.opened(tmp_path / "new")
    assert records.verify().intact
    assert records.search("0042177") == ("O2", "O1", "O0")
    records.close()


def test_backup_that_was_changed_is_not_restored(tmp_path):
    place = filled(tmp_path / "d", 3)
    content = place.database.read_bytes()
    row = b"O1prepared"
    assert row in content
    (tmp_path / "bad.db").write_bytes(content.replace(row, b"O7prepared"))
    folder = DataFolder(tmp_path / "d", tmp_path)
    keys = load_keys(place.key)
    assert code(lambda: restore(folder, place, tmp_path / "bad.db", keys, NOON)) == "records_backup"
    assert place.database.read_bytes() == content
    assert found(place).intact


def test_window_that_still_holds_the_restored_store_records_nothing_more(tmp_path):
    place = filled(tmp_path / "d", 3)
    (tmp_path / "b.db").write_bytes(place.database.read_bytes())
    records = faults.opened(tmp_path / "d")
    restore(DataFolder(tmp_path / "d", tmp_path), place, tmp_path / "b.db", load_keys(place.key), NOON)
    assert code(lambda: records.append(event("O9"))) == "records_held"
    records.close()
    assert not faults.judged(tmp_path / "d", [["kept", "O0"], ["kept", "O1"], ["kept", "O2"]], killed=False)


def test_command_line(tmp_path, capfd, monkeypatch):
    from dlicalc.app.main import run

    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(tmp_path / "d"))
    assert run(["records", "verify"]) == 2
    assert run(["records", "list"]) == 2
    assert not (tmp_path / "d").exists()
    place = filled(tmp_path / "d", 3)
    assert run(["records", "verify"]) == 0
    assert run(["records", "verify", "--language", "zh_CN"]) == 0
    assert run(["records", "list"]) == 0
    assert run(["records", "recovery-key"]) == 0
    assert recovery_text(load_keys(place.key).master) in capfd.readouterr().out
    assert run(["records", "export", "-o", str(tmp_path / "all.json")]) == 0
    entries = json.loads((tmp_path / "all.json").read_text())["entries"]
    assert [entry["case"] for entry in entries] == [event(f"O{number}").case for number in range(3)]
    assert [entry["evaluation"] for entry in entries] == [event("O0").evaluation] * 3
    assert run(["records", "backup", str(tmp_path / "b.db")]) == 0
    assert run(["records", "restore", str(tmp_path / "b.db"), "--who", "C. Chief"]) == 0
    assert run(["records", "verify"]) == 0
    os.truncate(place.database, place.database.stat().st_size - 4096)
    assert run(["records", "verify"]) in (1, 2)
    assert run(["records", "restore", str(tmp_path / "b.db"), "--who", "C. Chief"]) == 0
    capfd.readouterr()
    assert run(["records", "list"]) == 0
    assert "C. Chief" in capfd.readouterr().out
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(tmp_path / "another computer"))
    assert run(["records", "restore", str(tmp_path / "b.db"), "--who", "C. Chief"]) == 2
    assert "restore with the recovery key" in capfd.readouterr().err
