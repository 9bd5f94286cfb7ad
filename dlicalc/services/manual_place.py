"""Where something stands in the manual; apart from what reads it, for which a window need not wait."""

from typing import Final, NamedTuple

TOPICS: Final = (
    "what-it-is",
    "pages",
    "volume",
    "counts",
    "eligibility",
    "order",
    "codes",
    "records",
    "training",
    "site",
    "trouble",
    "privacy",
)
"""Names of the topics that are files, in the order in which they are read."""


class Place(NamedTuple):
    """Where a reader is: a topic and an anchor in it, empty for its beginning."""

    topic: str
    anchor: str = ""
