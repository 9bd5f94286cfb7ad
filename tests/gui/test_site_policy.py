"""What a site sets, as the window shows it: units offered and not entered, its limits, and a missing signature."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dlicalc.domain.site import Site
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.eligibility_page import EligibilityPage
from dlicalc.gui.fields import Cell, Kind
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.quantity_edit import QuantityEdit
from dlicalc.services.preferred_units import PreferredUnits
from dlicalc.services.site_rules import narrowed
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from dlicalc.storage.unit_memory import FileUnitMemory
from tests.cases import AS_OF, changed, full_case
from tests.program import ROOT, shipped_protocol

SITE_FILE_UNSIGNED = (
    "The site file changes how cells are given, and not two people have signed it. Every order says so."
)
LIMITS = '[limits.criteria]\n"hepatic.alt" = "2.5"\n[limits.freshness]\nlabs_days = "3"'


def test_a_preferred_unit_is_offered_and_marked_and_entered_only_by_enter(qtbot: Any, tmp_path: Any) -> None:
    memory = FileUnitMemory(tmp_path)
    memory.remember("labs.creatinine.unit", "umol/L")
    entry = QuantityEdit(Cell("labs.creatinine", Kind.QUANTITY, ("umol/L", "mg/dL")), "labs.creatinine")
    qtbot.addWidget(entry)
    edits: list[tuple[str, str]] = []
    entry.edited.connect(lambda path, text: edits.append((path, text)))
    entry.retranslate(Words(), "Creatinine")
    entry.use_units(PreferredUnits({"labs.creatinine": "mg/dL"}, memory))
    assert entry.unit is not None
    assert entry.unit.offers
    assert entry.unit.code() == ""
    assert edits == []
    assert "preferred at this site: mg/dL" in entry.offered(Words())
    assert entry.unit.take_offer()
    assert entry.unit.code() == "mg/dL"


def test_the_eligibility_page_names_the_limits_of_the_site(qtbot: Any) -> None:
    tables = tomllib.loads((ROOT / "resources" / "site.toml").read_text("utf-8") + LIMITS)
    protocol = narrowed(shipped_protocol(), Site.model_validate({**tables, "digest": "sha256:1"}))
    model = CaseViewModel(protocol, lambda: datetime.fromisoformat(AS_OF), document_digest)
    page = EligibilityPage(model)
    qtbot.addWidget(page)
    page.retranslate(Words())
    model.changed.connect(lambda snapshot: page.show_snapshot(snapshot, Words()))
    # 104 of 40 U/L is 2.6 × ULN: above the site's 2.5, below the protocol's 3.
    model.open(changed(full_case(), labs__alt__value="104"))
    assert page.site.text() == "Values set by the site, not by the protocol: 2. They stand at the end of this page."
    assert "Days for which a laboratory value holds: 3 days (protocol 7 days)" in page.site_terms.text()
    assert "2.5\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}ULN" in page.site_terms.text()
    assert not page.site.isHidden()
    assert "2.5 × ULN (site; protocol 3)" in page.verdicts["hepatic.alt"].accessibleName() + "".join(
        label.text() for label in page.verdicts["hepatic.alt"].findChildren(type(page.site))
    )
    assert "site" not in "".join(label.text() for label in page.verdicts["hepatic.ast"].findChildren(type(page.site)))


def test_without_a_site_nothing_is_said(qtbot: Any) -> None:
    model = CaseViewModel(shipped_protocol(), lambda: datetime.fromisoformat(AS_OF), document_digest)
    page = EligibilityPage(model)
    qtbot.addWidget(page)
    page.show_snapshot(model.snapshot, Words())
    assert page.site.isHidden()
    assert page.site_terms.isHidden()


def test_a_missing_signature_is_told_until_somebody_says_it_was_read(window: MainWindow) -> None:
    """docs/formats.md: two sign-offs. What the site file changes holds, and nobody is left in doubt of it."""
    window.habits._services = window.habits._services._replace(site_unsigned=lambda: True)
    window.habits.begin()
    notice = window.habits.notice
    assert notice.isVisible()
    assert notice.text() == SITE_FILE_UNSIGNED
    assert notice.accessibleName() == SITE_FILE_UNSIGNED
    window.set_language("zh_CN")
    assert notice.text() == f"译{SITE_FILE_UNSIGNED}"
    notice.button.setFocus()
    QTest.keyClick(notice.button, Qt.Key.Key_Space)
    assert not notice.isVisible()
    window.set_language("en")
    assert not notice.isVisible()
