"""The folder of a machine in which its administrator lays down what holds for all who use it; it is only read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

WINDOWS: Final = "win32"
_DEFAULT: Final = r"C:\ProgramData"


def machine_folder(platform: str, environment: Mapping[str, str]) -> Path:
    """``dlicalc`` in ProgramData on Windows, ``/etc/dlicalc`` elsewhere; it need not exist."""
    if platform == WINDOWS:
        return Path(environment.get("ProgramData") or _DEFAULT) / "dlicalc"
    return Path("/etc/dlicalc")
