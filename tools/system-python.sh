#!/bin/sh
# Prints the path of the first Python on PATH that the project runs on (requires-python in pyproject.toml).
set -eu

for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        # Ask the interpreter itself: the name on PATH may be a launcher script.
        exec "$name" -c 'import sys; print(sys.executable)'
    fi
done
echo "No Python 3.11, 3.12 or 3.13 found on PATH; install one, or name it: make PYTHON=/path/to/python3" >&2
exit 1
