"""Training mode: marked everywhere, and apart from what is for patients."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from dlicalc.gui.answers import Choice, Leaving
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.training_band import GROUND, INK
from tests.cases import full_case
from tests.gui.conftest import Answers, Disk
from tests.gui.test_drafts import Open, flushed, kept, left_behind, start
from tests.report.orders import pages

__all__ = ["start"]


def test_training_begins_and_ends_with_an_empty_case_after_asking(window: MainWindow, answers: Answers) -> None:
    window.view_model.open(full_case())
    window.view_model.edit("recipient.mrn", "1")
    for on in (True, False):
        answers.leaving = Leaving.STAY
        window.menus.training.trigger()
        assert (window.training, window.menus.training.isChecked()) == (not on, not on)
        assert window.view_model.text("recipient.mrn") == "1"
        answers.leaving = Leaving.GIVE_UP
        window.menus.training.trigger()
        assert (window.training, window.menus.training.isChecked()) == (on, on)
        assert window.view_model.text("recipient.mrn") == ""
        window.view_model.edit("recipient.mrn", "1")


def test_band_title_and_names_say_training(window: MainWindow, answers: Answers, disk: Disk) -> None:
    assert not window.habits.band.isVisible()
    assert "TRAINING" not in window.windowTitle()
    window.menus.training.trigger()
    QApplication.processEvents()
    band = window.habits.band
    assert band.isVisible()
    assert band.width() == window.width()
    assert "TRAINING" in band.accessibleName()
    assert window.windowTitle().startswith("TRAINING")
    window.view_model.open(full_case())
    answers.path = "order.pdf"
    window.menus.order.trigger()
    assert answers.suggested == "TRAINING-draft-261118-0800.pdf"
    assert all("TRAINING" in page for page in pages(disk.files["order.pdf"]))
    window.menus.save_as.trigger()
    assert answers.suggested == "TRAINING-case-261118-0800.json"
    assert disk.cases["order.pdf"] == full_case()
    window.menus.training.trigger()
    window.view_model.open(full_case())
    window.menus.order.trigger()
    assert answers.suggested == "draft-261118-0800.pdf"
    assert not any("TRAINING" in page for page in pages(disk.files["order.pdf"]))


def test_training_has_its_own_drafts(start: Open, tmp_path: Path, answers: Answers) -> None:
    left_behind(tmp_path, full_case(), training=True)
    window = start()
    assert answers.asked == []
    answers.choices = [Choice.LATER]
    window.menus.training.trigger()
    assert answers.asked == ["leftovers"]
    assert window.habits.folder == str(tmp_path / "data" / "training")
    assert window.status.folder.text() == window.habits.folder
    window.view_model.edit("recipient.mrn", "1")
    flushed(window)
    assert len(kept(tmp_path)) == 2
    assert not list((tmp_path / "data" / "drafts").glob("*.json"))
    window.view_model.undo()
    window.menus.training.trigger()
    assert window.habits.folder == str(tmp_path / "data")


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def test_the_word_stands_on_plain_ground_in_readable_colours(window: MainWindow) -> None:
    light, dark = sorted((luminance(QColor(INK)), luminance(QColor(GROUND))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    window.menus.training.trigger()
    image = window.habits.band.grab().toImage()
    middle = {image.pixelColor(image.width() // 2, y).name() for y in (1, image.height() - 2)}
    assert middle == {GROUND.lower()}
    assert len(colours(image, image.width() // 8)) > 1


def colours(image: QImage, width: int) -> set[str]:
    """Colours in the left part of a picture, where the stripes are."""
    return {image.pixelColor(x, y).name() for x in range(width) for y in range(image.height())}


def test_status_bar_and_about_name_the_data_folder(start: Open, tmp_path: Path, answers: Answers) -> None:
    window = start()
    assert str(tmp_path / "data") in window.status.folder.toolTip()
    window.menus.about.trigger()
    assert answers.about_fields[-1] == ("Data folder", str(tmp_path / "data"))


@pytest.mark.parametrize("width", [60, 2000])
def test_a_long_path_is_shortened_and_a_short_one_whole(window: MainWindow, width: int) -> None:
    label = window.status.folder
    label.set_text("/a/very/long/path/that/does/not/fit/anywhere", "Data folder")
    label.resize(width, 20)
    assert label.minimumSizeHint().width() < 120
    assert not label.grab().isNull()
    assert label.toolTip() == "Data folder: /a/very/long/path/that/does/not/fit/anywhere"


def test_band_and_strips_never_cut_the_volume(window: MainWindow) -> None:
    """In the least height that the window takes."""
    window.menus.training.trigger()
    window.view_model.open(full_case())
    for strip in (window.habits.restored, window.habits.notice):
        strip.show_text(
            "Something that must be read, and takes more than one line of the window in its least width. " * 2
        )
        strip.show()
    window.resize(683, 384)
    QApplication.processEvents()
    volume = window.panel.head.volume
    assert volume.height() >= volume.sizeHint().height()
