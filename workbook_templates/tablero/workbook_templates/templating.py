"""A company's definition as a template for others: without its figures, names and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tablero.workbook_templates.definition import Definition, LocalText

_FIGURES_OF_A_KPI = {"goal": None, "monthly_goals": None}
_FIGURES_OF_A_KEY_RESULT = {"start": None, "target": None, "upper": None, "confidence": None}


def as_template(definition: Definition, company_name: str) -> Definition:
    """The same scorecard for any company: nothing of whose it was and of how it went.

    Goals and the numbers of key results are a company's own figures, and so left to the next.
    An owner stays only where languages call them differently, since that is a role: names of
    people are the same in all.

    Parameters
    ----------
    definition
        What a company measures.
    company_name
        What stands in the place of its name.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> made = as_template(load_template("cano"), "My company")
    >>> made.company.name, dict(made.figures), {kpi.goal for kpi in made.kpis()}
    ('My company', {}, {None})
    """
    company = definition.company.model_copy(
        update={"name": company_name, "logo": None, "colour": None}
    )
    inputs = tuple(one.model_copy(update=_owner(one)) for one in definition.inputs)
    blank: dict[str, Any] = {"figures": {}, "check_ins": (), "notes": ()}
    return definition.model_copy(
        update={
            **blank,
            "company": company,
            "inputs": inputs,
            "perspectives": tuple(map(_without_goals, definition.perspectives)),
            "okrs": tuple(map(_without_numbers, definition.okrs)),
        }
    )


def _without_goals(perspective: Any) -> Any:
    def objective(one: Any) -> Any:
        kpis = (kpi.model_copy(update={**_FIGURES_OF_A_KPI, **_owner(kpi)}) for kpi in one.kpis)
        return one.model_copy(update={"kpis": tuple(kpis)})

    return perspective.model_copy(
        update={"objectives": tuple(map(objective, perspective.objectives))}
    )


def _without_numbers(okr: Any) -> Any:
    key_results = (
        one.model_copy(update={**_FIGURES_OF_A_KEY_RESULT, **_owner(one)})
        for one in okr.key_results
    )
    return okr.model_copy(update={"key_results": tuple(key_results), **_owner(okr)})


def _owner(part: Any) -> dict[str, LocalText]:
    return {"owner": part.owner if is_role(part.owner) else LocalText()}


def is_role(owner: LocalText) -> bool:
    """Whether an owner is called differently in some languages, as no person is.

    >>> is_role(LocalText(en="Finance", es="Finanzas")), is_role(LocalText({"": "Ana Ruiz"}))
    (True, False)
    """
    return len(set(owner.values())) > 1


def mentions(definition: Definition, name: str) -> tuple[str, ...]:
    """The texts of a definition in which a name still stands.

    >>> from tablero.workbook_templates.library import load_template
    >>> mentions(load_template("cano"), "Return on assets")
    ('Return on assets (ROA)',)
    """
    sought = " ".join(name.split()).casefold()
    found = (
        text for text in _texts(definition.model_dump(mode="json")) if sought in text.casefold()
    )
    return tuple(dict.fromkeys(found)) if sought else ()


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for one in data.values():
            yield from _texts(one)
    elif isinstance(data, list):
        for one in data:
            yield from _texts(one)
