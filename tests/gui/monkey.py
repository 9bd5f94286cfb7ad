"""A monkey at the keyboard: random events in the real window, with what must hold after each.

``python -m tests.gui.monkey SEED EVENTS`` ends with 0 and the number of events, or with 1 and what was broken, the
seed and the last events, so that it can be repeated.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import traceback
from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QRadioButton, QWidget

from dlicalc.gui.answers import Decision, Leaving
from dlicalc.gui.entry_edit import EntryEdit, TypedLine
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.order_dialogs import Voiding
from dlicalc.services.numbers import shown as number_shown
from dlicalc.services.open_case import evaluate_document
from dlicalc.services.pages import Page
from dlicalc.services.problem import Refused
from dlicalc.services.typed_numbers import written
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, every_field_case, full_case
from tests.gui.conftest import Answers, Disk, make_window, shipped_protocol
from tests.gui.shown import shown

Key = Qt.Key
CHARACTERS = "0123456789" * 4 + ".,-+/eE<>_ %abkgNO:TZ年７．，"
TEXTS = (
    "70",
    "7,5",
    "1,234",
    "62.5",
    "2026-11-18",
    "10:00",
    "+08:00",
    "200",
    "１２",
    "1e2",
    "A999926000123",
    "王小明",
)
MOVES = (
    Key.Key_Tab,
    Key.Key_Backtab,
    Key.Key_Return,
    Key.Key_Enter,
    Key.Key_Home,
    Key.Key_End,
    Key.Key_Left,
    Key.Key_Right,
)
BUTTONS_LEFT_ALONE = ("print", "save", "preview", "draft")
MOST_GROWTH = 8.0
"""MiB by which memory may differ between a fifth of the events and all; a leak of 100 bytes an event would be 8."""
HARMLESS = ("propagateSizeHints",)


class BrokenError(Exception):
    """Something that must always hold does not."""


class Monkey:
    """The window, the dice, and the last things done."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.answers = Answers()
        self.disk = Disk()
        self.disk.cases = {"full.json": full_case(), "every.json": every_field_case()}
        self.window: MainWindow = make_window(shipped_protocol(), self.disk, self.answers)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.done: deque[str] = deque(maxlen=30)
        self.complaints: list[str] = []
        self.model = self.window.view_model
        weighted: tuple[tuple[int, Callable[[], None]], ...] = (
            (420, self.type_character),
            (60, self.compose),
            (90, self.delete),
            (120, self.move),
            (90, self.go_to_an_entry),
            (40, self.answer),
            (40, self.choose),
            (40, self.undo_or_redo),
            (25, self.paste),
            (20, self.turn_the_wheel),
            (18, self.turn_the_page),
            (12, self.follow_a_finding),
            (10, self.press_a_button),
            (6, self.decide_or_withdraw),
            (6, self.do_something_to_the_order),
            (5, self.let_time_pass),
            (3, self.change_the_language),
            (2, self.another_case),
            (1, self.resize),
        )
        self.acts = [act for weight, act in weighted for _ in range(weight)]

    def focused(self) -> QWidget | None:
        """The widget of the window that has the keyboard."""
        focused = QApplication.focusWidget()
        if focused is not None and not focused.isVisible():
            raise BrokenError(f"{focused.accessibleName()} is hidden and has the keyboard")
        return focused

    def visible(self, kind: type[QWidget]) -> list[Any]:
        """The widgets of a kind that a person could use now."""
        page = self.window.pages.page(self.window.pages.current)
        return [widget for widget in page.findChildren(kind) if widget.isVisible() and widget.isEnabled()]

    def line(self) -> TypedLine | None:
        """The line with the keyboard; any other if none has it."""
        focused = self.focused()
        if isinstance(focused, TypedLine) and focused.isVisible():
            return focused
        lines = self.visible(TypedLine)
        if not lines:
            return None
        line: TypedLine = self.dice.choice(lines)
        line.setFocus()
        return line

    def put(self, text: str, act: Callable[[TypedLine], None]) -> None:
        """Enter ``text`` by ``act``: it must stand at the cursor exactly so, in place of what was selected."""
        line = self.line()
        if line is None:
            return
        before, start = line.text(), line.selectionStart()
        first = start if start >= 0 else line.cursorPosition()
        expected = before[:first] + text + before[first + len(line.selectedText()) :]
        act(line)
        if line.text() != expected:
            raise BrokenError(f"{line.accessibleName()}: {before!r} and {text!r} became {line.text()!r}")

    def type_character(self) -> None:
        """One character; those that no key has come through the input method."""
        character = self.dice.choice(CHARACTERS)
        if character.isascii():
            self.put(character, lambda line: QTest.keyClicks(line, character))
        else:
            self.commit(character)

    def commit(self, text: str) -> None:
        """What an input method hands over."""

        def act(line: TypedLine) -> None:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(line, event)

        self.put(text, act)

    def compose(self) -> None:
        """Several characters at once through the input method."""
        self.commit(self.dice.choice(TEXTS))

    def paste(self) -> None:
        """From the clipboard, by its keys."""
        text = self.dice.choice(TEXTS)
        QGuiApplication.clipboard().setText(text)
        self.put(text, lambda line: QTest.keyClick(line, Key.Key_V, Qt.KeyboardModifier.ControlModifier))

    def delete(self) -> None:
        """Take something out of the line or the answer that has the keyboard."""
        focused = self.focused()
        if focused is not None:
            if isinstance(focused, QLineEdit) and self.dice.random() < 0.3:
                focused.selectAll()
            QTest.keyClick(focused, self.dice.choice((Key.Key_Backspace, Key.Key_Delete)))

    def move(self) -> None:
        """To the next entry, or inside this one."""
        focused = self.focused()
        if isinstance(focused, (QLineEdit, QComboBox, QRadioButton)):
            QTest.keyClick(focused, self.dice.choice(MOVES))

    def go_to_an_entry(self) -> None:
        """With the mouse, so to speak."""
        entries = [*self.visible(TypedLine), *self.visible(QComboBox), *self.visible(QRadioButton)]
        if entries:
            self.dice.choice(entries).setFocus()

    def answer(self) -> None:
        """Press an answer."""
        buttons = self.visible(QRadioButton)
        if buttons:
            button = self.dice.choice(buttons)
            button.setFocus()
            QTest.keyClick(button, Key.Key_Space)

    def choose(self) -> None:
        """From a list by the arrow keys."""
        lists = self.visible(QComboBox)
        if lists:
            chosen = self.dice.choice(lists)
            chosen.setFocus()
            QTest.keyClick(chosen, self.dice.choice((Key.Key_Down, Key.Key_Up)))

    def undo_or_redo(self) -> None:
        """Mostly back, sometimes forth."""
        (self.model.undo if self.dice.random() < 0.6 else self.model.redo)()

    def turn_the_wheel(self) -> None:
        """Over an entry: nothing may change."""
        entries = [*self.visible(QLineEdit), *self.visible(QComboBox), *self.visible(QRadioButton)]
        if not entries:
            return
        before, entry = self.model.document, self.dice.choice(entries)
        buttons, modifiers = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        at, turn = QPointF(5, 5), QPoint(0, self.dice.choice((120, -120)))
        phase = Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(entry, QWheelEvent(at, at, QPoint(), turn, buttons, modifiers, phase, False))
        if self.model.document != before:
            raise BrokenError(f"the wheel changed {entry.accessibleName()}")

    def turn_the_page(self) -> None:
        """To any page."""
        self.window.pages.show_page(self.dice.choice(list(Page)))

    def follow_a_finding(self) -> None:
        """To the entry that a finding speaks of."""
        findings = self.model.snapshot.evaluation.findings
        if findings:
            self.window.focus_path(self.dice.choice(findings).path)

    def press_a_button(self) -> None:
        """Any button that opens no dialog of the system: bags, filters, zoom."""
        buttons = [
            button
            for button in self.visible(QPushButton)
            if not any(word in f"{button.text()} {button.accessibleName()}".lower() for word in BUTTONS_LEFT_ALONE)
        ]
        if buttons and self.model.products < 8:
            self.dice.choice(buttons).click()

    def decide_or_withdraw(self) -> None:
        """Rule on a stop, or take a ruling back."""
        decided = self.model.document.get("decisions") or []
        open_stops = [f for f in self.model.snapshot.evaluation.findings if f.decidable and f.blocks]
        if decided and self.dice.random() < 0.5:
            self.model.withdraw(self.dice.randrange(len(decided)))
        elif open_stops:
            self.answers.ruling = Decision("Dr P", "because")
            self.window.errands.decide(self.dice.choice(open_stops))

    def do_something_to_the_order(self) -> None:
        """Prepare it, check it rightly or wrongly, print it, withdraw it; often of a case that may be released."""
        if self.dice.random() < 0.3:
            self.answers.leaving, self.answers.path = Leaving.GIVE_UP, "full.json"
            self.window.menus.open.trigger()
        life = self.window.pages.page(Page.ORDER).life  # type: ignore[attr-defined]
        name, right = self.dice.choice(("Anna Berg", "Li Wei", "wei LI", "")), self.model.snapshot.case
        second = right if self.dice.random() < 0.7 else right.model_copy(update={"products": ()})
        self.answers.checking = lambda _model, compare: self.compare(compare, name, second)
        self.answers.voiding = Voiding("Li Wei", "because") if self.dice.random() < 0.3 else None
        if self.model.snapshot.order.valid and self.dice.random() < 0.5:
            self.model.order_printed()
        for button in (life.prepare, life.check, life.void):
            if button.isEnabled() and self.dice.random() < 0.6:
                button.click()

    def compare(self, compare: Any, name: str, second: Any) -> str:
        """What the second person's dialog does; a refused name is told and changes nothing."""
        before = self.model.snapshot.desk
        try:
            compare(name, second)
        except Refused:
            if self.model.snapshot.desk != before:
                raise BrokenError("a refused check left a trace") from None
        return ""

    def check_order(self) -> None:
        """A valid order is of these inputs, of two people, and without a stop."""
        snapshot = self.model.snapshot
        order = snapshot.desk.order
        if not snapshot.order.valid:
            return
        if order is None or order.check is None or order.ended is not None:
            raise BrokenError("a valid order that was not checked, or has ended")
        if order.case_digest != document_digest(written(self.model.document)):
            raise BrokenError("a valid order of other inputs")
        if order.check.by != "Anna Berg" or not snapshot.evaluation.releasable:
            raise BrokenError("a valid order of one person, or with a stop")

    def let_time_pass(self) -> None:
        """The minute's tick."""
        self.model.refresh()

    def change_the_language(self) -> None:
        """In the middle of whatever is typed."""
        before = self.texts_on_screen()
        self.window.set_language(self.dice.choice(("en", "zh_CN")))
        if self.texts_on_screen() != before:
            raise BrokenError("another language changed an entry")

    def another_case(self) -> None:
        """New, or from a file."""
        self.answers.leaving = self.dice.choice((Leaving.GIVE_UP, Leaving.STAY))
        self.answers.path = self.dice.choice(sorted(self.disk.cases))
        (self.window.menus.new if self.dice.random() < 0.3 else self.window.menus.open).trigger()

    def resize(self) -> None:
        """To a small or a large screen."""
        self.window.resize(*self.dice.choice(((683, 384), (1366, 768), (1920, 1080))))

    def texts_on_screen(self) -> dict[str, str]:
        """Every entry that the pages show, as it is shown."""
        found: dict[str, str] = {}
        for entry in self.window.findChildren(EntryEdit):
            found.update(shown(entry))
        return found

    def check_panel(self) -> None:
        """The panel says what an evaluation from scratch says; printing goes with it."""
        snapshot = evaluate_document(self.model.document, self.window.view_model.snapshot.evaluation.protocol, NOW)
        evaluation, panel = snapshot.evaluation, self.window.panel
        volume = "—" if evaluation.dose is None else f"{number_shown(evaluation.dose.ordered_volume)} mL"
        if panel.head.volume.text() != volume:
            raise BrokenError(f"the panel says {panel.head.volume.text()}, the evaluation {volume}")
        listed = panel.findings.list.count()
        if listed != len(evaluation.findings):
            raise BrokenError(f"{listed} findings in the panel, {len(evaluation.findings)} in the evaluation")
        printing = self.window.menus.print.isEnabled()
        if printing != evaluation.releasable:
            raise BrokenError(f"releasable is {evaluation.releasable}, and printing {printing}")

    def check_entries(self) -> None:
        """Every entry shows what the case holds."""
        for path, text in self.texts_on_screen().items():
            if text != self.model.text(path):
                raise BrokenError(f"{path} shows {text!r} and holds {self.model.text(path)!r}")

    def step(self, number: int) -> None:
        """One event, and what must hold after it."""
        act = self.dice.choice(self.acts)
        self.done.append(f"{number}: {act.__name__} at {type(self.focused()).__name__}")
        act()
        if number % 40 == 0:
            QApplication.processEvents()
            self.check_panel()
        self.check_order()
        if number % 400 == 0:
            self.check_entries()
        if self.complaints:
            raise BrokenError(self.complaints[0])


def resident() -> float:
    """MiB of memory this process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


NOW = datetime.fromisoformat(AS_OF)


def main() -> int:
    """Let the monkey play."""
    seed, events = int(sys.argv[1]), int(sys.argv[2])
    application = QApplication([])
    application.setStyle("Fusion")
    monkey = Monkey(seed)

    def listen(kind: QtMsgType, _context: object, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(part in message for part in HARMLESS):
            monkey.complaints.append(f"Qt says: {message}")

    qInstallMessageHandler(listen)
    sys.excepthook = lambda kind, error, trace: monkey.complaints.append(
        "".join(traceback.format_exception(kind, error, trace))
    )
    number = 0
    try:
        for number in range(1, events + 1):
            monkey.step(number)
        monkey.check_entries()
    except Exception:
        traceback.print_exc()
        print(f"seed {seed}, event {number}; the last events:", *monkey.done, sep="\n  ", file=sys.stderr)
        return 1
    print(events)
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
