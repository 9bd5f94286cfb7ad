"""The program's parts, made once for a process: data folder, protocol, words, clock."""

import os
import sys
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import dlicalc
from dlicalc.domain.protocol import Protocol
from dlicalc.services.problem import Problem, Refused
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

        site, place = load_site(self.resources, self._site_file, self._site_folders()), self.site_place
        if site.rules and not self.laid_down:
            raise Refused(Problem(f"{place}", "site_own_rules"))
        return site

    @cached_property
    def rules(self) -> Protocol:
        """The protocol as this site keeps to it.

        A user's own file changes no rule, so that only what was laid down need be read, and that only if it is there.
        """
        return self.ruled_by(self.site, f"{self.site_place}") if self.laid_down else self.protocol

    def ruled_by(self, site: "Site", place: str) -> Protocol:
        """The protocol with what ``site`` narrows; raises :class:`Refused`, each fault behind ``place``."""
        from dlicalc.services.site_rules import narrowed

        try:
            return narrowed(self.protocol, site)
        except Refused as refused:
            raise Refused(*(one._replace(path=f"{place}: {one.path}") for one in refused.problems)) from refused

    @property
    def site_place(self) -> str | None:
        """Where the site file in force lies; ``None`` for the shipped one."""
        from dlicalc.storage.site_files import site_place

        return site_place(self._site_file, self._site_folders())

    @property
    def laid_down(self) -> bool:
        """Whether a site file was named, or lies in the machine's folder or beside the program."""
        program = Path(sys.executable).parent if getattr(sys, "frozen", False) else self.resources.folder.parent
        beside = (machine_folder(sys.platform, os.environ), program)
        return self._site_file is not None or any((folder / SITE_NAME).exists() for folder in beside)

    def _site_folders(self) -> tuple[Path, ...]:
        """What was laid down for all comes first, so that no user sets it aside by a file of their own."""
        # Brings platformdirs with it, for which a window need not wait.
        from dlicalc.storage.data_folder import data_folder as user_folder
        from dlicalc.storage.data_folder import program_folder

        program = program_folder(self.resources.folder)
        kept = user_folder(program, os.environ, training=False).path
        return machine_folder(sys.platform, os.environ), program, kept

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
