"""Random events in two processes side by side; see monkey.py for what must hold after each.

``make monkey`` lets them fire 200,000; with every run of the tests they fire fewer, so that nobody waits for them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EVENTS = int(os.environ.get("DLICALC_MONKEY_EVENTS", "8000")) // 2
SEEDS = (20261122, 319793)


@pytest.mark.timeout(3600)
def test_whatever_is_typed_the_window_holds_and_tells_the_truth() -> None:
    commands = [[sys.executable, "-m", "tests.gui.monkey", str(seed), str(EVENTS)] for seed in SEEDS]
    root = Path(__file__).parents[2]
    monkeys = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for command in commands
    ]
    for monkey in monkeys:
        said, complaint = monkey.communicate()
        assert monkey.returncode == 0, complaint[-6000:]
        assert said.split() == [str(EVENTS)]
