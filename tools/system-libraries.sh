#!/bin/sh
# Makes sure that the shared libraries are there which Qt's wheel expects from a Linux system.
# Installs them where it may (Debian family, root), else names what is missing and stops.
set -eu

[ "$(uname -s)" = Linux ] || exit 0
PATH="$PATH:/usr/sbin:/sbin"

# Shared library, and the Debian package that brings it.
libraries='
libEGL.so.1             libegl1
libGL.so.1              libgl1
libX11-xcb.so.1         libx11-xcb1
libX11.so.6             libx11-6
libcups.so.2            libcups2
libdbus-1.so.3          libdbus-1-3
libfontconfig.so.1      libfontconfig1
libfreetype.so.6        libfreetype6
libglib-2.0.so.0        libglib2.0-0
libwayland-cursor.so.0  libwayland-cursor0
libwayland-egl.so.1     libwayland-egl1
libxcb-cursor.so.0      libxcb-cursor0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0
libxcb-sync.so.1        libxcb-sync1
libxcb-util.so.1        libxcb-util1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
libxkbcommon-x11.so.0   libxkbcommon-x11-0
libxkbcommon.so.0       libxkbcommon0
'

# Puts the packages of the missing libraries in $packages and the libraries themselves in $missing.
look() {
    present=$(ldconfig -p)
    packages=
    missing=
    while read -r library package; do
        [ -n "$library" ] || continue
        case "$present" in
            *"	$library "*) ;;
            *) missing="$missing $library" packages="$packages $package" ;;
        esac
    done <<LIST
$libraries
LIST
}

look
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Qt needs shared libraries that this system lacks; install the packages that bring:$missing" >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Qt needs shared libraries that this system lacks. As root, run once:" >&2
    echo "  apt-get update && apt-get install -y --no-install-recommends$packages" >&2
    exit 1
fi

echo "Installing the shared libraries that Qt needs:$packages"
export DEBIAN_FRONTEND=noninteractive
# One source that does not answer must not stop us: the install below tells whether it mattered.
apt-get update -qq || echo "apt-get update failed; going on with the package lists that are here." >&2
# shellcheck disable=SC2086 # a list of words is meant
apt-get install -y -qq --no-install-recommends $packages </dev/null >/dev/null

look
[ -z "$missing" ] || { echo "still missing after the install:$missing" >&2; exit 1; }
