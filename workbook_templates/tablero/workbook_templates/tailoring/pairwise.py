"""Weights by comparing in pairs: the analytic hierarchy process (AHP) of Saaty."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.validation.nearest import nearest

LEAST, MOST = 1.0, 9.0
LIMIT: Final = 0.10
"""The consistency ratio up to which judgements are consistent enough (Saaty 1980)."""

# Mean consistency index of judgements made at random, for 1, 2, 3 … items (Saaty 1980, p. 21).
_RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45)

MOST_ITEMS: Final = len(_RANDOM_INDEX)
"""Nobody holds more than seven, plus or minus two, in mind at once (Saaty and Ozdemir 2003)."""


@dataclass(frozen=True)
class Judgement:
    """How many times as much the first matters as the second; below 1 the second matters more."""

    first: str
    second: str
    value: float

    @property
    def turned(self) -> Judgement:
        """The same, said of the second."""
        return Judgement(self.second, self.first, 1 / self.value)

    @property
    def upright(self) -> Judgement:
        """The same with what matters more first, as people say it."""
        return self if self.value >= 1 else self.turned

    def means(self, other: Judgement) -> bool:
        """Whether another one of the same pair says the same."""
        same = other if other.first == self.first else other.turned
        return math.isclose(self.value, same.value)


@dataclass(frozen=True)
class Comparison:
    r"""Every pair of some items judged once.

    With the judgements as a reciprocal matrix :math:`a_{ij} = 1 / a_{ji}`, the priorities are the
    principal eigenvector :math:`A w = \lambda_{max} w`, scaled to the sum 1. The consistency
    index is :math:`(\lambda_{max} - n) / (n - 1)`; its ratio to that of random judgements should
    not exceed 0.10.

    References
    ----------
    Saaty, T. L. (1980), *The Analytic Hierarchy Process*, McGraw-Hill; Saaty, T. L. (2008),
    "Decision making with the analytic hierarchy process", *Int. J. Services Sciences* 1 (1),
    83-98.

    Examples
    --------
    >>> made = compare("abc", [Judgement("a", "b", 2), Judgement("b", "c", 2),
    ...                        Judgement("a", "c", 4)])
    >>> [round(share, 3) for share in made.priorities], round(made.ratio, 6)
    ([0.571, 0.286, 0.143], 0.0)
    """

    items: tuple[str, ...]
    judgements: tuple[Judgement, ...]

    @cached_property
    def matrix(self) -> NDArray[np.float64]:
        """The judgements, one row and one column an item."""
        place = {item: number for number, item in enumerate(self.items)}
        matrix = np.ones((len(self.items), len(self.items)))
        for one in self.judgements:
            row, column = place[one.first], place[one.second]
            matrix[row, column], matrix[column, row] = one.value, 1 / one.value
        return matrix

    @cached_property
    def _principal(self) -> tuple[float, NDArray[np.float64]]:
        """The largest eigenvalue, which is real for positive matrices, and its vector."""
        values, vectors = np.linalg.eig(self.matrix)
        largest = int(np.argmax(values.real))
        vector = np.abs(vectors[:, largest].real)
        return float(values[largest].real), vector / vector.sum()

    @property
    def priorities(self) -> tuple[float, ...]:
        """The weights of the items; they sum to 1."""
        return tuple(float(share) for share in self._principal[1])

    @property
    def index(self) -> float:
        """The consistency index: 0 where no judgement contradicts another."""
        count = len(self.items)
        return max(0.0, (self._principal[0] - count) / (count - 1)) if count > 1 else 0.0

    @property
    def ratio(self) -> float:
        """The consistency ratio: the index as a share of that of random judgements."""
        random = _RANDOM_INDEX[len(self.items) - 1]
        return self.index / random if random else 0.0

    @property
    def is_consistent(self) -> bool:
        """Whether the ratio is small enough."""
        return self.ratio <= LIMIT

    @property
    def most_contradicting(self) -> Judgement:
        r"""The judgement that differs most from what all together say, as people say it.

        It is the one with the largest :math:`|\ln(a_{ij} w_j / w_i)|` among those for which the
        scale has a value that agrees better.
        """
        movable = [one for one in self.judgements if not self.agreeing(one).means(one)]
        return max(movable or self.judgements, key=self._deviation).upright

    def agreeing(self, judgement: Judgement) -> Judgement:
        """What the others together say of the pair, in whole numbers of the scale."""
        weight = dict(zip(self.items, self.priorities, strict=True))
        value = weight[judgement.first] / weight[judgement.second]
        upright = Judgement(judgement.first, judgement.second, value).upright
        whole = float(min(max(round(upright.value), LEAST), MOST))
        return Judgement(upright.first, upright.second, whole)

    def _deviation(self, judgement: Judgement) -> float:
        weight = dict(zip(self.items, self.priorities, strict=True))
        said = weight[judgement.first] / weight[judgement.second]
        return abs(math.log(judgement.value / said))


def compare(items: Sequence[str], judgements: Sequence[Judgement]) -> Comparison:
    """Put judgements together, if each pair is judged once.

    Raises
    ------
    ProblemsError
        There are fewer than two items or more than nine, a judgement is of something else or of
        a thing with itself, its value is not from 1 to 9 in either direction, two judgements of
        one pair differ, or pairs are missing. All that is wrong is told.
    """
    names = tuple(items)
    problems = tuple(_problems(names, judgements))
    if problems:
        raise ProblemsError(problems)
    once = {frozenset((one.first, one.second)): one for one in judgements}
    return Comparison(names, tuple(once.values()))


def pairs(items: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The pairs to judge, in the order in which they are asked.

    >>> pairs(["a", "b", "c"])
    (('a', 'b'), ('a', 'c'), ('b', 'c'))
    """
    return tuple(combinations(items, 2))


