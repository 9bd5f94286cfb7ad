"""What this copy of the program runs on."""

import platform

from dlicalc.app.parts import SOFTWARE
from dlicalc.services.sheet import Field
from dlicalc.services.wording import about as say


def machine() -> tuple[Field, ...]:
    """What this copy runs on: labels to be translated, and values."""
    return (
        Field(say.VERSION, SOFTWARE),
        Field(say.PYTHON, platform.python_version()),
        Field(say.SYSTEM, f"{platform.system()} {platform.release()} {platform.machine()}"),
    )
