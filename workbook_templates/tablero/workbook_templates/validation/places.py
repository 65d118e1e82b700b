"""Places inside a definition, named the way a reader looks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.problems import Problem, Severity

MAX_PROBLEMS = 200

Step = str | int
Location = tuple[Step, ...]


def path_of(location: Location, root: object) -> str:
    """A location as a path with ids where they are known, else with numbers from 1.

    >>> path_of(("kpis", 1, "weight"), {"kpis": [{"id": "roa"}, {"id": "roe"}]})
    'kpis[roe].weight'
    >>> path_of(("kpis", 1, "weight"), {"kpis": [{"id": "roa"}, {}]})
    'kpis[#2].weight'
    """
    path, here = "", root
    for number, step in enumerate(location):
        if isinstance(step, int):
            path += f"[{_item_name(here, step)}]"
        elif location[number - 1 : number] == ("figures",):
            path += f"[{step}]"
        elif step not in {"", "[key]"}:  # a text for all languages; pydantic's mark of a bad key
            path += f".{step}" if path else step
        here = entry(here, step)
    return path


def entry(parent: object, step: Step) -> Any:
    """What stands at one step below a part of raw data or of a definition; None if nothing."""
    if isinstance(step, int):
        items = parent if isinstance(parent, (list, tuple)) else ()
        return items[step] if step < len(items) else None
    if isinstance(parent, Mapping):
        return parent.get(step)
    return getattr(parent, step, None)


def _item_name(items: object, number: int) -> str:
    name = entry(entry(items, number), "id")
    if isinstance(name, str) and isinstance(items, Sequence):
        same = sum(entry(item, "id") == name for item in items)
        if name and same == 1:
            return name
    return f"#{number + 1}"


def found(
    definition: Definition,
    code: str,
    location: Location,
    severity: Severity = "error",
    **values: object,
) -> Problem:
    """A problem at a place of a definition."""
    return Problem(code, severity, values, path=path_of(location, definition))
