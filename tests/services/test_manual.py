"""The manual as data: what a file holds, where links lead, what a search finds, the way back."""

from __future__ import annotations

import pytest

from dlicalc.services.manual import Block, Hit, Manual, Section, Topic, Trail, links, plain, target, topic_from
from dlicalc.services.manual_place import Place
from dlicalc.services.manual_text import html, lines

TEXT = """# Cakes & tea

For **{count}** people, see [here](#oven) or [drinks](tea#green).

## The oven {#oven}

- hot
- `180`

1. open
2. close

| what | how long |
|---|---|
| bread | 40 % longer than the **cake**, which is baked until it is brown, and which must cool for an hour |
"""


@pytest.fixture
def cakes() -> Topic:
    return topic_from("cakes", TEXT, {"count": "7"})


@pytest.fixture
def manual(cakes: Topic) -> Manual:
    tea = Topic("tea", "Tea", (Section("", "", ()), Section("green", "Green oven", (Block("text", ("bread",)),))))
    return Manual([cakes, tea])


def test_a_file_is_read_into_sections_and_blocks(cakes: Topic) -> None:
    intro, oven = cakes.sections
    assert cakes.title == "Cakes & tea"
    assert intro == Section("", "", (Block("text", ("For **7** people, see [here](#oven) or [drinks](tea#green).",)),))
    assert (oven.anchor, oven.heading) == ("oven", "The oven")
    assert [block.kind for block in oven.blocks] == ["bullets", "numbers", "table"]
    assert oven.blocks[1].lines == ("open", "close")
    assert len(oven.blocks[2].lines) == 2


def test_a_heading_without_anchor_and_a_blank_without_value_are_refused() -> None:
    with pytest.raises(ValueError, match="x: a heading without its anchor: ## Oven"):
        topic_from("x", "# X\n## Oven\n", {})
    with pytest.raises(KeyError):
        topic_from("x", "# X\n\n{unknown}\n", {})


def test_links_lead_to_places(cakes: Topic, manual: Manual) -> None:
    assert list(links(cakes)) == [Place("cakes", "oven"), Place("tea", "green")]
    assert all(map(manual.has, links(cakes)))
    assert target("cakes", "#oven") == Place("cakes", "oven")
    assert target("cakes", "tea") == Place("tea")
    assert not manual.has(Place("tea", "oven"))
    assert not manual.has(Place("coffee"))
    assert manual.topic("cakes") is cakes


def test_html_is_escaped_and_marked(cakes: Topic) -> None:
    text = html(cakes)
    assert '<h1><a name="top"></a>Cakes &amp; tea</h1>' in text
    assert 'For <b>7</b> people, see <a href="#oven">here</a> or <a href="tea#green">drinks</a>.' in text
    assert '<h2><a name="oven"></a>The oven</h2><ul><li>hot</li><li><code>180</code></li></ul>' in text
    assert "<ol><li>open</li><li>close</li></ol>" in text
    assert '<th align="left">what</th>' in text
    # A number and its sign stay on one line.
    assert "40\u00a0% longer" in text


def test_on_a_terminal_marks_are_left_out(cakes: Topic) -> None:
    shown = list(lines(cakes))
    assert shown[:5] == ["Cakes & tea", "===========", "", "For 7 people, see here or drinks.", ""]
    assert shown[5:12] == ["The oven", "--------", "- hot", "- 180", "1. open", "2. close", "what | how long"]
    assert plain("[a](b#c) **d** `e`") == "a d e"


def test_search_finds_all_words_headings_first(manual: Manual) -> None:
    assert [hit.place for hit in manual.find("OVEN")] == [Place("cakes", "oven"), Place("tea", "green")]
    assert [hit.place for hit in manual.find("bread oven")] == [Place("cakes", "oven"), Place("tea", "green")]
    assert manual.find("bread")[1] == Hit(Place("tea", "green"), "Green oven", "bread")
    assert manual.find("people")[0].title == "Cakes & tea"
    assert manual.find("coffee") == manual.find("  ") == []


def test_an_excerpt_shows_the_word_that_was_searched_for(manual: Manual) -> None:
    excerpt = manual.find("cool")[0].excerpt
    assert excerpt.startswith("…")
    assert "must cool for an hour" in excerpt
    assert manual.find("hot")[0].excerpt.endswith("…")


def test_index_follows_the_alphabet_and_the_sound_of_chinese() -> None:
    # 活 huó, 剂 jì, 体 tǐ: in the order of pinyin, not of code points (体 U+4F53, 剂 U+5242, 活 U+6D3B).
    made = Manual(
        [Topic(name, title, ()) for name, title in (("a", "体积"), ("b", "活率"), ("c", "剂量"), ("d", "Bag"))]
    )
    assert [title for _, title in made.index()] == ["Bag", "活率", "剂量", "体积"]


def test_the_index_itself_is_not_searched() -> None:
    made = Manual([Topic("index", "Index", (Section("", "", (Block("bullets", ("bag",)),)),))])
    assert made.find("bag") == []


def test_the_way_back_and_on() -> None:
    trail, one, two, three = Trail(), Place("one"), Place("two"), Place("three")
    assert not trail.can_go_back
    for place in (one, two, two):
        trail.visit(place)
    assert (trail.go(-1), trail.can_go_back, trail.can_go_on) == (one, False, True)
    assert trail.go(1) == two
    trail.go(-1)
    trail.visit(three)
    assert not trail.can_go_on
    assert trail.go(-1) == one
