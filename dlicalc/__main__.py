"""Start the program."""

import sys


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    from dlicalc.app.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
