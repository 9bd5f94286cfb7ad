"""A part is done again exactly when what it rests on is another object; what it gives is then what it gives afresh."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dlicalc.domain.recall import AFRESH, Recall


class Counter:
    """A function that tells how often it was called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, *given: object) -> tuple[object, ...]:
        self.calls += 1
        return given


def test_the_same_objects_are_not_asked_twice() -> None:
    recall, count = Recall(), Counter()
    entry = object()
    assert recall(count, entry, None) == recall(count, entry, None) == (entry, None)
    assert count.calls == 1


def test_other_objects_are_asked_about_though_they_are_equal() -> None:
    # 1.0 and 1.00 are the same number and different words.
    recall, count = Recall(), Counter()
    recall(count, ["1.0"])
    recall(count, ["1.0"])
    assert count.calls == 2


def test_a_day_is_the_same_day_whatever_object_says_it() -> None:
    recall, count = Recall(), Counter()
    recall(count, date(2026, 11, 18))
    recall(count, date(2026, 11, 18))
    assert count.calls == 1
    recall(count, date(2026, 11, 19))
    assert count.calls == 2


def test_moments_are_not_days() -> None:
    recall, count = Recall(), Counter()
    recall(count, datetime(2026, 11, 18, 8, 0))
    recall(count, datetime(2026, 11, 18, 8, 0))
    assert count.calls == 2


def test_places_are_kept_apart_and_only_the_last_call_is_known() -> None:
    recall, count = Recall(), Counter()
    one, other = object(), object()
    recall(count, one, place=0)
    recall(count, other, place=1)
    assert recall(count, one, place=0) == (one,)
    assert count.calls == 2
    recall(count, other, place=0)
    recall(count, one, place=0)
    assert count.calls == 4


@pytest.mark.parametrize("times", [1, 2])
def test_afresh_remembers_nothing(times: int) -> None:
    count, entry = Counter(), object()
    for _ in range(times):
        assert AFRESH(count, entry, place=3) == (entry,)
    assert count.calls == times
