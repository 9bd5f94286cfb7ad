"""Autosaved drafts: the open case as it was typed, with the moment and what it came from, as a file holds it."""

from typing import Any, Final, NamedTuple

from dlicalc.domain.evaluation import Evaluation
from dlicalc.services.entry import Document, read_case, shown_in_field
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording import safe_habits as say
from dlicalc.services.wording.window import AND_MORE, DECIDED
from dlicalc.services.wording.words import moment_shown

DRAFT_FORMAT: Final = "dlicalc-draft/1"
_TEXTS: Final = ("kept_at", "software")
_MOST_DECISIONS: Final = 3
"""Decisions told in the strip; the list of findings has them all."""


class Draft(NamedTuple):
    """A case that nobody saved; ``key`` is how the store calls it, ``has_file`` says that it had a file name."""

    key: str
    kept_at: str
    software: str
    has_file: bool
    document: Document


class LeftOver(NamedTuple):
    """What windows that ended without a goodbye have left: drafts, the last kept first, and paths of damaged ones."""

    drafts: tuple[Draft, ...]
    damaged: tuple[str, ...]


def draft_content(document: Document, *, kept_at: str, software: str, has_file: bool) -> Document:
    """What the file of a draft says."""
    return {
        "format": DRAFT_FORMAT,
        "software": software,
        "kept_at": kept_at,
        "has_file": has_file,
        "case": document,
    }


def read_draft(key: str, content: object) -> Draft:
    """The draft in ``content``; raises :class:`Refused` unless the window can show every word of it."""
    if not isinstance(content, dict) or content.get("format") != DRAFT_FORMAT:
        raise Refused(Problem(key, "not_accepted", {"text": "format"}))
    for name in _TEXTS:
        if not isinstance(content.get(name), str):
            raise Refused(Problem(key, "not_accepted", {"text": name}))
    document: Any = content.get("case")
    beyond = [problem for problem in read_case(document).problems if not shown_in_field(problem)]
    if beyond:
        raise Refused(*beyond)
    return Draft(key, content["kept_at"], content["software"], content.get("has_file") is True, document)


def draft_line(draft: Draft, words: Words) -> str:
    """A draft in one line: when it was kept, whose it is, how many bags it has."""
    recipient = draft.document.get("recipient") or {}
    line = words.translate(say.DRAFT_LINE).format(
        moment=moment_shown(draft.kept_at),
        mrn=recipient.get("mrn") or words(say.NO_MRN),
        bags=len(draft.document.get("products") or ()),
    )
    return f"{line} · {words(say.HAD_FILE)}" if draft.has_file else line


def restored_text(kept_at: str, evaluation: Evaluation, words: Words, *, listed: bool) -> str:
    """What the strip over a restored case says: read everything again, and which decisions came back with it.

    Where there is no room to have them ``listed``, they are counted; the list of findings has them all.
    """
    lead = words.translate(say.RESTORED).format(moment=moment_shown(kept_at))
    decided = [(finding, finding.ruling) for finding in evaluation.findings if finding.ruling is not None]
    if not decided:
        return lead
    if not listed:
        return f"{lead} {words(say.RESTORED_COUNT, count=len(decided))}"
    lines = [
        f"• {words.finding(finding)} – {words(DECIDED, by=ruling.by, reason=ruling.reason)}"
        for finding, ruling in decided[:_MOST_DECISIONS]
    ]
    if len(decided) > _MOST_DECISIONS:
        lines.append(f"• {words(AND_MORE, count=len(decided) - _MOST_DECISIONS)}")
    return "\n".join([lead, words(say.RESTORED_DECISIONS), *lines])
