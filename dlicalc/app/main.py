"""The command line: arguments in, exit code out; one function per command.

Commands are imported when they are called, so that ``evaluate`` loads neither the window nor the paper.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from dlicalc.app.arguments import parser_of
from dlicalc.app.parts import Parts
from dlicalc.app.soundness import refusal, tell
from dlicalc.app.streams import complain, forget
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words

REFUSED: Final = 2
_WITH_TRAINING: Final = (None, "window", "order", "records")
"""Commands that may be practice."""
_WITH_SITE: Final = (*_WITH_TRAINING, "selftest", "evaluate", "verify", "policy", "help")
"""Commands to which it matters what the site sets."""
_COMPUTING: Final = ("evaluate", "order", "verify", "demo")
"""Commands that print what was computed, of which the golden cases are asked first; the window asks them itself."""
INTERRUPTED: Final = 130
"""What shells expect of a program that was stopped by Ctrl+C."""


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; returns its exit code."""
    parser = parser_of(arguments)
    options = parser.parse_args(arguments)
    if options.training and options.command not in _WITH_TRAINING:
        parser.error("--training goes with the window, with order and with records")
    if options.site is not None and options.command not in _WITH_SITE:
        parser.error("--site goes with the window, with evaluate, order, verify, records, selftest, help and policy")
    if options.command == "help" and (options.card or options.worksheet) != (options.output is not None):
        parser.error("help: --card and --worksheet need -o SHEET.pdf, and nothing else does")
    parts = Parts(options.site)
    try:
        if options.command in _COMPUTING and (wrong := _golden_failures(parts)):
            return tell(refusal((), wrong))
        code = _carry_out(options, parts)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except Refused as refused:
        complain(refused.problems, Words())
        return REFUSED
    except BrokenPipeError:  # the reader has gone, as in `dlicalc … | head`
        forget(sys.stdout)
        return REFUSED
    except OSError as error:
        forget(sys.stdout)
        complain([Problem("(stdout)", "output_unwritable", {"text": error.strerror or str(error)})], Words())
        return REFUSED
    except KeyboardInterrupt:
        forget(sys.stdout)
        return INTERRUPTED


def _golden_failures(parts: Parts) -> list[str]:
    from dlicalc.app.golden import failures

    return failures(parts)


def _carry_out(options: argparse.Namespace, parts: Parts) -> int:
    if options.command == "evaluate":
        from dlicalc.app import evaluate

        return evaluate.run(options, parts)
    if options.command in ("template", "schema"):
        from dlicalc.app import contract

        return contract.run(options.command)
    if options.command in ("order", "verify", "demo", "selftest"):
        return _on_paper(options, parts)
    if options.command in ("help", "policy", "records"):
        return _beside_cases(options, parts)
    from dlicalc.app import window

    return window.run(options, parts)


def _beside_cases(options: argparse.Namespace, parts: Parts) -> int:
    if options.command == "help":
        from dlicalc.app import manual

        return manual.run(options, parts)
    if options.command == "policy":
        from dlicalc.app import policy

        return policy.run(options, parts)
    from dlicalc.app import records

    return records.run(options, parts)


def _on_paper(options: argparse.Namespace, parts: Parts) -> int:
    if options.command == "order":
        from dlicalc.app import order

        return order.run(options, parts)
    if options.command == "verify":
        from dlicalc.app import verify

        return verify.run(options, parts)
    if options.command == "demo":
        from dlicalc.app import demo

        return demo.run(options, parts)
    from dlicalc.app import selftest

    return selftest.run(options, parts)
