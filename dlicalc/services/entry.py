"""From a document of typed texts to the frozen case, or to every problem in it at once.

A document is what a case file holds: nested objects, lists and texts. Both doors lead through here: a file is read
whole or refused, a window reads what can be read and is told the rest.
"""

import copy
from collections.abc import Iterable, Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from dlicalc.domain.case import CASE_FORMAT, PROTOCOL_ID, Case, unknown_case
from dlicalc.services.problem import Problem

Document = dict[str, Any]
Location = tuple[int | str, ...]

LONGEST_QUOTE: Final = 40
LONGEST_PATH: Final = 200
MOST_PROBLEMS: Final = 200
"""Problems that are told one by one; after so many the file is no case."""
_FIELD_OF: Final = {
    "unit_missing": "unit",
    "denominator_missing": "of",
    "concentration_of": "of",
    "share_diluted": "multiply_by",
}
"""Problems of a whole entry that one of its fields would mend."""
_KNOWN_CODES: Final = frozenset(
    {
        "missing", "literal_error", "unit_missing", "denominator_missing", "number_as_text", "date_form", "moment_form",
        "hla_form", "text_expected", "text_blank", "text_long", "text_unprintable", "volume_twice", "concentration_of",
        "share_diluted", "weeks_whole", "weeks_order", "site_range", "site_whole", "site_rates", "site_start",
        "site_half_confirmed",
        "site_half_signed", "site_same_person",
    }
)  # fmt: skip
"""Problems that have a sentence of their own."""
_SHOWN_IN_FIELDS: Final = frozenset(
    {
        "number_form", "number_empty", "number_comma", "number_wide", "date_form", "moment_form", "hla_form",
        "text_blank", "text_unprintable", "text_long", "literal_error", "unit_missing", "denominator_missing",
        "volume_twice", "concentration_of", "share_diluted", "weeks_whole", "weeks_order",
    }
)  # fmt: skip
"""Problems of a text that an entry field can hold and show as it was typed."""
_SENTENCE_OF: Final = {
    "model_type": "object_expected",
    "tuple_type": "list_expected",
    "string_unicode": "text_unprintable",
}
"""The validating library's own kinds of refusal → code of the sentence."""
_WITHOUT_FIELD: Final = ("format", "protocol", "order")
_MOST_ROUNDS: Final = 8
_NOTHING_ENTERED: Final = {"format": CASE_FORMAT, "protocol": PROTOCOL_ID}


class Reading(NamedTuple):
    """A case, or why there is none."""

    case: Case | None
    problems: tuple[Problem, ...]


def read_case(document: object) -> Reading:
    """The case that ``document`` says, or all its problems."""
    try:
        return Reading(Case.model_validate(document), ())
    except ValidationError as error:
        return Reading(None, problems_of(error, Case))


def problems_of(error: ValidationError, root: type[BaseModel]) -> tuple[Problem, ...]:
    """Everything that is wrong with a document of ``root``."""
    details = error.errors(include_url=False)
    problems = [_problem(detail, root) for detail in details[:MOST_PROBLEMS]]
    if len(details) > MOST_PROBLEMS:
        problems.append(Problem("(case)", "problems_more", {"count": str(len(details) - MOST_PROBLEMS)}))
    return tuple(problems)


def read_what_can_be_read(document: Document) -> tuple[Case, tuple[Problem, ...]]:
    """The case with every unreadable entry unknown, and the problems of those entries.

    ``document`` must have the fields ``format`` and ``protocol``; it is not changed.
    """
    if document == _NOTHING_ENTERED:
        return unknown_case(), ()
    rest = document
    problems: list[Problem] = []
    for _ in range(_MOST_ROUNDS):
        try:
            return Case.model_validate(rest), tuple(problems)
        except ValidationError as error:
            rest = copy.deepcopy(document) if rest is document else rest
            details = error.errors(include_url=False)
            problems += [_problem(detail, Case) for detail in details]
            for location in _outermost(_unreadable_part(rest, detail["loc"]) for detail in details):
                _forget(rest, location)
    raise AssertionError("an unreadable entry could not be taken out of the document")


def make_ready() -> None:
    """Make now what the first case read would have to wait for."""
    Case.model_rebuild()


def _at(document: Document, location: Location) -> Any:
    place: Any = document
    for key in location:
        place = place[key]
    return place


