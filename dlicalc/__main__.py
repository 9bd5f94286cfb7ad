"""Start the program."""

import gc
import sys


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    gc.disable()  # nothing that is imported is garbage; collecting meanwhile only costs time
    from dlicalc.app.unplugged import refuse_plugins

    refuse_plugins()
    from dlicalc.app.main import run

    gc.freeze()
    gc.enable()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
