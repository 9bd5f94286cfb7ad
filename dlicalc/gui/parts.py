"""What the window is given by the program: it fetches nothing itself."""

from collections.abc import Callable
from typing import NamedTuple
from typing import Protocol as Port

from dlicalc.domain.protocol import Protocol
from dlicalc.services.entry import Document
from dlicalc.services.ports import Clock
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words


class SaveOrder(Port):
    """Writes the order of a case as a PDF file."""

    def __call__(self, path: str, document: Document, *, draft: bool, language: str) -> None:
        """Write to ``path``; ``language`` is ``en``, ``zh_CN`` or ``both``; raises ``Refused``."""


class Services(NamedTuple):
    """What the window asks of the program; loading and saving raise ``Refused``."""

    words: Callable[[str], Words]
    load_case: Callable[[str], Document]
    save_case: Callable[[str, Document], None]
    save_order: SaveOrder
    about: tuple[Field, ...]
    version: str


class Parts(NamedTuple):
    """Everything that a window is made of; the fonts are paths of files."""

    protocol: Protocol
    clock: Clock
    services: Services
    language: str
    fonts: tuple[str, ...]
