"""At least 500 distinct inputs that must be refused, generated from the tables in `traps.json`.

Each is one mutation of a good case, or raw text, with the path that the refusal has to name: a problem at that path
or below it. An empty path means that the text as a whole is at fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cases import at, drop, every_field_case, full_case, put, walk

TRAPS: dict[str, Any] = json.loads((Path(__file__).parent / "traps.json").read_text(encoding="utf-8"))

BARE_NUMBERS = ("upper_limit", "multiply_by", "nrbc_per_100_wbc")
WEEKS = ("infusion.gvhd_prophylaxis_weeks.from", "infusion.gvhd_prophylaxis_weeks.to")
RECOVERIES = ("products.0.counts.recovery.mnc", "products.0.counts.recovery.cd3")
OTHER_TYPES: dict[type, tuple[Any, ...]] = {
    dict: ([], [{}], "text", 5, True),
    list: ({}, "text", 5, True),
    str: (5, 1.5, True, [], {}, ["text"]),
}
LONG = 10_000


@dataclass(frozen=True)
class BadInput:
    """One line of text, why it is refused, the path to be named and a word that the refusal must contain."""

    text: str
    reason: str
    path: str
    mention: str = ""


def corpus() -> list[BadInput]:
    """The whole corpus, in a fixed order, without repetition of a text."""
    distinct: dict[str, BadInput] = {}
    for generate in (numbers, units, unknown_keys, wrong_types, dates, words, incomplete, headers, raw_texts):
        for bad in generate():
            distinct.setdefault(bad.text, bad)
    return list(distinct.values())


def numbers() -> Iterator[BadInput]:
    """Every trap in every number field."""
    traps = TRAPS["numbers"] | TRAPS["not_strings"] | {"over-long": "7" * LONG}
    for field, named in _number_fields():
        for reason, value in traps.items():
            # A recovery may be an object too; then it is its own missing unit that is refused.
            if not (field in RECOVERIES and isinstance(value, dict) and not value):
                yield _with(field, value, f"number: {reason}", named)
    for reason, value in traps.items():
        yield _bad(put(full_case(), "products.0.volume.value", value), f"number: {reason}", "products.0.volume")


def units() -> Iterator[BadInput]:
    """A unit that the field does not take, or none beside a value."""
    for path, quantity in walk(every_field_case()):
        if not (isinstance(quantity, dict) and "unit" in quantity):
            continue
        unit = quantity["unit"]
        wrong = [*TRAPS["units"].get(path, ()), *TRAPS["any_unit"], f"{unit} ", f" {unit}", 5, [unit], None]
        if unit.swapcase() != unit:
            wrong.append(unit.swapcase())
        for other in wrong:
            yield _with(f"{path}.unit", other, f"unit: {other!r}", path)
        yield _bad(drop(every_field_case(), f"{path}.unit"), "unit: missing", path)
    for unit in ("L", "uL", "g", "cc", "", None):
        yield _bad(put(full_case(), "products.0.volume.unit", unit), f"unit: {unit!r}", "products.0.volume")


def unknown_keys() -> Iterator[BadInput]:
    """A key that the contract does not know, in every object."""
    for path, value in [("", every_field_case()), *walk(every_field_case())]:
        if isinstance(value, dict):
            for key in ["surprise", *TRAPS["near_misses"].get(path, ())]:
                yield _with(f"{path}.{key}".lstrip("."), "1", "unknown key", path, key)


def wrong_types() -> Iterator[BadInput]:
    """Another JSON type than the field's, at every level."""
    for path, value in walk(every_field_case()):
        for other in OTHER_TYPES[type(value)]:
            number_as_text = path in RECOVERIES and isinstance(other, str)
            if not number_as_text:
                yield _with(path, other, f"type: {other!r}", _quantity_of(path))
    for path in ("products", "decisions"):
        for other in (5, "text", True, [], ["text"]):
            yield _with(path, [other], f"type: list of {other!r}", path)
    for other in ("wbc", "MNC", "cd34", "", 5, True, [], {}):
        path = "products.0.counts.viability.applies_to"
        yield _with(path, [other], f"type: applies to {other!r}", path)


def dates() -> Iterator[BadInput]:
    """Dates that do not exist or are written another way, and moments without an offset."""
    for path, value in walk(every_field_case()):
        last = path.rpartition(".")[2]
        table = "moments" if last in ("at", "planned_start") or last.endswith("_at") else "dates"
        if table == "moments" or last.endswith("_on") or last in ("birth_date", "day_0"):
            assert isinstance(value, str)
            for reason, other in TRAPS[table].items():
                yield _with(path, other, f"{table}: {reason}", path)


def words() -> Iterator[BadInput]:
    """Synonyms and other spellings of the words that a field takes."""
    for path, synonyms in TRAPS["words"].items():
        word = at(every_field_case(), path)
        for other in [*synonyms, *_spellings(word), ""]:
            yield _with(path, other, f"word: {other!r}", _quantity_of(path))
    for path, value in walk(every_field_case()):
        if value in ("yes", "no"):
            for other in [*TRAPS["yes_no"], *_spellings("yes"), *_spellings("no"), *_spellings("unknown")]:
                yield _with(path, other, f"word: {other!r}", path)


