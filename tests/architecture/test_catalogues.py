"""The Chinese catalogue: complete, filled by the same values, printable, true to the glossary; and its checker."""

import gettext
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from dlicalc.services.wording.findings import (
    EXCLUDED,
    FINDINGS,
    GUARDED,
    NOT_EVALUABLE,
    OUT_OF_BOUNDS,
    SLIPS,
    UNUSUAL,
)
from dlicalc.services.wording.problems import PROBLEMS
from dlicalc.services.wording.steps import STEPS
from dlicalc.services.wording.terms import CRITERIA
from dlicalc.services.wording.window import FIELDS

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "resources" / "fonts"
HAN = "\u2e80"
"""From here on only the Chinese fonts draw."""

FRAMES = {"excluded": EXCLUDED, "not-evaluable": NOT_EVALUABLE, "out-of-bounds": OUT_OF_BOUNDS, "unusual": UNUSUAL}
BY_CODE = {
    f"{kind}: {code}": sentence
    for kind, sentences in {
        "finding": {**FINDINGS, **FRAMES},
        "guardrail": GUARDED,
        "slip": SLIPS,
        "step": STEPS,
        "criterion": CRITERIA,
        "problem": PROBLEMS,
    }.items()
    for code, sentence in sentences.items()
}

SOURCE = """
from dlicalc.marking import N_

WEIGHT = N_("Weight")
LONG = N_(
    "Bag {bag}: "
    "{volume} mL"
)
BRACES = N_("an object {{…}} is due")
OPEN = N_("&Open")


def said(words):
    return words("Weight"), words(LONG, bag=1, volume=2), words(WEIGHT)
"""
TRANSLATED = {
    "Weight": "体重",
    "Bag {bag}: {volume} mL": "第 {bag} 袋：{volume} mL",
    "an object {{…}} is due": "此处应为对象 {{…}}",
    "&Open": "打开(&O)",
}


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModuleType, ModuleType]]:
    """The extracting and the checking tool."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import catalogues
    import check_catalogues

    yield catalogues, check_catalogues
    for name in ("catalogues", "check_catalogues"):
        sys.modules.pop(name, None)


@pytest.fixture
def chinese() -> Callable[[str], str]:
    compiled = (ROOT / "resources/locale/zh_CN/LC_MESSAGES/dlicalc.mo").read_bytes()
    return gettext.GNUTranslations(io.BytesIO(compiled)).gettext


class Copy:
    """A small program with its catalogue, to be spoilt."""

    def __init__(self, root: Path, catalogues: ModuleType, check: ModuleType) -> None:
        self.root, self._catalogues, self._check = root, catalogues, check
        self.source, self.po, self.mo = root / "dlicalc" / "words.py", root / catalogues.PO, root / catalogues.MO

    def merge(self) -> None:
        self._catalogues.main(self.root)

    def replace(self, path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def compile(self) -> None:
        self.mo.write_bytes(self._catalogues.compiled(self._catalogues.read(self.po)))

    def problems(self) -> list[str]:
        return list(self._check.found(self.root))


@pytest.fixture
def copy(tmp_path: Path, tools: tuple[ModuleType, ModuleType]) -> Copy:
    program = Copy(tmp_path, *tools)
    program.source.parent.mkdir()
    program.source.write_text(SOURCE, encoding="utf-8")
    program.merge()
    for english, translation in TRANSLATED.items():
        program.replace(program.po, f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{translation}"')
    program.compile()
    assert program.problems() == []
    return program


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_shipped_catalogue_has_no_fault(
    tools: tuple[ModuleType, ModuleType], capsys: pytest.CaptureFixture[str]
) -> None:
    result = tools[1].main()
    assert capsys.readouterr().out == ""
    assert result == 0


def test_shipped_catalogue_names_nobody(tools: tuple[ModuleType, ModuleType]) -> None:
    text = (ROOT / tools[0].PO).read_text(encoding="utf-8")
    assert not re.search(r"@|://|Translator|Team|Date:|Generated|^#: .*:\d", text, re.MULTILINE)


@pytest.mark.parametrize("sentence", BY_CODE.values(), ids=BY_CODE)
def test_every_code_speaks_chinese_with_the_same_values(sentence: str, chinese: Callable[[str], str]) -> None:
    values = {name: f"<{name}>" for name in slots(sentence)}
    text = chinese(sentence).format(**values)
    assert re.search("[\u4e00-\u9fff]", text)
    assert all(value in text for value in values.values())


def test_labels_are_short_enough_for_the_screen(chinese: Callable[[str], str]) -> None:
    """A label of the form has room for two lines, of 13 hanzi each."""
    width = {label: sum(2 if sign >= HAN else 1 for sign in chinese(label)) for label in FIELDS.values()}
    assert [label for label, wide in width.items() if wide > 2 * 27] == []


def test_every_character_is_in_the_fonts(tools: tuple[ModuleType, ModuleType]) -> None:
    characters = {sign for message in tools[0].read(ROOT / tools[0].PO) if message.id for sign in message.string}
    for name, drawn in (
        ("NotoSansSC-Regular", {sign for sign in characters if sign >= HAN}),
        ("DejaVuSans", {sign for sign in characters if sign < HAN}),
    ):
        glyphs = TTFontFile(str(FONTS / f"{name}.ttf")).charToGlyph
        assert "".join(sorted(sign for sign in drawn if ord(sign) not in glyphs)) == "", name


def test_glossary_holds_everywhere(tools: tuple[ModuleType, ModuleType]) -> None:
    """One English term has one Chinese term; terms with a word in brackets have several meanings and are not sought."""
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    terms = {row[0]: row[1] for row in rows if row[0] not in ("English", "---")}
    translations = [
        (re.sub(r"{\w+}|&", "", str(message.id)), str(message.string))
        for message in tools[0].read(ROOT / tools[0].PO)
        if message.id
    ]
    broken = []
    for english, translation in translations:
        rest = english
        for term in sorted(terms, key=len, reverse=True):
            found = re.compile(rf"(?<![\w-]){re.escape(term)}s?(?![\w-])", re.IGNORECASE)
            if found.search(rest) and terms[term] not in translation:
                broken.append(f"{term} = {terms[term]}, but {english!r} = {translation!r}")
            rest = found.sub("", rest)
    assert broken == []
    spoken = "\n".join(translation for _, translation in translations)
    assert [term for term, translation in terms.items() if translation not in spoken] == []


def test_checker_finds_a_new_sentence(copy: Copy) -> None:
    copy.replace(copy.source, 'N_("Weight")', 'N_("Weight"), N_("Body surface")')
    assert any("untranslated: 'Body surface'" in problem for problem in copy.problems())
    copy.merge()
    assert any("untranslated: 'Body surface'" in problem for problem in copy.problems())


def test_checker_finds_a_changed_sentence(copy: Copy) -> None:
    copy.replace(copy.source, '"{volume} mL"', '"{volume} mL left"')
    copy.merge()
    assert any("fuzzy" in problem and "mL left" in problem for problem in copy.problems())


def test_checker_finds_an_unused_sentence(copy: Copy) -> None:
    copy.replace(copy.source, 'OPEN = N_("&Open")', "")
    assert any("unused: '&Open'" in problem for problem in copy.problems())
    copy.merge()
    assert copy.problems() == []


def test_checker_finds_an_obsolete_entry(copy: Copy) -> None:
    with copy.po.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgid "Former"\n#~ msgstr "旧"\n')
    assert any("unused: 'Former'" in problem for problem in copy.problems())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("第 {bag} 袋：{volume} mL", "第 {bag} 袋：{volum} mL", "placeholders"),
        ("第 {bag} 袋：{volume} mL", "{volume} mL", "placeholders"),
        ("第 {bag} 袋：{volume} mL", "第 {bag} 袋：{volume mL", "placeholders"),
        ("第 {bag} 袋：{volume} mL", "第 {bag} 袋：{volume:.1f} mL", "placeholders"),
        ("此处应为对象 {{…}}", "此处应为对象 {…}", "placeholders"),
        ("此处应为对象 {{…}}", "此处应为对象", "placeholders"),
        ("打开(&O)", "打开", "shortcut"),
        ("体重", " 体重", "indentation"),
    ],
)
def test_checker_finds_a_translation_that_does_not_fit(copy: Copy, old: str, new: str, said: str) -> None:
    copy.replace(copy.po, f'msgstr "{old}"', f'msgstr "{new}"')
    copy.compile()
    (problem,) = copy.problems()
    assert said in problem


def test_checker_finds_a_stale_compilation(copy: Copy) -> None:
    copy.replace(copy.po, "体重", "身高")
    assert any("not compiled" in problem for problem in copy.problems())
    copy.mo.unlink()
    assert any("not compiled" in problem for problem in copy.problems())


@pytest.mark.parametrize(
    "line", ["N_(WEIGHT)", 'N_(f"Weight {1}")', 'N_("Weight" + " kg")', 'N_("Weight", 1)', "N_()", 'N_("")']
)
def test_checker_finds_a_marked_sentence_that_is_no_literal(copy: Copy, line: str) -> None:
    copy.replace(copy.source, 'OPEN = N_("&Open")', f'OPEN = N_("&Open")\nTHIS = {line}')
    assert any("words.py:11: N_ takes one literal sentence" in problem for problem in copy.problems())


@pytest.mark.parametrize("line", ['words("Age")', 'self._words("Age")', 'words.translate("Age")', 'words(f"Age {1}")'])
def test_checker_finds_a_sentence_that_is_not_marked(copy: Copy, line: str) -> None:
    copy.replace(copy.source, 'OPEN = N_("&Open")', f'OPEN = N_("&Open")\nTHIS = {line}')
    (problem,) = copy.problems()
    assert "words.py:11: " in problem


def test_checker_lets_language_codes_pass(copy: Copy) -> None:
    copy.replace(
        copy.source, 'OPEN = N_("&Open")', 'OPEN = N_("&Open")\nTHIS = parts.words("zh_CN"), parts.words("en")'
    )
    assert copy.problems() == []


def test_checker_finds_a_broken_file(copy: Copy) -> None:
    copy.replace(copy.po, 'msgstr "体重"', 'msgstr 体重"')
    assert copy.problems()


def test_merging_twice_changes_nothing(copy: Copy) -> None:
    copy.merge()
    before = copy.po.read_bytes(), copy.mo.read_bytes()
    copy.merge()
    assert (copy.po.read_bytes(), copy.mo.read_bytes()) == before
