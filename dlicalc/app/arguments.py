"""The arguments of the command line."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import dlicalc

_WIDTH: Final = 80
"""Columns of the help. Asking the terminal, at each argument, loads the libraries of four archive formats."""


def _lines(prog: str) -> argparse.HelpFormatter:
    return argparse.HelpFormatter(prog, width=_WIDTH - 2)


def parser_of(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of ``arguments``; where these begin with a command it knows no other, which it would take 4 ms to."""
    parser = argparse.ArgumentParser(
        prog="dlicalc",
        formatter_class=_lines,
        description="Volume, checks and order of a donor lymphocyte infusion. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"dlicalc {dlicalc.__version__}")
    parser.set_defaults(case=None)
    parser.add_argument(
        "--training", action="store_true", help="for practice: marked as such, with a data folder apart"
    )
    parser.add_argument("--site", metavar="SITE.toml", help="how cells are given here; else site.toml where it belongs")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in arguments[:1] if not arguments or arguments[0] in _COMMANDS else _COMMANDS:
        explanation, fill = _COMMANDS[name]
        fill(commands.add_parser(name, help=explanation, formatter_class=_lines))
    return parser


def _evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.add_argument("cases", nargs="*", metavar="CASE.json", help="case files; - reads one from standard input")
    evaluate.add_argument("--lines", metavar="-", choices=["-"], help="one case a line from standard input")
    evaluate.add_argument("--as-of", metavar="MOMENT", help="fix the clock, as in 2026-11-20T09:00+08:00")
    evaluate.add_argument("--language", choices=["en", "zh_CN"], default="en", help="language of the sentences")
    evaluate.add_argument("--site", metavar="SITE.toml", default=argparse.SUPPRESS, help="what the site sets")
    evaluate.add_argument("--indent", action="store_true", help="spread the JSON over lines for reading")


def _order(order: argparse.ArgumentParser) -> None:
    order.add_argument("case", metavar="CASE.json")
    order.add_argument("-o", "--output", metavar="ORDER.pdf", required=True)
    order.add_argument("--language", choices=["en", "zh_CN", "both"], help="else the site file's")
    order.add_argument("--paper", choices=["A4", "Letter"], help="else the site file's")
    order.add_argument("--draft", action="store_true", help="write a DRAFT although stops stand")
    # Without a default of its own, which would undo the one given before the command.
    order.add_argument("--site", metavar="SITE.toml", default=argparse.SUPPRESS, help="how cells are given here")
    order.add_argument("--training", action="store_true", default=argparse.SUPPRESS, help="mark each page TRAINING")
    order.add_argument("--as-of", metavar="MOMENT", help="fix the clock, as in 2026-11-20T09:00+08:00")


def _verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("sources", nargs="+", metavar="TEXT|ORDER.pdf", help="codes as scanned, or one PDF; - reads it")
    verify.add_argument("--volume", metavar="ML", default="", help="the mL that stand on the paper")
    verify.add_argument("--language", choices=["en", "zh_CN"], default="en", help="language of the sentences")
    verify.add_argument("--site", metavar="SITE.toml", default=argparse.SUPPRESS, help="what the site sets")
    verify.add_argument("--case", metavar="OUT.json", help="write the case, without the name, as a file")


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """A command without arguments."""


def _selftest(selftest: argparse.ArgumentParser) -> None:
    selftest.add_argument("-o", "--output", metavar="REPORT.pdf")
    selftest.add_argument("--language", choices=["en", "zh_CN", "both"], default="en", help="language of the report")
    selftest.add_argument("--paper", choices=["A4", "Letter"], default="A4")
    selftest.add_argument("--site-line", metavar="TEXT", default="", help="what this computer is called at your site")
    selftest.add_argument("--as-of", metavar="MOMENT", help="fix the clock, as in 2026-11-20T09:00+08:00")


def _demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("-o", "--output", metavar="ORDER.pdf", default="order-example.pdf")


def _window(window: argparse.ArgumentParser) -> None:
    window.add_argument("--training", action="store_true", default=argparse.SUPPRESS, help="for practice only")
    window.add_argument("--site", metavar="SITE.toml", default=argparse.SUPPRESS, help="how cells are given here")
    window.add_argument("case", nargs="?", metavar="CASE.json")


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help="a topic to read; without it all are listed")
    parser.add_argument("--search", metavar="WORDS", help="the places where all these words stand")
    sheets = parser.add_mutually_exclusive_group()
    sheets.add_argument("--card", action="store_true", help="write the quick-start card")
    sheets.add_argument("--worksheet", action="store_true", help="write the worksheet to compute by hand")
    parser.add_argument("-o", "--output", metavar="SHEET.pdf", help="where to write it")
    parser.add_argument("--language", choices=["en", "zh_CN", "both"], default="en")
    parser.add_argument("--paper", choices=["A4", "Letter"], default="A4")


