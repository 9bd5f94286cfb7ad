"""What follows from the case, always in sight: volume, cells given, verdict, findings."""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from dlicalc.domain.dose import Dose
from dlicalc.domain.eligibility import Status
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Finding, Severity
from dlicalc.gui.case_fields import label_of
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.dose_bar import DoseBar
from dlicalc.gui.findings_list import FindingsList
from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.text_grid import TextGrid
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.numbers import estimate_shown, millions, percent_shown, shown
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import (
    A_BAG,
    ABSENT,
    AND_MORE,
    BAG,
    BAG_LEFT,
    BAGS,
    BAR,
    CORRECT,
    CRITERIA_COUNT,
    EGFR,
    ELIGIBILITY,
    GIVEN,
    LIMITED,
    MISSING,
    NO_VOLUME,
    NO_VOLUME_READABLE,
    NOT_RELEASED,
    NOTHING,
    OF_TARGET,
    PER_KG,
    PERCENT,
    RELEASABLE,
    TO_REVIEW,
    VOLUME,
)

_VERDICT_SIGNS: Final = {
    Status.EXCLUDED: Sign.STOP,
    Status.NOT_EVALUABLE: Sign.EMPTY,
    Status.NOT_EXCLUDED: Sign.GOOD,
}
_HEADER: Final = ("format", "protocol")
_VOLUME_PATHS: Final = ("recipient.weight", "products", "infusion.dose_rule")
"""Where the entries stand that a volume needs."""
_NAMED: Final = 3
"""How many of the missing entries are named under an absent volume."""


def release_state(evaluation: Evaluation, words: Words, *, nothing_typed: bool) -> tuple[Sign, str]:
    """Whether the order may go out, as sign and words."""
    findings = evaluation.findings
    stops = sum(finding.blocks for finding in findings)
    reviews = sum(finding.severity is Severity.REVIEW for finding in findings)
    if nothing_typed:
        return Sign.EMPTY, words(NOTHING)
    if stops:
        return Sign.STOP, words(NOT_RELEASED, count=stops)
    return (Sign.REVIEW, words(TO_REVIEW, count=reviews)) if reviews else (Sign.GOOD, words(RELEASABLE))


def missing_for_volume(evaluation: Evaluation, words: Words) -> tuple[bool, list[str]]:
    """Why there is no volume: whether something is unreadable, and the entries concerned."""
    stops = [finding for finding in evaluation.findings if finding.blocks and finding.path.startswith(_VOLUME_PATHS)]
    unreadable = [finding for finding in stops if finding.code == "entry.unreadable"]
    names = [_name(finding, words) for finding in unreadable or stops if _blocks_volume(finding)]
    return bool(unreadable), list(dict.fromkeys(names))


def _blocks_volume(finding: Finding) -> bool:
    return finding.code.startswith(("entry.", "weight.", "counts.", "product.none", "product.volume", "product.w"))


def _name(finding: Finding, words: Words) -> str:
    return label_of(finding.path, words) or words(A_BAG)


def _nothing_typed(snapshot: Snapshot) -> bool:
    return not any(snapshot.document.get(section) for section in snapshot.document if section not in _HEADER)


def _scaled(label: QLabel, factor: float, *, bold: bool = False) -> QLabel:
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    label.setFont(font)
    return label


class VolumeHead(TextGrid):
    """The release state and the volume, in the largest type of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, line_gap=2)
        self.state = Strip(self)
        self._caption = QLabel(self)
        self.volume = _scaled(QLabel(self), 3.4, bold=True)
        self.detail = QLabel(self)
        self.detail.setWordWrap(True)
        self._caption.setContentsMargins(0, 8, 0, 0)
        for widget in (self.state, self._caption, self.volume, self.detail):
            self.add(widget)

    def show_evaluation(self, evaluation: Evaluation, words: Words, *, nothing_typed: bool) -> None:
        """Show volume and state of ``evaluation``."""
        self.state.show_state(*release_state(evaluation, words, nothing_typed=nothing_typed))
        self.check(self.state)
        self.say(self._caption, words(VOLUME))
        dose = evaluation.dose
        self.say(self.volume, "—" if dose is None else f"{shown(dose.ordered_volume)} mL")
        self.volume.setForegroundRole(
            QPalette.ColorRole.WindowText if evaluation.releasable else QPalette.ColorRole.PlaceholderText
        )
        spoken = words(NO_VOLUME) if dose is None else self.volume.text()
        self.volume.setAccessibleName(f"{words(VOLUME)}: {spoken}. {self.state.text()}")
        detail = self._absent(evaluation, words) if dose is None else self._limits(dose, words)
        self.say(self.detail, unbroken(detail))
        self.settle()

    @staticmethod
    def _limits(dose: Dose, words: Words) -> str:
        limited = words(LIMITED, limiting=dose.limiting, rule=dose.rule)
        per_kg = words.translate(PER_KG).format(volume=shown(dose.ml_per_kg))
        return f"{limited} · {per_kg}"

    @staticmethod
    def _absent(evaluation: Evaluation, words: Words) -> str:
        unreadable, names = missing_for_volume(evaluation, words)
        lead = words(CORRECT) if unreadable else words(MISSING)
        more = [words(AND_MORE, count=len(names) - _NAMED)] if len(names) > _NAMED else []
        state = words(NO_VOLUME_READABLE) if unreadable else words(NO_VOLUME)
        named = "; ".join([*names[:_NAMED], *more])
        return words.translate(ABSENT).format(state=state, lead=lead, named=named) if names else state


class CellsGiven(TextGrid):
    """For each kind of cell: given per kg of its target, per cent, and the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, stretch=1, gap=10, line_gap=3)
        self._heading = _scaled(QLabel(self), 1.0, bold=True)
        self.add(self._heading)
        self.lines: dict[str, tuple[QLabel, QLabel, QLabel, DoseBar]] = {}
        for cells in ("mnc", "cd3"):
            name, figure, percent, bar = QLabel(self), QLabel(self), QLabel(self), DoseBar(self)
            figure.setWordWrap(True)
            _scaled(percent, 1.15, bold=True)
            percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.add(name, figure, percent)
            self.add(bar)
            self.lines[cells] = name, figure, percent, bar

    def show_evaluation(self, evaluation: Evaluation, words: Words) -> None:
        """Show what the volume gives; without a volume the bars are empty."""
        self.say(self._heading, words(GIVEN))
        dose, targets = evaluation.dose, evaluation.protocol.targets
        self._show("mnc", dose and dose.mnc_per_kg, dose and dose.mnc_percent, targets.mnc_per_kg.value, words)
        self._show("cd3", dose and dose.cd3_per_kg, dose and dose.cd3_percent, targets.cd3_per_kg.value, words)
        self.settle()

    def _show(
        self, cells: str, per_kg: Fraction | None, percent: Fraction | None, target: Fraction, words: Words
    ) -> None:
        name, figure, share, bar = self.lines[cells]
        self.say(name, words.term(cells))
        given = "—" if per_kg is None else millions(per_kg)
        shown_percent = "—" if percent is None else percent_shown(percent)
        self.say(figure, unbroken(words.translate(OF_TARGET).format(given=given, target=millions(target))))
        self.say(share, "—" if percent is None else words.translate(PERCENT).format(percent=shown_percent))
        described = words.translate(BAR).format(cells=words.term(cells), percent=shown_percent)
        bar.show_percent(percent, described)


