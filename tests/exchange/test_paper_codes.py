"""What the codes of an order say, and what they must not."""

from datetime import datetime

from dlicalc.exchange.case_code import decode, read_part
from dlicalc.exchange.paper_codes import code_texts
from dlicalc.services.order_codes import CodeTexts, read_flat_code
from dlicalc.services.order_state import OrderState, State
from tests.cases import AS_OF, changed, every_field_case, full_case
from tests.program import evaluation

ORDER = OrderState("261120-7KQ4M2", State.CHECKED)
DIGEST = "sha256:" + "1a2b3c4d" * 8


def texts(document: dict, training: bool = False) -> CodeTexts:
    return code_texts(
        document,
        evaluation(document, AS_OF),
        ORDER,
        case_digest=DIGEST,
        software="dlicalc 0",
        training=training,
    )


def test_short_code_has_the_volume_of_the_contract() -> None:
    """35 mL: the worked case of the contract (70 kg, 60 million CD3+ per mL)."""
    read = read_flat_code(texts(full_case()).short)
    assert (read.mrn, read.millilitres, read.digest) == ("0042177", "35", "1a2b3c4d")


def test_whole_code_has_the_case_and_what_was_computed() -> None:
    content = decode([read_part(part) for part in texts(full_case(), training=True).whole])
    facts = content["facts"]
    assert (facts["bags_ml"], facts["mnc_per_kg"], facts["cd3_per_kg"]) == (["35"], "75000000", "30000000")
    assert (facts["number"], facts["state"], facts["training"], facts["releasable"]) == (
        "261120-7KQ4M2",
        "CHECKED",
        True,
        True,
    )
    assert datetime.fromisoformat(facts["as_of"]) == datetime.fromisoformat(AS_OF)
    assert facts["digest"] == "1a2b3c4d" * 4


def test_no_code_has_the_name() -> None:
    document = every_field_case()
    name = document["recipient"]["name"]
    case = decode([read_part(part) for part in texts(document).whole])["case"]
    assert name not in str(case)
    assert case["recipient"]["mrn"] == document["recipient"]["mrn"]


def test_a_recipient_of_whom_only_the_name_is_known() -> None:
    document = full_case() | {"recipient": {"name": "Example Recipient"}}
    assert "recipient" not in decode([read_part(part) for part in texts(document).whole])["case"]


def test_without_a_dose() -> None:
    document = changed(full_case(), recipient__weight=None)
    read = texts(document)
    assert read_flat_code(read.short).millilitres is None
    assert "bags_ml" not in decode([read_part(part) for part in read.whole])["facts"]
