"""The manual's own sentences: its window, and its place in the menu."""

from typing import Final

from dlicalc.services.wording.marking import N_

TITLE: Final = N_("Manual")
ENTRIES_OF: Final = N_("Entries: {page}")
INDEX: Final = N_("Index")
SEE_ALSO: Final = N_("See also: {topic}")
BACK: Final = N_("&Back")
FORWARD: Final = N_("&Forward")
SEARCH: Final = N_("&Search")
CONTENTS: Final = N_("Contents")
NOTHING_FOUND: Final = N_("Nothing was found. Try fewer or other words.")
FOUND: Final = N_("Places found: {count}")
MENU_MANUAL: Final = N_("&Manual")
MENU_CARD: Final = N_("Save &quick-start card …")
MENU_WORKSHEET: Final = N_("Save &downtime worksheet …")
