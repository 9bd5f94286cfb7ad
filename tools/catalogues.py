"""Extract the marked sentences, merge them into the Chinese catalogue, and compile it.

A sentence is marked by N_("…"). The .po file is what translators edit; a sentence that is new stands in it without a
translation, one that was changed as fuzzy with its former words, and one that is gone is left out.
"""

import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "dlicalc"
PO = Path("resources/locale/zh_CN/LC_MESSAGES/dlicalc.po")
MO = PO.with_suffix(".mo")

COMMENT = "# dlicalc in Simplified Chinese; terms: docs/glossary.md"
HEADERS = [
    ("Project-Id-Version", "dlicalc"),
    ("Language", "zh_CN"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]


class PlainCatalog(Catalog):
    """A catalogue whose header is always the same: no dates, no names, no versions."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header, one pair per line."""
        return HEADERS

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        """Do not take over what a file says."""


def _empty() -> PlainCatalog:
    return PlainCatalog(locale="zh_CN", charset="utf-8", fuzzy=False)


def marked(root: Path) -> PlainCatalog:
    """All marked sentences of the program, untranslated, in the order of the source."""
    template = _empty()
    keywords: dict[str, Any] = {"N_": None}
    found = extract_from_dir(root / PACKAGE, method_map=[("**.py", "python")], keywords=keywords)
    for name, line, sentence, _, _ in found:
        template.add(sentence, locations=[(f"{PACKAGE}/{name}", line)])
    return template


def read(path: Path) -> PlainCatalog:
    """The catalogue in a .po file; an empty one if there is no such file."""
    catalogue = _empty()
    if path.is_file():
        PoFileParser(catalogue, abort_invalid=True).parse(path.read_text(encoding="utf-8").splitlines(keepends=True))
    return catalogue


def merged(catalogue: PlainCatalog, template: PlainCatalog) -> PlainCatalog:
    """``catalogue`` brought to the sentences of ``template``."""
    catalogue.update(template, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def po_text(catalogue: PlainCatalog) -> bytes:
    """What the .po file of ``catalogue`` holds."""
    catalogue.header_comment = COMMENT
    for message in catalogue:
        # Guessed from a per cent sign; no sentence is filled in that way.
        message.flags.discard("python-format")
    target = BytesIO()
    write_po(target, catalogue, width=0, sort_by_file=True, include_lineno=False, include_previous=True)
    return target.getvalue()


def compiled(catalogue: PlainCatalog) -> bytes:
    """What the .mo file of ``catalogue`` holds: the same bytes for the same translations."""
    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main(root: Path = ROOT) -> int:
    """Merge and compile."""
    catalogue = merged(read(root / PO), marked(root))
    (root / PO).parent.mkdir(parents=True, exist_ok=True)
    (root / PO).write_bytes(po_text(catalogue))
    (root / MO).write_bytes(compiled(catalogue))
    return 0


if __name__ == "__main__":
    sys.exit(main())
