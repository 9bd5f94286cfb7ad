"""What goes into the folder that runs without Python: named here file by file, whatever PyInstaller may find.

PyInstaller takes every Qt plugin and, with them, whatever libraries the building machine happens to have. Here the
roots are named, and only what they are linked to comes along. docs/performance.md says what each exclusion saves.
"""

import sys
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from bundle import icu, support
from PyInstaller.config import CONF
from PyInstaller.depend.bindepend import get_imports

Entry = tuple[str, str, str]
"""Place in the bundle, place on disk, kind: as PyInstaller lists files."""

ROOT: Final = Path(__file__).resolve().parent.parent.parent
WINDOWS: Final = sys.platform == "win32"
_QT: Final = "PySide6" if WINDOWS else "PySide6/Qt"

BINDINGS: Final = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport")
PLUGINS: Final = (
    # A screen; without one, for the tests of the folder itself; the look of Windows.
    ("platforms/qwindows.dll", "platforms/qoffscreen.dll", "styles/qmodernwindowsstyle.dll")
    if WINDOWS
    # The same; input methods, without which no Chinese name could be typed; printers, through the system's own CUPS.
    else (
        "platforms/libqxcb.so",
        "platforms/libqoffscreen.so",
        "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
        "printsupport/libcupsprintersupport.so",
    )
)
TRANSLATIONS: Final = ("qtbase_zh_CN.qm",)

STARTED: Final = (f"{ROOT}/tools/bundle/alone.py", f"{ROOT}/dlicalc/__main__.py")
"""Scripts, in the order in which they run."""
SEARCHED: Final = (f"{ROOT}/tools/bundle/without", f"{ROOT}")
"""Where modules are looked for before all other places."""

LICENSED: Final = (
    *("cryptography", "cffi", "zxing-cpp", "pypdfium2", "reportlab", "platformdirs", "pyinstaller"),
    *("pydantic", "pydantic_core", "annotated-types", "typing-inspection", "typing_extensions"),
)
"""Packages that carry the text of their licence."""

_LEFT_TO_THE_SYSTEM: Final = (
    # Goes with the kernel, not with a program.
    *("ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"),
    *("libresolv.so.2", "libutil.so.1", "linux-vdso.so.1"),
    # Prints for everybody on the machine, and brings Kerberos and TLS with it.
    "libcups.so.2",
)
_WITH_THE_SYSTEM: Final = "libcupsprintersupport.so"
"""Works where the system has what it is linked to, and is passed over where not."""

NETWORK: Final = (
    *("socket", "_socket", "ssl", "_ssl", "socketserver", "http", "urllib.request", "urllib.error", "ftplib"),
    *("smtplib", "xmlrpc", "asyncio", "email", "multiprocessing", "webbrowser", "PySide6.QtNetwork"),
)
"""Left out so that no part of the program could open a connection even if it tried."""

UNUSED: Final = (
    # Tools of development.
    *("tkinter", "unittest", "doctest", "pdb", "pydoc", "setuptools", "distutils", "_distutils_hack", "pkg_resources"),
    *("readline", "curses", "lib2to3", "cProfile", "profile", "pstats", "trace", "packaging", "pycparser", "test"),
    # Asked for only where there are plugins of pydantic, which this program refuses.
    *("importlib.metadata", "xml", "pyexpat", "_elementtree", "tarfile", "configparser"),
    # ReportLab names it for texts in unknown encodings, of which there are none.
    "charset_normalizer",
    # ReportLab's diagrams and layouts; pages are drawn on its canvas. Its standard fonts' glyphs and forms.
    *("reportlab.graphics", "reportlab.platypus", "reportlab.pdfbase._glyphlist", "reportlab.pdfbase.acroform"),
    # Pydantic's former version, its tool for mypy, what it does for addresses, and what it takes for granted since.
    *("pydantic.v1", "pydantic.mypy", "pydantic.deprecated", "pydantic.experimental", "pydantic.color"),
    *("platformdirs.android", "platformdirs.macos", "platformdirs.unix" if WINDOWS else "platformdirs.windows"),
    # Python's own stand-ins for what is built in; importing itself is frozen into the interpreter.
    *("_pydecimal", "_pyio", "importlib._bootstrap", "importlib._bootstrap_external"),
    *("_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw"),
    *("PySide6.QtDBus", "PySide6.QtSvg", "PySide6.QtXml", "PySide6.QtTest", "PySide6.QtOpenGL"),
)


