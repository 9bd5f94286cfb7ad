"""The printed order: every word and number of it is decided here, from the case and what follows from it."""

from datetime import datetime
from typing import Final, NamedTuple

from dlicalc.domain.case import Case
from dlicalc.domain.dose import Dose
from dlicalc.domain.dosing import moves_dose
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Finding, Severity
from dlicalc.domain.site import Site
from dlicalc.services.numbers import millions, percent_shown
from dlicalc.services.order_administration import administration, filter_in_use
from dlicalc.services.order_bags import bags_of
from dlicalc.services.order_basis import basis
from dlicalc.services.order_codes import CodeTexts
from dlicalc.services.order_state import Act, Held, OrderState, State
from dlicalc.services.order_text import (
    NOTHING,
    date_text,
    day_text,
    finding_text,
    given_text,
    millilitres,
    moment_text,
    ruling_text,
    short_digest,
    targets_text,
    unsplit,
)
from dlicalc.services.sheet import (
    Code,
    Codes,
    Field,
    Notice,
    OnPaper,
    Recipient,
    Sheet,
    Signatures,
    Table,
    Training,
    Volume,
)
from dlicalc.services.wording import Words, paper
from dlicalc.services.wording import order as say
from dlicalc.services.wording.safe_habits import TRAINING, TRAINING_BAND

MOST_CHECKS: Final = 5
"""Reviews that are told on page 1; the list of findings has them all."""
_HARMFUL: Final = frozenset({"product.red-cells-incompatible", "product.rhd-incompatible", "product.expired-by-now"})
"""Reviews that come before all others: what they speak of can harm by itself."""
_URGENT: Final = ("recipient.weight", "recipient", "products")
"""Paths of the reviews that come first, in this order."""
NO_RECORDS_ASKED: Final = OnPaper(None, ())


class Marks(NamedTuple):
    """What a sheet says of its own state."""

    status: str
    status_note: str
    watermark: str
    discreet: bool
    ended: Notice | None
    signatures: Signatures


def marks_of(order: OrderState, words: Words) -> Marks:
    """The state of an order as its sheet says it."""
    status = _status(order, words)
    return Marks(
        status=status,
        status_note=words(_note(order)),
        watermark="" if order.state is State.CHECKED else status,
        discreet=order.state is State.COPY,
        ended=_ended(order, words),
        signatures=_signatures(order, words),
    )


def order_sheet(
    case: Case,
    evaluation: Evaluation,
    words: Words,
    *,
    order: OrderState,
    site: Site,
    language: str,
    software: str,
    case_digest: str,
    printed_at: datetime,
    codes: CodeTexts,
    training: bool = False,
    recorded: OnPaper = NO_RECORDS_ASKED,
) -> Sheet:
    """The order of ``case`` in the language of ``words``, whose BCP 47 tag is ``language``; of practice it says so.

    ``evaluation`` must be that of ``case``; ``recorded`` is what the records say of its recipient and bags. Raises
    :class:`ValueError` if an order with an undecided stop is to be more than a draft.
    """
    if order.valid and not evaluation.releasable:
        raise ValueError("an undecided stop stands; only a draft can be made")
    if order.valid and filter_in_use(case, site) is None:
        raise ValueError("no filter is chosen; only a draft can be made")
    stops = [finding for finding in evaluation.findings if finding.blocks]
    reviews = sorted((found for found in evaluation.findings if found.severity is Severity.REVIEW), key=_urgency)
    return Sheet(
        language=language,
        made_at=printed_at,
        software=software,
        title=words(say.TITLE),
        number=Field(words(paper.ORDER_NUMBER), order.number),
        **marks_of(order, words)._asdict(),
        recipient=_recipient(case, evaluation, words),
        stops=Notice(words(say.STOPS), tuple(finding_text(stop, words) for stop in stops)) if stops else None,
        volume=_volume(case, evaluation, words, released=order.valid),
        doses=_doses(evaluation, words),
        deviations=_deviations(evaluation, words),
        bags=bags_of(case, evaluation, words, released=order.valid) if case.products else None,
        do_not=tuple(words(sentence) for sentence in paper.DO_NOT),
        checks=_checks(recorded.checks, reviews, words),
        checks_elsewhere=words(say.CHECKS_ELSEWHERE, count=len(reviews) + len(recorded.checks)),
        administration=administration(case, evaluation, site, words),
        remarks=words(say.REMARKS),
        sections=basis(
            case,
            evaluation,
            site,
            words,
            software=software,
            case_digest=case_digest,
            head=order.head if order.state is not State.DRAFT else "",
            printed_at=printed_at,
            recorded=recorded,
        ),
        footer=_footer(evaluation, site, words, software, case_digest),
        page_label=words(say.PAGE),
        codes=_codes(codes, words),
        training=Training(words(TRAINING), words(TRAINING_BAND)) if training else None,
    )


