"""A printed order held against this program: its codes, the paper itself, and the mL that somebody typed from it."""

from collections.abc import Iterator, Set
from fractions import Fraction
from typing import Final

from dlicalc.app.cases import case_from
from dlicalc.app.parts import SOFTWARE, Parts
from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import evaluate
from dlicalc.exchange.scanned import Scanned, codes_among, read_codes, scanned
from dlicalc.services.entry import Document
from dlicalc.services.printed import PrintedOrder
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.self_reading import due, marks, misprints
from dlicalc.services.verification import (
    Claim,
    Line,
    Outcome,
    Report,
    between_codes,
    concluded,
    head_of_claim,
    head_of_flat,
    paper_line,
    paper_volume,
    read_claim,
    recomputed_lines,
)
from dlicalc.services.wording import Words
from dlicalc.services.wording import order as order_words
from dlicalc.services.wording import verify as say
from dlicalc.storage.case_files import document_digest

PDF: Final = b"%PDF-"
LARGEST_PDF: Final = 20 * 2**20
"""Bytes."""
_LANGUAGES: Final = ("en", "zh_CN")
_SOME_NAME: Final = "?"
"""For a name that is not in the code: its absence would be a stop that the order did not have."""


def verify_text(text: str, volume: str, parts: Parts, words: Words) -> Report:
    """What came of the codes in ``text``; raises :class:`Refused` if they cannot be read."""
    typed = paper_volume(volume)
    return _Verification(scanned(text), None, parts, words).report(typed)


def verify_pdf(data: bytes, place: str, volume: str, parts: Parts, words: Words) -> Report:
    """What came of the order in a PDF, its codes and its words; raises :class:`Refused` if it cannot be read."""
    # PDFium and the decoder come with the first file that is to be read.
    from dlicalc.exchange.read_back import read_pdf

    typed = paper_volume(volume)
    if len(data) > LARGEST_PDF:
        raise Refused(Problem(place, "file_large", {"most": "20 MiB"}))
    printed = read_pdf(data, place, _all_read)
    codes = codes_among(printed.codes)
    if not codes:
        raise Refused(Problem(place, "pdf_no_code"))
    return _Verification(read_codes(codes), printed, parts, words).report(typed)


def _all_read(codes: Set[str]) -> bool:
    """Whether the whole case is among the codes, and the barcode of each of its bags that is given."""
    try:
        content = read_codes(codes_among(codes)).content
        if content is None:
            return False
        document, claim = read_claim(content)
        return codes >= set(due(case_from(document), claim.bags, (), ()).all_codes)
    except Refused:
        return False


class _Verification:
    """One paper, in the language of ``words``."""

    def __init__(self, codes: Scanned, printed: PrintedOrder | None, parts: Parts, words: Words) -> None:
        self._codes, self._printed, self._parts, self._words = codes, printed, parts, words

    def report(self, typed: Fraction | None) -> Report:
        """Everything that can be compared."""
        content, flat = self._codes.content, self._codes.flat
        if content is not None:
            document, claim = read_claim(content)
            head, lines = head_of_claim(claim, document), list(self._of_case(document, claim))
            same = say.SAME_ON_PAPER if self._printed is not None or typed is not None else say.SAME
        else:
            assert flat is not None
            document, head, lines, same = None, head_of_flat(flat), [], say.SAME_VOLUME
            if self._printed is not None:
                lines.append(Line(Outcome.NOTE, self._words(say.NO_WHOLE_CODE)))
        if typed is not None:
            lines.insert(0, paper_line(typed, head.volume, self._words))
        return concluded(head, lines, self._words, document=document, same=same)

    def _of_case(self, document: Document, claim: Claim) -> Iterator[Line]:
        words, printed = self._words, self._printed
        if self._codes.flat is not None:
            yield from between_codes(self._codes.flat, claim, document, words)
        named = _with_name(document, claim, printed.title if printed else "")
        case = case_from(named or _with(document, _SOME_NAME))
        yield from recomputed_lines(claim, evaluate(case, self._parts.rules, claim.as_of), SOFTWARE, words)
        if printed is None:
            yield Line(Outcome.NOTE, words(say.NOT_PROVED))
        elif not any(page.text.strip() for page in printed.pages):
            yield Line(Outcome.NOTE, words(say.NO_TEXT))
            yield Line(Outcome.NOTE, words(say.NOT_PROVED))
        else:
            yield from self._of_print(claim, case_from(named or document), printed, proved=named is not None)

    def _of_print(self, claim: Claim, case: Case, printed: PrintedOrder, *, proved: bool) -> Iterator[Line]:
        """The words of the paper beside its codes; the digest of the case proves the name that is printed."""
        words = self._words
        languages = (self._parts.words(language) for language in _LANGUAGES)
        status = [language(order_words.STATUS[claim.state], number=claim.copy) for language in languages]
        per_kg = [Fraction(text) for text in claim.per_kg]
        problems = misprints(printed, due(case, claim.bags, per_kg, marks(case, claim.number, status)))
        yield from (Line(Outcome.DIFFERS, words.problem(problem)) for problem in problems)
        if proved:
            yield Line(Outcome.SAME, words(say.NAME_PROVED, name=case.recipient.name or words(say.NO_NAME)))
        else:
            yield Line(Outcome.DIFFERS, words(say.NAME_NOT_PROVED))
        if not problems:
            yield Line(Outcome.SAME, words(say.PRINT_AGREES))


def _with_name(document: Document, claim: Claim, title: str) -> Document | None:
    """The case that the digest on the order proves, without a name or with that at the end of the file's title."""
    parts = title.split(" · ")
    names = [" · ".join(parts[start:]) for start in range(1, len(parts))]
    for named in (document, *(_with(document, name) for name in names)):
        if document_digest(named).rpartition(":")[2].startswith(claim.digest):
            return named
    return None


def _with(document: Document, name: str) -> Document:
    return {**document, "recipient": {**document.get("recipient", {}), "name": name}}
