"""Guardrails: a value outside absolute bounds is a stop, outside recommended ones a review."""

from decimal import Decimal
from fractions import Fraction

from dlicalc.domain.entered import Measured
from dlicalc.domain.finding import Finding, Param, Severity
from dlicalc.domain.protocol import Bounds, Guardrail, Plausibility
from dlicalc.domain.quantity import Number, exact


class Guard:
    """Collects the findings of many values against one set of guardrails.

    Paths are given as they continue ``within``, the path that all of them begin with.
    """

    def __init__(self, guardrails: Plausibility, within: str = "") -> None:
        self._guardrails = guardrails
        self._within = within
        self.findings: list[Finding] = []

    def check(
        self, name: str, amount: Decimal, path: str, entered: Measured | Number | str, unit: str | None = None
    ) -> None:
        """Hold a typed ``amount``, in the guardrail's own unit, against the guardrail ``name``.

        ``unit`` is the one that stands beside ``entered`` if that is a bare number.
        """
        guardrail = self._guardrails[name]
        low, high = guardrail.recommended
        if not low <= amount <= high:
            typed = _as_typed(entered)
            self._add(name, guardrail, exact(amount), path, typed if unit is None else f"{typed} {unit}")

    def check_computed(self, name: str, amount: Fraction, path: str) -> None:
        """Hold a computed ``amount``, in the guardrail's own unit, against the guardrail ``name``."""
        self.check_quotient(name, *amount.as_integer_ratio(), path)

    def check_quotient(self, name: str, part: int, whole: int, path: str) -> None:
        """Hold ``part`` / ``whole`` against the guardrail ``name``; a fraction is made of it only for a finding."""
        guardrail = self._guardrails[name]
        if not guardrail.exactly_recommended.hold(part, whole):
            self._add(name, guardrail, Fraction(part, whole), path, "")

    def _add(self, name: str, guardrail: Guardrail, amount: Fraction, path: str, entered: str) -> None:
        impossible = not guardrail.exactly_absolute.hold(*amount.as_integer_ratio())
        bounds: Bounds = guardrail.exactly_absolute if impossible else guardrail.exactly_recommended
        slip = guardrail.slip_below if amount < bounds.low else guardrail.slip_above
        if amount == 0:  # nothing was measured, or nothing typed but a zero: no slip of units
            slip = None
        params: dict[str, Param] = {
            "guardrail": name, "amount": amount, "low": bounds.low, "high": bounds.high, "unit": guardrail.unit,
            "slip": slip or "", "entered": entered,
        }  # fmt: skip
        code = f"{name.replace('_', '-')}.{'out-of-bounds' if impossible else 'unusual'}"
        severity = Severity.STOP if impossible else Severity.REVIEW
        self.findings.append(Finding(code, severity, f"{self._within}{path}", params))


def _as_typed(entered: Measured | Number | str) -> str:
    if isinstance(entered, Measured):
        return entered.as_entered
    return entered if isinstance(entered, str) else entered.text
