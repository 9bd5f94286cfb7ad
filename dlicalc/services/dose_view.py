"""The dose as its page shows it: figures side by side, the rules compared, the picture in words, the worked sum."""

from enum import Enum, auto
from fractions import Fraction
from typing import Final, NamedTuple, get_args

from dlicalc.domain.case import Case
from dlicalc.domain.dose import Dose
from dlicalc.domain.dosing import dose_case, moves_dose
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Finding
from dlicalc.domain.plan import DoseRule, Rule
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.quantity import per_cent
from dlicalc.domain.site_findings import USUAL_RULE
from dlicalc.services.dose_curve import DoseCurve, Readout, Scale
from dlicalc.services.numbers import millions, percent_shown, power_of_ten, shown
from dlicalc.services.order_text import NOTHING, millilitres
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.services.wording import dose_page as say

RULES: Final[tuple[Rule, ...]] = get_args(Rule)
_HIDES_DOSE: Final = ("weight.", "product.none", "product.volume-", "product.weighing-", "product.withheld-", "counts.")
_SHOWS_DOSE: Final = "counts.recovery-not-frozen"
"""The stop about counts that does not keep a dose from being computed."""


class Figure(NamedTuple):
    """A volume with its caption and what must be said of it; ``limits``: this target ends the filling."""

    caption: str
    value: str
    remark: str
    limits: bool = False


class RuleLine(NamedTuple):
    """What one rule would give.

    ``own`` is the protocol's, ``usual`` the site's, ``chosen`` the one that the order follows.
    """

    rule: Rule
    ordered: str
    mnc: str
    cd3: str
    cd3_per_kg: str
    remark: str
    at_ceiling: bool
    own: bool
    chosen: bool
    usual: bool = False


class RuleState(Enum):
    """Whether the rule is the protocol's, another without, or another with somebody who stands for it."""

    OWN = auto()
    OPEN = auto()
    DECIDED = auto()


def rules_compared(case: Case, protocol: Protocol) -> tuple[Dose, ...]:
    """The dose by every rule; none where no dose can be computed."""
    infusion = case.infusion
    by_rule = (
        case.model_copy(update={"infusion": infusion.model_copy(update={"dose_rule": DoseRule(rule=rule)})})
        for rule in RULES
    )
    doses = (dose_case(one, protocol, ()).dose for one in by_rule)
    return tuple(dose for dose in doses if dose is not None)


def figures(dose: Dose | None, words: Words) -> tuple[Figure, Figure, Figure]:
    """The volume for each target and the ordered one."""
    captions = words(say.FOR_MNC), words(say.FOR_CD3), words(say.ORDERED)
    if dose is None:
        first, second, third = (Figure(caption, NOTHING, "") for caption in captions)
        return first, second, third
    return (
        _target(captions[0], dose.mnc_volume, _held(dose, "mnc"), dose.limiting in ("mnc", "both"), words),
        _target(captions[1], dose.cd3_volume, _held(dose, "cd3"), dose.limiting in ("cd3", "both"), words),
        Figure(captions[2], millilitres(dose.ordered_volume), words(say.LIMITED_BY, limiting=dose.limiting)),
    )


def _target(caption: str, volume: Fraction | None, held: Fraction, limits: bool, words: Words) -> Figure:
    if volume is None:
        return Figure(caption, words(say.NOT_REACHED), words.translate(say.HOLD).format(percent=percent_shown(held)))
    return Figure(caption, millilitres(volume), words(say.LIMITS) if limits else "", limits)


def _held(dose: Dose, cells: str) -> Fraction:
    """All cells that the bags can give, in per cent of the need."""
    held = sum((getattr(order.cells, cells) * (order.volume + order.left) for order in dose.bags), Fraction(0))
    return per_cent(held, dose.mnc_needed if cells == "mnc" else dose.cd3_needed)


def rule_lines(snapshot: Snapshot, words: Words) -> tuple[RuleLine, ...]:
    """One line per rule; without figures where there is no dose."""
    evaluation = snapshot.evaluation
    doses = rules_compared(snapshot.case, evaluation.protocol) if evaluation.dose is not None else ()
    by_rule = {dose.rule: dose for dose in doses}
    return tuple(_line(rule, by_rule.get(rule), evaluation, words) for rule in RULES)


