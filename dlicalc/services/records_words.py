"""What a verification of the records found, in sentences."""

from collections.abc import Iterator

from dlicalc.services.records import Fault, Verification
from dlicalc.services.wording import Words
from dlicalc.services.wording import records as text
from dlicalc.services.wording.words import moment_shown


def found_sentences(found: Verification, words: Words) -> Iterator[str]:
    """Each fault with its entry and date; or that nothing is wrong, and how far that goes."""
    for fault in found.faults:
        yield fault_sentence(fault, words)
    if found.faults:
        yield words(text.FOUND, count=len(found.faults), entries=found.entries)
        return
    if not found.entries:
        yield words(text.EMPTY)
    else:
        sentence = words.translate(text.INTACT)
        yield sentence.format(entries=found.entries, head=found.head.short, at=moment_or_doubt(found.last_at))
    if found.removed:
        yield words(text.REMOVED, count=found.removed)
    yield words(text.CLOSED if found.closed else text.NOT_CLOSED)


def fault_sentence(fault: Fault, words: Words) -> str:
    """One fault."""
    return words.translate(text.FAULTS[fault.code]).format(
        sequence=fault.sequence,
        at=moment_or_doubt(fault.at),
        text=fault.text,
        last=fault.last,
        last_at=moment_or_doubt(fault.last_at),
    )


def moment_or_doubt(at: str) -> str:
    """A moment as people read it; a question mark for one that is not known. What is damaged in it is shown."""
    return moment_shown(at) if at else "?"
