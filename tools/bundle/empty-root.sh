#!/bin/sh
# Runs a program of a finished folder where there is nothing else: an empty root with the C library and zlib, an empty
# home, no variables, no network.   empty-root.sh FOLDER PROGRAM [ARGUMENT ...]
# $ROOM names the one folder of this system that is seen inside, at the same place; a DISPLAY is passed on if it is set.
set -eu

folder=$(cd "$1" && pwd)
program=$2
shift 2

# What no folder can bring along: the loader, the C library, and what the starter itself is linked to.
system=
for library in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libutil.so.1 libz.so.1; do
    path=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | awk -v name="$library" '$1 == name && /x86-64/ { print $NF; exit }')
    system="$system --ro-bind $path $path"
done
loader=/lib64/ld-linux-x86-64.so.2

screen='--setenv QT_QPA_PLATFORM offscreen'
[ -z "${DISPLAY:-}" ] || screen="--setenv DISPLAY $DISPLAY --ro-bind /tmp/.X11-unix /tmp/.X11-unix"

# shellcheck disable=SC2086 # lists of words are meant
exec bwrap --unshare-all --die-with-parent --clearenv --setenv HOME /home --tmpfs /home --tmpfs /tmp \
    --proc /proc --dev /dev --ro-bind "$loader" "$loader" $system $screen \
    --ro-bind "$folder" /program ${ROOM:+--bind "$ROOM" "$ROOM" --setenv DLICALC_DATA_FOLDER "$ROOM/data"} \
    "/program/$program" "$@"
