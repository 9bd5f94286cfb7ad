"""A file as ReportLab writes it, with its small objects packed together: 4 kB less of 60.

ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams); readers know both since PDF 1.5 of 2003.
"""

import re
from collections.abc import Mapping
from typing import Final

from dlicalc.report.mended import tight

_HEADER: Final = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
_OBJECT: Final = re.compile(rb"(\d+) 0 obj\n(.*)\nendobj\n", re.DOTALL)
_COMMENT: Final = re.compile(rb"^%.*\n?", re.MULTILINE)
_SIZE: Final = re.compile(rb"/Size \d+")
_FREE, _PLAIN, _IN_STREAM = range(3)
_OFFSET_BYTES: Final = 4


def packed(pdf: bytes) -> bytes:
    """``pdf`` with every object that is no stream in one object stream, and its table of objects as another."""
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    table, _, rest = pdf[start:].partition(b"trailer")
    objects = _objects(pdf, start, table)
    small = {number: body for number, body in objects.items() if not body.endswith(b"endstream")}
    bundle, whole = max(objects) + 1, bytearray(_HEADER)
    kinds = {0: (_FREE, 0)} | dict.fromkeys(small, (_IN_STREAM, bundle))
    streams = {number: body for number, body in objects.items() if number not in small}
    for number, body in {**streams, bundle: _bundle(small)}.items():
        kinds[number] = _PLAIN, len(whole)
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    trailer = _SIZE.sub(b"", _COMMENT.sub(b"", rest[rest.index(b"<<") + 2 : rest.rindex(b">>")]))
    kinds[bundle + 1] = _PLAIN, len(whole)
    return bytes(whole) + _closed(kinds, {number: place for place, number in enumerate(small)}, trailer, len(whole))


def _objects(pdf: bytes, end: int, table: bytes) -> dict[int, bytes]:
    """What stands between ``obj`` and ``endobj``, by number, cut at the places that the table of objects names."""
    lines = table.splitlines()[2:]
    places = sorted(int(line.split()[0]) for line in lines if line.split()[2:] == [b"n"])
    objects = {}
    for place, after in zip(places, [*places[1:], end], strict=True):
        found = _OBJECT.fullmatch(pdf, place, after)
        assert found is not None, f"an object that is not as ReportLab writes it, at {place}"
        objects[int(found[1])] = found[2]
    return objects


def _bundle(objects: Mapping[int, bytes]) -> bytes:
    """Objects one after another, behind a list of their numbers and places."""
    places, bodies = [], bytearray()
    for number, body in objects.items():
        places.append(b"%d %d" % (number, len(bodies)))
        bodies += body + b"\n"
    head = b" ".join(places) + b"\n"
    return _stream(b"/Type /ObjStm /N %d /First %d" % (len(objects), len(head)), head + bodies)


def _closed(kinds: Mapping[int, tuple[int, int]], within: Mapping[int, int], trailer: bytes, place: int) -> bytes:
    """The table of objects, which is an object itself, and where it stands."""
    rows = bytearray()
    for number in range(len(kinds)):
        kind, where = kinds[number]
        rows += bytes((kind,)) + where.to_bytes(_OFFSET_BYTES, "big") + within.get(number, 0).to_bytes(2, "big")
    about = b"/Type /XRef /Size %d /W [1 %d 2] %b" % (len(kinds), _OFFSET_BYTES, b" ".join(trailer.split()))
    table = b"%d 0 obj\n%b\nendobj\n" % (len(kinds) - 1, _stream(about, bytes(rows)))
    return table + b"startxref\n%d\n%%%%EOF\n" % place


def _stream(about: bytes, content: bytes) -> bytes:
    small = tight(content)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (about, len(small), small)
