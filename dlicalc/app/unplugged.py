"""Pydantic without its plugins: what happens to be installed beside this program may not change how a case is read.

``PYDANTIC_DISABLE_PLUGINS`` would keep pydantic from using them, but not from loading what it looks for them with,
which takes a tenth of every start.
"""

import sys
from types import ModuleType
from typing import Final

_LOADER: Final = "pydantic.plugin._loader"


def refuse_plugins() -> None:
    """Stand in for the module that pydantic asks for plugins; call this before pydantic makes its first validator."""
    loader = ModuleType(_LOADER, "There are no plugins.")
    vars(loader)["get_plugins"] = tuple
    sys.modules.setdefault(_LOADER, loader)
