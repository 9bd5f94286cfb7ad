"""The texts of the codes on an order."""

from collections.abc import Mapping
from typing import Any, Final

from dlicalc.domain.evaluation import Evaluation
from dlicalc.exchange.case_code import encode
from dlicalc.services.inputs import inputs_of
from dlicalc.services.numbers import decimal_text
from dlicalc.services.order_codes import CodeTexts, flat_code, state_letters
from dlicalc.services.order_state import OrderState

_DIGEST_DIGITS: Final = 32
_PROTOCOL_DIGITS: Final = 12


def code_texts(
    document: Mapping[str, Any],
    evaluation: Evaluation,
    order: OrderState,
    *,
    case_digest: str,
    software: str,
    training: bool,
) -> CodeTexts:
    """The codes of the order of ``document``, a case as a file holds it; no code says the recipient's name.

    Raises :class:`~dlicalc.services.problem.Refused` if the case is too large for codes.
    """
    dose = evaluation.dose
    recipient = document.get("recipient") or {}
    short = flat_code(
        order,
        mrn=recipient.get("mrn") or "",
        volume=dose and dose.ordered_volume,
        case_digest=case_digest,
        training=training,
    )
    content = {
        "case": nameless(document),
        "facts": facts(evaluation, order, case_digest=case_digest, software=software, training=training),
    }
    return CodeTexts(short, encode(content))


def nameless(document: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered but the recipient's name."""
    inputs = inputs_of(document)
    recipient = {name: value for name, value in inputs.get("recipient", {}).items() if name != "name"}
    others = {name: value for name, value in inputs.items() if name != "recipient"}
    return {**others, "recipient": recipient} if recipient else others


def facts(
    evaluation: Evaluation, order: OrderState, *, case_digest: str, software: str, training: bool
) -> dict[str, Any]:
    """What the order says, for whoever computes it again."""
    dose, protocol = evaluation.dose, evaluation.protocol
    said: dict[str, Any] = {
        "number": order.number,
        "state": state_letters(order),
        "as_of": evaluation.as_of.isoformat(),
        "software": software,
        "protocol": [protocol.protocol.version, protocol.digest.rpartition(":")[2][:_PROTOCOL_DIGITS]],
        "digest": case_digest.rpartition(":")[2][:_DIGEST_DIGITS],
        "releasable": evaluation.releasable,
    }
    if dose is not None:
        said["bags_ml"] = [decimal_text(bag.volume) for bag in dose.bags]
        said["mnc_per_kg"] = decimal_text(dose.mnc_per_kg)
        said["cd3_per_kg"] = decimal_text(dose.cd3_per_kg)
    if training:
        said["training"] = True
    return said