def unknown(code: str, name: str, known: Sequence[str]) -> Problem:
    """A name that nothing bears, with the one that was probably meant."""
    similar = nearest(name, known)
    if similar:
        return Problem(f"{code}_similar", values={"name": name, "suggestion": similar})
    return Problem(code, values={"name": name, "known": ", ".join(known)})


def _problems(items: tuple[str, ...], judgements: Sequence[Judgement]) -> Iterator[Problem]:
    if not 1 < len(items) <= MOST_ITEMS:
        code = "pairwise_alone" if len(items) <= 1 else "pairwise_many"
        yield Problem(code, values={"items": ", ".join(items), "most": MOST_ITEMS})
        return
    wrong = [problem for one in judgements for problem in _wrong(items, one)]
    yield from wrong
    yield from _repeated(judgements)
    if not wrong:
        yield from _missing(items, judgements)


def _wrong(items: tuple[str, ...], one: Judgement) -> Iterator[Problem]:
    for name in dict.fromkeys((one.first, one.second)):
        if name not in items:
            yield unknown("weighing_unknown", name, items)
    if one.first == one.second:
        yield Problem("pairwise_itself", values={"name": one.first})
    upright = one.upright if one.value > 0 else one
    if not LEAST <= upright.value <= MOST * (1 + 1e-9):
        told = {"pair": f"{one.first}>{one.second}", "value": f"{one.value:g}"}
        yield Problem("pairwise_value", values=told)


def _repeated(judgements: Sequence[Judgement]) -> Iterator[Problem]:
    seen: dict[frozenset[str], Judgement] = {}
    for one in judgements:
        former = seen.setdefault(frozenset((one.first, one.second)), one)
        if one.value > 0 < former.value and not one.means(former):
            yield Problem("pairwise_twice", values={"first": spelt(former), "second": spelt(one)})


def _missing(items: tuple[str, ...], judgements: Sequence[Judgement]) -> Iterator[Problem]:
    judged = {frozenset((one.first, one.second)) for one in judgements}
    missing = [pair for pair in pairs(items) if frozenset(pair) not in judged]
    if missing:
        told: dict[str, Any] = {
            "pairs": ", ".join(f"{first} - {second}" for first, second in missing),
            "example": f"{missing[0][0]}>{missing[0][1]}:3",
        }
        yield Problem("pairwise_missing", values=told)


def spelt(judgement: Judgement) -> str:
    """A judgement as it is typed.

    >>> spelt(Judgement("a", "b", 0.2)), spelt(Judgement("a", "b", 1))
    ('b>a:5', 'a=b')
    """
    upright = judgement.upright
    if math.isclose(upright.value, 1):
        return f"{upright.first}={upright.second}"
    return f"{upright.first}>{upright.second}:{upright.value:g}"
