"""The first thing that runs: whether this copy is as released. If it is not, a plain message and nothing else.

The message is written here in both languages, since the catalogue may be what is damaged.
"""

import os
import sys
from collections.abc import Sequence
from itertools import chain
from typing import Final

import dlicalc
from dlicalc.storage.integrity import Flaw, Inspection, Kind, Place

REFUSED: Final = 2
_MOST: Final = 20
"""Files that are named one by one."""
_SAYS_ONLY: Final = frozenset({"--version", "--help", "-h"})
"""What, in the place of a command, computes nothing."""

REFUSAL: Final = (
    "dlicalc does not start: this copy is not as it was released, or computes otherwise than it should.",
    "Copy the whole program folder again from its source, or ask those who look after it.",
    "dlicalc 无法启动：本程序副本与发布时不一致，或计算结果不符合预期。",
    "请从原始来源重新复制整个程序文件夹，或联系负责维护的人员。",
)
_KINDS: Final = {
    Kind.CHANGED: "changed / 已被改动",
    Kind.MISSING: "missing / 缺失",
    Kind.ADDED: "not part of this version / 不属于本版本",
}
_MORE: Final = "and {count} more / 另有 {count} 个"
_IN_CHECKOUT: Final = "In a source checkout, `make manifest` records intended changes. / 源代码目录：make manifest。"


def here() -> Place:
    """Where this copy lies."""
    package = os.path.dirname(dlicalc.__file__)  # noqa: PTH120  pathlib would be loaded before anything else
    base = os.path.dirname(package)  # noqa: PTH120
    inside = f"{package}/resources"
    resources = inside if os.path.isdir(inside) else f"{base}/resources"  # noqa: PTH112
    frozen = getattr(sys, "frozen", False)
    return Place(resources, base, os.path.dirname(sys.executable) if frozen else None)  # noqa: PTH120


def begun(arguments: Sequence[str]) -> Inspection | None:
    """The inspection of this copy, begun before anything else is loaded, if the command asks for it."""
    command = _command(arguments)
    says_only = bool(arguments) and arguments[0] in _SAYS_ONLY
    # The self-test reports everything itself.
    if command in (None, "window", "selftest") or says_only:
        return None
    inspection = Inspection(here())
    inspection.begin()
    return inspection


def is_window(arguments: Sequence[str]) -> bool:
    """Whether ``arguments`` open the window, which checks itself as soon as it has been painted."""
    return _command(arguments) in (None, "window")


def _command(arguments: Sequence[str]) -> str | None:
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] == "--site" else rest[1:]
    return rest[0] if rest else None


def refusal(flaws: Sequence[Flaw], cases: Sequence[str] = ()) -> list[str]:
    """The message, line by line: what happened, what to do, and each file or golden case that is wrong."""
    named = [f"{flaw.name}: {_KINDS[flaw.kind]}" for flaw in sorted(flaws)[:_MOST]]
    if len(flaws) > _MOST:
        named.append(_MORE.format(count=len(flaws) - _MOST))
    checkout = os.path.isfile(here().path("tools/manifest.py")) and flaws  # noqa: PTH113
    return [*REFUSAL, *named, *cases, *([_IN_CHECKOUT] if checkout else [])]


def explained(arguments: Sequence[str]) -> list[str]:
    """Something failed that never fails: the message if a file is why. Where a window was wanted, it is shown, too."""
    inspection = Inspection(here())
    for _ in chain(inspection.steps(), inspection.library_steps(), inspection.compiled_steps()):
        pass
    if not inspection.flaws:
        return []
    lines = refusal(inspection.flaws)
    if is_window(arguments):
        _show(lines)
    return lines


def _show(lines: Sequence[str]) -> None:
    """On the screen, by Qt, or by Windows itself where Qt is what is damaged: there nobody sees standard error."""
    try:
        from dlicalc.gui.refusal import show_alone

        show_alone(lines)
    except (Exception, SystemExit):
        if sys.platform == "win32":
            import ctypes

            stop = 0x10
            ctypes.windll.user32.MessageBoxW(None, "\n\n".join(lines), "dlicalc", stop)


def tell(lines: Sequence[str]) -> int:
    """Write the message to standard error; returns the exit code."""
    if sys.stderr is not None:
        sys.stderr.buffer.write(("\n".join(lines) + "\n").encode(errors="backslashreplace"))
        sys.stderr.flush()
    return REFUSED
