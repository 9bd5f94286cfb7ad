"""The window's questions. Whatever is risky is never what Enter does."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QWidget,
)

from dlicalc.gui.about_dialog import AboutDialog
from dlicalc.gui.answers import Answer, Decision, Leaving
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.decision_dialog import DecisionDialog
from dlicalc.gui.draft_offer import DraftOffer
from dlicalc.gui.mnemonic import plain
from dlicalc.gui.records_questions import RecordsQuestions
from dlicalc.gui.save_path import path_to_save
from dlicalc.gui.signs import Sign, sign_pixmap
from dlicalc.services.drafts import Draft
from dlicalc.services.manual_place import Place
from dlicalc.services.order_state import OrderState
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words, check, given
from dlicalc.services.wording.order_page import PRINT, PRINT_SCALED, SCALED, SCALED_ASK
from dlicalc.services.wording.safe_habits import DISCARD, DISCARD_ASK
from dlicalc.services.wording.window import (
    AND_MORE,
    BACK,
    BLOCKED,
    BLOCKED_LEAD,
    CANCEL,
    CASE_FILES,
    CLOSE,
    DRAFT_LEAD,
    GIVE_UP,
    OPEN,
    ORDER,
    PDF_FILES,
    REFUSED,
    SAVE_AS,
    SAVE_CHANGES,
    SAVE_DRAFT,
    UNSAVED,
    UNSAVED_ASK,
)

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from dlicalc.gui.check_dialog import Compare
    from dlicalc.gui.day_dialogs import CopyWanted
    from dlicalc.gui.order_dialogs import Voiding, Weighed
    from dlicalc.gui.printing import Fit
    from dlicalc.services.given_desk import GivenDesk
    from dlicalc.services.records import Entry

_MOST_OF_IT = 0.92
"""Share of the window that the second person's dialog takes up."""
_SHOWN = 12
"""Sentences listed in a question before the rest is only counted."""


Explain = Callable[[QWidget, Place], None]
"""Lets F1 in a dialog open the manual, at a place of it where the dialog has no entry."""


def unexplained(_dialog: QWidget, _place: Place) -> None:
    """There is no manual."""