def _recipient(case: Case, evaluation: Evaluation, words: Words) -> Recipient:
    recipient, unknown = case.recipient, words(say.NOT_GIVEN)
    born = recipient.birth_date.isoformat() if recipient.birth_date else unknown
    identifiers = (
        Field(words(say.MRN), recipient.mrn or unknown),
        Field(words(say.BORN), born),
        Field(words(say.SEX), words.term(recipient.sex)),
    )
    details = (
        Field(words(say.WEIGHT), _weight(case, words)),
        Field(words(say.ARM), words.term(case.infusion.arm)),
        Field(words(say.DAY), day_text(evaluation.schedule.day)),
        Field(words(say.TRIAL_SUBJECT), recipient.trial_subject or unknown),
        Field(words(say.BLOOD_GROUP), recipient.abo_rhd or unknown),
    )
    return Recipient(words(say.RECIPIENT), recipient.name or unknown, identifiers, details)


def _weight(case: Case, words: Words) -> str:
    weight = case.recipient.weight
    if weight is None:
        return words(say.NOT_GIVEN)
    entered = words.entered(weight.as_entered)
    return f"{entered} ({date_text(weight.measured_on) if weight.measured_on else words(say.NO_DATE)})"


def _volume(case: Case, evaluation: Evaluation, words: Words, *, released: bool) -> Volume:
    start = Field(words(say.PLANNED_START), moment_text(case.infusion.planned_start))
    allergies = f"{unsplit(words(say.ALLERGIES))}: {case.recipient.allergies or words(say.NOT_GIVEN)}"
    dose = evaluation.dose
    if dose is None:
        why = words(say.NOT_COMPUTABLE)
        notes = (targets_text(evaluation, words), *_why_not(evaluation, words), allergies)
        return Volume(words(say.VOLUME), NOTHING, why, why, start, notes, notes)
    given = given_text(dose, words)
    notes = (
        targets_text(evaluation, words),
        given,
        words(say.LIMITING[dose.limiting]),
        words(say.RULES[dose.rule]),
        allergies,
    )
    label = words(say.VOLUME if released else say.VOLUME_WITHHELD)
    explained, briefly = _from_bags(dose, words)
    short = (given, allergies)
    return Volume(label, millilitres(dose.ordered_volume), explained, briefly, start, notes, short)


def _why_not(evaluation: Evaluation, words: Words) -> tuple[str, ...]:
    reasons = [stop for stop in evaluation.findings if stop.blocks and moves_dose(stop.path)]
    return tuple(finding_text(reason, words) for reason in reasons[:1])


def _from_bags(dose: Dose, words: Words) -> tuple[str, str]:
    """From how many bags, with the sum of their volumes and without it."""
    used = [bag.volume for bag in dose.bags if bag.volume > 0]
    if len(used) < 2:  # noqa: PLR2004  nothing to add up
        text = words(say.FROM_ONE_BAG if used else say.DO_NOT_GIVE)
        return text, text
    total = unsplit(words(say.TOTAL_OF_BAGS, count=len(used)))
    return f"{total}: {' + '.join(millilitres(volume) for volume in used)}", total


def _doses(evaluation: Evaluation, words: Words) -> Table:
    dose, targets = evaluation.dose, evaluation.protocol.targets
    columns = ("", words(say.TARGET), words(say.GIVEN), words(say.PERCENT_OF_TARGET))
    rows = []
    for label, target, given, percent in (
        (paper.MNC_ROW, targets.mnc_per_kg, dose and dose.mnc_per_kg, dose and dose.mnc_percent),
        (paper.CD3_ROW, targets.cd3_per_kg, dose and dose.cd3_per_kg, dose and dose.cd3_percent),
    ):
        given_text = NOTHING if given is None else f"{millions(given)}/kg"
        percent_text = NOTHING if percent is None else f"{percent_shown(percent)} %"
        rows.append((words(label), f"{millions(target.value)}/kg", given_text, percent_text))
    return Table("", columns, tuple(rows))


