"""Site file → validated site; the one that was named, or that lies where it belongs, or the shipped one."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from dlicalc.domain.site import Site
from dlicalc.services.entry import problems_of
from dlicalc.services.problem import Problem, Refused
from dlicalc.storage.integrity import digest
from dlicalc.storage.resources import Resources

SITE_FILE: Final = "site.toml"
LARGEST_FILE: Final = 2**20
_WORKED_OUT: Final = frozenset({"digest", "deviates"})
"""Fields of a site that no file says."""
_SIGN_OFFS: Final = frozenset({"confirmed_by", "confirmed_on", "checked_by", "checked_on", "content"})


def read_site(content: bytes, place: str, shipped: bytes | None = None) -> Site:
    """The site in ``content``; raises :class:`Refused` with everything that is wrong, each behind ``place``.

    It deviates where it says anything but ``shipped``, which is itself if nothing else is given.
    """
    try:
        tables = _tables(content)
    except ValueError as error:
        raise Refused(Problem(place, "site_toml", {"text": str(error)})) from error
    for name in _WORKED_OUT & tables.keys():
        accepted = ", ".join(name for name in Site.model_fields if name not in _WORKED_OUT)
        raise Refused(Problem(f"{place}: {name}", "unknown_field", {"accepted": accepted}))
    deviates = shipped is not None and _said(tables) != _said(_tables(shipped))
    try:
        site = Site.model_validate({**tables, "digest": digest(content), "deviates": deviates})
    except ValidationError as error:
        problems = problems_of(error, Site)
        raise Refused(*(problem._replace(path=f"{place}: {problem.path}") for problem in problems)) from error
    if site.site.content not in (None, signed := signed_digest(tables)):
        raise Refused(Problem(f"{place}: site.content", "site_changed", {"digest": signed}))
    return site


def _tables(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.removeprefix(b"\xef\xbb\xbf").decode())


def _said(tables: Mapping[str, Any]) -> dict[str, Any]:
    """All that a file sets, whosever it is."""
    return {name: value for name, value in tables.items() if name != "site"}


def signed_digest(tables: Mapping[str, Any]) -> str:
    """The digest of what a site file says, whoever signed it and however it is laid out."""
    site = {name: value for name, value in tables["site"].items() if name not in _SIGN_OFFS}
    return digest(json.dumps({**tables, "site": site}, sort_keys=True, ensure_ascii=False, default=str).encode())


def read_site_file(place: str, resources: Resources | None = None) -> tuple[Site, str]:
    """The site in the file at ``place``, signed or not, and the digest that two people sign."""
    content = _content(Path(place), place)
    shipped = None if resources is None else resources.read(SITE_FILE)
    return read_site(content, place, shipped), signed_digest(_tables(content))


def site_place(named: str | None, folders: Iterable[Path]) -> str | None:
    """Where the site file lies that is taken; ``None`` for the shipped one."""
    if named is not None:
        return named
    return next((str(folder / SITE_FILE) for folder in folders if (folder / SITE_FILE).exists()), None)


def load_site(resources: Resources, named: str | None, folders: Iterable[Path]) -> Site:
    """The site in the file ``named``, else in the first of ``folders`` that has one, else as shipped."""
    place = site_place(named, folders)
    shipped = resources.read(SITE_FILE)
    if place is None:
        return read_site(shipped, SITE_FILE)
    site = read_site(content := _content(Path(place), place), place, shipped)
    if site.rules and not site.site.signed:
        # Before two people have signed, a limit might be a slip that nobody has seen.
        raise Refused(Problem(f"{place}: site", "site_unsigned", {"digest": signed_digest(_tables(content))}))
    return site


def _content(path: Path, place: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise Refused(Problem(place, "site_missing")) from error
    except (OSError, ValueError) as error:
        text = getattr(error, "strerror", None) or str(error)
        raise Refused(Problem(place, "site_unreadable", {"text": text})) from error
    if len(content) > LARGEST_FILE:
        raise Refused(Problem(place, "site_unreadable", {"text": "too large"}))
    return content
