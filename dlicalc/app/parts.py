"""The program's parts, made once for a process: data folder, protocol, words, clock."""

import os
import sys
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import dlicalc
from dlicalc.domain.protocol import Protocol
from dlicalc.services.wording import Words, english
from dlicalc.storage.catalogues import load_catalogue
from dlicalc.storage.machine_folder import machine_folder
from dlicalc.storage.protocol_files import load_protocol
from dlicalc.storage.resources import Damaged, Resources

if TYPE_CHECKING:
    from dlicalc.domain.site import Site
    from dlicalc.report.fonts import Fonts

SOFTWARE = f"dlicalc {dlicalc.__version__}"
SITE_NAME = "site.toml"
PACKAGE_FOLDER = Path(dlicalc.__file__).parent


def now() -> datetime:
    """The present moment with this machine's offset, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


def data_folder() -> Path:
    """The data files: inside the installed package, or beside it in the source tree."""
    for folder in (PACKAGE_FOLDER / "resources", PACKAGE_FOLDER.parent / "resources"):
        if folder.is_dir():
            return folder
    raise Damaged("resources", "no such folder")


class Parts:
    """What the commands and the window are built from, made when first asked for.

    ``site_file`` is the path of ``--site``; without it the site file is looked for where it belongs.
    """

    def __init__(self, site_file: str | None = None) -> None:
        self._site_file = site_file

    @cached_property
    def resources(self) -> Resources:
        """The data folder."""
        return Resources(data_folder())

    @cached_property
    def protocol(self) -> Protocol:
        """The shipped protocol, verified and validated."""
        return load_protocol(self.resources)

    @cached_property
    def site(self) -> "Site":
        """How cells are given here, from the first of the places, or as shipped."""
        from dlicalc.storage.site_files import load_site

        return load_site(self.resources, self._site_file, self._site_folders())

    @property
    def site_place(self) -> str | None:
        """Where the site file in force lies; ``None`` for the shipped one."""
        from dlicalc.storage.site_files import site_place

        return site_place(self._site_file, self._site_folders())

    @property
    def laid_down(self) -> bool:
        """Whether a site file was named, or lies in the machine's folder or beside the program."""
        beside = (machine_folder(sys.platform, os.environ), self.resources.folder.parent, Path(sys.executable).parent)
        return self._site_file is not None or any((folder / SITE_NAME).exists() for folder in beside)

    def _site_folders(self) -> tuple[Path, ...]:
        """The machine's comes first: what its administrator laid down no user sets aside by a file of their own."""
        # Brings platformdirs with it, for which a window need not wait.
        from dlicalc.storage.data_folder import data_folder as user_folder
        from dlicalc.storage.data_folder import program_folder

        program = program_folder(self.resources.folder)
        kept = user_folder(program, os.environ, training=False).path
        return machine_folder(sys.platform, os.environ), kept, program

    @cached_property
    def fonts(self) -> "Fonts":
        """The fonts of the paper."""
        from dlicalc.report.fonts import Fonts

        return Fonts(self.resources.folder / "fonts")

    def words(self, language: str) -> Words:
        """The words of ``language``: ``en``, ``zh_CN`` or ``both``."""
        if language == "en":
            return Words(english)
        chinese = load_catalogue(self.resources, "zh_CN")
        if language == "zh_CN":
            return Words(chinese, language)
        from dlicalc.services.wording.bilingual import bilingual

        return bilingual(chinese)
