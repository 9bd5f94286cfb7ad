"""The store of records: a durable commit beside a bare insert of the same JSON; search and day list of 100,000.

The large store is made without flushing, else it would take minutes; only reading is measured on it.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.measuring import Row, in_turns
from dlicalc.services.day_view import DayRow
from dlicalc.services.records import Event, EventKind
from dlicalc.services.wording import Words
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records
from dlicalc.storage.records.store import SqliteRecords

ORDERS = int(os.environ.get("DLICALC_BENCH_ORDERS", "100000"))
COMMITS = 150
A_DAY = 30
FIRST = date(2020, 1, 1)
_CASE = Path(__file__).parent.parent / "resources/examples"


def _store(folder: Path) -> SqliteRecords:
    return open_records(DataFolder(folder, folder.parent), Path("/nowhere"), lambda: datetime.now(UTC))


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE event (sequence INTEGER PRIMARY KEY, who TEXT, said TEXT) STRICT")
    return connection


def _commit(folder: Path) -> Row:
    case = json.loads(next(_CASE.glob("*.json")).read_text())
    event = Event(EventKind.PREPARED, "A. Nurse", "dlicalc", "261118-A", FIRST, case=case, evaluation=case)
    records, bare = _store(folder / "commit"), _bare(folder / "bare.db")

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO event (who, said) VALUES (?, ?)", ("A. Nurse", json.dumps([case, case])))
        bare.execute("COMMIT")

    def append() -> None:
        records.append(event)

    times: list[list[float]] = [[], []]
    for _ in range(COMMITS):
        for place, call in enumerate((append, insert)):
            start = time.perf_counter()
            call()
            times[place].append(time.perf_counter() - start)
    middle = [sorted(taken)[COMMITS // 2] * 1000 for taken in times]
    records.close()
    bare.close()
    return Row("record one event, durable", *middle, "ms", "bare durable SQLite insert", "at most 1.5 ×")


def of_order(number: int) -> Event:
    """One order prepared, by its number."""
    case = {"recipient": {"mrn": f"M{number // 3}"}, "products": [{"din": f"A9999{number:08}"}]}
    return Event(
        EventKind.PREPARED, "A", "dlicalc", f"O{number:06}", FIRST + timedelta(days=number // A_DAY), case=case
    )


def filled(folder: Path, orders: int) -> SqliteRecords:
    """A store with that many orders, each prepared and checked."""
    records = _store(folder)
    records._connection.execute("PRAGMA synchronous = OFF")
    for number in range(orders):
        event = of_order(number)
        records.append(event)
        records.append(Event(EventKind.CHECKED, "B", "dlicalc", event.order, event.day))
    return records


def _reading(folder: Path) -> list[Row]:
    records = filled(folder / "large", ORDERS)
    rows = _windows(records)
    query = records._connection.execute
    middle = ORDERS // 2
    day = FIRST + timedelta(days=middle // A_DAY)
    days = [day, day + timedelta(days=1)]

    def bare_search() -> None:
        query("SELECT order_number FROM entry WHERE order_number = ?", (f"O{middle:06}",)).fetchall()

    def bare_days() -> None:
        query("SELECT * FROM entry WHERE day IN (?, ?)", [one.isoformat() for one in days]).fetchall()

    for name, call, bare, most in (
        (f"search an MRN in {ORDERS:,} orders", lambda: records.search(f"M{middle // 3}"), bare_search, "50 ms"),
        (f"day list of {ORDERS:,} orders", lambda: records.orders_of(days), bare_days, "100 ms"),
        ("page of 50 orders, half way", lambda: records.orders(50, ORDERS), bare_search, "50 ms"),
    ):
        value, floor = in_turns((call, bare), 20)
        rows.append(Row(name, value * 1000, floor * 1000, "ms", "bare SQL query", f"at most {most}"))
    records.close()
    return rows


def _windows(records: SqliteRecords) -> list[Row]:
    """The window of the day list: opened, searched, and all orders scrolled through to the last."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QApplication

    from dlicalc.gui.day_list import DayList

    application = QApplication.instance() or QApplication([])
    middle = ORDERS // 2
    day = FIRST + timedelta(days=middle // A_DAY)
    query, words = records._connection.execute, Words()
    made: list[DayList] = []

    def opened() -> None:
        made.append(DayList(records, _Nothing(), day, words))
        made[-1].show()
        application.processEvents()

    def searched() -> None:
        made[-1].search.setText(f"M{middle // 3}")
        made[-1].look_up()
        application.processEvents()

    def bare_days() -> None:
        days = [day.isoformat(), (day + timedelta(days=1)).isoformat()]
        query("SELECT * FROM entry WHERE day IN (?, ?)", days).fetchall()

    def bare_search() -> None:
        query("SELECT order_number FROM entry WHERE order_number = ?", (f"O{middle:06}",)).fetchall()

    rows = []
    for name, call, bare, most in (
        ("open the day list, drawn", opened, bare_days, "100 ms"),
        ("search in the window, drawn", searched, bare_search, "50 ms"),
    ):
        value, floor = in_turns((call, bare), 20)
        rows.append(Row(name, value * 1000, floor * 1000, "ms", "bare SQL query", f"at most {most}"))
    made[-1].show_every()
    longest = 0.0
    while made[-1].model.canFetchMore(QModelIndex()):
        start = time.perf_counter()
        made[-1].table.scrollToBottom()
        made[-1].model.fetchMore(QModelIndex())
        application.processEvents()
        longest = max(longest, time.perf_counter() - start)
    assert made[-1].model.rowCount() == ORDERS
    _, floor = in_turns((bare_search, bare_search), 20)
    name = f"longest of {ORDERS // 400:,} pages scrolled"
    rows.append(Row(name, longest * 1000, floor * 1000, "ms", "bare SQL query", "at most 100 ms"))
    for one in made:
        one.deleteLater()
    return rows


class _Nothing:
    """Stands for what is done from the list."""

    def open_case(self, number: str) -> bool:
        return False

    def reprint(self, number: str) -> None:
        """Nothing."""

    def supersede(self, number: str) -> bool:
        return False

    def print_list(self, lead: str, rows: list[DayRow]) -> None:
        """Nothing."""


def measure() -> list[Row]:
    """Commit, search, day list."""
    folder = Path(tempfile.mkdtemp(prefix="dlicalc-bench-"))
    try:
        return [_commit(folder), *_reading(folder)]
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    for row in measure():
        print(f"{row.name:40} {row.value:9.3f} {row.floor:9.3f} {row.unit} {row.ratio:6.2f} {row.goal}")
