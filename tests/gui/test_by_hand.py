"""The program on a real screen, by the keyboard alone: from an empty window to an order that two people made.

The screen is Xvfb's, the keys are xdotool's; where one of them is missing the test is skipped. DLICALC_COMMAND names
another program to be driven, such as the one in a finished folder; ROOM is the only folder it needs to see.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")

ROOT = Path(__file__).parents[2]
PROGRAM = shlex.split(os.environ.get("DLICALC_COMMAND", "")) or [sys.executable, "-m", "dlicalc"]
ENTER, DOWN = "Return", "Down"
NO = ("2", ENTER)  # of yes, no, unknown
YES = ("1", ENTER)


def moment(at: datetime) -> tuple[str, ...]:
    """Date, time, and the offset that this computer puts in."""
    return at.strftime("%Y-%m-%d"), ENTER, at.strftime("%H:%M"), ENTER, ENTER


def recipient(now: datetime, start: datetime) -> list[str]:
    """The keys of the first page, entry by entry."""
    today, day_0 = now.strftime("%Y-%m-%d"), (start - timedelta(days=48)).strftime("%Y-%m-%d")
    a_pos = [DOWN] * 4
    keys = ["Example Recipient", ENTER, "0042177", ENTER, "S-017", ENTER, "1984-05-02", ENTER, "1", ENTER]
    keys += ["70", ENTER, DOWN, ENTER, today, ENTER, "165", ENTER, DOWN, ENTER, *a_pos, ENTER, "none known", ENTER]
    keys += [
        "D-0017",
        ENTER,
        DOWN,
        ENTER,
        DOWN,
        ENTER,
        "10/10",
        ENTER,
        *a_pos,
        ENTER,
        day_0,
        ENTER,
        "1",
        ENTER,
        *moment(start),
    ]
    return [*keys, DOWN, DOWN, ENTER, "1", ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER]


def eligibility(now: datetime) -> list[str]:
    """The keys of the second page."""
    today = now.strftime("%Y-%m-%d")
    keys = ["1", ENTER, *NO, "12", ENTER, *YES, *NO, *YES]
    for value, limit in (("78", "104"), ("35", "40"), ("28", "40"), ("12", "21")):
        keys += [value, ENTER, DOWN, ENTER, limit, ENTER, today, ENTER]
    keys += [ENTER, ENTER, ENTER, *NO, *NO, *NO, *NO, "1", ENTER, *NO, ENTER]
    return [*keys, "61", ENTER, DOWN, ENTER, *NO, *NO, "97", ENTER, *YES, *NO, *NO, *NO, *NO]


def product(now: datetime) -> list[str]:
    """The keys of the third page, from the button that adds a bag; worked example E1: 35 mL."""
    keys = ["space", "A999926000123", ENTER, "P", ENTER, "S12954A0", ENTER, ENTER, "1", ENTER, *[DOWN] * 4, ENTER]
    collected, counted, expires = now - timedelta(hours=5), now - timedelta(hours=4), now + timedelta(hours=40)
    keys += [*moment(collected), *moment(counted), *moment(expires)]
    keys += ["150", ENTER, ENTER, ENTER, ENTER, "7", ENTER, "1", ENTER, "200", ENTER, DOWN, ENTER, "1", ENTER, ENTER]
    keys += ["75", ENTER, DOWN, ENTER, "1", ENTER, "30", ENTER, DOWN, ENTER, "1", ENTER]
    keys += [ENTER] * 4  # no lymphocytes
    return [*keys, "98", ENTER, DOWN, ENTER, *[DOWN] * 4, ENTER]


ATTEMPTS = 5
SECOND_CHECK = [
    *("Anna Berg", ENTER, "70", ENTER, DOWN, ENTER),
    *("=A99992600012300", ENTER, ENTER, "150", ENTER, ENTER, ENTER, ENTER),  # as a scanner sends it; not weighed
    *("200", ENTER, DOWN, ENTER, ENTER),
    *("75", ENTER, DOWN, ENTER, "1", ENTER, ENTER),
    *("30", ENTER, DOWN, ENTER, ENTER, "1", ENTER),
]
"""The keys of the second person, up to the button that compares."""


class Screen:
    """A screen without a window manager, and hands on its keyboard."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    def tool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout.strip()

    def focus(self, title: str) -> None:
        """Wait for a window and give it the keyboard."""
        for attempt in range(ATTEMPTS):
            try:
                found = self.tool("search", "--sync", "--onlyvisible", "--name", title).split()[-1]
                self.tool("windowfocus", "--sync", found)
            except subprocess.CalledProcessError:  # it gives up where another window closes while it looks at all
                if attempt == ATTEMPTS - 1:
                    raise
            else:
                return

    def leave(self, title: str) -> None:
        """Wait until a window has gone, then give the keyboard to the main one."""
        command = ["xdotool", "search", "--onlyvisible", "--name", title]
        for _ in range(200):
            if subprocess.run(command, env=self.environment, check=False, capture_output=True).returncode:
                break
            time.sleep(0.05)
        self.focus("Donor lymphocyte infusion")

    def press(self, keys: list[str]) -> None:
        for key in keys:
            known = key in (ENTER, DOWN, "space") or "+" in key
            self.tool(*(("key", key) if known else ("type", "--delay", "4", key)))


@pytest.fixture
def screen() -> Iterator[Screen]:
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as numbers:
        display = f":{numbers.readline().strip()}"
    yield Screen(display)
    server.terminate()
    server.wait()


@pytest.mark.timeout(180)
def test_an_order_is_made_without_a_mouse(screen: Screen, tmp_path: Path) -> None:
    environment = {**screen.environment, "DLICALC_DATA_FOLDER": str(tmp_path / "data"), "ROOM": str(tmp_path)}
    program = subprocess.Popen(PROGRAM, env=environment, cwd=ROOT)
    try:
        screen.focus("Donor lymphocyte infusion")
        now = datetime.now().astimezone().replace(second=0, microsecond=0)
        screen.press(recipient(now, now + timedelta(hours=2)))
        screen.press(eligibility(now))
        screen.press(["ctrl+3", *product(now)])
        screen.press(["ctrl+5", "alt+a"])
        screen.focus("^Prepare the order")
        screen.press(["Li Wei", ENTER, "space"])
        screen.leave("^Prepare the order")
        screen.press(["alt+s"])
        screen.focus("^Second person: check the order")
        screen.press([*SECOND_CHECK, "space"])
        screen.focus("^dlicalc$")
        screen.press([ENTER])
        screen.leave("^dlicalc$")
        order = tmp_path / "order.pdf"
        screen.press(["ctrl+shift+p"])
        screen.focus("Save order as PDF")
        screen.press([str(order), ENTER])
        text = wait_for(order)
        assert "CHECKED\nValid only with all signatures" in text
        assert "DRAFT" not in text
        assert "35 mL" in text
        assert "A9999 26 000123" in text
        assert "Look at this" not in text
    finally:
        program.terminate()
        program.wait()


def wait_for(order: Path) -> str:
    """The text of the order once it is there."""
    for _ in range(100):
        if order.exists() and order.stat().st_size:
            return " ".join(page.extract_text() for page in pypdf.PdfReader(order).pages)
        time.sleep(0.1)
    raise AssertionError("no order was written")