def _unreadable_part(document: Document, location: Location) -> Location:
    """The entry to forget for a problem at ``location``: without its unit, or a part it needs, it says nothing."""
    parents, last = location[:-1], location[-1]
    if parents and parents[0] == "decisions":
        return location[:2]
    holder = _at(document, parents)
    part_of_a_text = not isinstance(holder, dict | list)
    missing = isinstance(holder, dict) and last not in holder
    item = isinstance(last, int) and parents != ("products",)
    if last == "unit" or part_of_a_text or missing or item:
        return _unreadable_part(document, parents)
    return location


def shown_in_field(problem: Problem) -> bool:
    """Whether an entry field of a window can hold the text and show it as it was typed."""
    section = problem.path.partition(".")[0]
    return problem.code in _SHOWN_IN_FIELDS and section not in _WITHOUT_FIELD


def _outermost(locations: Iterable[Location]) -> list[Location]:
    """Each place once, none inside another, the last of a list first so that the earlier keep their places."""
    distinct = set(locations)
    outer = [place for place in distinct if not any(place[:length] in distinct for length in range(1, len(place)))]
    return sorted(outer, key=lambda place: [(isinstance(key, int), key) for key in place], reverse=True)


def _forget(document: Document, location: Location) -> None:
    holder, last = _at(document, location[:-1]), location[-1]
    if isinstance(last, int) and location[:-1] == ("decisions",):
        del holder[last]
    elif isinstance(last, int):
        holder[last] = {}
    elif last in _fields_at(location[:-1], Case):
        holder[last] = None
    else:
        del holder[last]


def _problem(detail: Any, root: type[BaseModel]) -> Problem:
    location: Location = detail["loc"]
    code: str = detail["type"]
    value = detail.get("input")
    place = (*location, _FIELD_OF[code]) if code in _FIELD_OF else location
    path = _shortened(_printable(".".join(map(str, place))), LONGEST_PATH) or "(case)"
    if code == "number_form":
        return Problem(path, _number_slip(str(value)), {"text": _quote(value)})
    if code == "extra_forbidden":
        return Problem(path, "unknown_field", {"accepted": ", ".join(_fields_at(location[:-1], root))})
    if code == "too_long":
        return Problem(path, "list_long", {"most": str(detail["ctx"]["max_length"])})
    params = {**_told(detail), "text": _quote(value), "accepted": ", ".join(_choices_at(place, root))}
    return Problem(path, _SENTENCE_OF.get(code, code if code in _KNOWN_CODES else "not_accepted"), params)


def _told(detail: Any) -> dict[str, str]:
    """What a problem of our own says beside its code."""
    return {name: str(value) for name, value in detail.get("ctx", {}).items()}


def _number_slip(text: str) -> str:
    """Which of the usual slips a refused number shows."""
    if not text.strip():
        return "number_empty"
    if any(character.isdigit() and not character.isascii() for character in text):
        return "number_wide"
    if "," in text or "，" in text:
        return "number_comma"
    return "number_form"


def _quote(value: object) -> str:
    """What was met, as JSON writes it, shortened."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = value if isinstance(value, str) else repr(value)
    return _shortened(_printable(text), LONGEST_QUOTE)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)


def plain_types(annotation: Any) -> Iterator[Any]:
    """The plain types inside an annotation, through Optional, Annotated and tuples."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from plain_types(get_args(annotation)[0])
    elif origin in (Union, UnionType, tuple):
        for argument in get_args(annotation):
            yield from plain_types(argument)
    else:
        yield annotation


def _annotation_at(location: Sequence[int | str], root: type[BaseModel]) -> list[Any]:
    found: list[Any] = [root]
    for key in location:
        if isinstance(key, int):
            continue
        models = [part for part in found if isinstance(part, type) and issubclass(part, BaseModel)]
        fields = [field for model in models for name, field in model.model_fields.items() if key in (name, field.alias)]
        found = [part for field in fields for part in plain_types(field.annotation)]
    return found


def _fields_at(location: Location, root: type[BaseModel]) -> list[str]:
    models = (part for part in _annotation_at(location, root) if isinstance(part, type) and issubclass(part, BaseModel))
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _choices_at(location: Location, root: type[BaseModel]) -> list[str]:
    literals = (part for part in _annotation_at(location, root) if get_origin(part) is Literal)
    return [str(choice) for literal in literals for choice in get_args(literal)]
