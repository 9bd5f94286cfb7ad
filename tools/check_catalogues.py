"""Say what is wrong with the marked sentences and their Chinese catalogue.

Usage: python tools/check_catalogues.py [ROOT]
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import catalogues
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError
from catalogues import MO, PACKAGE, PO, PlainCatalog

TRANSLATORS = frozenset({"words", "_words", "translate"})
"""Names of the functions that take a sentence of the catalogue."""
LANGUAGE = re.compile(r"[a-z]{2}(_[A-Z]{2})?|both")
"""What the functions of the same name that make such a function take."""
MILLION, WAN = "_million", "_wan"
"""Ends of two placeholders for the same number, in the counting units of English and of Chinese."""
MNEMONIC = re.compile(r"&(\w)")


def main(root: Path = catalogues.ROOT) -> int:
    """Print one line per problem; 1 if there is any."""
    problems = list(found(root))
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    return 1 if problems else 0


def found(root: Path) -> Iterator[str]:
    """Everything that is wrong below ``root``."""
    template = catalogues.marked(root)
    sentences = {str(message.id) for message in template if message.id}
    yield from _source_problems(root, sentences)
    try:
        catalogue = catalogues.read(root / PO)
    except PoFileError as error:
        yield f"{PO}: {error}"
        return
    yield from _catalogue_problems(catalogue, sentences)
    if not (root / MO).is_file() or (root / MO).read_bytes() != catalogues.compiled(catalogue):
        yield f"{MO}: not compiled from {PO.name}; run 'make catalogues'"


def _source_problems(root: Path, sentences: set[str]) -> Iterator[str]:
    for path in sorted((root / PACKAGE).rglob("*.py")):
        place = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), place)):
            if isinstance(node, ast.Call):
                problem = _call_problem(node, sentences)
                if problem:
                    yield f"{place}:{node.lineno}: {problem}"


def _call_problem(call: ast.Call, sentences: set[str]) -> str:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    argument = call.args[0] if call.args else None
    literal = argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
    if name == "N_":
        alone = literal and len(call.args) == 1 and not call.keywords
        return "" if alone else "N_ takes one literal sentence, which is not empty"
    if name not in TRANSLATORS:
        return ""
    if isinstance(argument, ast.JoinedStr):
        return f"{name}() is given an f-string; mark a sentence with {{placeholders}} and fill it"
    if literal is None or literal in sentences or LANGUAGE.fullmatch(literal):
        return ""
    return f"{name}() is given a sentence that is not marked: {literal!r}"


def _catalogue_problems(catalogue: PlainCatalog, sentences: set[str]) -> Iterator[str]:
    translated = {str(message.id): message for message in catalogue if message.id}
    for sentence in sorted(sentences):
        message = translated.get(sentence)
        if message is None or not message.string:
            yield f"{PO}: untranslated: {sentence!r}"
        else:
            yield from (f"{PO}: {problem}: {sentence!r}" for problem in _translation_problems(message))
    for sentence in sorted({*translated, *map(str, catalogue.obsolete)} - sentences):
        yield f"{PO}: unused: {sentence!r}"


def _translation_problems(message: Message) -> Iterator[str]:
    english, chinese = str(message.id), str(message.string)
    if message.fuzzy:
        yield "fuzzy, its English words have changed"
    if _slots(english) != _slots(chinese):
        yield "placeholders or braces differ"
    if _mnemonic(english) != _mnemonic(chinese):
        yield "shortcut letters differ"
    if english[: len(english) - len(english.lstrip())] != chinese[: len(chinese) - len(chinese.lstrip())]:
        yield "indentation differs"


def _slots(sentence: str) -> tuple[set[str], int, int] | None:
    """Placeholders with their formats, and how many braces are meant as such; ``None`` if it cannot be filled."""
    try:
        parts = [(text, name, spec, conversion) for text, name, spec, conversion in Formatter().parse(sentence)]
    except ValueError:
        return None
    names = {
        f"{name.replace(WAN, MILLION)}!{conversion}:{spec}" for _, name, spec, conversion in parts if name is not None
    }
    literal = "".join(text for text, *_ in parts)
    return names, literal.count("{"), literal.count("}")


def _mnemonic(sentence: str) -> list[str]:
    return [letter.upper() for letter in MNEMONIC.findall(sentence)]


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
