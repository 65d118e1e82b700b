"""What an objective comes to at the end of its period, and what of it goes on in the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from tablero.workbook_templates.change_log import now, user
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.okrs.layout import key_result_key, okr_key
from tablero.workbook_templates.okrs.parts import KeyResult, Okr
from tablero.workbook_templates.okrs.scoring import KeyResultScore, OkrScore, OkrScores, Span
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Change
from tablero.workbook_templates.replacing import Version

_ENDING = re.compile(r"_q[1-4]$")
_LONGEST_ID = 60
_DIGITS = 6


def graded(reading: Reading, code: str) -> tuple[OkrScore, ...]:
    """The objectives of a quarter or of the year, on its last day."""
    company = reading.definition.company
    span = Span.of(Calendar(company.year, company.fiscal_start_month), code)
    scores = OkrScores(reading.definition, reading.figures, reading.records.check_ins, span.last)
    return tuple(one for one in scores.okrs if one.okr.period == code)


def is_closed(reading: Reading, code: str) -> bool:
    """Whether a quarter's grades stand in the change log."""
    return any(one.action == "roll" and one.month == code for one in reading.records.changes)


def is_open(score: KeyResultScore) -> bool:
    """Whether a key result is not reached, or nothing is known of it."""
    return score.progress is None or score.progress < 1


def carried(
    scores: Sequence[OkrScore], following: str, definition: Definition, taken: Collection[str] = ()
) -> tuple[Okr, ...]:
    """The objectives that go on: those with a key result that is not reached.

    Such a key result starts where it stands, with the same target; what follows a total of the
    period, which begins at nothing each time, keeps its start. The weights of those that go on
    are spread to 100 %.

    Parameters
    ----------
    scores
        The objectives on the last day of their period.
    following
        The quarter in which they go on: ``2027-Q1``.
    definition
        What they follow.
    taken
        Ids that the workbook of the following quarter has already.
    """
    return tuple(_Carrier(following, _totals(definition), set(taken)).okrs(scores))


def renamed(scores: Sequence[OkrScore], okrs: Sequence[Okr]) -> Mapping[str, str]:
    """By the key of a row that goes on, that of its row in the next quarter."""
    going = [score for score in scores if any(map(is_open, score.key_results))]
    pairs: dict[str, str] = {}
    for score, okr in zip(going, okrs, strict=True):
        pairs[okr_key(score.okr)] = okr_key(okr)
        former = [one.key_result for one in score.key_results if is_open(one)]
        for one, other in zip(former, okr.key_results, strict=True):
            pairs[key_result_key(one)] = key_result_key(other)
    return pairs


def grades(
    version: Version, scores: Sequence[OkrScore], named: Callable[[Okr | KeyResult], str]
) -> Iterator[Change]:
    """The grades for the log: of each objective, and of each of its key results."""
    when, who = now(), user()
    for score in scores:
        lines = [(named(score.okr), score.score)]
        lines += [(named(one.key_result), one.progress) for one in score.key_results]
        for name, grade in lines:
            yield Change(
                when=when, who=who, action="roll", month=score.okr.period, input=name, new=grade,
                source=version.path.name, digest=version.digest,
            )  # fmt: skip


def _totals(definition: Definition) -> frozenset[str]:
    """The inputs, and the KPIs made of one alone, that are a total of the period's months."""
    inputs = {one.id for one in definition.inputs if one.aggregation == "T"}
    kpis = {f"kpi:{kpi.id}" for kpi in definition.kpis() if kpi.formula.strip() in inputs}
    return frozenset(inputs | kpis)


class _Carrier:
    """Carries objectives into a quarter."""

    def __init__(self, following: str, totals: frozenset[str], taken: set[str]) -> None:
        self._following = following
        self._totals = totals
        self._taken = taken

    def okrs(self, scores: Sequence[OkrScore]) -> Iterator[Okr]:
        for score in scores:
            going = [one for one in score.key_results if is_open(one)]
            if not going:
                continue
            total = sum(one.key_result.weight for one in going)
            weights = [one.key_result.weight / total if total else 1 / len(going) for one in going]
            parts = tuple(map(self._key_result, going, weights))
            number = self._new_id(score.okr.id)
            told = {"id": number, "period": self._following, "key_results": parts}
            yield score.okr.model_copy(update=told)

    def _key_result(self, score: KeyResultScore, weight: float) -> KeyResult:
        one, current = score.key_result, score.current
        told: dict[str, object] = {"id": self._new_id(one.id), "weight": weight}
        told["confidence"] = score.confidence
        if current is not None and one.kind != "milestone" and not self._is_total(one):
            rounded = float(f"{current:.{_DIGITS}g}")
            told["start"] = current if rounded == one.target else rounded
        return one.model_copy(update=told)

    def _is_total(self, one: KeyResult) -> bool:
        return one.input in self._totals or f"kpi:{one.kpi}" in self._totals

    def _new_id(self, name: str) -> str:
        """An id for the next quarter that nothing has: ``visits`` becomes ``visits_q2``."""
        ending = f"_{self._following[-2:].lower()}"
        base = _ENDING.sub("", name)[: _LONGEST_ID - 2 * len(ending)]
        names = _numbered(base + ending, self._taken)
        found = next(one for one in names if one not in self._taken)
        self._taken.add(found)
        return found


def _numbered(name: str, taken: Collection[str]) -> Iterator[str]:
    yield name
    for number in range(2, len(taken) + 3):
        yield f"{name}_{number}"
