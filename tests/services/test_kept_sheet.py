"""What is kept of a paper: the whole of it comes back, or it is refused; sizes are measured on real orders."""

import json
import zlib

import pytest

from dlicalc.services.kept_sheet import kept, printed_details, sheet_kept
from dlicalc.services.problem import Refused
from tests.cases import every_field_case, full_case
from tests.report.orders import BOTH, CHINESE, ENGLISH, sheet


@pytest.mark.parametrize("words", [ENGLISH, CHINESE, BOTH])
@pytest.mark.parametrize("document", [full_case(), every_field_case()])
def test_every_word_comes_back(words, document):
    made = sheet(document, words)
    assert sheet_kept(json.loads(json.dumps(kept(made)))) == made


def test_stopped_order_comes_back():
    made = sheet(full_case() | {"products": []})
    assert made.bags is None
    assert sheet_kept(json.loads(json.dumps(kept(made)))) == made


def test_a_paper_in_both_languages_takes_less_than_10_kb():
    """As the store packs it; the limit is what a year of 1,000 orders may take: 10 MB."""
    said = json.dumps(kept(sheet(every_field_case(), BOTH)), ensure_ascii=False).encode()
    assert len(zlib.compress(said, 1)) < 10_000


def test_the_entry_says_which_paper_it_was():
    details = printed_details(sheet(full_case()), copy=0, language="en", paper="A4")
    assert (details["copy"], details["language"], details["paper"]) == (0, "en", "A4")
    assert sheet_kept(details["sheet"]) == sheet(full_case())


@pytest.mark.parametrize("change", [{"format": "dlicalc-sheet/2"}, {"title": 7}, {"unheard_of": "x"}])
def test_another_form_is_refused(change):
    with pytest.raises(Refused) as refused:
        sheet_kept({**kept(sheet(full_case())), **change})
    assert refused.value.problems[0].code == "sheet_unknown"
