"""Labels of what the program says about itself."""

from typing import Final

from dlicalc.services.wording.marking import N_

VERSION: Final = N_("Version")
PROTOCOL: Final = N_("Protocol")
DIGEST: Final = N_("Protocol digest")
PYTHON: Final = N_("Python")
SYSTEM: Final = N_("Operating system")
