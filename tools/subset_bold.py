"""Make the bold Chinese font small: the characters that headings need, of the whole Noto Sans SC Bold.

Usage: python tools/subset_bold.py WHOLE_BOLD.ttf resources/fonts/NotoSansSC-Bold-subset.ttf

Needs fonttools 4.60.1, which is not in the lock files: the subset is committed and hardly ever made anew.
"""

import sys
from pathlib import Path

from fontTools import subset


def wanted_characters() -> set[int]:
    """Every character of GB 2312 (6,763 hanzi in two levels, and its signs), Latin-1, and general punctuation."""
    characters = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | set(range(0x2000, 0x2070))
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                characters.add(ord(bytes((lead, trail)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    # Signs of dose lines that GB 2312 lacks.
    return characters | {ord(sign) for sign in "−≤≥≠≈µμ√✓✗□■"}


def main(whole: Path, small: Path) -> None:
    options = subset.Options()
    options.drop_tables += ["STAT", "vhea", "vmtx"]  # no variable font, no vertical text
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = ["*"]  # the licence and the copyright stay in the file
    options.recalc_timestamp = False  # the same input gives the same bytes
    font = subset.load_font(str(whole), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted_characters())
    subsetter.subset(font)
    subset.save_font(font, str(small), options)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
