"""What is wrong with an entry: where, what, and what is accepted instead, as data to be worded later."""

from collections.abc import Mapping
from typing import NamedTuple


class Problem(NamedTuple):
    """``path`` names the field (``products.0.counts.cd3.of``), ``code`` the sentence, ``params`` what fills it."""

    path: str
    code: str
    params: Mapping[str, str] = {}


class Refused(Exception):  # noqa: N818  what happened, in the word of the contract
    """An input or a wish that is refused, with everything that is wrong about it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{problem.path}: {problem.code}" for problem in problems))
        self.problems = problems