def _line(rule: Rule, dose: Dose | None, evaluation: Evaluation, words: Words) -> RuleLine:
    policy = evaluation.protocol.dose
    at_ceiling = dose is not None and dose.cd3_per_kg >= policy.cd3_ceiling_per_kg.value
    return RuleLine(
        rule=rule,
        ordered=NOTHING if dose is None else millilitres(dose.ordered_volume),
        mnc=NOTHING if dose is None else percent(dose.mnc_percent),
        cd3=NOTHING if dose is None else percent(dose.cd3_percent),
        cd3_per_kg=NOTHING if dose is None else f"{millions(dose.cd3_per_kg)}/kg",
        remark=_remark(dose, policy.cd3_ceiling_per_kg.value if at_ceiling else None, words),
        at_ceiling=at_ceiling,
        own=rule == policy.rule,
        chosen=rule == evaluation.rule,
        usual=any(term.key == USUAL_RULE and term.site == rule for term in evaluation.protocol.terms),
    )


def _remark(dose: Dose | None, ceiling: Fraction | None, words: Words) -> str:
    """What must be said of a rule beside its figures."""
    parts = []
    if dose is not None and dose.limiting == "available-volume":
        parts.append(words(say.ALL_BAGS))
    if ceiling is not None:
        parts.append(words.translate(say.AT_CEILING).format(ceiling=power_of_ten(ceiling)))
    return " ".join(parts)


def percent(value: Fraction) -> str:
    """A percentage with its sign."""
    return f"{percent_shown(value)} %"


def rule_state(evaluation: Evaluation) -> RuleState:
    """Whether somebody must still stand for the rule, as the finding about it says."""
    finding = next((finding for finding in evaluation.findings if finding.code == "dose.rule"), None)
    if finding is None:
        return RuleState.OWN
    return RuleState.OPEN if finding.ruling is None else RuleState.DECIDED


def hindrances(evaluation: Evaluation) -> tuple[Finding, ...]:
    """Why there is no dose, worst first; nothing where there is one."""
    if evaluation.dose is not None:
        return ()
    return tuple(finding for finding in evaluation.findings if finding.blocks and _hides_dose(finding))


def _hides_dose(finding: Finding) -> bool:
    if finding.code == "entry.unreadable":
        return moves_dose(finding.path)
    return finding.code.startswith(_HIDES_DOSE) and finding.code != _SHOWS_DOSE


def readout_sentence(readout: Readout, words: Words) -> str:
    """What the pointer of the picture reads out."""
    return words.translate(say.READOUT).format(
        volume=shown(readout.volume),
        mnc=percent_shown(readout.mnc_percent),
        cd3=percent_shown(readout.cd3_percent),
        per_kg=millions(readout.cd3_per_kg),
        bag=readout.bag,
    )


def picture_sentences(curve: DoseCurve, scale: Scale, words: Words) -> tuple[str, ...]:
    """What the picture shows, for those who do not see it, and what lies outside of it."""
    ordered = curve.readout(curve.ordered)
    sentences = [
        words.translate(say.SHOWS).format(
            ordered=shown(curve.ordered),
            mnc=percent_shown(ordered.mnc_percent),
            cd3=percent_shown(ordered.cd3_percent),
        )
    ]
    sentences += [
        words.translate(say.BAG_ENDS).format(bag=one.bag, volume=shown(one.end)) for one in curve.stretches[:-1]
    ]
    if scale.end < curve.total:
        texts = {"end": shown(scale.end), "held": shown(curve.held)}
        sentences.append(words.translate(say.CUT).format(**texts))
    else:
        sentences.append(words.translate(say.HELD).format(held=shown(curve.held)))
    inside = say.CEILING_INSIDE if curve.ceiling <= scale.top else say.CEILING_ABOVE
    sentences.append(words.translate(inside).format(ceiling=ceiling_text(curve), percent=percent_shown(curve.ceiling)))
    return tuple(sentences)


def ceiling_text(curve: DoseCurve) -> str:
    """The ceiling of CD3⁺ in cells per kg, as protocols write it."""
    return power_of_ten(curve.ceiling * curve.cd3_target / 100)


def worked(evaluation: Evaluation, words: Words) -> tuple[tuple[str, str], ...]:
    """Every step of the sum with its result, as on paper."""
    return tuple((words.step(step), words.step_result(step)) for step in evaluation.steps)
