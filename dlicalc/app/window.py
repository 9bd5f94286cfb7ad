"""``dlicalc`` without a command: the window, with everything it needs handed in."""

import argparse
import gc
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dlicalc.app.cases import case_from
from dlicalc.app.ledger import ledger
from dlicalc.app.parts import SOFTWARE, Parts, now
from dlicalc.app.proof import StartProof
from dlicalc.app.recorded_papers import RecordedPapers
from dlicalc.app.streams import say as tell
from dlicalc.domain.protocol import Protocol
from dlicalc.gui.parts import DraftStore, InstallationTest, Services
from dlicalc.gui.parts import Parts as WindowParts
from dlicalc.services.entry import Document, read_case, shown_in_field
from dlicalc.services.ports import HelpSheet, UnitMemory
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording.order import NO_DISPLAY
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.case_files import document_digest, parse_document, read_file, save_document

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from dlicalc.app.order import Form, Made
    from dlicalc.app.records_care import RecordsCare
    from dlicalc.services.manual import Topic
    from dlicalc.services.sheet import Field
    from dlicalc.services.verification import Report
    from dlicalc.storage.data_folder import DataFolder

SCREEN_FONTS: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "NotoSansSC-Regular.ttf")
REFUSED: Final = 2


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Open the window; returns the exit code."""
    if _no_display():
        tell(parts.words("en")(NO_DISPLAY))
        return REFUSED
    # What is imported and built until the window stands stays: collecting meanwhile only costs time.
    gc.disable()
    if parts.laid_down:
        parts.site  # noqa: B018  a file that is refused is refused before there is a window
    prepared = window_parts(parts)._replace(training=options.training, proof=StartProof(parts))
    from dlicalc.gui.start import run_window

    return run_window(prepared, ["dlicalc", *([options.case] if options.case else [])])


def _no_display() -> bool:
    """Whether Linux has no screen to show a window on; Qt would end the process with a riddle."""
    platform_chosen = os.environ.get("QT_QPA_PLATFORM", "")
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or platform_chosen not in ("", "xcb")
    return sys.platform.startswith("linux") and not shown


def window_parts(parts: Parts) -> WindowParts:
    """All that a window needs, for ``gui.start``."""
    folder = parts.resources.folder / "fonts"
    orders = _Orders(parts)
    services = Services(
        words=parts.words,
        load_case=load_document,
        save_case=save_document,
        make_order=orders.pdf,
        keep_words=orders.words,
        digest=document_digest,
        site_filter=lambda: _site_filter(parts),
        save_bytes=write_atomically,
        about=partial(_about, parts.protocol),
        version=SOFTWARE,
        drafts=_drafts_in(parts.resources.folder),
        units=_units_in(parts.resources.folder),
        verify=_Verifier(parts),
        ledger=lambda training: ledger(parts.resources.folder, training=training),
        cover_after=lambda: _cover_after(parts),
        papers=RecordedPapers(parts),
        care=partial(_care, parts),
        manual=partial(_topics, parts),
        help_sheet=partial(_help_sheet, parts),
        installation=partial(_installation, parts),
    )
    fonts = tuple(str(folder / name) for name in SCREEN_FONTS)
    return WindowParts(protocol=parts.protocol, clock=now, services=services, language="en", fonts=fonts)


def load_document(place: str) -> Document:
    """The document in a case file, with texts that cannot be read as they are: the window shows them in their fields.

    Raises :class:`Refused` for anything that no field of the window could hold.
    """
    document = parse_document(read_file(place), place)
    beyond = [problem for problem in read_case(document).problems if not shown_in_field(problem)]
    if beyond or not isinstance(document, dict):
        raise Refused(*beyond)
    return document


def _site_filter(parts: Parts) -> bool:
    """Whether the site has set a filter; what is wrong with its file is said when an order is made of it."""
    try:
        return parts.site.administration.filter is not None
    except Refused:
        return False


def _cover_after(parts: Parts) -> int:
    """Minutes that the site has set; what is wrong with its file is said when an order is made of it."""
    try:
        return int(parts.site.settings.cover_after_minutes)
    except Refused:
        from dlicalc.domain.site import Settings

        return int(Settings.model_fields["cover_after_minutes"].default)


def _care(parts: Parts, training: bool) -> "RecordsCare":
    # SQLite and the encryption library, only when somebody looks after the records.
    from dlicalc.app.records_care import RecordsCare

    return RecordsCare(parts, training=training)


def _drafts_in(resources: Path) -> Callable[[bool], DraftStore]:
    def drafts(training: bool) -> DraftStore:
        from dlicalc.storage.drafts import FolderDrafts

        return FolderDrafts(_data_folder(resources, training), now, SOFTWARE)

    return drafts


def _units_in(resources: Path) -> Callable[[bool], UnitMemory]:
    def units(training: bool) -> UnitMemory:
        from dlicalc.storage.unit_memory import FileUnitMemory

        return FileUnitMemory(_data_folder(resources, training).path)

    return units


def _data_folder(resources: Path, training: bool) -> "DataFolder":
    # It brings platformdirs with it, which can wait until the window stands.
    from dlicalc.storage.data_folder import data_folder, program_folder

    return data_folder(program_folder(resources), os.environ, training=training)


class _Orders:
    """Makes orders for the window."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def pdf(self, document: Document, *, as_of: datetime, **form: "Unpack[Form]") -> bytes:
        """The paper."""
        return self._made(document, as_of, form).pdf

    def words(self, document: Document, *, as_of: datetime, **form: "Unpack[Form]") -> dict[str, Any]:
        """What the records keep of the paper."""
        from dlicalc.services.kept_sheet import kept

        return kept(self._made(document, as_of, form).sheet)

    def _made(self, document: Document, as_of: datetime, form: "Form") -> "Made":
        # ReportLab comes with the first order that is asked for.
        from dlicalc.app.order import Blocked, order_made

        try:
            return order_made(case_from(document), document, self._parts, as_of, **form)
        except Blocked as blocked:
            raise Refused(Problem("order", "order_blocked")) from blocked


def _topics(parts: Parts, language: str) -> "tuple[Topic, ...]":
    from dlicalc.app.manual import topics

    return topics(parts, language)


def _help_sheet(parts: Parts, sheet: HelpSheet, language: str) -> bytes:
    from dlicalc.app.manual import sheet_pdf

    return sheet_pdf(parts, sheet, language, parts.site.settings.paper)


def _installation(parts: Parts, site_line: str) -> InstallationTest:
    from dlicalc.app.selftest import SelfTestRun, recorded

    return SelfTestRun(parts, now(), site_line, partial(recorded, parts, parts.words("en")))


class _Verifier:
    """Holds printed orders against this program."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def codes(self, text: str, volume: str, words: Words) -> "Report":
        """What came of scanned codes."""
        from dlicalc.app.verification import verify_text

        return verify_text(text, volume, self._parts, words)

    def file(self, path: str, volume: str, words: Words) -> "Report":
        """What came of the order in a PDF."""
        from dlicalc.app.verification import LARGEST_PDF, verify_pdf

        return verify_pdf(read_file(path, LARGEST_PDF), path, volume, self._parts, words)


def _about(protocol: Protocol) -> "tuple[Field, ...]":
    from dlicalc.app.machine import machine
    from dlicalc.services.sheet import Field
    from dlicalc.services.wording import about as say

    return (
        *machine(),
        Field(say.PROTOCOL, f"{protocol.protocol.id} {protocol.protocol.version}"),
        Field(say.DIGEST, protocol.digest),
    )
