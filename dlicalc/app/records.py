"""``dlicalc records``: verify, list, export, back up, restore the records; print orders again, remove old content."""

import argparse
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cached_property
from typing import Any, Final

from pydantic_core import to_json

from dlicalc.app.parts import Parts, now
from dlicalc.app.records_care import RecordsCare
from dlicalc.app.streams import put, say, standard_input
from dlicalc.services.order_desk import require_name
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import HEAD_DIGITS, Entry
from dlicalc.services.records_words import found_sentences, moment_or_doubt
from dlicalc.services.wording import Words
from dlicalc.services.wording import records as text
from dlicalc.services.wording import records_care as care
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.records.around import open_to_verify
from dlicalc.storage.records.opening import open_records, open_to_read
from dlicalc.storage.records.store import SqliteRecords

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
        self._care = RecordsCare(parts, training=options.training)

    def run(self, act: str) -> int:
        """Do what is named ``act``."""
        acts = {
            "verify": self._verify,
            "list": self._list,
            "export": self._export,
            "backup": self._backup,
            "restore": self._restore,
            "recovery-key": self._recovery_key,
            "passphrase": self._change_passphrase,
            "reprint": self._reprint,
            "retain": self._retain,
        }
        return acts[act]()

    def _verify(self) -> int:
        with open_to_verify(self._care.place, self._care.keys(self._passphrase)) as opened:
            found = opened.verify()
            missed = self._missed(opened.connection)
        for line in (*found_sentences(found, self._words), *missed):
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
        records = self._open_to_read()
        try:
            for entry in records.newest(self._options.most):
                put(_line(entry, self._words))
        finally:
            records.close()
        return 0

    def _export(self) -> int:
        records = self._open_to_read()
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
        say(self._words(text.BACKED_UP, count=self._care.back_up(self._options.output, self._passphrase)))
        return 0

    def _restore(self) -> int:
        key = self._ask(text.ASK_RECOVERY) if self._options.recovery_key else ""
        passphrase, locked = self._passphrase, self._care.locked
        require_name("--who", self._options.who)
        head, aside = self._care.restore(self._options.backup, passphrase, key, self._options.who, self._options.why)
        say(self._words(text.RESTORED, count=head.sequence, place=aside or "-"))
        if locked and not self._care.locked:
            say(self._words(text.NO_LONGER_LOCKED))
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
        key = self._care.recovery_key(self._passphrase)
        say(self._words(text.RECOVERY))
        put(key)
        return 0

    def _change_passphrase(self) -> int:
        present = self._ask(text.ASK_PASSPHRASE) if self._care.locked else None
        new = self._ask(text.ASK_NEW_PASSPHRASE)
        if new != self._ask(text.ASK_AGAIN):
            raise Refused(Problem("records", "records_passphrase_differs"))
        self._care.change_passphrase(present, new or None)
        say(self._words(care.PASS_SET if new else care.PASS_NONE))
        return 0

    def _open(self) -> SqliteRecords:
        return open_records(self._care.folder, self._care.program, now, self._passphrase, make=False)

    def _open_to_read(self) -> SqliteRecords:
        """Also where the folder can only be read, as on a medium that somebody looks at elsewhere."""
        try:
            return self._open()
        except Refused as refused:
            if [problem.code for problem in refused.problems] != ["records_folder"]:
                raise
            return open_to_read(self._care.place, self._care.keys(self._passphrase), now)

    @cached_property
    def _passphrase(self) -> str | None:
        return self._ask(text.ASK_PASSPHRASE) if self._options.passphrase else None

    def _ask(self, question: str) -> str:
        """One line of standard input; never an argument, which others on the machine could read."""
        say(self._words(question))
        return standard_input().readline().decode(errors="replace").rstrip("\r\n")


def _line(entry: Entry, words: Words) -> str:
    stamp = entry.stamp
    parts = [str(stamp.sequence), moment_or_doubt(stamp.at), stamp.order or "-", words(text.KINDS[stamp.kind])]
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
