"""What the window is given by the program: it fetches nothing itself."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from typing import Protocol as Port

from dlicalc.domain.protocol import Protocol
from dlicalc.services.entry import Document
from dlicalc.services.ports import Clock
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words


class MakeOrder(Port):
    """Makes the order of a case as a PDF, the same bytes for the same arguments."""

    def __call__(self, document: Document, *, as_of: datetime, draft: bool, language: str, paper: str) -> bytes:
        """``language`` is ``en``, ``zh_CN`` or ``both``, ``paper`` is ``A4`` or ``Letter``; raises ``Refused``."""


class Services(NamedTuple):
    """What the window asks of the program; loading and saving raise ``Refused``."""

    words: Callable[[str], Words]
    load_case: Callable[[str], Document]
    save_case: Callable[[str, Document], None]
    make_order: MakeOrder
    save_bytes: Callable[[str, bytes], None]
    about: tuple[Field, ...]
    version: str


class Parts(NamedTuple):
    """Everything that a window is made of; the fonts are paths of files."""

    protocol: Protocol
    clock: Clock
    services: Services
    language: str
    fonts: tuple[str, ...]
