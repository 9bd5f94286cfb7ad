"""What counts as entered."""

from dlicalc.services.inputs import inputs_of


def test_unknown_is_left_out_and_empty_lists_are_not() -> None:
    document = {
        "order": {"number": "1"},
        "labs": {"alt": None, "ast": {"value": None}},
        "products": [{"counts": {"viability": {"applies_to": []}}, "din": None}],
    }
    assert inputs_of(document) == {"products": [{"counts": {"viability": {"applies_to": []}}}]}
