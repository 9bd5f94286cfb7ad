"""``dlicalc records``: verify, list, export, back up, restore the records; print orders again, remove old content."""

import argparse
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from pydantic_core import to_json

from dlicalc.app.parts import SOFTWARE, Parts, now
from dlicalc.app.streams import put, say, standard_input
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import HEAD_DIGITS, Entry, Event, EventKind, Verification
from dlicalc.services.recovery_key import recovered_key, recovery_text
from dlicalc.services.wording import Words
from dlicalc.services.wording import records as text
from dlicalc.services.wording.words import moment_shown
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.data_folder import DataFolder, data_folder, program_folder
from dlicalc.storage.records.around import open_to_verify
from dlicalc.storage.records.backup import back_up, restore
from dlicalc.storage.records.keys import Keys, load_keys
from dlicalc.storage.records.opening import open_as_it_is, open_records
from dlicalc.storage.records.place import Place, place_in
from dlicalc.storage.records.store import Opened, SqliteRecords

FAULTY: Final = 1
EXPORT_FORMAT: Final = "dlicalc-records/1"
_PAGE: Final = 200


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Carry out one act; 0 done and nothing wrong, 1 something is wrong with the records, 2 refused."""
    return _Records(options, parts).run(options.act)


class _Records:
    """The records that the command line speaks of."""

    def __init__(self, options: argparse.Namespace, parts: Parts) -> None:
        self._options = options
        self._parts = parts
        self._words: Words = parts.words(options.language or "en")
        self._program = program_folder(parts.resources.folder)
        self._folder: DataFolder = data_folder(self._program, os.environ, training=options.training)
        self._place: Place = place_in(self._folder, self._program)

    def run(self, act: str) -> int:
        """Do what is named ``act``."""
        acts = {
            "verify": self._verify,
            "list": self._list,
            "export": self._export,
            "backup": self._backup,
            "restore": self._restore,
            "recovery-key": self._recovery_key,
            "reprint": self._reprint,
            "retain": self._retain,
        }
        return acts[act]()

    def _verify(self) -> int:
        keys = self._keys()
        with open_to_verify(self._place, keys) as opened:
            found = opened.verify()
            missed = self._missed(opened.connection)
        for line in (*_sentences(found, self._words), *missed):
            put(line)
        return 0 if found.intact and not missed else FAULTY

    def _missed(self, connection: sqlite3.Connection) -> tuple[str, ...]:
        """Why the entry that a printed order names is not in the records; nothing if it is, or none was named."""
        named = self._options.head
        if named is None:
            return ()
        sequence, _, digits = named.strip().lower().partition("-")
        if not sequence.isdecimal() or len(digits) != HEAD_DIGITS:
            raise Refused(Problem("--head", "records_head", {"text": named}))
        row = connection.execute("SELECT hash FROM entry WHERE sequence = ?", (int(sequence),)).fetchone()
        if row is None:
            return (self._words(text.HEAD_MISSING, sequence=int(sequence)),)
        return () if row[0].startswith(digits) else (self._words(text.HEAD_OTHER, sequence=int(sequence)),)

    def _list(self) -> int:
        records = self._open()
        try:
            for entry in records.newest(self._options.most):
                put(_line(entry, self._words))
        finally:
            records.close()
        return 0

    def _export(self) -> int:
        records = self._open()
        try:
            entries = [_exported(entry) for entry in reversed(list(_all(records)))]
        finally:
            records.close()
        content = to_json({"format": EXPORT_FORMAT, "entries": entries}, indent=2)
        if self._options.output is None:
            put(content)
        else:
            write_atomically(self._options.output, content + b"\n")
        say(self._words(text.EXPORTED, count=len(entries)))
        return 0

    def _backup(self) -> int:
        keys = self._keys()
        connection, store = open_as_it_is(self._place.database, keys)
        try:
            count = back_up(Opened(connection, self._place, keys, store), Path(self._options.output))
        finally:
            connection.close()
        say(self._words(text.BACKED_UP, count=count))
        return 0

    def _restore(self) -> int:
        keys = Keys(recovered_key(self._ask(text.ASK_RECOVERY))) if self._options.recovery_key else self._keys()
        head, aside = restore(self._folder, self._place, Path(self._options.backup), keys, now())
        records = open_records(self._folder, self._program, now)
        try:
            why = f"{head.short} {self._options.why}".rstrip()
            records.append(Event(EventKind.RESTORED, self._options.who, SOFTWARE, why=why))
        finally:
            records.close()
        say(self._words(text.RESTORED, count=head.sequence, place=aside or "-"))
        return 0

    def _reprint(self) -> int:
        from dlicalc.app.records_acts import reprint

        with closing(self._open()) as records:
            for line in reprint(records, self._options, self._parts):
                say(line)
        return 0

    def _retain(self) -> int:
        from dlicalc.app.records_acts import Retention

        with closing(self._open()) as records:
            retention = Retention(records, self._options, self._parts)
            say(retention.announced(self._words))
            if self._options.dry_run or not retention.due:
                return 0
            retention.require_person()
            if not self._options.yes:
                retention.require_confirmed(self._ask(text.RETAIN_ASK))
            say(self._words(text.REMOVED_NOW, count=retention.remove()))
        return 0

    def _recovery_key(self) -> int:
        keys = self._keys()
        say(self._words(text.RECOVERY))
        put(recovery_text(keys.master))
        return 0

    def _keys(self) -> Keys:
        if not self._place.database.is_file() and not self._place.key.is_file():
            raise Refused(Problem("records", "records_absent"))
        return load_keys(self._place.key, self._passphrase())

    def _open(self) -> SqliteRecords:
        return open_records(self._folder, self._program, now, self._passphrase(), make=False)

    def _passphrase(self) -> str | None:
        return self._ask(text.ASK_PASSPHRASE) if self._options.passphrase else None

    def _ask(self, question: str) -> str:
        """One line of standard input; never an argument, which others on the machine could read."""
        say(self._words(question))
        return standard_input().readline().decode(errors="replace").rstrip("\r\n")


def _sentences(found: Verification, words: Words) -> Iterator[str]:
    for fault in found.faults:
        yield words.translate(text.FAULTS[fault.code]).format(
            sequence=fault.sequence,
            at=_moment(fault.at),
            text=fault.text,
            last=fault.last,
            last_at=_moment(fault.last_at),
        )
    if found.faults:
        yield words(text.FOUND, count=len(found.faults), entries=found.entries)
        return
    if not found.entries:
        yield words(text.EMPTY)
    else:
        sentence = words.translate(text.INTACT)
        yield sentence.format(entries=found.entries, head=found.head.short, at=_moment(found.last_at))
    if found.removed:
        yield words(text.REMOVED, count=found.removed)
    yield words(text.CLOSED if found.closed else text.NOT_CLOSED)


def _moment(at: str) -> str:
    return moment_shown(at) if at else "?"


def _line(entry: Entry, words: Words) -> str:
    stamp = entry.stamp
    parts = [str(stamp.sequence), _moment(stamp.at), stamp.order or "-", words(text.KINDS[stamp.kind])]
    parts += [entry.event.who, entry.event.why] if entry.event is not None else []
    parts += [words(text.JUMPS[stamp.jump])] if stamp.jump else []
    return "  ".join(part for part in parts if part)


def _all(records: SqliteRecords) -> Iterator[Entry]:
    before = 0
    while page := records.newest(_PAGE, before):
        yield from page
        before = page[-1].stamp.sequence


def _exported(entry: Entry) -> dict[str, Any]:
    event = entry.event
    said = {} if event is None else {
        "who": event.who,
        "why": event.why,
        "details": event.details,
        "case": event.case,
        "evaluation": event.evaluation,
    }  # fmt: skip
    return {**entry.stamp._asdict(), **entry.seal._asdict(), "removed": event is None, **said}
