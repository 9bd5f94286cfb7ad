"""A site file in words: each setting has its name, and what changes is told setting by setting."""

from __future__ import annotations

import pytest

from dlicalc.domain.site import Site
from dlicalc.services.policy import differences, label, settings, shown_settings, signed_by
from dlicalc.services.wording import Words
from dlicalc.storage.site_files import read_site
from tests.program import ROOT

SHIPPED = (ROOT / "resources" / "site.toml").read_text("utf-8")


def site(*changes: tuple[str, str]) -> Site:
    text = SHIPPED
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return read_site(text.encode(), "site.toml")


def test_a_change_is_told_with_before_and_after() -> None:
    changed = site(('ml_per_h = "100"', 'ml_per_h = "120"'), ('paper = "A4"', 'paper = "Letter"'))
    assert differences(site(), changed, (), Words()) == (
        "Paper that is offered first: A4 → Letter",
        "Fresh cells, rate, mL/h: 100 → 120",
    )
    assert differences(site(), site(), (), Words()) == ()


def test_what_is_set_or_left_out_is_told_as_not_set() -> None:
    filtered = site(("[administration]", '[administration]\nfilter = "none"'))
    assert differences(site(), filtered, (), Words()) == ("Filter in the infusion line: not set → none",)
    assert differences(filtered, site(), (), Words()) == ("Filter in the infusion line: none → not set",)


def test_each_language_of_a_text_is_a_setting_of_its_own() -> None:
    changed = site(("Central line, or", "A central line, or"))
    [sentence] = differences(site(), changed, (), Words())
    assert sentence.startswith("Access (English): Central line")
    assert label("administration.cryopreserved.observations.zh_CN", Words()) == "Thawed cells, observations (Chinese)"


def test_every_setting_of_a_full_file_has_its_name() -> None:
    full = site(
        ('name = ""', 'name = "Ward 3"\nchecked_by = ""'),
        ('max_ml_per_h = "200"', 'start_ml_per_h = "50"\nmax_ml_per_h = "200"'),
    )
    named = [field.label for field in shown_settings(full, (), Words())]
    assert len(named) == len(set(named)) == len(settings(full))
    assert not {"format", "digest", "site.content"} & set(settings(full))


def test_who_signed() -> None:
    assert signed_by(site(), Words()).startswith("Signed by nobody.")
    one = ('confirmed_by = ""', 'confirmed_by = "Li Wei"'), ('confirmed_on = ""', 'confirmed_on = "2026-11-01"')
    assert signed_by(site(*one), Words()).startswith("Signed by one person only.")
    origin = site(*one).site.model_copy(
        update={"checked_by": "Anna Roth", "checked_on": site(*one).site.confirmed_on, "content": "sha256:0"}
    )
    both = site(*one).model_copy(update={"site": origin})
    assert signed_by(both, Words()) == "Signed by Li Wei on 2026-11-01 and by Anna Roth on 2026-11-01"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_words_come_from_the_catalogue(language: str) -> None:
    from tests.program import parts

    words = parts().words(language)
    assert label("site.name", words) == {"en": "Name of the site", "zh_CN": "本院名称"}[language]
