"""A topic of the manual as HTML for the window and as lines for a terminal."""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from dlicalc.services.manual import Block, Section, Topic, cells, plain

_LINK: Final = re.compile(r"\[([^\]]+)\]\(([\w.#-]+)\)")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_CODE: Final = re.compile(r"`(.+?)`")
_TOGETHER: Final = re.compile(r"(?<=[\d⁰¹²³⁴⁵⁶⁷⁸⁹]) (?=[%×]|mL|kg|million)")
"""Between a number and its unit, where no line may break."""
_LISTS: Final = {"bullets": "ul", "numbers": "ol"}


def html(topic: Topic) -> str:
    """``topic`` in the part of HTML that a text browser of Qt shows; nothing in it sets a colour."""
    return f'<h1><a name="top"></a>{escape(topic.title)}</h1>' + "".join(map(_section, topic.sections))


def _section(section: Section) -> str:
    return _heading(section) + "".join(map(_block, section.blocks))


def _heading(section: Section) -> str:
    if not section.anchor:
        return ""
    return f'<h{section.level}><a name="{section.anchor}"></a>{escape(section.heading)}</h{section.level}>'


def _block(block: Block) -> str:
    if block.kind == "table":
        return _table(block)
    if block.kind in _LISTS:
        name = _LISTS[block.kind]
        return f"<{name}>{''.join(f'<li>{_inline(line)}</li>' for line in block.lines)}</{name}>"
    return f"<p>{_inline(block.lines[0])}</p>"


def _table(block: Block) -> str:
    rows = []
    for place, line in enumerate(block.lines):
        kind = "td" if place else "th"
        rows.append("".join(f'<{kind} align="left">{_inline(cell)}</{kind}>' for cell in cells(line)))
    inner = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0" cellpadding="4">{inner}</table>'


def _inline(text: str) -> str:
    linked = _LINK.sub(r'<a href="\2">\1</a>', escape(_TOGETHER.sub("\u00a0", text), quote=False))
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<b>\1</b>", linked))


def lines(topic: Topic) -> Iterator[str]:
    """``topic`` as it is read on a terminal."""
    yield topic.title
    yield "=" * len(topic.title)
    for section in topic.sections:
        yield ""
        if section.heading:
            yield section.heading
            yield "-" * len(section.heading)
        for block in section.blocks:
            yield from _terminal(block)


def _terminal(block: Block) -> Iterator[str]:
    for number, line in enumerate(block.lines, start=1):
        match block.kind:
            case "bullets":
                yield f"- {plain(line)}"
            case "numbers":
                yield f"{number}. {plain(line)}"
            case "table":
                yield " | ".join(plain(cell) for cell in cells(line))
            case _:
                yield plain(line)
