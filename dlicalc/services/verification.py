"""An order on paper held against the program again: the same, different in what, or no way to tell; in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, NamedTuple

from dlicalc.domain.entered import parse_moment
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.quantity import NotANumber, exact, parse_number
from dlicalc.services.entry import Document
from dlicalc.services.numbers import decimal_text, millions
from dlicalc.services.order_codes import CODE, FlatCode, as_typed_here
from dlicalc.services.order_state import State
from dlicalc.services.order_text import NOTHING, finding_text, millilitres, moment_text
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.typed_numbers import as_number
from dlicalc.services.wording import Words
from dlicalc.services.wording import verify as say

PAPER: Final = "--volume"
_BEGINNINGS: Final = ("DLI", "DLC", "TRAIN")
_PER_KG: Final = ("mnc_per_kg", "cd3_per_kg")


class Outcome(StrEnum):
    """What holding something against something else has shown."""

    SAME = "same"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    NOTE = "note"


class Line(NamedTuple):
    """One thing that was compared."""

    outcome: Outcome
    text: str


class Claim(NamedTuple):
    """What the code of a whole case says about its order.

    Without a dose, ``bags`` is ``None`` and ``per_kg``, MNC and CD3⁺ as decimal texts, is empty. ``digest`` and the
    second part of ``protocol`` are the first digits of a digest.
    """

    number: str
    state: State
    copy: int
    training: bool
    as_of: datetime
    software: str
    protocol: tuple[str, str]
    digest: str
    releasable: bool
    bags: tuple[Fraction, ...] | None
    per_kg: tuple[str, ...]

    @property
    def volume(self) -> Fraction | None:
        """Of all bags, in mL."""
        return None if self.bags is None else sum(self.bags, Fraction(0))


class Head(NamedTuple):
    """What identifies an order, whichever code it was read from."""

    number: str
    mrn: str
    volume: Fraction | None
    state: State
    copy: int
    training: bool

    @property
    def valid(self) -> bool:
        """Whether cells may be given on this paper, once it is signed."""
        return self.state in (State.CHECKED, State.COPY) and not self.training


class Report(NamedTuple):
    """The outcome, the state in words, what was compared, and the case without the name, if there is one.

    ``valid`` is false for a paper on which no cells may be given, whatever agrees; ``training`` says that it was made
    for practice.
    """

    outcome: Outcome
    valid: bool
    verdict: str
    state: tuple[str, ...]
    lines: tuple[Line, ...]
    document: Document | None
    training: bool = False

    @property
    def fine(self) -> bool:
        """Whether there is nothing to be said against the paper."""
        return self.valid and self.outcome is Outcome.SAME


def begins_as_code(text: str) -> bool:
    """Whether ``text`` begins as one of the codes does, whatever the keyboard has made of its letters."""
    return as_typed_here(text).upper().startswith(_BEGINNINGS)


def read_claim(content: Any) -> tuple[Document, Claim]:
    """The case and the claim in what a code holds; raises :class:`Refused` if it holds something else."""
    try:
        document, claim = content["case"], _claim(content["facts"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(Problem(CODE, "code_version")) from error
    if not isinstance(document, dict) or not isinstance(document.get("recipient", {}), dict):
        raise Refused(Problem(CODE, "code_version"))
    return document, claim


def _claim(said: Any) -> Claim:
    state, copy = state_in(said["state"])
    as_of = parse_moment(said["as_of"])
    version, protocol_digest = map(str, said["protocol"])
    bags = said.get("bags_ml")
    if as_of is None or not protocol_digest or not said["digest"]:
        raise ValueError(said)
    return Claim(
        number=str(said["number"]),
        state=state,
        copy=copy,
        training=said.get("training") is True,
        as_of=as_of,
        software=str(said["software"]),
        protocol=(version, protocol_digest),
        digest=str(said["digest"]),
        releasable=said["releasable"] is True,
        bags=None if bags is None else tuple(exact(parse_number(volume).value) for volume in bags),
        per_kg=() if bags is None else tuple(parse_number(said[name]).text for name in _PER_KG),
    )


def state_in(letters: str) -> tuple[State, int]:
    """``COPY2`` → the state and which copy; raises :class:`ValueError` or :class:`KeyError`."""
    name = letters.rstrip("0123456789")
    return State[name], int(letters[len(name) :] or 0)


def paper_volume(text: str) -> Fraction | None:
    """The mL typed from the paper; ``None`` for nothing; raises :class:`Refused`."""
    typed = text.strip()
    if not typed:
        return None
    try:
        return exact(parse_number(as_number(typed)).value)
    except NotANumber as error:
        raise Refused(Problem(PAPER, "number_form", {"text": typed[:40]})) from error


def head_of_claim(claim: Claim, document: Document) -> Head:
    """The head of a whole case."""
    mrn = document.get("recipient", {}).get("mrn")
    return Head(claim.number, str(mrn or ""), claim.volume, claim.state, claim.copy, claim.training)


def head_of_flat(flat: FlatCode) -> Head:
    """The head of a flat code."""
    volume = None if flat.millilitres is None else exact(parse_number(flat.millilitres).value)
    return Head(flat.number, flat.mrn, volume, flat.state, flat.copy, flat.training)


def state_lines(head: Head, words: Words) -> tuple[str, ...]:
    """First of all what this paper is, then which order it is."""
    training = (words(say.TRAINING),) if head.training else ()
    volume = millilitres(head.volume)
    order = words(say.ORDER, number=head.number, mrn=head.mrn or words(say.NO_MRN), volume=volume)
    return (*training, words(say.STATES[head.state], copy=head.copy), order)


def recomputed_lines(claim: Claim, evaluation: Evaluation, software: str, words: Words) -> Iterator[Line]:
    """Everything the order says beside what follows from its case today."""
    dose = evaluation.dose
    yield _line(words(say.VOLUME), millilitres(claim.volume), millilitres(dose and dose.ordered_volume), words)
    now = tuple(bag.volume for bag in dose.bags) if dose else ()
    said = claim.bags or ()
    if len(said) > 1 or len(said) != len(now):
        for index in range(max(len(said), len(now))):
            volumes = [millilitres(bags[index]) if index < len(bags) else NOTHING for bags in (said, now)]
            yield _line(words(say.BAG, bag=index + 1), volumes[0], volumes[1], words)
    if dose is not None and claim.bags is not None:
        cells = (dose.mnc_per_kg, dose.cd3_per_kg)
        yield from (_per_kg(*triple, words) for triple in zip((say.MNC, say.CD3), claim.per_kg, cells, strict=True))
    yield _stops(claim.releasable, evaluation.releasable, words)
    yield Line(Outcome.NOTE, words(say.AS_OF, when=moment_text(claim.as_of)))
    for finding in evaluation.findings:
        if finding.blocks:
            yield Line(Outcome.NOTE, words(say.STOP, finding=finding_text(finding, words)))
    yield _protocol(claim.protocol, evaluation, words)
    if claim.software != software:
        yield Line(Outcome.NOTE, words(say.SOFTWARE, made=claim.software, now=software))


def _line(what: str, said: str, now: str, words: Words) -> Line:
    if said == now:
        return Line(Outcome.SAME, words(say.AGREES, what=what, value=said))
    return Line(Outcome.DIFFERS, words(say.DISAGREES, what=what, said=said, now=now))


def _per_kg(what: str, said: str, cells: Fraction, words: Words) -> Line:
    if said == decimal_text(cells):
        return Line(Outcome.SAME, words(say.AGREES, what=words(what), value=f"{millions(cells)}/kg"))
    return Line(Outcome.DIFFERS, words(say.DISAGREES, what=words(what), said=said, now=decimal_text(cells)))


def _stops(said: bool, now: bool, words: Words) -> Line:
    shown = {releasable: words(say.NO_STOPS if releasable else say.SOME_STOPS) for releasable in (True, False)}
    return _line(words(say.STOPS), shown[said], shown[now], words)


def _protocol(said: tuple[str, str], evaluation: Evaluation, words: Words) -> Line:
    version, digest = said
    identity, now = evaluation.protocol.protocol, evaluation.protocol.digest.rpartition(":")[2][: len(digest)]
    shown = (f"{identity.id} {version} ({digest})", f"{identity.id} {identity.version} ({now})")
    return _line(words(say.PROTOCOL), *shown, words)


def between_codes(flat: FlatCode, claim: Claim, document: Document, words: Words) -> Iterator[Line]:
    """What the two codes of one paper say of the same thing; only what differs is told."""
    short, whole = head_of_flat(flat), head_of_claim(claim, document)
    marks = (_marked(short, words), _marked(whole, words))
    pairs = (
        (say.NUMBER, short.number, whole.number),
        (say.MRN, short.mrn, whole.mrn),
        (say.VOLUME, millilitres(short.volume), millilitres(whole.volume)),
        (say.STATE, *marks),
        (say.CASE, flat.digest, claim.digest[: len(flat.digest)]),
    )
    for what, said, now in pairs:
        if said != now:
            text = words(say.CODES_DISAGREE, what=words(what), said=said or NOTHING, now=now or NOTHING)
            yield Line(Outcome.DIFFERS, text)


def _marked(head: Head, words: Words) -> str:
    return " ".join(text.partition(":")[0] for text in state_lines(head, words)[:-1])


def paper_line(typed: Fraction, volume: Fraction | None, words: Words) -> Line:
    """The volume that was typed from the paper beside that of the order."""
    if typed == volume:
        return Line(Outcome.SAME, words(say.PAPER_VOLUME_SAME, paper=millilitres(typed)))
    text = words(say.PAPER_VOLUME, paper=millilitres(typed), order=millilitres(volume))
    return Line(Outcome.DIFFERS, text)


def concluded(
    head: Head, lines: Sequence[Line], words: Words, *, document: Document | None, same: str = say.SAME
) -> Report:
    """The report on everything that was compared; ``same`` is the verdict if all of it agrees."""
    outcomes = {line.outcome for line in lines}
    if Outcome.DIFFERS in outcomes:
        outcome, verdict = Outcome.DIFFERS, say.DIFFERS
    elif Outcome.SAME not in outcomes:
        outcome, verdict = Outcome.UNKNOWN, say.CANNOT_TELL
    else:
        outcome, verdict = Outcome.SAME, same if head.valid else say.SAME_NOT_VALID
    told = tuple(sorted(lines, key=lambda line: line.outcome is not Outcome.DIFFERS))
    return Report(outcome, head.valid, words(verdict), state_lines(head, words), told, document, head.training)
