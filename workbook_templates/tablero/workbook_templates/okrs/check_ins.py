"""A check-in: what somebody said of a key result on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tablero.workbook_templates.definition import Definition


@dataclass(frozen=True)
class CheckIn:
    """One line of the sheet Check-ins; lines keep their order, a later one of a day counts."""

    day: date
    key_result: str
    """The key result's id."""
    value: float | None = None
    confidence: float | None = None
    note: str = ""


def brought_along(definition: Definition) -> tuple[CheckIn, ...]:
    """The check-ins that a definition carries."""
    return tuple(
        CheckIn(one.day, one.key_result, one.value, one.confidence, one.note)
        for one in definition.check_ins
    )


def labels(definition: Definition, language: str) -> Mapping[str, str]:
    """By id, how a check-in names each key result: its name, with the id where two share one."""
    names = {one.id: one.name.in_language(language) for one in definition.key_results()}
    shared = Counter(map(folded, names.values()))
    return {
        key: name if shared[folded(name)] == 1 else f"{name} ({key})" for key, name in names.items()
    }


def folded(label: str) -> str:
    """A label as it is compared: without regard to capitals and to blanks beyond one."""
    return " ".join(label.split()).casefold()
