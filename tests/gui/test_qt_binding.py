"""The binding loses no references: from PySide6 6.12 on, Python 3.11 dies of it after some thousand calls."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    fired = Signal(bool)


def test_calls_and_signals_cost_no_references(qapp: object) -> None:
    emitter = Emitter()
    heard = 0

    def hear(_flag: bool) -> None:
        nonlocal heard
        heard += 1

    emitter.fired.connect(hear)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(20_000):
        emitter.setObjectName("a")
    for _ in range(100_000):
        emitter.fired.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert heard == 100_000
    assert all(abs(now - then) < 1000 for now, then in zip(after, before, strict=True))
