"""An order of the records as a PDF once more: today's drawing where it says the same, else the kept original."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

from dlicalc.app.cases import case_from
from dlicalc.app.order import LANGUAGE_TAGS
from dlicalc.app.parts import SOFTWARE, Parts, now
from dlicalc.domain.evaluation import evaluate
from dlicalc.exchange.case_code import decode, encode, read_part
from dlicalc.exchange.paper_codes import code_texts
from dlicalc.exchange.read_back import read_pdf
from dlicalc.report.order import write_order
from dlicalc.services.document import evaluation_document
from dlicalc.services.order_codes import CodeTexts, check_letters, state_letters
from dlicalc.services.order_sheet import marks_of, order_sheet
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.recorded import look_up
from dlicalc.services.recorded_order import RecordedOrder, prints_of, recorded_order
from dlicalc.services.recorded_words import on_paper
from dlicalc.services.records import Entry, Event, EventKind, RecordStore
from dlicalc.services.reprint import (
    Difference,
    Today,
    difference_texts,
    differences,
    giving_differences,
    original_again,
    same_notice,
)
from dlicalc.services.self_reading import ORDER, due, marks, misprints
from dlicalc.services.sheet import CannotBePrinted, Sheet
from dlicalc.services.wording import Words, english
from dlicalc.storage.case_files import document_digest

_ENGLISH: Final = Words(english)


class Copy(NamedTuple):
    """A paper of a recorded order that nobody has yet; it goes out only after :func:`record_copy`."""

    pdf: bytes
    recorded: RecordedOrder
    language: str
    paper: str
    differences: tuple[Difference, ...]
    sheet: Sheet


def make_copy(
    store: RecordStore, number: str, parts: Parts, *, language: str = "", paper: str = "", training: bool = False
) -> Copy:
    """The next copy of an order; in the language and on the paper of its original unless told.

    Raises :class:`Refused`, also if it would have to be the original and that was in another language.
    """
    recorded = recorded_order(number, store.entries(number))
    paper = paper or recorded.paper or parts.site.settings.paper
    return _Reprint(store, recorded, parts, language or recorded.language, paper, training=training).copy()


def record_copy(store: RecordStore, copy: Copy, who: str) -> Entry:
    """Record that ``copy`` goes out; raises :class:`Refused`, and then it must not."""
    recorded = copy.recorded
    number = recorded.order.number
    entries = store.entries(number)
    ended = recorded.order.ended is not None
    now_ended = recorded_order(number, entries).order.ended is not None
    if now_ended != ended or (not ended and prints_of(entries) != recorded.order.copy):
        raise Refused(Problem("records", "reprint_overtaken", {"text": number}))
    return store.append(
        Event(
            EventKind.REPRINTED,
            who,
            SOFTWARE,
            order=number,
            day=_day(entries),
            details={
                "copy": prints_of(entries),
                "language": copy.language,
                "paper": copy.paper,
                "differs": bool(copy.differences),
            },
            protocol=recorded.protocol,
        )
    )


def _day(entries: tuple[Entry, ...]) -> Any:
    return next((entry.event.day for entry in reversed(entries) if entry.event and entry.event.day), None)


class _Reprint:
    """One order, and what today's program makes of it."""

    def __init__(
        self, store: RecordStore, recorded: RecordedOrder, parts: Parts, language: str, paper: str, *, training: bool
    ) -> None:
        self._recorded, self._parts, self._training = recorded, parts, training
        self._language, self._paper = language, paper
        self._document = recorded.document
        self._case = case_from(self._document)
        self._known = look_up(store, self._case).until(recorded.until)
        self._evaluation = evaluate(self._case, parts.rules, recorded.as_of)
        self._today = Today(SOFTWARE, parts.protocol.digest, now())

    def copy(self) -> Copy:
        """Today's drawing, or the original with what differs."""
        found = self._differences()
        if found:
            sheet, words = self._original(found), self._parts.words(self._recorded.language)
        else:
            sheet, words = self._drawn(self._language), self._parts.words(self._language)
        try:
            pdf = write_order(sheet, self._parts.fonts, self._paper)
        except CannotBePrinted as error:
            raise Refused(error.problem) from error
        self._read_back(pdf, sheet, words)
        return Copy(pdf, self._recorded, self._language, self._paper, found, sheet)

    def _differences(self) -> tuple[Difference, ...]:
        recorded = self._recorded
        today = evaluation_document(self._evaluation, _ENGLISH, SOFTWARE)
        found = differences(recorded.evaluation, today)
        if recorded.sheet is None or found:
            return found
        drawn = self._drawn(recorded.language)
        return giving_differences(recorded.sheet.administration, drawn.administration)

    def _drawn(self, language: str) -> Sheet:
        recorded, words = self._recorded, self._parts.words(language)
        digest = document_digest(self._document)
        codes = code_texts(
            self._document,
            self._evaluation,
            recorded.order,
            case_digest=digest,
            software=SOFTWARE,
            training=self._training,
        )
        sheet = order_sheet(
            self._case,
            self._evaluation,
            words,
            order=recorded.order,
            site=self._parts.site,
            language=LANGUAGE_TAGS[language],
            software=SOFTWARE,
            case_digest=digest,
            printed_at=self._today.at,
            codes=codes,
            training=self._training,
            recorded=on_paper(self._known, self._case, self._evaluation.dose, recorded.order.number, words),
        )
        return sheet._replace(reprint=same_notice(recorded, self._today, words))

    def _original(self, found: tuple[Difference, ...]) -> Sheet:
        recorded, number = self._recorded, self._recorded.order.number
        words = self._parts.words(recorded.language)
        if recorded.sheet is None:
            raise Refused(Problem("records", "reprint_differs", {"text": number}), *_each(found))
        if self._language != recorded.language:
            raise Refused(Problem("records", "reprint_language", {"text": number}), *_each(found))
        again = original_again(recorded.sheet, recorded, self._today, found, words)
        return _with_codes(again, _codes_again(recorded.sheet, recorded))

    def _read_back(self, pdf: bytes, sheet: Sheet, words: Words) -> None:
        """Hold the paper against what was recorded, not against what was computed now."""
        dose: Mapping[str, Any] = self._recorded.evaluation["dose"]
        volumes = [Fraction(bag["volume_ml"]) for bag in dose["bags"]] if dose["status"] == "computed" else None
        per_kg = [Fraction(dose[name]) for name in ("mnc_per_kg", "cd3_per_kg") if dose[name] is not None]
        status = marks_of(self._recorded.order, words).status
        codes = (sheet.codes.short.text, *(code.text for code in sheet.codes.whole))
        should = due(self._case, volumes, per_kg, marks(self._case, self._recorded.order.number, (status,)), codes)
        wrong = misprints(read_pdf(pdf, ORDER, set(should.all_codes).issubset), should)
        if wrong:
            raise Refused(*wrong)


def _each(found: tuple[Difference, ...]) -> list[Problem]:
    texts = (difference_texts(difference, _ENGLISH) for difference in found)
    return [Problem(what, "reprint_difference", {"before": before, "after": after}) for what, before, after in texts]


def _codes_again(sheet: Sheet, recorded: RecordedOrder) -> CodeTexts:
    """The codes of the original, but for the state of the paper that they are on."""
    letters = state_letters(recorded.order)
    body = sheet.codes.short.text.rpartition("*")[0].rpartition("*")[0]
    short = f"{body}*{letters}"
    content = decode([read_part(code.text) for code in sheet.codes.whole])
    content["facts"]["state"] = letters
    return CodeTexts(f"{short}*{check_letters(short)}", encode(content))


def _with_codes(sheet: Sheet, texts: CodeTexts) -> Sheet:
    """``sheet`` with these codes; another state can take another number of parts, as captions say."""
    codes = sheet.codes
    captions = [code.caption for code in codes.whole]
    whole = tuple(
        codes.whole[0]._replace(text=text, caption=captions[min(place, len(captions) - 1)])
        for place, text in enumerate(texts.whole)
    )
    return sheet._replace(codes=codes._replace(short=codes.short._replace(text=texts.short), whole=whole))