class Dialogs(RecordsQuestions):
    """Asks on behalf of ``parent``; tests put another in its place."""

    def __init__(self, parent: QWidget, explain: Explain = unexplained) -> None:
        self._parent = parent
        self._explain = explain

    def open_path(self, words: Words) -> str:
        """The case file to open; empty if none."""
        return QFileDialog.getOpenFileName(self._parent, plain(words(OPEN)), "", words(CASE_FILES))[0]

    def save_path(self, words: Words, suggested: str) -> str:
        """Where to save the case; empty if nowhere."""
        return path_to_save(self._parent, words(SAVE_AS), suggested, words(CASE_FILES), ".json")

    def order_path(self, words: Words, suggested: str) -> str:
        """Where to save the order; empty if nowhere."""
        return path_to_save(self._parent, words(ORDER), suggested, words(PDF_FILES), ".pdf")

    def help_path(self, words: Words, title: str, suggested: str) -> str:
        """Where to save a sheet that belongs to the manual; empty if nowhere."""
        return path_to_save(self._parent, title, suggested, words(PDF_FILES), ".pdf")

    def leave(self, words: Words) -> Leaving:
        """What to do with changes that are not saved."""
        box = self._box(Sign.REVIEW, words(UNSAVED), words(UNSAVED_ASK))
        save = box.addButton(words(SAVE_CHANGES), QMessageBox.ButtonRole.AcceptRole)
        give_up = box.addButton(words(GIVE_UP), QMessageBox.ButtonRole.DestructiveRole)
        _safe(box, box.addButton(words(CANCEL), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        clicked = box.clickedButton()
        return Leaving.SAVE if clicked is save else Leaving.GIVE_UP if clicked is give_up else Leaving.STAY

    def leftovers(self, words: Words, drafts: Sequence[Draft]) -> Answer:
        """What becomes of autosaved drafts."""
        offer = DraftOffer(words, drafts, self._parent)
        offer.exec()
        return offer.answer()

    def discard(self, words: Words, line: str) -> bool:
        """Whether an autosaved draft really goes."""
        box = self._box(Sign.REVIEW, words(DISCARD_ASK), line)
        discard = box.addButton(words(DISCARD), QMessageBox.ButtonRole.DestructiveRole)
        _safe(box, box.addButton(words(CANCEL), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is discard

    def draft(self, words: Words, stops: Sequence[str]) -> bool:
        """Explain the stops; whether a DRAFT is wanted all the same."""
        box = self._box(
            Sign.STOP, words(BLOCKED), f"{words(BLOCKED_LEAD)}\n{_listed(words, stops)}\n\n{words(DRAFT_LEAD)}"
        )
        draft = box.addButton(words(SAVE_DRAFT), QMessageBox.ButtonRole.ActionRole)
        _safe(box, box.addButton(words(BACK), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is draft

    def refused(self, words: Words, problems: Sequence[str], lead: str = REFUSED) -> None:
        """Say why a file was not read or written."""
        box = self._box(Sign.STOP, words(lead), _listed(words, problems))
        _safe(box, box.addButton(words(CLOSE), QMessageBox.ButtonRole.RejectRole))
        box.exec()

    def printer(self, words: Words, paper: str) -> "QPrinter | None":
        """The printer for an order on ``paper``; ``None`` if none is chosen; raises ``NotPrinted`` if there is none."""
        from dlicalc.gui.printing import choose_printer  # noqa: PLC0415  QtPrintSupport, only now

        return choose_printer(self._parent, paper, plain(words(PRINT)))

    def print_scaled(self, words: Words, fit: "Fit") -> bool:
        """Whether an order that the printer's margins would cut is to be printed smaller."""
        cut = words.translate(SCALED).format(cut=f"{fit.cut:.1f}")
        ask = words.translate(SCALED_ASK).format(percent=f"{fit.scale * 100:.0f}")
        box = self._box(Sign.REVIEW, cut, ask)
        smaller = box.addButton(words(PRINT_SCALED), QMessageBox.ButtonRole.AcceptRole)
        _safe(box, box.addButton(words(CANCEL), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is smaller

    def decision(self, words: Words, sentence: str) -> Decision | None:
        """Who decides the stop ``sentence``, and why."""
        dialog = DecisionDialog(words, sentence, self._parent)
        self._explain(dialog, Place("eligibility", "decisions"))
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.decision() if accepted else None

    def prepare(self, words: Words) -> str:
        """Who prepares the order; empty if nobody does."""
        from dlicalc.gui.order_dialogs import PrepareDialog  # noqa: PLC0415  few windows come to it

        dialog = PrepareDialog(words, self._parent)
        self._explain(dialog, Place("order", "prepared"))
        return dialog.name.text() if dialog.exec() == QDialog.DialogCode.Accepted else ""

    def void(self, words: Words, number: str) -> "Voiding | None":
        """Who withdraws the order, and why."""
        from dlicalc.gui.order_dialogs import VoidDialog  # noqa: PLC0415  few windows come to it

        dialog = VoidDialog(words, number, self._parent)
        self._explain(dialog, Place("order", "void"))
        return dialog.voiding() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def supersede(self, words: Words, number: str) -> "Voiding | None":
        """Who supersedes a recorded order, and why."""
        from dlicalc.gui.day_dialogs import SupersedeDialog  # noqa: PLC0415  few windows come to it

        dialog = SupersedeDialog(words, number, self._parent)
        return dialog.voiding() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def copy_wanted(self, words: Words, number: str) -> "CopyWanted | None":
        """Who wants a copy of a recorded order, and in which language."""
        from dlicalc.gui.day_dialogs import CopyDialog  # noqa: PLC0415  few windows come to it

        dialog = CopyDialog(words, number, self._parent)
        return dialog.wanted() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def weigh_again(self, words: Words, model: CaseViewModel) -> "Weighed | None":
        """Another weight, entered into ``model``."""
        from dlicalc.gui.order_dialogs import WeighDialog  # noqa: PLC0415  few windows come to it

        dialog = WeighDialog(words, model, self._parent)
        self._explain(dialog, Place("order", "superseded"))
        return dialog.weighed() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def second_check(self, words: Words, model: CaseViewModel, compare: "Compare") -> str:
        """Let a second person enter everything into ``model``; returns the entry that they left for, if any."""
        from dlicalc.gui.check_dialog import CheckDialog  # noqa: PLC0415  few windows come to it

        dialog = CheckDialog(words, model, compare, self._parent)
        self._explain(dialog, Place("order", "checked"))
        dialog.resize(self._parent.size() * _MOST_OF_IT)
        dialog.exec()
        return dialog.go_to

    def duplicate(self, words: Words, others: Sequence[str]) -> bool:
        """Whether one more order is wanted for a recipient who has others for that day."""
        asked = f"{_listed(words, others)}\n\n{words(check.DUPLICATE_ASK)}"
        box = self._box(Sign.STOP, words(check.DUPLICATE), asked)
        prepare = box.addButton(words(check.DUPLICATE_DO), QMessageBox.ButtonRole.AcceptRole)
        _safe(box, box.addButton(words(CANCEL), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is prepare

    def passphrase(self, words: Words, *, wrong: bool) -> str | None:
        """The passphrase of the records; ``None`` if they are to stay locked. ``wrong``: the last one was."""
        from dlicalc.gui.order_dialogs import PassphraseDialog  # noqa: PLC0415  few sites lock their records

        dialog = PassphraseDialog(words, self._parent, wrong=wrong)
        return dialog.text() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def after_infusion(self, words: Words, desk: "GivenDesk", number: str) -> "Entry | None":
        """What was recorded as given of the order ``number``, or of another; ``None`` if nothing was."""
        from dlicalc.gui.given_dialog import GivenDialog  # noqa: PLC0415  few windows come to it

        dialog = GivenDialog(words, desk, lambda: self._leave_given(words), number, self._parent)
        dialog.exec()
        return dialog.entry

    def _leave_given(self, words: Words) -> bool:
        """Whether what was given and is not recorded may be lost."""
        box = self._box(Sign.REVIEW, words(given.LEAVE), words(given.LEAVE_ASK))
        leave = box.addButton(words(given.LEAVE_DO), QMessageBox.ButtonRole.DestructiveRole)
        _safe(box, box.addButton(words(CANCEL), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is leave

    def reprint(self, words: Words, order: OrderState, original: str) -> bool:
        """Whether a copy of an order is wanted whose original is of the moment ``original``."""
        box = self._box(
            Sign.REVIEW,
            words(check.REPRINT, copy=order.copy, number=order.number),
            words(check.REPRINT_ASK, moment=original),
        )
        make = box.addButton(words(check.REPRINT_DO, copy=order.copy), QMessageBox.ButtonRole.AcceptRole)
        _safe(box, box.addButton(words(CANCEL), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is make

    def tell(self, words: Words, sign: Sign, text: str) -> None:
        """Say what came of something."""
        box = self._box(sign, text, "")
        _safe(box, box.addButton(words(CLOSE), QMessageBox.ButtonRole.RejectRole))
        box.exec()

    def about(self, words: Words, fields: Sequence[Field]) -> None:
        """Show version, protocol and the rest."""
        AboutDialog(words, fields, self._parent).exec()

    def _box(self, sign: Sign, text: str, detail: str) -> QMessageBox:
        box = QMessageBox(self._parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("dlicalc")
        box.setText(text)
        box.setInformativeText(detail)
        shape, mark = QColor(sign.value.ground), QColor(sign.value.ink)
        box.setIconPixmap(sign_pixmap(sign, 36, self._parent.devicePixelRatioF(), shape, mark))
        return box


def _safe(box: QMessageBox, button: QPushButton) -> None:
    box.setDefaultButton(button)
    box.setEscapeButton(button)


def _listed(words: Words, sentences: Sequence[str]) -> str:
    more = [words(AND_MORE, count=len(sentences) - _SHOWN)] if len(sentences) > _SHOWN else []
    return "\n".join(f"• {sentence}" for sentence in [*sentences[:_SHOWN], *more])
