"""A window over the shipped protocol with a fixed clock, files in memory, and answers prepared for its questions."""

from __future__ import annotations

import copy
import os
import tomllib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dlicalc.domain.protocol import Protocol
from dlicalc.services.drafts import Draft, draft_line
from dlicalc.services.order_state import OrderState
from dlicalc.services.pages import Page, page_of_path
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QWidget

from dlicalc.gui.answers import Answer, Choice, Decision, Leaving, Owed
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.order_dialogs import Voiding, Weighed
from dlicalc.gui.parts import Services
from dlicalc.gui.row_edit import RowEdit

PROTOCOL_FILE = Path(__file__).parents[2] / "resources" / "protocols" / "nct07319793.toml"


def shipped_protocol() -> Protocol:
    """The protocol as it is shipped, under a digest of zeros."""
    return Protocol.model_validate(tomllib.loads(PROTOCOL_FILE.read_text("utf-8")) | {"digest": "sha256:" + "0" * 64})


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    return shipped_protocol()


class Answers:
    """Stands in for the dialogs: gives the prepared answer and writes down what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.texts: list[str] = []
        self.path = ""
        self.leaving = Leaving.STAY
        self.wants_draft = False
        self.ruling: Decision | None = None
        self.suggested = ""
        self.choices: list[Choice] = []
        self.wants_discard = True
        self.about_fields: tuple[Field, ...] = ()
        self.lead = ""
        self.chosen_printer: Callable[[], Any] = lambda: None
        self.wants_scaled = False
        self.preparer = "Li Wei"
        self.voiding: Voiding | None = None
        self.weighed: Weighed | None = None
        self.checking: Callable[[CaseViewModel, Any], str] = lambda _model, _compare: ""
        self.wants_copy = True
        self.wants_duplicate = False
        self.passphrases: list[str] = []
        self.owing: list[Owed] = []
        self.backup = ""
        self.restoring: Any = None
        self.new_one: Any = None
        self.shown_key = ""
        self.with_key: Callable[[Callable[[], str], Callable[[], bool]], object] = lambda _print, _kept: None
        self.outcomes: list[Any] = []

    def open_path(self, words: Words) -> str:
        return self.path

    def save_path(self, words: Words, suggested: str) -> str:
        self.suggested = suggested
        return self.path

    order_path = save_path

    def help_path(self, words: Words, title: str, suggested: str) -> str:
        self.texts = [title]
        return self.save_path(words, suggested)

    def leave(self, words: Words) -> Leaving:
        self.asked.append("leave")
        return self.leaving

    def draft(self, words: Words, stops: list[str]) -> bool:
        self.asked.append("draft")
        self.texts = stops
        return self.wants_draft

    def refused(self, words: Words, problems: list[str], lead: str = "") -> None:
        self.asked.append("refused")
        self.texts = problems
        self.lead = lead

    def printer(self, words: Words, paper: str) -> Any:
        self.asked.append("printer")
        return self.chosen_printer()

    def print_scaled(self, words: Words, fit: Any) -> bool:
        self.asked.append("scaled")
        return self.wants_scaled

    def decision(self, words: Words, sentence: str) -> Decision | None:
        self.asked.append("decision")
        return self.ruling

    def prepare(self, words: Words) -> str:
        self.asked.append("prepare")
        return self.preparer

    def void(self, words: Words, number: str) -> Voiding | None:
        self.asked.append("void")
        return self.voiding

    def weigh_again(self, words: Words, model: CaseViewModel) -> Weighed | None:
        self.asked.append("weigh")
        return self.weighed

    def second_check(self, words: Words, model: CaseViewModel, compare: Any) -> str:
        self.asked.append("check")
        return self.checking(model, compare)

    def reprint(self, words: Words, order: OrderState, original: str) -> bool:
        self.asked.append(f"reprint {order.copy}")
        return self.wants_copy

    def duplicate(self, words: Words, others: list[str]) -> bool:
        self.asked.append("duplicate")
        self.texts = others
        return self.wants_duplicate

    def passphrase(self, words: Words, *, wrong: bool) -> str | None:
        self.asked.append("passphrase again" if wrong else "passphrase")
        return self.passphrases.pop(0) if self.passphrases else None

    def owed(self, words: Words, number: str, reason: str) -> Owed:
        self.asked.append(f"owed {number}")
        self.texts = [reason]
        return self.owing.pop(0)

    def backup_path(self, words: Words, suggested: str) -> str:
        self.suggested = suggested
        return self.backup

    def backup_to_restore(self, words: Words) -> str:
        return self.backup

    def restore(self, words: Words, path: str) -> Any:
        self.asked.append("restore")
        return self.restoring

    def recovery_key(self, words: Words, key: str, print_key: Any, kept: Any) -> None:
        self.asked.append("recovery key")
        self.shown_key = key
        self.with_key(print_key, kept)

    def new_passphrase(self, words: Words, *, locked: bool) -> Any:
        self.asked.append("new passphrase of locked" if locked else "new passphrase")
        return self.new_one

    def work(self, words: Words, title: str, lead: str, work: Any, *, may_stop: bool) -> None:
        self.asked.append(title)
        try:
            self.outcomes.append(work(lambda _share: None))
        except Refused as refused:
            self.outcomes.append(refused.problems[0].code)

    def tell(self, words: Words, sign: Any, text: str) -> None:
        self.asked.append("tell")
        self.texts = [text]

    def about(self, words: Words, fields: tuple[Field, ...]) -> None:
        self.asked.append("about")
        self.about_fields = fields

    def leftovers(self, words: Words, drafts: list[Draft]) -> Answer:
        self.asked.append("leftovers")
        self.texts = [draft_line(draft, words) for draft in drafts]
        return Answer(self.choices.pop(0), drafts[0].key)

    def discard(self, words: Words, line: str) -> bool:
        self.asked.append("discard")
        return self.wants_discard


class Disk:
    """Cases and orders by path, in memory."""

    def __init__(self) -> None:
        self.cases: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self.made: list[dict[str, Any]] = []
        """What each order was asked for with, in the order of making."""

    def load(self, path: str) -> Any:
        if path not in self.cases:
            raise Refused(Problem(path, "file_missing"))
        return copy.deepcopy(self.cases[path])

    def save(self, path: str, document: Any) -> None:
        self.cases[path] = document

    def make_order(self, document: Any, **asked: Any) -> bytes:
        """The very order of the program."""
        self.made.append(asked)
        return program_order(document, asked)

    def save_bytes(self, path: str, data: bytes, before: Callable[[], object]) -> None:
        if path.startswith("full/"):
            raise Refused(Problem(path, "output_unwritable", {"text": "no space left"}))
        before()
        self.files[path] = data


def program_order(document: Any, asked: dict[str, Any]) -> bytes:
    """The order as the command line would write it."""
    from dlicalc.app.cases import case_from
    from dlicalc.app.order import order_pdf

    return order_pdf(case_from(document), document, program_parts(), asked["as_of"], **_without(asked, "as_of"))


def kept_words(document: Any, **asked: Any) -> dict[str, Any]:
    """What the program would keep of the order."""
    from dlicalc.app.cases import case_from
    from dlicalc.app.order import order_made
    from dlicalc.services.kept_sheet import kept

    made = order_made(case_from(document), document, program_parts(), asked["as_of"], **_without(asked, "as_of"))
    return kept(made.sheet)


@cache
def program_parts() -> Any:
    from dlicalc.app.parts import Parts

    return Parts()


def _without(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def answers() -> Answers:
    return Answers()


def other_language(sentence: str) -> str:
    """A catalogue in which every sentence is recognisably another."""
    return f"译{sentence}"


def make_window(protocol: Protocol, disk: Disk, answers: Answers) -> MainWindow:
    """The window over files in memory and prepared answers; the moment is that of the shipped example."""
    services = Services(
        words=lambda code: Words(other_language) if code == "zh_CN" else Words(),
        load_case=disk.load,
        save_case=disk.save,
        make_order=disk.make_order,
        digest=document_digest,
        save_bytes=disk.save_bytes,
        keep_words=kept_words,
        about=lambda: (Field("Version", "0.1.0"),),
        version="0.1.0",
    )
    view_model = CaseViewModel(protocol, lambda: datetime.fromisoformat(AS_OF), document_digest)
    return MainWindow(view_model, services, dialogs=answers)  # type: ignore[arg-type]


@pytest.fixture
def window(qtbot: Any, protocol: Protocol, disk: Disk, answers: Answers) -> MainWindow:
    window = make_window(protocol, disk, answers)
    qtbot.addWidget(window, before_close_func=lambda w: w.view_model.mark_saved())
    window.resize(1366, 768)
    for page in reversed(Page):
        window.pages.show_page(page)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def volume(window: MainWindow) -> Callable[[], str]:
    """What stands in the largest type."""
    return window.panel.head.volume.text


def named(window: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """The control with this accessible name."""
    found = [widget for widget in window.findChildren(kind) if widget.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} controls are called {name!r}"
    return found[0]


def row(window: MainWindow, path: str) -> RowEdit:
    """The row on the screen that ``path`` speaks of."""
    page = window.pages.page(page_of_path(path))
    rows = [row for row in page.findChildren(RowEdit) if path in row.places()]
    assert len(rows) == 1, f"{len(rows)} rows show {path}"
    return rows[0]


def products(window: MainWindow) -> Any:
    """The product page."""
    return window.pages.page(Page.PRODUCT)
