"""The pages of the window in the order of the work, what lies on which, and how far each has come."""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from dlicalc.domain.finding import Finding, Severity
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording.marking import N_


class Page(Enum):
    """A page and its name."""

    RECIPIENT = N_("&Recipient")
    ELIGIBILITY = N_("&Eligibility")
    PRODUCT = N_("&Product")
    DOSE = N_("&Dose")
    ORDER = N_("&Order")


class PageState(Enum):
    """How far a page has come, with its word; each outweighs those before it."""

    EMPTY = N_("empty")
    DONE = N_("done")
    DOUBT = N_("doubt")
    INCOMPLETE = N_("incomplete")
    STOP = N_("stop")


_PLACES: Final[Mapping[str, Page]] = {
    "recipient": Page.RECIPIENT,
    "donor": Page.RECIPIENT,
    "transplant.day_0": Page.RECIPIENT,
    "infusion.dose_rule": Page.DOSE,
    "infusion": Page.RECIPIENT,
    "transplant": Page.ELIGIBILITY,
    "labs": Page.ELIGIBILITY,
    "organs": Page.ELIGIBILITY,
    "exclusions": Page.ELIGIBILITY,
    "decisions": Page.ELIGIBILITY,
    "products": Page.PRODUCT,
}
"""Entry or section of a case → its page; the first that fits counts."""
_SECTIONS: Final = frozenset(place.partition(".")[0] for place in _PLACES)


@lru_cache(maxsize=512)
def page_of_path(path: str) -> Page:
    """The page that shows the entry at ``path``."""
    return next((page for place, page in _PLACES.items() if f"{path}.".startswith(f"{place}.")), Page.ORDER)


def page_of(finding: Finding) -> Page:
    """The page that a finding concerns: what is said of the dose concerns the dose, wherever it comes from."""
    return Page.DOSE if finding.code.startswith("dose.") else page_of_path(finding.path)


def says_missing(finding: Finding) -> bool:
    """Whether a stop stands only because something is not yet known."""
    params = finding.params
    unanswered = params.get("status") == "not-evaluable" or "" in (params.get("match"), params.get("hours"))
    return unanswered or finding.code.endswith(("unknown", ".none", "incomplete"))


def page_states(snapshot: Snapshot) -> Mapping[Page, PageState]:
    """The state of every page."""
    findings: dict[Page, list[Finding]] = {page: [] for page in Page}
    for finding in snapshot.evaluation.findings:
        findings[page_of(finding)].append(finding)
        if page_of(finding) is not Page.ORDER:
            findings[Page.ORDER].append(finding)
    typed = _typed_pages(snapshot.document)
    computed = snapshot.evaluation.dose is not None
    started = {**dict.fromkeys(typed, True), Page.DOSE: computed or Page.DOSE in typed, Page.ORDER: bool(typed)}
    states = {page: _state(findings[page]) if started.get(page) else PageState.EMPTY for page in Page}
    if not computed and states[Page.DOSE] in (PageState.DONE, PageState.DOUBT):
        states[Page.DOSE] = PageState.INCOMPLETE
    return states


def _state(findings: Iterable[Finding]) -> PageState:
    state = PageState.DONE
    for finding in findings:
        if finding.blocks and not says_missing(finding):
            return PageState.STOP
        if finding.blocks:
            state = PageState.INCOMPLETE
        elif finding.severity > Severity.NOTE and state is PageState.DONE:
            state = PageState.DOUBT
    return state


def _typed_pages(document: Mapping[str, Any]) -> set[Page]:
    """The pages on which something was entered."""
    return {
        page_of_path(f"{section}.{name}" if name else section)
        for section in _SECTIONS
        for name in _names(document.get(section))
    }


def _names(section: Any) -> Iterable[str]:
    """What is entered in a section: its names, or one empty name for a list with anything in it."""
    if isinstance(section, list):
        return ("",) if section else ()
    return [name for name, value in (section or {}).items() if value not in (None, "", {}, [])]