class BagLines(TextGrid):
    """What to take from each bag, in the order of giving."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, stretch=1, gap=10)
        self._heading = _scaled(QLabel(self), 1.0, bold=True)
        self.add(self._heading)
        self.lines: list[tuple[QLabel, QLabel, QLabel]] = []

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """One line per bag of the dose; nothing without a dose."""
        dose = snapshot.evaluation.dose
        orders = () if dose is None else dose.bags
        self.say(self._heading, words(BAGS))
        self.setVisible(bool(orders))
        while len(self.lines) < len(orders):
            self._add_line()
        for row, line in enumerate(self.lines):
            self.show_items(line, row < len(orders))
        for order, (name, number, volume) in zip(orders, self.lines, strict=False):
            product = snapshot.case.products[order.product]
            self.say(name, words.translate(BAG).format(number=order.product + 1))
            left = words.translate(BAG_LEFT).format(volume=shown(order.left))
            self.say(number, unbroken(f"{product.din or product.local_id or '—'} · {left}"))
            self.say(volume, f"{shown(order.volume)} mL")
        self.settle()

    def _add_line(self) -> None:
        name, number, volume = (QLabel(self) for _ in range(3))
        number.setWordWrap(True)
        number.setTextFormat(Qt.TextFormat.PlainText)
        _scaled(volume, 1.15, bold=True)
        volume.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.add(name, number, volume)
        self.lines.append((name, number, volume))


class ResultPanel(QWidget):
    """Head with the volume, which never scrolls away; beneath it the rest."""

    def __init__(self, view_model: CaseViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = VolumeHead(self)
        self.cells = CellsGiven(self)
        self.bags = BagLines(self)
        self.verdict = Strip(self)
        self.findings = FindingsList(view_model, self)
        rest = QWidget(self)
        below = QVBoxLayout(rest)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(9)
        for widget in (self.bags, self.cells, self.verdict):
            below.addWidget(widget)
        below.addWidget(self.findings, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(rest)
        # Where height is short, it is the rest that gives way; half a volume is worse than none.
        scroll.setMinimumHeight(self.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(9)
        layout.addWidget(self.head)
        layout.addWidget(scroll, 1)

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show everything that follows from the case."""
        evaluation = snapshot.evaluation
        self.head.show_evaluation(evaluation, words, nothing_typed=_nothing_typed(snapshot))
        self.bags.show_snapshot(snapshot, words)
        self.cells.show_evaluation(evaluation, words)
        self._show_verdict(evaluation, words)
        self.findings.show_findings(snapshot, words)

    def show_now(self) -> None:
        """Have it on the screen at once; what else follows from a key can wait until it is read."""
        if self.isVisible():
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self.head.volume.repaint()

    def _show_verdict(self, evaluation: Evaluation, words: Words) -> None:
        counts = [sum(verdict.status is status for verdict in evaluation.verdicts) for status in Status]
        passed, opened, excluded = counts
        status = evaluation.eligibility
        text = f"{words(ELIGIBILITY)}: {words.term(status.label)}"
        detail = words(CRITERIA_COUNT, excluded=excluded, open=opened, passed=passed)
        egfr = evaluation.renal.governing(evaluation.protocol.renal)
        estimate = "" if egfr is None else "\n" + words.translate(EGFR).format(value=estimate_shown(egfr))
        self.verdict.show_state(_VERDICT_SIGNS[status], f"{text} ({detail}){estimate}")

    def retranslate(self, words: Words) -> None:
        """Word what does not depend on the case."""
        self.findings.retranslate(words)
