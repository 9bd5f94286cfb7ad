"""ICU's tables for all languages, cut down to what the window can ask for: 31 MB are 5.

Qt's core is linked to ICU for sorting names, for upper and lower case, for names of time zones and for texts in other
encodings than Unicode's. The window speaks English and Chinese; dates and numbers it words itself. Where a table is not
there, ICU takes the root's. The package of tables is a list of names and contents (ICU's ``ucmndata.h``), the library
around it nothing but that.
"""

import struct
import subprocess
from pathlib import Path
from typing import Final

NAME: Final = "libicudata"
_MAGIC: Final = b"\xda\x27"
_ALIGNED: Final = 16

_LANGUAGES: Final = ("root", "en", "zh")
_COMMON: Final = (
    *("res_index", "pool", "supplementalData", "likelySubtags", "numberingSystems", "keyTypeData", "plurals"),
    *("timezoneTypes", "windowsZones", "metaZones", "metadata", "zoneinfo64", "icustd", "icuver"),
)
"""Tables of no one language."""
_FOLDERS: Final = ("", "coll", "zone")
"""Sorting and names of time zones, of all that is kept apart. Not: names of currencies, languages, regions and units,
spelled numbers, transliteration and where lines may break, which Qt knows itself."""
_ENCODINGS: Final = (
    *("gb18030", "windows-936-2000", "ibm-1386_P100-2001", "ibm-1383_P110-1999"),
    *("windows-950-2000", "ibm-1373_P100-2002", "ibm-5348_P100-1997"),
)
"""In which another program on a Chinese PC may hand on a text: GB 18030, GBK, GB 2312, Big5, Windows-1252."""


def cut_down(library: Path, work: Path) -> Path:
    """``library`` with the wanted tables alone, built in ``work`` by the assembler and the linker."""
    content = library.read_bytes()
    start = _start(content)
    package, assembly, built = (work / f"icu{ending}" for ending in (".dat", ".s", ".o"))
    package.write_bytes(_package(content[start:]))
    symbol = f"{_prefix(content[start:])[:-1]}_dat"
    lines = [f".globl {symbol}", f".type {symbol}, @object", ".section .rodata", ".balign 16", f"{symbol}:"]
    lines += [f'.incbin "{package.name}"', f".size {symbol}, . - {symbol}", '.section .note.GNU-stack,"",@progbits']
    assembly.write_text("\n".join(lines) + "\n", "ascii")
    made = work / library.name
    subprocess.run(["as", "-o", built.name, assembly.name], cwd=work, check=True)
    linked = ["ld", "-shared", "--build-id=none", "-soname", library.name, "-z", "noexecstack", "-o", made.name]
    subprocess.run([*linked, built.name], cwd=work, check=True)
    return made


def _start(content: bytes) -> int:
    """Where the package begins in the library: at the header whose size and magic come before its format's name."""
    place = content.index(b"CmnD")
    return content.rindex(_MAGIC, 0, place) - 2


def _items(package: bytes) -> tuple[int, dict[str, bytes]]:
    """How long the header is; each table by its name."""
    (header,) = struct.unpack_from("<H", package)
    toc = package[header:]
    (count,) = struct.unpack_from("<I", toc)
    places = [struct.unpack_from("<II", toc, 4 + 8 * number) for number in range(count)]
    ends = [place for _, place in places[1:]] + [len(toc)]
    names = [toc[name : toc.index(b"\0", name)].decode("ascii") for name, _ in places]
    return header, {name: toc[place:end] for name, (_, place), end in zip(names, places, ends, strict=True)}


def _prefix(package: bytes) -> str:
    """What the names of all tables begin with: ``icudt73l/`` is written ``icudt73`` in the name of the symbol."""
    _, items = _items(package)
    return next(iter(items)).partition("/")[0]


def _package(package: bytes) -> bytes:
    header, items = _items(package)
    kept = {name: content for name, content in items.items() if _is_wanted(name.partition("/")[2])}
    names, places = b"", []
    for name in kept:
        places.append(4 + 8 * len(kept) + len(names))
        names += name.encode("ascii") + b"\0"
    toc, tables = struct.pack("<I", len(kept)), b""
    begin = _padded(4 + 8 * len(kept) + len(names))
    for place, content in zip(places, kept.values(), strict=True):
        toc += struct.pack("<II", place, begin + len(tables))
        tables += content + bytes(_padded(len(content)) - len(content))
    return package[:header] + (toc + names).ljust(begin, b"\0") + tables


def _padded(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def _is_wanted(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    stem, _, kind = file.rpartition(".")
    if kind == "cnv":
        return stem in _ENCODINGS
    if kind != "res":
        return folder in _FOLDERS
    return folder in _FOLDERS and (stem in _COMMON or stem.partition("_")[0] in _LANGUAGES)
