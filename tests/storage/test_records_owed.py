"""An end that the records would not take outlasts the program. Expected: docs/records.md."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Event, EventKind
from dlicalc.storage.records import owed
from dlicalc.storage.records.owed import FolderNotes, folders
from tests.storage import records_faults as faults
from tests.storage.records_owing import END
from tests.storage.records_writer import event

AT = datetime(2026, 11, 18, 12, tzinfo=UTC)
SEAT = "ward7 @ pc-12"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(owed, "user_state_path", lambda *_names, **_how: tmp_path / "state")


def end(order="O1", who="Anna Berg", why="fever", kind=EventKind.VOIDED) -> Event:
    details = {"seat": SEAT, "at": AT.isoformat()}
    case = {"recipient": {"mrn": "0042177"}}
    return Event(kind, who, "dlicalc 0", order, date(2026, 11, 18), why, case, {"x": 1}, details, "sha256:p")


def places(tmp_path: Path) -> tuple[Path, ...]:
    return folders(tmp_path / "d")


def reserved(tmp_path: Path) -> FolderNotes:
    records = faults.opened(tmp_path / "d")
    if not records.entries("O1"):
        records.append(event("O1"))
    notes = FolderNotes(places(tmp_path))
    notes.reserve(records.note_key)
    records.close()
    return notes


def files(tmp_path: Path) -> list[Path]:
    return sorted(path for place in places(tmp_path) for path in place.glob("*.owed"))


def test_what_was_noted_is_recorded_at_the_next_start_exactly(tmp_path):
    notes = reserved(tmp_path)
    assert notes.keep((end(),))
    notes.close()
    for path in files(tmp_path):
        for secret in (b"0042177", b"Anna Berg", b"fever"):
            assert secret not in path.read_bytes()
    records = faults.opened(tmp_path / "d")
    assert [entry.event for entry in records.entries("O1")] == [event("O1"), end()]
    assert files(tmp_path) == []
    records.close()


def test_a_program_that_was_killed_has_noted_it_too(tmp_path):
    notes = reserved(tmp_path)
    assert notes.keep((end(),))
    for claim in notes._claims.values():
        claim._lock.release(remove=False)  # as the system does
    assert faults.opened(tmp_path / "d").entries("O1")[-1].event == end()


def test_a_full_disk_leaves_the_room_that_was_taken_before(tmp_path):
    """No block is wanted: the file is as long and as large afterwards as before."""
    notes = reserved(tmp_path)
    [path] = files(tmp_path)
    before = path.stat()
    assert notes.keep((end(),))
    assert (path.stat().st_size, path.stat().st_blocks) == (before.st_size, before.st_blocks)
    assert before.st_blocks * 512 >= 65_536
    notes.close()


def test_nothing_noted_leaves_nothing_behind(tmp_path):
    notes = reserved(tmp_path)
    assert len(files(tmp_path)) == 1
    notes.close()
    assert list((tmp_path / "d" / "owed").iterdir()) == []
    again = reserved(tmp_path)
    again.keep((end(),))
    again.forget()
    again.close()
    assert files(tmp_path) == []
    assert [entry.stamp.kind for entry in faults.opened(tmp_path / "d").entries("O1")] == ["prepared"]


def test_an_end_that_was_recorded_before_the_note_went_is_not_recorded_twice(tmp_path):
    notes = reserved(tmp_path)
    notes.keep((end(),))
    notes.close()
    records = faults.opened(tmp_path / "d")
    kept = [entry.stamp.kind for entry in records.entries("O1")]
    again = FolderNotes(places(tmp_path))
    again.reserve(records.note_key)
    again.keep((end(),))  # as if the program had died between record and removal
    again.close()
    records.close()
    records = faults.opened(tmp_path / "d")
    assert [entry.stamp.kind for entry in records.entries("O1")] == kept == ["prepared", "voided"]
    records.close()


def test_a_note_of_a_window_that_still_runs_is_recorded_and_left_to_it(tmp_path):
    notes = reserved(tmp_path)
    notes.keep((end(),))
    other = faults.opened(tmp_path / "d")
    assert [entry.stamp.kind for entry in other.entries("O1")] == ["prepared", "voided"]
    assert len(files(tmp_path)) == 1
    other.close()
    notes.forget()
    notes.close()
    assert files(tmp_path) == []


def test_while_it_cannot_be_recorded_the_records_are_not_to_be_had(tmp_path, monkeypatch):
    notes = reserved(tmp_path)
    notes.keep((end(),))
    notes.close()

    def full(_store, _events):
        raise Refused(Problem("records", "records_refused", {"text": "SQLITE_FULL"}))

    with monkeypatch.context() as patched:
        patched.setattr(faults.SqliteRecords, "append_all", full)
        with pytest.raises(Refused) as refused:
            faults.opened(tmp_path / "d")
    [problem] = refused.value.problems
    assert (problem.code, problem.params) == ("records_owed", {"number": "O1", "text": "SQLITE_FULL"})
    assert len(files(tmp_path)) == 1
    assert faults.opened(tmp_path / "d").entries("O1")[-1].stamp.kind == "voided"


def test_a_data_folder_that_cannot_be_written_is_gone_around(tmp_path):
    records = faults.opened(tmp_path / "d")
    records.append(event("O1"))
    notes = FolderNotes(places(tmp_path))
    (tmp_path / "d" / "owed").write_text("in the way")
    notes.reserve(records.note_key)
    records.close()
    assert notes.keep((end(),))
    notes.close()
    [path] = files(tmp_path)
    assert path.is_relative_to(tmp_path / "state")
    (tmp_path / "d" / "owed").unlink()
    assert faults.opened(tmp_path / "d").entries("O1")[-1].event == end()


def test_where_it_can_be_noted_nowhere_that_is_said(tmp_path):
    for name in ("d", "state"):
        (tmp_path / name).write_text("in the way")
    notes = FolderNotes(places(tmp_path))
    assert not notes.keep((end(),))
    notes.close()


def test_without_a_key_that_it_ended_is_noted_and_that_more_was_said_is_not_hidden(tmp_path):
    notes = FolderNotes(places(tmp_path))
    changed = end(who=SEAT, why="", kind=EventKind.SUPERSEDED)
    assert notes.keep((changed,))
    assert not notes.keep((changed, end("O2")))  # who and why are not in it
    notes.close()
    assert b"Anna Berg" not in files(tmp_path)[0].read_bytes()
    records = faults.opened(tmp_path / "d")
    [first] = records.entries("O1")
    assert (first.stamp.kind, first.event.who, first.event.details["at"]) == ("superseded", SEAT, AT.isoformat())
    [second] = records.entries("O2")
    assert (second.stamp.kind, second.event.why) == ("voided", "")
    records.close()


@pytest.mark.parametrize("torn", [1, 20, 200])
def test_a_torn_note_was_never_counted_on(tmp_path, torn):
    notes = reserved(tmp_path)
    assert notes.keep((end(),))
    [path] = files(tmp_path)
    whole = path.read_bytes().rstrip(b"\0")
    notes.keep((end(), end("O2")))
    notes.close()
    both = path.read_bytes()
    path.write_bytes(both[: len(whole) + torn] + bytes(len(both) - len(whole) - torn))
    records = faults.opened(tmp_path / "d")
    assert records.entries("O2") == ()
    assert records.entries("O1")[-1].stamp.kind == "voided"
    assert list(owed.unread(places(tmp_path))) == []
    records.close()


def test_a_damaged_note_is_set_aside_and_the_others_hold(tmp_path):
    notes = reserved(tmp_path)
    notes.keep((end(), end("O2")))
    notes.close()
    [path] = files(tmp_path)
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    records = faults.opened(tmp_path / "d")
    assert records.entries("O2")[-1].stamp.kind == "voided"
    assert len(list(owed.unread(places(tmp_path)))) == 1
    assert ("owed_unread", 0) in {fault[:2] for fault in records.verify().faults}
    records.close()


def test_a_note_without_who_and_why_is_completed_as_soon_as_it_can_be(tmp_path, monkeypatch):
    notes = reserved(tmp_path)

    def full(_place: Path, offset: int, content: bytes) -> None:
        if b"sealed" in content:
            raise OSError

    with monkeypatch.context() as disk:
        written = owed._write
        disk.setattr(owed, "_write", lambda *what: full(*what) or written(*what))
        assert not notes.keep((end(),))
        assert not notes.keep((end(),))
    ended = end()
    assert notes.keep((ended,))
    notes.close()
    records = faults.opened(tmp_path / "d")
    assert [entry.event for entry in records.entries("O1")][1:] == [end()]
    records.close()


def test_notes_of_another_key_hold_as_far_as_they_lie_open(tmp_path):
    notes = FolderNotes(places(tmp_path))
    notes.reserve(os.urandom(32))
    assert notes.keep((end(),))
    notes.close()
    records = faults.opened(tmp_path / "d")
    [entry] = records.entries("O1")
    assert (entry.stamp.kind, entry.event.who) == ("voided", SEAT)
    records.close()


def test_each_data_folder_has_notes_of_its_own(tmp_path):
    one, other = (folders(tmp_path / name) for name in ("d", "e"))
    assert not set(one) & set(other)


def test_the_open_part_names_nobody():
    said = json.dumps(owed._open_part(end()))
    assert not any(secret in said for secret in ("Anna", "fever", "0042177"))


@pytest.mark.skipif(faults.STRACE is None, reason="strace is not installed")
@pytest.mark.parametrize("what", ["signal=KILL", "error=ENOSPC", "error=EIO"])
def test_what_was_called_noted_is_noted_whatever_the_disk_does(tmp_path, monkeypatch, what):
    """At every write and flush, from opening the records to letting go of them."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "none"))
    (tmp_path / "none").write_text("in the way")
    records = faults.opened(tmp_path / "made")
    records.append(event("O1"))
    records.close()
    calls = ("write", "fsync", "pwrite64")
    log = tmp_path / "log"
    faults.owe(
        shutil.copytree(tmp_path / "made", tmp_path / "calls"),
        *(str(faults.STRACE), "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(calls)}"),
    )
    made = log.read_text()

    def one(point):
        call, when = point
        folder = shutil.copytree(tmp_path / "made", tmp_path / f"{what}-{call}-{when}")
        inject = ("-e", f"trace={call}", "-e", f"inject={call}:{what}:when={when}")
        said, _ = faults.owe(folder, str(faults.STRACE), "-f", "-qq", "-o", os.devnull, *inject)
        again = faults.opened(folder)
        ended = [entry.event for entry in again.entries("O1") if entry.stamp.kind == "voided"]
        whole = again.verify().intact
        again.close()
        bare = END._replace(who="ward7", why="", details={"seat": "ward7", "at": ""})
        right = ended == [END] if ["noted"] in said else ended in ([], [END], [bare])
        return [] if right and whole else [f"{call} {when}: {said} {ended}"]

    points = [(call, when) for call in calls for when in range(1, made.count(f" {call}(") + 1)]
    assert len(points) > 4
    with ThreadPoolExecutor(2) as pool:
        assert [wrong for wrongs in pool.map(one, points) for wrong in wrongs] == []