def _policy(policy: argparse.ArgumentParser) -> None:
    acts = policy.add_subparsers(dest="act", metavar="ACT", required=True)
    for name, explanation, file in (
        ("show", "what the site file in force says and who signed it", False),
        ("diff", "what FILE sets otherwise than the one in force; 0 nothing, 1 something", True),
        ("check", "whether FILE can be used and two people signed it; 0 yes, 1 not signed, 2 not usable", True),
    ):
        one = acts.add_parser(name, help=explanation, formatter_class=_lines)
        if file:
            one.add_argument("file", metavar="SITE.toml")
        one.add_argument("--language", choices=["en", "zh_CN"], default="en")


def _records(records: argparse.ArgumentParser) -> None:
    acts = records.add_subparsers(dest="act", metavar="ACT", required=True)

    def act(name: str, explanation: str) -> argparse.ArgumentParser:
        one = acts.add_parser(name, help=explanation, formatter_class=_lines)
        # A copy is in the language of its original unless another is asked for.
        one.add_argument("--language", choices=["en", "zh_CN", "both"], default=None if name == "reprint" else "en")
        one.add_argument("--training", action="store_true", default=argparse.SUPPRESS, help="the records of training")
        one.add_argument("--passphrase", action="store_true", help="read the passphrase from standard input")
        return one

    verify = act("verify", "read every entry and say what is wrong; 0 nothing, 1 something")
    verify.add_argument("--head", metavar="ENTRY", help="the entry that a printed order names")
    act("list", "the newest entries").add_argument("--most", type=int, default=50, metavar="N")
    act("export", "all entries as JSON, not encrypted").add_argument("-o", "--output", metavar="RECORDS.json")
    act("backup", "an encrypted copy").add_argument("output", metavar="BACKUP.db")
    restore = act("restore", "put a backup in the place of the records; these are kept aside")
    restore.add_argument("backup", metavar="BACKUP.db")
    restore.add_argument("--recovery-key", action="store_true", help="read the recovery key from standard input")
    restore.add_argument("--who", required=True, metavar="NAME")
    restore.add_argument("--why", default="", metavar="REASON")
    reprint = act("reprint", "an order as it was printed, marked COPY")
    reprint.add_argument("order", metavar="ORDER")
    reprint.add_argument("-o", "--output", metavar="ORDER.pdf", required=True)
    reprint.add_argument("--who", required=True, metavar="NAME")
    reprint.add_argument("--paper", choices=["A4", "Letter"], help="else that of the original")
    retain = act("retain", "remove names, numbers and texts of old entries; the chain stays")
    retain.add_argument("--before", metavar="YYYY-MM-DD", help="else by keep_years of the site file")
    retain.add_argument("--who", metavar="NAME", default="")
    retain.add_argument("--why", metavar="REASON", default="")
    retain.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    retain.add_argument("--yes", action="store_true", help="do not ask for the number of entries first")
    act("recovery-key", "the key to be printed and locked away")
    act("passphrase", "lock the records by another passphrase, or by none; read from standard input")


_COMMANDS: Final[Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]] = {
    "evaluate": ("print one evaluation per case as JSON", _evaluate),
    "order": ("write the infusion order as PDF", _order),
    "verify": ("hold a printed order against this program: same, or what differs", _verify),
    "template": ("print an empty case with every field", _nothing),
    "schema": ("print the JSON Schema of case and evaluation", _nothing),
    "selftest": ("recompute the reference cases, check the program's own files", _selftest),
    "demo": ("evaluate the shipped example case and write its order", _demo),
    "window": ("open the window (as without a command), with a case file if given", _window),
    "help": ("the manual; its quick-start card and downtime worksheet as PDF", _help),
    "policy": ("the site file in force, what another changes, and who signed it", _policy),
    "records": ("verify, list, print again, export, back up, restore, thin out", _records),
}
"""What each command is for, and what adds its arguments."""
