"""Both doses over the mL given, bag after bag, as exact numbers that a picture can be drawn from and read out of.

Of each bag the curve has what can be measured out of it: the volume that can be given, rounded down to its measuring
step. So the curve at the ordered volume is the dose that the order gives, to the last digit.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from dlicalc.domain.dose import Dose
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.quantity import per_cent, round_down

WHOLE: Final = Fraction(100)
_BEYOND_ORDERED: Final = Fraction(5, 4)
_BEYOND_TARGET: Final = Fraction(120)
"""Per cent of its target up to which the slower dose is followed."""
_LONGEST: Final = 3
"""How many times the volume that reaches the first target the picture shows at most."""
_LEAST_TOP: Final = Fraction(150)
_MOST_TOP: Final = Fraction(200)
_OVER_ORDERED: Final = Fraction(11, 10)
_MOST_TICKS: Final = 8
_TOP_STEP: Final = Fraction(50)


class Stretch(NamedTuple):
    """The part of the curve that one bag gives: from and to which mL, and the rise of each dose per mL."""

    bag: int
    start: Fraction
    end: Fraction
    mnc_rise: Fraction
    cd3_rise: Fraction


class Point(NamedTuple):
    """Both doses at a volume, in per cent of their targets."""

    volume: Fraction
    mnc: Fraction
    cd3: Fraction


class Readout(NamedTuple):
    """What a volume would give; ``bag`` is the one that its last drop comes from."""

    volume: Fraction
    mnc_percent: Fraction
    cd3_percent: Fraction
    cd3_per_kg: Fraction
    bag: int


class Scale(NamedTuple):
    """What of the curve a picture shows: up to which mL and per cent, and the distance of the marks on each axis."""

    end: Fraction
    top: Fraction
    volume_tick: Fraction
    percent_tick: Fraction


class DoseCurve(NamedTuple):
    """The doses over the volume; ``ceiling`` is that of CD3⁺ in per cent of its target, ``held`` all mL of the bags."""

    stretches: tuple[Stretch, ...]
    points: tuple[Point, ...]
    ordered: Fraction
    held: Fraction
    ceiling: Fraction
    cd3_target: Fraction
    step_for: Callable[[Fraction], Fraction]

    @property
    def total(self) -> Fraction:
        """All mL that can be measured out of the bags."""
        return self.points[-1].volume

    @property
    def boundaries(self) -> tuple[Fraction, ...]:
        """The mL at which one bag is empty and the next begins."""
        return tuple(stretch.end for stretch in self.stretches[:-1])

    def readout(self, volume: Fraction) -> Readout:
        """What ``volume`` gives, which the bags hold."""
        stretch = next((one for one in self.stretches if one.start < one.end >= volume), self.stretches[0])
        before = next(point for point in self.points if point.volume == stretch.start)
        into = volume - stretch.start
        mnc, cd3 = before.mnc + into * stretch.mnc_rise, before.cd3 + into * stretch.cd3_rise
        return Readout(volume, mnc, cd3, cd3 * self.cd3_target / WHOLE, stretch.bag)

    def moved(self, volume: Fraction, steps: int) -> Fraction:
        """The volume so many measuring steps further; one step never passes over the ordered volume or a bag's end."""
        step = self.step_for(volume)
        goal = min(max(volume + steps * step, Fraction(0)), self.total)
        if goal < self.total:
            goal = round_down(goal, step) if steps > 0 else _round_up(goal, step)
        passed = [stop for stop in self._stops() if min(volume, goal) < stop < max(volume, goal)]
        if abs(steps) > 1 or not passed:
            return goal
        return min(passed) if steps > 0 else max(passed)

    def nearest(self, volume: Fraction, reach: Fraction) -> Fraction:
        """The measurable volume nearest to ``volume``; the ordered one or a bag's end if one is within ``reach``."""
        near = [stop for stop in self._stops() if abs(stop - volume) <= reach]
        if near:
            return min(near, key=lambda stop: abs(stop - volume))
        inside = min(max(volume, Fraction(0)), self.total)
        step = self.step_for(inside)
        return min(round_down(inside + step / 2, step), self.total)

    def _stops(self) -> tuple[Fraction, ...]:
        return (self.ordered, *self.boundaries, self.total)

    def volume_at(self, cells: str, percent: Fraction) -> Fraction | None:
        """The mL at which the dose of ``cells`` is ``percent`` of its target; ``None`` if the bags do not hold it."""
        for before, after in pairwise(self.points):
            low, high = getattr(before, cells), getattr(after, cells)
            if low < percent <= high:
                share: Fraction = (percent - low) / (high - low)
                return before.volume + share * (after.volume - before.volume)
        return None

    def scale(self, *, whole: bool = False) -> Scale:
        """The part around targets and order, or with ``whole`` all that the bags hold."""
        end = self.total if whole else self._end()
        tick = _tick(end or Fraction(1))
        end = _round_up(end or tick, tick)
        at_end, ordered = self.readout(min(end, self.total)), self.readout(self.ordered)
        highest = max(at_end.mnc_percent, at_end.cd3_percent)
        needed = max(ordered.mnc_percent, ordered.cd3_percent) * _OVER_ORDERED
        top = highest if whole else max(min(highest, _MOST_TOP), needed)
        top = _round_up(max(top, _LEAST_TOP), _TOP_STEP)
        return Scale(end, top, tick, max(_TOP_STEP, _tick(top)))

    def _end(self) -> Fraction:
        """The mL up to which the picture is of use."""
        reached = [self.volume_at(cells, WHOLE) for cells in ("mnc", "cd3")]
        beyond = [self.volume_at(cells, _BEYOND_TARGET) for cells in ("mnc", "cd3")]
        first = min((volume for volume in reached if volume is not None), default=None)
        if first is None:
            return self.total
        slower = max(self.total if volume is None else volume for volume in beyond)
        return min(self.total, max(self.ordered * _BEYOND_ORDERED, min(slower, first * _LONGEST)))


