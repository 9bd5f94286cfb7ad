"""Runs before the program in its folder: what the computer's variables say of Qt is not for the Qt that lies in it."""

import os

for _name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"):
    os.environ.pop(_name, None)
