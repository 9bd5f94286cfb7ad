"""Words that place themselves: each label has the room that Qt says it needs, and no line covers another."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from dlicalc.gui.text_grid import TextGrid

TEXTS = (
    "", "—", "35 mL", "3.49 mL", "139.51 mL", "A999926000120 · 108 mL stay", "≈ 74.973 × 10⁶ of 100 × 10⁶ per kg",
    "WWWWWWWWWWWW", "iiiiiiiiii", "@@@@ MMMM @@@@", "第 1 袋", "余 139.51 mL · 未填写",
    "译Limited by: CD3⁺ · rule: lower volume",
)  # fmt: skip


class Stand:
    """A grid of three lines beneath a heading, as the panel has, in a window."""

    def __init__(self, qtbot: Any) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.grid = TextGrid(self.window, stretch=1, gap=10)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.grid)
        layout.addStretch(1)
        self.heading = QLabel(self.grid)
        self.grid.add(self.heading)
        self.lines = [tuple(QLabel(self.grid) for _ in range(3)) for _ in range(3)]
        for line in self.lines:
            line[1].setWordWrap(True)
            line[2].setAlignment(Qt.AlignmentFlag.AlignRight)
            self.grid.add(*line)
        self.window.resize(420, 300)
        self.window.show()

    def labels(self) -> list[QLabel]:
        return [self.heading, *(label for line in self.lines for label in line)]

    def check(self) -> None:
        """Everything has room, as Qt measures it, and lines stand beneath each other."""
        QApplication.processEvents()
        for label in self.labels():
            if label.isHidden():
                continue
            if label.hasHeightForWidth():
                assert label.heightForWidth(label.width()) <= label.height(), label.text()
            else:
                assert label.sizeHint().width() <= label.width(), label.text()
                assert label.sizeHint().height() <= label.height(), label.text()
        shown = [line for line in self.lines if not line[0].isHidden()]
        ends = [max(label.geometry().bottom() for label in line) for line in shown]
        tops = [min(label.geometry().top() for label in line) for line in shown]
        assert all(end < top for end, top in zip(ends, tops[1:], strict=False))
        for line in shown:
            assert all(one.geometry().right() < other.geometry().left() for one, other in pairwise(line))
        assert self.grid.height() >= self.grid.heightForWidth(self.grid.width())
        assert self.grid.heightForWidth(self.grid.width()) > max(ends, default=0)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_said_has_room(qtbot: Any, seed: int) -> None:
    dice, stand = random.Random(seed), Stand(qtbot)
    for _ in range(120):
        for _ in range(dice.randrange(1, 5)):
            line = dice.choice(stand.lines)
            column = dice.randrange(3)
            stand.grid.say(line[column], dice.choice(TEXTS if column == 1 else TEXTS[:5]))
        if dice.random() < 0.1:
            stand.grid.show_items(stand.lines[2], dice.random() < 0.5)
        stand.grid.settle()
        if dice.random() < 0.1:
            stand.window.resize(dice.randrange(330, 800), 400)
        stand.check()


def test_a_text_that_fits_moves_nothing(qtbot: Any) -> None:
    stand = Stand(qtbot)
    name, middle, value = stand.lines[0]
    for label, text in ((name, "Bag 1"), (middle, "108 mL stay"), (value, "139.51 mL")):
        stand.grid.say(label, text)
    stand.grid.settle()
    stand.check()
    before = [label.geometry() for label in stand.labels()]
    stand.grid.say(value, "35 mL")
    stand.grid.say(middle, "139.51 mL stay")
    stand.grid.settle()
    assert [label.geometry() for label in stand.labels()] == before
    assert value.text() == "35 mL"


def test_words_get_the_room_that_others_leave(qtbot: Any) -> None:
    stand = Stand(qtbot)
    name, middle, value = stand.lines[0]
    stand.window.resize(340, 300)
    for label, text in ((name, "MNC"), (middle, "≈ 74.973 × 10⁶ of 100 × 10⁶"), (value, "≈ 1,074.9 million %")):
        stand.grid.say(label, text)
    stand.grid.settle()
    assert middle.heightForWidth(middle.width()) > middle.heightForWidth(10_000)
    stand.grid.say(value, "—")
    stand.grid.settle()
    stand.check()
    assert middle.heightForWidth(middle.width()) == middle.heightForWidth(10_000) == middle.height()


def test_what_was_said_while_hidden_has_room_when_shown(qtbot: Any) -> None:
    stand = Stand(qtbot)
    stand.window.hide()
    stand.grid.say(stand.lines[1][2], "139.51 mL")
    stand.grid.say(stand.lines[1][1], " ".join(["long"] * 60))
    stand.grid.settle()
    stand.window.show()
    stand.check()


def test_larger_letters_get_more_room(qtbot: Any) -> None:
    stand = Stand(qtbot)
    stand.grid.say(stand.lines[0][2], "139.51 mL")
    stand.grid.settle()
    font = stand.grid.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    stand.grid.setFont(font)
    stand.check()
    stand.grid.say(stand.lines[0][2], "339.51 mL")
    stand.grid.settle()
    stand.check()
