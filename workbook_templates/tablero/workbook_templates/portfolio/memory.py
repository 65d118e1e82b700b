"""What a workbook remembers of its own definition, read once for all that remember the same."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from tablero.workbook_templates.layout import WORD_LISTS
from tablero.workbook_templates.portfolio.sheets import UnlikeError
from tablero.workbook_templates.read import restored

Data = dict[str, Any]

CHOICES = {"desired": "High", "frequency": "monthly", "timing": "lagging"}
"""What people pick from lists for a KPI, and what holds where the definition does not say."""
TYPED = ("weight", "goal", "monthly_goals", *CHOICES, "owner")
"""What each company types itself of a KPI."""
_OWN = {"company", "bands", "policies", "perspectives"}
_SAID = ("chart", "year", "fiscal_start_month")
"""What accounts and key results say of a company."""
_KEPT = 16
_LONGEST_KEPT = 2**18


class Node(NamedTuple):
    """A perspective, an objective or a KPI."""

    key: str
    level: str
    path: str
    """Its place in the definition."""
    owner: bytes
    """The field that says who answers for it, where there is one, marshalled."""


class Memory:
    """Head and definition as the hidden sheet has them; nobody changes them.

    Raises
    ------
    UnlikeError
        A weight, goal or choice is none, which is told otherwise.
    LookupError, TypeError, AttributeError
        What is remembered is no definition.
    """

    def __init__(self, head: Mapping[str, object], body: Data) -> None:
        self.head = head
        self.body = body
        self.nodes = tuple(_nodes(body))

    @cached_property
    def make(self) -> bytes:
        """What is the same for all workbooks of one make.

        The second form of marshal is the same for equal data, however they came about.
        """
        body = self.body
        company = [body["company"].get(field) for field in _SAID]
        bands = [{**band, "from": 0} for band in body.get("bands", ())]
        status = body.get("policies", {}).get("okr_status")
        return marshal.dumps((_shared(body), company, bands, status), 2)


def memory_of(texts: Sequence[str], sheet: str) -> Memory:
    """What the texts of the hidden sheet, which is called ``sheet``, tell.

    Raises
    ------
    ProblemsError
        They are damaged, or of a later version of Tablero.
    UnlikeError, LookupError, TypeError, AttributeError
        As of :class:`Memory`.
    """
    is_small = sum(map(len, texts)) <= _LONGEST_KEPT
    return (_kept if is_small else _kept.__wrapped__)(tuple(texts), sheet)


@lru_cache(maxsize=_KEPT)
def _kept(texts: Sequence[str], sheet: str) -> Memory:
    return Memory(*restored(texts, sheet))


def _nodes(data: Data) -> Iterator[Node]:
    for perspective in data["perspectives"]:
        path = f"perspectives[{perspective['id']}]"
        yield _node("perspective", path, perspective)
        for objective in perspective["objectives"]:
            below = f"{path}.objectives[{objective['id']}]"
            yield _node("objective", below, objective)
            for kpi in objective["kpis"]:
                if not _is_kpi(kpi):
                    raise UnlikeError("a goal that is no number")
                yield _node("kpi", f"{below}.kpis[{kpi['id']}]", kpi)


def _node(level: str, path: str, part: Data) -> Node:
    weight = part["weight"]
    if not (isinstance(weight, (int, float)) and 0 <= weight <= 1):
        raise UnlikeError(weight)
    owner = {field: part[field] for field in ("owner",) if field in part}
    return Node(f"{level}:{part['id']}", level, path, marshal.dumps(owner, 2))


def _is_kpi(data: Data) -> bool:
    """Whether what the memory says of a KPI's own numbers and choices could be told of one."""
    goals = (data.get("goal"), *(data.get("monthly_goals") or ()))
    return all(goal is None or isinstance(goal, (int, float)) for goal in goals) and all(
        data.get(field, default) in WORD_LISTS[field] for field, default in CHOICES.items()
    )


def _shared(data: Data) -> Data:
    """What companies of one make share."""
    perspectives = [
        {**one, "weight": 0, "objectives": [_of_objective(below) for below in one["objectives"]]}
        for one in data["perspectives"]
    ]
    without = {key: one for key, one in data.items() if key not in _OWN}
    return {**without, "perspectives": perspectives}


def _of_objective(data: Data) -> Data:
    kpis = [{key: one for key, one in kpi.items() if key not in TYPED} for kpi in data["kpis"]]
    return {**data, "weight": 0, "kpis": kpis}
