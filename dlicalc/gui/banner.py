"""Whose case this is: always on top, as it was read, never as it was guessed."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from dlicalc.domain.recipient import Weight, completed_years
from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.flow import FlowLayout
from dlicalc.services.order_state import OrderState, State
from dlicalc.services.wording import Words
from dlicalc.services.wording.check import BANNER_ORDER
from dlicalc.services.wording.given import BANNER as BANNER_BEFORE
from dlicalc.services.wording.order import STATUS
from dlicalc.services.wording.window import (
    BANNER_AGE,
    BANNER_ARM,
    BANNER_BORN,
    BANNER_DAY,
    BANNER_MRN,
    BANNER_NAME,
    BANNER_SEX,
    BANNER_WEIGHED,
    BANNER_WEIGHT,
    NO_CHOICE,
    UNREADABLE,
)

_PARTS = (
    ("name", BANNER_NAME, "recipient.name"),
    ("mrn", BANNER_MRN, "recipient.mrn"),
    ("born", BANNER_BORN, "recipient.birth_date"),
    ("sex", BANNER_SEX, "recipient.sex"),
    ("weight", BANNER_WEIGHT, "recipient.weight"),
    ("day", BANNER_DAY, "transplant.day_0"),
    ("arm", BANNER_ARM, "infusion.arm"),
    ("before", BANNER_BEFORE, "(records)"),
    ("order", BANNER_ORDER, "order"),
)


_BESIDE: Final = 6
_IF_ANY: Final = ("order", "before")
"""Parts that are there only once an order was prepared, or cells are known to have been given before."""


class Banner(QFrame):
    """Name, number, birth date, weight, day after transplant, arm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._captions: dict[str, QLabel] = {}
        self._values: dict[str, QLabel] = {}
        self._layouts: list[QBoxLayout] = []
        self._shown: tuple[object, ...] = ()
        flow = FlowLayout(self, gap=34, line_gap=2)
        flow.setContentsMargins(0, 0, 0, 0)
        outer_margin = 14
        self.setContentsMargins(outer_margin, 7, outer_margin, 7)
        for key, _, _ in _PARTS:
            flow.addWidget(self._part(key))
        self._if_any = {key: self._values[key].parentWidget() or self for key in _IF_ANY}
        for part in self._if_any.values():
            part.hide()

    def _part(self, key: str) -> QWidget:
        part = QWidget(self)
        layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._layouts.append(layout)
        caption, value = QLabel(part), QLabel(part)
        value.setTextFormat(Qt.TextFormat.PlainText)
        small, large = QFont(caption.font()), QFont(value.font())
        small.setPointSizeF(small.pointSizeF() * 0.85)
        large.setPointSizeF(large.pointSizeF() * 1.15)
        large.setBold(True)
        caption.setFont(small)
        value.setFont(large)
        layout.addWidget(caption)
        layout.addWidget(value)
        self._captions[key], self._values[key] = caption, value
        return part

    def set_compact(self, compact: bool) -> None:
        """Captions beside their values instead of above them, where the window is low."""
        direction = QBoxLayout.Direction.LeftToRight if compact else QBoxLayout.Direction.TopToBottom
        for layout in self._layouts:
            layout.setDirection(direction)
            layout.setSpacing(_BESIDE if compact else 0)
        margins = self.contentsMargins()
        height = 3 if compact else 7
        self.setContentsMargins(margins.left(), height, margins.right(), height)

    def show_case(self, snapshot: Snapshot, words: Words) -> None:
        """Show the recipient of ``snapshot``; nothing to do where nothing has changed that it rests on."""
        case, evaluation = snapshot.case, snapshot.evaluation
        day, order = evaluation.as_of.date(), snapshot.order
        shown = (
            words,
            case.recipient,
            case.infusion,
            evaluation.schedule,
            day,
            snapshot.problems,
            order,
            snapshot.recorded,
        )
        if shown == self._shown:
            return
        self._shown = shown
        texts = _texts(snapshot, words)
        unreadable = [problem.path for problem in snapshot.problems]
        for key, sentence, path in _PARTS:
            missing = words(UNREADABLE) if any(p.startswith(path) for p in unreadable) else NO_CHOICE
            text = texts[key] or missing
            if key in self._if_any:
                self._if_any[key].setVisible(bool(texts[key]))
            caption = words(sentence)
            if (caption, text) == (self._captions[key].text(), self._values[key].text()):
                continue
            self._captions[key].setText(caption)
            self._values[key].setText(text)
            self._values[key].setAccessibleName(f"{caption}: {text}")

    def text(self, key: str) -> str:
        """What stands in the part ``key``."""
        return self._values[key].text()


def _texts(snapshot: Snapshot, words: Words) -> dict[str, str | None]:
    """What the banner says of each part; ``None`` where it is not known."""
    case, schedule = snapshot.case, snapshot.evaluation.schedule
    recipient = case.recipient
    return {
        "name": recipient.name,
        "mrn": recipient.mrn,
        "born": _born(snapshot, words),
        "sex": words.term(recipient.sex) if recipient.sex else None,
        "weight": _weight(recipient.weight, words) if recipient.weight else None,
        "day": None if schedule.day is None else f"{schedule.day:+d}",
        "order": _order(snapshot.order, words),
        "before": _before(snapshot, words),
        "arm": words.term(case.infusion.arm) if case.infusion.arm else None,
    }


def _order(order: OrderState, words: Words) -> str | None:
    """The state of the order in hand, or of what a change has made of it."""
    state = State.CHECKED if order.valid else order.state
    return words(STATUS[state]) if order.number or order.replaces else None


def _before(snapshot: Snapshot, words: Words) -> str | None:
    """What the records know of earlier infusions."""
    if snapshot.recorded is None:
        return None
    from dlicalc.services.recorded_words import banner_text  # noqa: PLC0415  the window opens without

    return banner_text(snapshot, words)


def _born(snapshot: Snapshot, words: Words) -> str | None:
    """Birth date, with the age on the day of infusion, or today while that is not planned."""
    birth, start = snapshot.case.recipient.birth_date, snapshot.case.infusion.planned_start
    if birth is None:
        return None
    on = (start or snapshot.evaluation.as_of).date()
    years = completed_years(birth, on)
    return birth.isoformat() if on < birth else words.translate(BANNER_AGE).format(date=birth.isoformat(), years=years)


def _weight(weight: Weight, words: Words) -> str:
    """The weight as entered, with the day of weighing where that is known."""
    entered = words.entered(weight.as_entered)
    if weight.measured_on is None:
        return entered
    return words.translate(BANNER_WEIGHED).format(weight=entered, date=weight.measured_on.isoformat())