def _deviations(evaluation: Evaluation, words: Words) -> Notice | None:
    decided = [finding for finding in evaluation.findings if finding.ruling is not None]
    if not decided:
        return None
    items = tuple(f"{finding_text(finding, words)}\n{ruling_text(finding, words)}" for finding in decided)
    return Notice(words(say.DEVIATIONS), items)


def _urgency(review: Finding) -> int:
    """Place of a review on page 1: what can harm by itself, the weight, the recipient, the bags, the rest."""
    if review.code in _HARMFUL:
        return -1
    for place, prefix in enumerate(_URGENT):
        if review.path.startswith(prefix):
            return place
    return len(_URGENT)


def _checks(recorded: tuple[str, ...], reviews: list[Finding], words: Words) -> Notice | None:
    """Contradictions to the records first, then the reviews."""
    every = [*recorded, *(finding_text(finding, words) for finding in reviews)]
    if not every:
        return None
    items = every[:MOST_CHECKS]
    if len(every) > MOST_CHECKS:
        items.append(words(say.MORE_CHECKS, count=len(every) - MOST_CHECKS))
    return Notice(words(say.CHECKS), tuple(items))


def _status(order: OrderState, words: Words) -> str:
    """``CHECKED``, ``COPY 2``: the state, and which copy."""
    return words(say.STATUS[order.state], number=order.copy)


def _note(order: OrderState) -> str:
    if order.state is State.DRAFT and Held.STOPS not in order.held:
        return say.HELD[order.held[0]]
    return say.STATUS_NOTE[order.state]


def _ended(order: OrderState, words: Words) -> Notice | None:
    if order.state not in (State.SUPERSEDED, State.VOID):
        return None
    items = [words(say.STATUS_NOTE[order.state])]
    if order.ended is not None:
        items.append(_act(paper.ENDED_BY, order.ended, words))
        if order.ended.reason:
            items.append(words(paper.REASON, reason=order.ended.reason))
    return Notice(words(paper.ENDED[order.state]), tuple(items))


def _act(sentence: str, act: Act, words: Words) -> str:
    return words(sentence, by=act.by, at=moment_text(act.at))


def _signatures(order: OrderState, words: Words) -> Signatures:
    acts = ((paper.PREPARED, order.prepared), (paper.CHECKED_BY, order.checked))
    told = [f"{unsplit(words(label))}: {act.by}, {moment_text(act.at)}" for label, act in acts if act is not None]
    done = (" · ".join(told),) if told else ()
    if order.state is State.DRAFT:
        held = tuple(words(say.HELD[reason]) for reason in order.held if reason is not Held.STOPS)
        return Signatures(words(say.SIGNATURES), (), (), (words(say.DRAFT_NOT_SIGNED), *held, *done))
    if not order.valid:
        return Signatures(words(say.SIGNATURES), (), (), (words(say.STATUS_NOTE[order.state]), *done))
    columns = tuple(words(column) for column in (say.SIGNED_BY, say.NAME, say.SIGNATURE, say.SIGNED_AT))
    roles = tuple(words(role) for role in paper.ROLES)
    return Signatures(words(say.SIGNATURES), columns, roles, (words(paper.IDENTIFY), *done))


def _codes(codes: CodeTexts, words: Words) -> Codes:
    parts = tuple(
        Code(text, words(say.WHOLE_CODE_PART, part=part, parts=len(codes.whole)))
        for part, text in enumerate(codes.whole, start=1)
    )
    whole = parts if len(parts) > 1 else tuple(Code(text, words(say.WHOLE_CODE)) for text in codes.whole)
    return Codes(Code(codes.short, words(say.SHORT_CODE)), whole)


def _footer(evaluation: Evaluation, site: Site, words: Words, software: str, case_digest: str) -> tuple[str, ...]:
    identity, name = evaluation.protocol.protocol, site.site.name
    return (
        *((name,) if name else ()),
        f"{identity.id} {identity.version} · {short_digest(evaluation.protocol.digest)}",
        f"{unsplit(words(paper.FOOT_CASE))} {short_digest(case_digest)}",
        f"{unsplit(words(paper.FOOT_SITE))} {short_digest(site.digest)}",
        software,
        f"{unsplit(words(paper.FOOT_AS_OF))} {moment_text(evaluation.as_of)}",
    )
