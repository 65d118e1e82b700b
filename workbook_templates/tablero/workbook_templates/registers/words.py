"""The words from which people choose in a register, by their codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tablero.workbook_templates.definition import Band, Definition
from tablero.workbook_templates.registers.parts import CATEGORIES, STATUSES, Line
from tablero.workbook_templates.texts import text

Words = Mapping[str, str]


def words(definition: Definition, language: str, fishbone: Line) -> Mapping[str, Words]:
    """Every list of choices: by its name, the words by their codes.

    Parameters
    ----------
    definition
        Whose KPIs and bands there are.
    language
        Of the workbook.
    fishbone
        What people call the groups of causes, where they call them anything.
    """
    return {
        "kpi": _apart({one.id: one.name.in_language(language) for one in definition.kpis()}),
        "status": {code: text(f"action_status.{code}", language) for code in STATUSES},
        "plan": _apart({band.id: plan_of(band, language) for band in definition.bands}),
        "category": {
            code: str(fishbone.get(code) or text(f"cause_category.{code}", language))
            for code in CATEGORIES
        },
    }


def plan_of(band: Band, language: str) -> str:
    """A band's plan with its term, as table 2 of Cano et al. 2017 has them.

    >>> from tablero.workbook_templates.definition import DEFAULT_BANDS
    >>> plan_of(DEFAULT_BANDS[0], "en")
    'Corrective · Short'
    """
    return f"{band.plan.in_language(language)} · {band.term.in_language(language)}"


def folded(word: str) -> str:
    """A word as it is compared: without regard to capitals and to blanks beyond one."""
    return " ".join(word.split()).casefold()


def _apart(names: Words) -> Words:
    """The names, with the code behind those that are shared."""
    shared = Counter(map(folded, names.values()))
    return {
        key: name if shared[folded(name)] == 1 else f"{name} ({key})" for key, name in names.items()
    }
