"""The manual's files: both languages say the same in the same places, every link leads somewhere, none leads out."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from dlicalc.gui.help import page_entries
from dlicalc.services.help_text import values
from dlicalc.services.manual import Manual, Topic, links, text_of
from dlicalc.services.manual_entries import whole_manual
from dlicalc.services.manual_place import TOPICS
from dlicalc.storage.help_files import help_file, load_topics
from dlicalc.storage.resources import Damaged, Resources, digest
from tests.program import ROOT, parts, shipped_protocol
from tests.worked_doses import WORKED

FOLDER = ROOT / "resources" / "help"
LANGUAGES = ("en", "zh_CN")
HANZI = re.compile(r"[\u4e00-\u9fff]")


def topics(language: str) -> tuple[Topic, ...]:
    return load_topics(parts().resources, language, values(shipped_protocol()))


def manual(language: str) -> Manual:
    words = parts().words(language)
    return whole_manual(topics(language), page_entries(words), words, shipped_protocol())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_the_topics(language: str) -> None:
    assert sorted(path.stem for path in (FOLDER / language).glob("*")) == sorted(TOPICS)


def test_both_languages_have_the_same_topics_anchors_and_blocks() -> None:
    for english, chinese in zip(manual("en").topics, manual("zh_CN").topics, strict=True):
        assert english.name == chinese.name
        assert [part.anchor for part in english.sections] == [part.anchor for part in chinese.sections]
        if english.name == "index":
            continue
        for one, other in zip(english.sections, chinese.sections, strict=True):
            shape = [(block.kind, len(block.lines)) for block in one.blocks]
            assert shape == [(block.kind, len(block.lines)) for block in other.blocks], (english.name, one.anchor)
        # Links may come in another order in another language.
        assert sorted(links(english)) == sorted(links(chinese)), english.name


@pytest.mark.parametrize("name", TOPICS)
def test_both_languages_name_the_same_numbers_of_the_protocol(name: str) -> None:
    blanks = [re.findall(r"\{(\w+)\}", (FOLDER / language / f"{name}.md").read_text("utf-8")) for language in LANGUAGES]
    assert sorted(blanks[0]) == sorted(blanks[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_place_of_the_manual(language: str) -> None:
    whole = manual(language)
    assert [(topic.name, place) for topic in whole.topics for place in links(topic) if not whole.has(place)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_anchor_stands_twice_and_nothing_leads_out(language: str) -> None:
    for topic in manual(language).topics:
        anchors = [part.anchor for part in topic.sections]
        assert len(anchors) == len(set(anchors))
    text = "".join(path.read_text("utf-8") for path in (FOLDER / language).glob("*.md"))
    assert not re.search(r"https?:|www\.|file:|<[a-z]", text)


def test_the_chinese_manual_is_chinese_and_the_english_is_not() -> None:
    for topic in topics("zh_CN"):
        assert HANZI.search(topic.title)
        assert all(HANZI.search(text_of(part)) for part in topic.sections if part.blocks)
    for topic in topics("en"):
        assert not HANZI.search(topic.title + "".join(map(text_of, topic.sections)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_are_short(language: str) -> None:
    for topic in topics(language):
        for part in topic.sections:
            assert all(len(line) <= 420 for block in part.blocks for line in block.lines), (topic.name, part.anchor)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worked_example_is_the_published_one(language: str) -> None:
    # E1 of the vectors: 70 kg, 150 and 60 million per mL, 140/3 and 35 mL, 75 and 30 million per kg.
    volume = next(topic for topic in topics(language) if topic.name == "volume")
    [example] = [text_of(part) for part in volume.sections if part.anchor == "example"]
    e1 = WORKED["E1"]
    assert Fraction(e1["V_mnc_exact"]) == Fraction(140, 3)
    for text in ("46.67 mL", f"{e1['V_printed_mL']} mL", "70 kg", "200 × 75 ÷ 100", "200 × 30 ÷ 100"):
        assert text in example
    assert all(number in example for number in ("150", "60", "75 %", "100 %", "7,000", "2,100"))


def test_another_protocol_changes_the_numbers_of_the_manual() -> None:
    named = {**values(shipped_protocol()), "first_day": "46"}
    topic = next(t for t in load_topics(parts().resources, "en", named) if t.name == "eligibility")
    assert "day +46 to day +60" in "".join(map(text_of, topic.sections))


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "resources"
    shutil.copytree(ROOT / "resources" / "help", folder / "help")
    entries = {
        f"resources/{path.relative_to(folder).as_posix()}": digest(path.read_bytes()) for path in folder.rglob("*.md")
    }
    (folder / "manifest.json").write_text(json.dumps(entries))
    return folder


def test_a_damaged_file_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    assert len(load_topics(Resources(folder), "en", values(shipped_protocol()))) == len(TOPICS)
    (folder / help_file("en", "order")).write_text("# Order\n\nGive everything.\n")
    with pytest.raises(Damaged) as refused:
        load_topics(Resources(folder), "en", values(shipped_protocol()))
    assert refused.value.problems[0].path == "help/en/order.md"


@pytest.mark.parametrize("text", ["# Order\n\n{nothing}\n", "# Order\n\n## Draft\n"])
def test_a_file_that_cannot_be_read_as_a_topic_is_refused(tmp_path: Path, text: str) -> None:
    folder = copied(tmp_path)
    file = folder / help_file("en", "order")
    file.write_text(text)
    entries = json.loads((folder / "manifest.json").read_text()) | {
        "resources/help/en/order.md": digest(file.read_bytes())
    }
    (folder / "manifest.json").write_text(json.dumps(entries))
    with pytest.raises(Damaged):
        load_topics(Resources(folder), "en", values(shipped_protocol()))
