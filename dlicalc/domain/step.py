"""One line of the worked arithmetic, as data: a reader can redo the sum from it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from dlicalc.domain.finding import Param


class Step(NamedTuple):
    """``code`` names the sentence, ``params`` its operands, ``result`` the exact outcome in ``unit``."""

    code: str
    params: Mapping[str, Param]
    result: Fraction
    unit: str
