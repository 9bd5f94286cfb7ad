"""Case files: JSON read without mercy, written so that a file is never half there."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from dlicalc.services.entry import Document
from dlicalc.services.inputs import inputs_of
from dlicalc.services.problem import Problem, Refused
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.integrity import digest

LARGEST_FILE: Final = 2**20
"""Bytes; a case of a hundred bags needs a fifth of it."""


class BareNumber:
    """A number without quotes: kept as written, so that the refusal can show it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        """The number as it stood in the file."""
        return self._text


class _Doubled(dict[str, Any]):
    """An object in which fields may stand twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(name for name, _ in pairs)
        self.doubled = sorted(name for name, count in counts.items() if count > 1)


class _FieldTwice(Exception):  # noqa: N818  what was met
    """A field stands twice in an object; where is looked for in a second reading."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _FieldTwice
    return fields


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _decoder(objects: Callable[[list[tuple[str, Any]]], Any]) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=objects, parse_int=BareNumber, parse_float=BareNumber, parse_constant=_no_constant
    )


_DECODER: Final = _decoder(_object)


def parse_document(content: bytes, place: str) -> object:
    """The JSON in ``content``; raises :class:`Refused` naming ``place`` or the doubled fields."""
    if len(content) > LARGEST_FILE:
        raise Refused(Problem(place, "file_large", {"most": "1 MiB"}))
    try:
        document: object = _DECODER.decode(_text(content))
    except _FieldTwice as error:
        doubled = _decoder(_Doubled).decode(_text(content))
        raise Refused(*(Problem(path, "json_duplicate") for path in _doubled(doubled, ()))) from error
    except UnicodeDecodeError as error:
        raise Refused(Problem(place, "file_encoding")) from error
    except RecursionError as error:
        raise Refused(Problem(place, "json_deep")) from error
    except ValueError as error:
        raise Refused(Problem(place, "json_form", {"text": str(error)})) from error
    return document


def _text(content: bytes) -> str:
    """UTF-8, with the mark in front that some Windows editors write."""
    return content.removeprefix(b"\xef\xbb\xbf").decode()


def _doubled(document: object, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(document, _Doubled):
        yield from (".".join((*path, name)) for name in document.doubled)
        for name, value in document.items():
            yield from _doubled(value, (*path, name))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from _doubled(value, (*path, str(index)))


def read_file(place: str, most: int = LARGEST_FILE) -> bytes:
    """The bytes of a file, no more than needed to see that it has more than ``most``; raises :class:`Refused`."""
    try:
        with Path(place).open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise Refused(Problem(place, "file_missing")) from error
    except IsADirectoryError as error:
        raise Refused(Problem(place, "file_directory")) from error
    except (OSError, ValueError) as error:
        raise Refused(
            Problem(place, "file_unreadable", {"text": getattr(error, "strerror", None) or str(error)})
        ) from error


def save_document(place: str, document: Document) -> None:
    """Write ``document`` to ``place``, whole or not at all; raises :class:`Refused`."""
    write_atomically(place, json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")


def document_digest(document: Mapping[str, Any]) -> str:
    """Digest of what was entered: of its JSON with sorted fields and no spaces, so that layout does not matter."""
    inputs = inputs_of(document)
    return digest(json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
