"""The case that is open: typed texts in, one frozen snapshot out after every edit.

The document keeps exactly what was typed. Nothing computed ever flows back into it.
"""

import copy
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple

from dlicalc.domain.case import CASE_FORMAT, Case
from dlicalc.domain.evaluation import Evaluation, evaluate
from dlicalc.domain.protocol import Protocol
from dlicalc.services.entry import Document, read_what_can_be_read
from dlicalc.services.ports import Clock
from dlicalc.services.problem import Problem

PROTOCOL_ID: Final = "NCT07319793"


class Snapshot(NamedTuple):
    """The open case at one moment: what was typed, what of it could be read, and what follows from that."""

    document: Document
    case: Case
    problems: tuple[Problem, ...]
    evaluation: Evaluation


Listener = Callable[[Snapshot], None]


def empty_document() -> Document:
    """A case about which nothing is known yet."""
    return {"format": CASE_FORMAT, "protocol": PROTOCOL_ID}


def evaluate_document(document: Document, protocol: Protocol, as_of: datetime) -> Snapshot:
    """Read what can be read of ``document`` and evaluate it; unreadable entries stop what depends on them."""
    case, problems = read_what_can_be_read(document)
    evaluation = evaluate(case, protocol, as_of, unreadable=[problem.path for problem in problems])
    return Snapshot(document, case, problems, evaluation)


class OpenCase:
    """Holds the document being edited and tells its listener about every change."""

    def __init__(self, protocol: Protocol, clock: Clock, listener: Listener) -> None:
        self._protocol = protocol
        self._clock = clock
        self._listener = listener
        self._document = empty_document()

    @property
    def document(self) -> Document:
        """A copy of what was typed."""
        return copy.deepcopy(self._document)

    def open(self, document: Document) -> None:
        """Replace everything by ``document``."""
        self._document = copy.deepcopy(document)
        _spell_out(self._document)
        self.announce()

    def new(self) -> None:
        """Forget everything that was typed."""
        self.open(empty_document())

    def text(self, path: str) -> str:
        """What was typed at ``path``; empty if nothing was."""
        place: Any = self._document
        for key in path.split("."):
            place = _step_into(place, key)
            if place is None:
                return ""
        return place if isinstance(place, str) else ""

    def codes(self, path: str) -> list[str] | None:
        """The list of codes at ``path``; ``None`` if nothing is known."""
        *parents, last = path.split(".")
        place: Any = self._document
        for key in parents:
            place = _step_into(place, key)
        codes = _step_into(place, last)
        return list(codes) if isinstance(codes, list) else None

    def edit(self, path: str, value: str | list[str]) -> None:
        """Set the entry at ``path``; an empty text makes it unknown."""
        *parents, last = path.split(".")
        place: Any = self._document
        for key in parents:
            place = _make_place(place, key)
        if value == "":
            place.pop(last, None)
        else:
            place[last] = value
        self.announce()

    def add_product(self) -> int:
        """Append an empty bag; returns its place."""
        products = self._products()
        products.append({})
        self.announce()
        return len(products) - 1

    def remove_product(self, index: int) -> None:
        """Take the bag at ``index`` out of the case."""
        del self._products()[index]
        self.announce()

    def move_product(self, index: int, to: int) -> None:
        """Give the bag at ``index`` as the one at ``to``."""
        products = self._products()
        products.insert(to, products.pop(index))
        self.announce()

    def decide(self, decision: Document) -> None:
        """Append a prescriber's ruling."""
        self._list("decisions").append(decision)
        self.announce()

    def withdraw(self, index: int) -> None:
        """Take the ruling at ``index`` out of the case."""
        del self._list("decisions")[index]
        self.announce()

    def _products(self) -> list[Document]:
        return self._list("products")

    def _list(self, name: str) -> list[Document]:
        if self._document.get(name) is None:
            self._document[name] = []
        entries: list[Document] = self._document[name]
        return entries

    def announce(self) -> None:
        """Evaluate and tell the listener; also when nothing but the clock has changed."""
        self._listener(evaluate_document(self.document, self._protocol, self._clock()))


def _spell_out(document: Document) -> None:
    """Write a recovery given as a bare text as number and unit, the form in which it can be edited."""
    for product in document.get("products") or ():
        recovery = (product.get("counts") or {}).get("recovery") or {}
        for analyte in ("mnc", "cd3"):
            if isinstance(recovery.get(analyte), str):
                recovery[analyte] = {"value": recovery[analyte], "unit": "%"}


def _step_into(place: Any, key: str) -> Any:
    if isinstance(place, list):
        return place[int(key)] if int(key) < len(place) else None
    return place.get(key) if isinstance(place, dict) else None


def _make_place(place: Any, key: str) -> Any:
    if isinstance(place, list):
        return place[int(key)]
    if not isinstance(place.get(key), dict | list):
        place[key] = {}
    return place[key]
