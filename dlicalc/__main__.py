"""Start the program."""

import gc
import sys


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    gc.disable()  # nothing that is imported is garbage; collecting meanwhile only costs time
    from dlicalc.app import soundness

    inspection = soundness.begun(sys.argv[1:])
    if inspection is not None and inspection.flaws:
        inspection.finish()
        return soundness.tell(soundness.refusal(inspection.flaws))
    try:
        from dlicalc.app.unplugged import refuse_plugins

        refuse_plugins()
        from dlicalc.app.main import run
    except Exception:
        return soundness.stopped(sys.argv[1:])
    if inspection is not None:
        inspection.finish()
        if inspection.flaws:
            return soundness.tell(soundness.refusal(inspection.flaws))
    gc.freeze()
    gc.enable()
    try:
        return run(sys.argv[1:])
    except Exception:
        return soundness.stopped(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
