"""One stack of edits to go back and forth on: whole documents, because they share all that an edit leaves alone."""

from typing import Any, Final, NamedTuple

MOST: Final = 1000
"""Edits that can be undone; older ones are forgotten."""

Document = dict[str, Any]


class Edit(NamedTuple):
    """The document before an edit (in the redo stack: after it), and where the edit was."""

    path: str
    document: Document


def _entry(path: str) -> str:
    """A number and its unit are one entry."""
    return path.removesuffix(".value").removesuffix(".unit")


class History:
    """Keystrokes in one entry are one edit until the keyboard leaves it."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._open = False

    def record(self, path: str, before: Document) -> None:
        """Remember what the document was before the edit at ``path``."""
        self._undone.clear()
        if self._open and self._done and _entry(self._done[-1].path) == _entry(path):
            return
        self._done.append(Edit(path, before))
        del self._done[:-MOST]
        self._open = True

    def seal(self) -> None:
        """What comes next is an edit of its own, even in the same entry."""
        self._open = False

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to make again."""
        return bool(self._undone)

    def undo(self, now: Document) -> Edit | None:
        """The edit to take back and the document before it; ``None`` if there is none."""
        return self._move(self._done, self._undone, now)

    def redo(self, now: Document) -> Edit | None:
        """The edit to make again and the document after it; ``None`` if there is none."""
        return self._move(self._undone, self._done, now)

    def _move(self, source: list[Edit], target: list[Edit], now: Document) -> Edit | None:
        self.seal()
        if not source:
            return None
        edit = source.pop()
        target.append(Edit(edit.path, now))
        return edit

    def clear(self) -> None:
        """Forget everything: another patient has come."""
        self._done.clear()
        self._undone.clear()
        self.seal()
