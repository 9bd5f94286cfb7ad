"""Start the program."""

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlicalc.storage.integrity import Inspection


_CHECK_DAMAGED = """dlicalc does not start: what checks the program is damaged.
dlicalc 无法启动：程序的自检部分已损坏。
dlicalc/app/soundness.py, dlicalc/storage/integrity.py: {error}
"""
_SHIBOKEN_GIVES_UP = -1
"""Its exit code where it cannot load its own modules; nothing here exits with that one."""


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    gc.disable()  # nothing that is imported is garbage; collecting meanwhile only costs time
    try:
        from dlicalc.app import soundness
    except Exception as error:
        if sys.stderr is not None:
            text = _CHECK_DAMAGED.format(error=f"{type(error).__name__}: {error}")
            sys.stderr.buffer.write(text.encode(errors="backslashreplace"))
        return 2
    arguments = sys.argv[1:]
    inspection = soundness.begun(arguments)
    if inspection is not None and inspection.flaws:
        inspection.finish()
        return soundness.tell(soundness.refusal(inspection.flaws))
    try:
        return _run(arguments, inspection)
    except (Exception, SystemExit) as error:
        if isinstance(error, SystemExit) and error.code != _SHIBOKEN_GIVES_UP:
            raise
        lines = soundness.explained(arguments)
        if not lines:
            raise
        return soundness.tell(lines)


def _run(arguments: list[str], inspection: "Inspection | None") -> int:
    from dlicalc.app.unplugged import refuse_plugins

    refuse_plugins()
    from dlicalc.app import soundness
    from dlicalc.app.main import run

    if inspection is not None:
        inspection.finish()
        if inspection.flaws:
            return soundness.tell(soundness.refusal(inspection.flaws))
    gc.freeze()
    gc.enable()
    code = run(arguments)
    if arguments[:1] == ["evaluate"]:
        _leave(code)
    return code


def _leave(code: int) -> None:
    """End the process without taking it apart: that costs a thirtieth of a short command, and nothing is left open."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