def dose_curve(dose: Dose, protocol: Protocol) -> DoseCurve:
    """The curve of the bags that ``dose`` is computed from."""
    step_for = protocol.dose.step_for
    held = [order.volume + order.left for order in dose.bags]
    ends = list(accumulate(round_down(volume, step_for(volume)) for volume in held))
    stretches = tuple(
        Stretch(
            order.product + 1,
            start,
            end,
            per_cent(order.cells.mnc, dose.mnc_needed),
            per_cent(order.cells.cd3, dose.cd3_needed),
        )
        for order, start, end in zip(dose.bags, [Fraction(0), *ends], ends, strict=False)
    )
    target = protocol.targets.cd3_per_kg.value
    ceiling = per_cent(protocol.dose.cd3_ceiling_per_kg.value, target)
    points = tuple(_points(stretches))
    return DoseCurve(stretches, points, dose.ordered_volume, sum(held, Fraction(0)), ceiling, target, step_for)


def _points(stretches: Iterable[Stretch]) -> Iterable[Point]:
    """The corners of the curve."""
    point = Point(Fraction(0), Fraction(0), Fraction(0))
    yield point
    for stretch in stretches:
        length = stretch.end - stretch.start
        point = Point(stretch.end, point.mnc + length * stretch.mnc_rise, point.cd3 + length * stretch.cd3_rise)
        yield point


def _round_up(value: Fraction, step: Fraction) -> Fraction:
    down = round_down(value, step)
    return down if down == value else down + step


def _tick(length: Fraction) -> Fraction:
    """A round distance, 1, 2 or 5 times a power of ten, that divides ``length`` into few parts."""
    tick = Fraction(1, 1000)
    while True:
        for times in (1, 2, 5):
            if tick * times * _MOST_TICKS >= length:
                return tick * times
        tick *= 10