def incomplete() -> Iterator[BadInput]:
    """A CD3 percentage without its denominator, a decision without a name or a reason."""
    yield _bad(drop(full_case(), "products.0.counts.cd3.of"), "no denominator", "products.0.counts.cd3")
    yield _bad(put(full_case(), "products.0.counts.cd3.of", None), "no denominator", "products.0.counts.cd3")
    for key in ("by", "reason"):
        yield _bad(drop(every_field_case(), f"decisions.0.{key}"), f"decision without {key}", "decisions.0")
        for blank in (None, "", " ", "\t", "\u3000"):
            yield _with(f"decisions.0.{key}", blank, f"decision without {key}", "decisions.0")


def headers() -> Iterator[BadInput]:
    """Another format or another protocol."""
    for other in (
        "dlicalc-case/2",
        "dlicalc-case/01",
        "dlicalc-case",
        "DLICALC-CASE/1",
        "dlicalc-evaluation/1",
        " ",
        "",
    ):
        yield _with("format", other, f"format: {other!r}", "format")
    for other in ("NCT07319794", "nct07319793", "NCT07319793 ", "07319793", "2025-z240", ""):
        yield _with("protocol", other, f"protocol: {other!r}", "protocol")


def raw_texts() -> Iterator[BadInput]:
    """Text that is not one JSON object, or that JSON readers read in different ways."""
    good = json.dumps(full_case())
    for reason, text in {
        "not JSON": "weight 70 kg",
        "cut off": good[: len(good) // 2],
        "two objects": good + good,
        "text after the object": good + " x",
        "comma after the last key": good[:-1] + ",}",
        "single quotes": good.replace('"', "'"),
        "comment": good[:-1] + " /* comment */}",
        "opening brace only": "{",
        "top-level list": f"[{good}]",
        "empty list": "[]",
        "top-level string": json.dumps(good),
        "top-level number": "5",
        "top-level null": "null",
        "top-level true": "true",
        "NaN": good.replace('"70"', "NaN"),
        "Infinity": good.replace('"70"', "Infinity"),
        "-Infinity": good.replace('"70"', "-Infinity"),
        "number beyond every float": good.replace('"70"', "1e999999"),
        "integer of 10,000 digits": good.replace('"70"', "7" * LONG),
        "leading zero": good.replace('"70"', "070"),
        "deep list": "[" * 100_000,
        "deep closed list": "[" * 100_000 + "]" * 100_000,
        "deep object": '{"recipient":' * 100_000,
        "deep closed object": '{"recipient":' * 100_000 + "{}" + "}" * 100_000,
        "deep list in a field": good.replace('"S-017"', "[" * 50_000 + "]" * 50_000),
        "lone surrogate as a key": good[:-1] + ', "\\ud800": 1}',
        "control character in a string": good.replace("S-017", "S-\x01017"),
    }.items():
        yield BadInput(text, reason, "")
    for surrogate in ("\\ud800", "\\udc00", "\\udfff\\ud800"):
        yield BadInput(good.replace("S-017", surrogate), "lone surrogate", "recipient.trial_subject")
    yield from _duplicate_keys(good)


def _duplicate_keys(good: str) -> Iterator[BadInput]:
    """The same key twice, with another value and with the same one."""
    for key, first, second in (
        ("sex", '"female"', '"male"'),
        ("mrn", '"0042177"', '"0042178"'),
        ("abo_rhd", '"A Pos"', '"O Neg"'),
        ("arm", '"prophylactic"', '"preemptive"'),
        ("consent", '"yes"', '"no"'),
        ("decisions", "[]", "[]"),
        ("cystatin_c", "null", "null"),
        ("format", '"dlicalc-case/1"', '"dlicalc-case/1"'),
        ("din", '"A999926000123"', '"A999926000124"'),
        ("unit", '"kg"', '"[lb_av]"'),
        ("value", '"70"', '"71"'),
        ("multiply_by", '"1"', '"10"'),
    ):
        text = good.replace(f'"{key}": {first}', f'"{key}": {first}, "{key}": {second}', 1)
        assert text != good
        yield BadInput(text, "duplicate key", "", key)


def _number_fields() -> Iterator[tuple[str, str]]:
    """Each number field of a case, and the path that a refusal has to name at least."""
    for path, _ in walk(every_field_case()):
        parent, _, last = path.rpartition(".")
        if last == "value":
            yield path, parent
        elif last in BARE_NUMBERS or path in WEEKS + RECOVERIES:
            yield path, path


def _quantity_of(path: str) -> str:
    """The quantity that a field belongs to, or the field itself."""
    parent, _, last = path.rpartition(".")
    return parent if last in ("value", "unit", "of") else path


def _spellings(word: str) -> list[str]:
    """A word in other letter case or with a space."""
    spellings = (word.upper(), word.lower(), word.title(), f" {word}", f"{word} ", f"{word}\n")
    return [spelling for spelling in spellings if spelling != word]


def _with(path: str, value: Any, reason: str, named: str, mention: str = "") -> BadInput:
    """The case with every field, one of them replaced."""
    return _bad(put(every_field_case(), path, value), reason, named, mention)


def _bad(case: dict[str, Any], reason: str, named: str, mention: str = "") -> BadInput:
    return BadInput(json.dumps(case), reason, named, mention)
