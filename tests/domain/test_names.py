"""Whether two names may be one person's. The pairs were collected by hand, from how hospital staff write names."""

from __future__ import annotations

import pytest

from dlicalc.domain.names import Likeness, is_name, likeness

SAME = (
    ("Li Wei", "Li Wei"),
    ("Li, Wei", "wei LI"),
    ("Li Wei", "Ｌｉ Ｗｅｉ"),
    ("Li Wei", "Lí Wèi"),
    ("Li Wei", "  li   wei  "),
    ("LiWei", "Wei Li"),
    ("王小明", "王 小明"),
    ("王小明", "王　小明"),
    ("迪丽·热巴", "迪丽热巴"),
    ("Anne-Marie O'Neil", "annemarie ONeil"),
    ("O’Neil", "O'Neil"),
    ("Groß", "GROSS"),
    ("José Núñez", "Jose Nunez"),
    ("Jørgen Łuk", "Jorgen Luk"),
    ("ANIL ISIK", "Anıl Işık"),
    ("de la Cruz Maria Ana Rosa Eva", "Maria Ana Rosa Eva de la Cruz"),
    ("ﬁona Bell", "Fiona Bell"),
)
DOUBTFUL = (
    ("L. Wei", "Li Wei"),
    ("Li W.", "Wei Li"),
    ("Wei", "Li Wei"),
    ("Dr. Li Wei", "Li Wei"),
    ("LW", "Li Wei"),
    ("L.W.", "Li Wei"),
    ("王", "王小明"),
    ("Anna Müller", "Anna Mueller"),
    ("J. S. Bach", "Johann Sebastian Bach"),
)
DIFFERENT = (
    ("Li Wei", "Li Na"),
    ("Li Wei", "Lin Wei"),
    ("王小明", "王小红"),
    ("王 小明", "王 小红"),
    ("Anna Müller", "Anna Möller"),
    ("J. Bach", "Paul Klee"),
    ("W. W. Li", "Wei Li"),
    ("AB", "Li Wei"),
    ("Wei Wei", "Wei Li"),
)


@pytest.mark.parametrize(
    ("pairs", "expected"), [(SAME, Likeness.SAME), (DOUBTFUL, Likeness.DOUBTFUL), (DIFFERENT, Likeness.DIFFERENT)]
)
def test_names_are_told_apart_whichever_comes_first(pairs: tuple[tuple[str, str], ...], expected: Likeness) -> None:
    wrong = [pair for pair in pairs if {likeness(*pair), likeness(*reversed(pair))} != {expected}]
    assert wrong == []


@pytest.mark.parametrize(("text", "expected"), [("Li", True), ("王", True), ("", False), (" · ", False), ("--", False)])
def test_a_name_has_a_letter(text: str, expected: bool) -> None:
    assert is_name(text) is expected