def binaries(found: Iterable[Entry]) -> list[Entry]:
    """Of what was ``found``, the named roots and all they are linked to, except what stays the system's.

    No symbolic links, which a USB stick could not hold; libraries are found by the paths written into them.
    """
    entries = {place.replace("\\", "/"): (place, source, kind) for place, source, kind in found if kind != "SYMLINK"}
    kept = {place for place in entries if _is_root(place)}
    by_name = {Path(place).name: place for place in entries}
    for name, path in sorted(_linked(entries[place][1] for place in kept).items()):
        if name in by_name:
            kept.add(by_name[name])
        elif not WINDOWS and name not in _LEFT_TO_THE_SYSTEM:
            entries[name] = (name, path, "BINARY")
            kept.add(name)
    return [_cut_down(entries[place]) for place in sorted(kept) if Path(place).name not in _LEFT_TO_THE_SYSTEM]


def _cut_down(entry: Entry) -> Entry:
    place, source, kind = entry
    if not Path(place).name.startswith(icu.NAME):
        return entry
    return place, str(icu.cut_down(Path(source), Path(CONF["workpath"]))), kind


def scripts(found: Iterable[Entry]) -> list[Entry]:
    """Of the scripts that were ``found``, those of the program.

    PyInstaller would run its own before them: one imports Qt, even for a command, before the files have been checked;
    one imports half of the standard library to find the sources of a program that has none with it.
    """
    return [entry for entry in found if not entry[0].startswith("pyi_rth_")]


def require_nothing_missing(warnings: str) -> None:
    """Stop if the program's own modules import what is left out; ``warnings`` is what PyInstaller could not find."""
    asked = [line for line in Path(warnings).read_text("utf-8").splitlines() if _is_missed(line)]
    if asked:
        raise SystemExit("\n".join(["left out of the folder, but asked for by the program:", *asked]))


def _is_missed(line: str) -> bool:
    name, _, askers = line.partition(" - imported by ")
    return name.startswith("excluded module") and "dlicalc" in askers


def _linked(roots: Iterable[str]) -> dict[str, str]:
    """Name → place of every library that the ``roots`` need, be it through another."""
    linked: dict[str, str] = {}
    for root in roots:
        if not root.endswith(_WITH_THE_SYSTEM):
            linked.update((name, path) for name, path in get_imports(root) if path)
    return linked


def _is_root(place: str) -> bool:
    name = Path(place).name
    if place.startswith(f"{_QT}/plugins/"):
        return place.removeprefix(f"{_QT}/plugins/") in PLUGINS
    if place.startswith("PySide6/") and name.endswith((".abi3.so", ".pyd")):
        return name.partition(".")[0] in BINDINGS
    # Libraries of Qt and of the system come along only if something is linked to them.
    if place.startswith("PySide6/") or name.startswith(("libQt6", "Qt6")):
        return False
    if WINDOWS:
        return name.endswith((".pyd", ".dll")) and not name.startswith(("api-ms-", "opengl32sw"))
    # Python itself and its extension modules; PDFium is opened by name.
    return name.startswith(("libpython", "libpdfium")) or ".cpython-" in name or name.endswith(".abi3.so")


def data(found: Iterable[Entry]) -> list[Entry]:
    """Of the data that was ``found``, what is used; licences besides."""
    wanted = [entry for entry in found if entry[2] != "SYMLINK" and _is_wanted(entry[0].replace("\\", "/"))]
    return sorted([*wanted, *_tree("resources"), *_licences(), *support.entries(Path(CONF["workpath"]))])


def _is_wanted(place: str) -> bool:
    if place.startswith((f"{_QT}/translations/", "PySide6/translations/")):
        return Path(place).name in TRANSLATIONS
    return not (".dist-info/" in place or place.startswith(("setuptools/", f"{_QT}/")))


def _tree(folder: str) -> list[Entry]:
    # What the catalogue is compiled from is for translators.
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".po")
    return [(path.relative_to(ROOT).as_posix(), str(path), "DATA") for path in files]


def _licences() -> list[Entry]:
    """What the parts ask to be handed on: their licences, as their packages carry them, and those they leave out."""
    ours = ROOT / "tools" / "bundle" / "licences"
    entries = [(f"licences/{path.name}", str(path), "DATA") for path in ours.iterdir()]
    for package in distributions():
        name = package.metadata["Name"]
        for file in package.files or () if name in LICENSED else ():
            head, _, rest = file.as_posix().partition("/licenses/")
            if head.endswith(".dist-info") and rest:
                entries.append((f"licences/{name}/{rest}", str(package.locate_file(file)), "DATA"))
    return entries
