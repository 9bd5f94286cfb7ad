"""The recovery key on paper, as final words."""

from datetime import datetime
from typing import Final, NamedTuple

from dlicalc.services.wording import Words
from dlicalc.services.wording import records_care as say
from dlicalc.services.wording.words import moment_shown

_LAST: Final = 2


class RecoverySheet(NamedTuple):
    """Everything on the paper; ``code`` is the key as scanners read it."""

    title: str
    lead: str
    heading: str
    groups: tuple[str, ...]
    code: str
    listings: tuple[tuple[str, tuple[str, ...]], ...]
    after: str
    footer: str


def recovery_sheet(key: str, words: Words, *, software: str, seat: str, at: datetime) -> RecoverySheet:
    """The paper of ``key``, which is written as :func:`~dlicalc.services.recovery_key.recovery_text` writes it."""
    groups = tuple(key.split("-"))
    return RecoverySheet(
        title=words(say.SHEET_TITLE),
        lead=words(say.SHEET_LEAD),
        heading=words(say.SHEET_GROUPS, count=len(groups)),
        groups=groups,
        code=key,
        listings=(
            (words(say.SHEET_WHEN), tuple(words(line) for line in say.SHEET_WHENS)),
            (words(say.SHEET_HOW), tuple(words(line) for line in say.SHEET_HOWS)),
        ),
        after=words(say.SHEET_AFTER),
        footer=words.translate(say.SHEET_FOOTER).format(
            software=software, seat=seat, moment=moment_shown(at.isoformat())
        ),
    )


def has_last_groups(typed: str, key: str) -> bool:
    """Whether the last groups of ``key`` were typed, as one types them from a paper."""
    letters = "".join(typed.split()).replace("-", "").upper()
    return letters == "".join(key.split("-")[-_LAST:])
