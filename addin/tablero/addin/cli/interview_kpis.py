"""Asking which KPIs stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tablero.addin.cli.asking import Asker
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.tailoring import Tailoring, tailor
from tablero.workbook_templates.tailoring.tailored import without

_SPAN = re.compile(r"(\d{1,4})(?:\s*-\s*(\d{1,4}))?")


def ask_kpis(asker: Asker, definition: Definition, tailoring: Tailoring) -> Tailoring:
    """Which KPIs go; nothing is asked where the command line said it."""
    if tailoring.keep or tailoring.drop:
        return tailoring
    kpis = [kpi.id for kpi in definition.kpis()]
    asker.show()
    asker.show(asker.phrase("kpis"), "bold")
    for line in _kpi_lines(asker, definition):
        asker.show(line)

    def read(answer: str) -> Tailoring:
        gone = tuple(kpis[number - 1] for number in numbers(answer, len(kpis)))
        made = replace(tailoring, drop=gone)
        tailor(definition, replace(made, points=(), comparisons=()))
        return made

    made = asker.until(asker.phrase("leave_out"), "", read)
    left = len(without(definition, made.drop))
    asker.show(f"  {asker.phrase('kept', kept=left, count=len(kpis))}")
    asker.tell(tailor(definition, replace(made, points=(), comparisons=())).notes)
    return made


def _kpi_lines(asker: Asker, definition: Definition) -> Iterator[str]:
    number = 0
    for perspective in definition.perspectives:
        yield f"  {perspective.name.in_language(asker.language)}"
        for objective in perspective.objectives:
            for kpi in objective.kpis:
                number += 1
                yield f"    {number:>3}  {kpi.name.in_language(asker.language)}"


def numbers(text: str, last: int) -> tuple[int, ...]:
    """Numbers of a list as people write several.

    >>> numbers("3, 7-9", 12)
    (3, 7, 8, 9)

    Raises
    ------
    ProblemsError
        Something is no number, or not in the list.
    """
    found: dict[int, None] = {}
    for part in filter(None, re.split(r"[\s,;]+", re.sub(r"\s*-\s*", "-", text))):
        span = _SPAN.fullmatch(part)
        first, end = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if not 1 <= first <= end <= last:
            told = {"text": part, "last": last}
            raise ProblemsError([Problem("answer_numbers", values=told)])
        found |= dict.fromkeys(range(first, end + 1))
    return tuple(sorted(found))
