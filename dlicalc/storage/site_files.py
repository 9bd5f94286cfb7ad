"""Site file → validated site; the one that was named, or that lies where it belongs, or the shipped one."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from dlicalc.domain.site import Site
from dlicalc.services.entry import problems_of
from dlicalc.services.problem import Problem, Refused
from dlicalc.storage.integrity import digest
from dlicalc.storage.resources import Resources

SITE_FILE: Final = "site.toml"
LARGEST_FILE: Final = 2**20


def read_site(content: bytes, place: str) -> Site:
    """The site in ``content``; raises :class:`Refused` with everything that is wrong, each behind ``place``."""
    try:
        tables = tomllib.loads(content.removeprefix(b"\xef\xbb\xbf").decode())
    except ValueError as error:
        raise Refused(Problem(place, "site_toml", {"text": str(error)})) from error
    if "digest" in tables:
        accepted = ", ".join(name for name in Site.model_fields if name != "digest")
        raise Refused(Problem(f"{place}: digest", "unknown_field", {"accepted": accepted}))
    try:
        return Site.model_validate({**tables, "digest": digest(content)})
    except ValidationError as error:
        problems = problems_of(error, Site)
        raise Refused(*(problem._replace(path=f"{place}: {problem.path}") for problem in problems)) from error


def load_site(resources: Resources, named: str | None, folders: Iterable[Path]) -> Site:
    """The site in the file ``named``, else in the first of ``folders`` that has one, else as shipped."""
    if named is not None:
        return read_site(_content(Path(named), named), named)
    for folder in folders:
        path = folder / SITE_FILE
        if path.exists():
            return read_site(_content(path, str(path)), str(path))
    return read_site(resources.read(SITE_FILE), SITE_FILE)


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
