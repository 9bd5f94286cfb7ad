"""What is installed beside the program has no say in how a case is read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import AS_OF, full_case
from tests.command import written
from tests.program import ROOT

MEDDLER = """
from pathlib import Path
Path(__file__).with_name("asked").touch()
plugin = None
"""


@pytest.mark.parametrize(
    ("program", "asked"),
    [
        ("import sys; from dlicalc.__main__ import main; sys.exit(main())", False),
        # Without the program's own start pydantic does ask: the plugin of this test is one.
        ("import sys; from dlicalc.app.main import run; sys.exit(run(sys.argv[1:]))", True),
    ],
    ids=["program", "pydantic alone"],
)
def test_a_plugin_for_pydantic_is_not_even_loaded(tmp_path: Path, program: str, *, asked: bool) -> None:
    installed = tmp_path / "beside"
    described = installed / "meddler-1.0.dist-info"
    described.mkdir(parents=True)
    (installed / "meddler.py").write_text(MEDDLER, "utf-8")
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: meddler\nVersion: 1.0\n", "utf-8")
    (described / "entry_points.txt").write_text("[pydantic]\nmeddler = meddler\n", "utf-8")
    call = [sys.executable, "-c", program, "evaluate", str(written(tmp_path, full_case())), "--as-of", AS_OF]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(installed)))}
    result = subprocess.run(call, env=environment, cwd=ROOT, capture_output=True, check=False, timeout=100)
    assert (installed / "asked").exists() is asked, result.stderr[-2000:]
    if not asked:
        assert result.returncode == 0
