"""Companies as large as one likes, made of copies of the paper's."""

from __future__ import annotations

import re
from typing import Any

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import load_template

KPIS_OF_ONE = 15
_SHARED_BY = 2

Data = dict[str, Any]


def paper() -> Definition:
    """The company of the paper: 15 KPIs over 20 inputs, with a year of figures."""
    return load_template("cano")


def company(kpis: int) -> Definition:
    """A company of ``kpis`` KPIs (a multiple of 15); every two of its copies share their inputs."""
    copies = kpis // KPIS_OF_ONE
    if copies == 1:
        return paper()
    data = paper().model_dump(mode="json", by_alias=True)
    sets = range(-(-copies // _SHARED_BY))
    whole = {
        **data,
        "links": [],
        "inputs": [_named(one, number) for number in sets for one in data["inputs"]],
        "figures": {
            f"{name}_{number}": figures
            for number in sets
            for name, figures in data["figures"].items()
        },
        "perspectives": [_enlarged(one, data, copies) for one in data["perspectives"]],
    }
    return Definition.model_validate(whole)


def _named(part: Data, number: int) -> Data:
    return {**part, "id": f"{part['id']}_{number}"}


def _enlarged(perspective: Data, data: Data, copies: int) -> Data:
    objectives = [
        _objective(one, data, number, copies)
        for number in range(copies)
        for one in perspective["objectives"]
    ]
    return {**perspective, "objectives": objectives}


def _objective(objective: Data, data: Data, number: int, copies: int) -> Data:
    names = re.compile("|".join(rf"\b{one['id']}\b" for one in data["inputs"]))
    inputs = number // _SHARED_BY
    kpis = [
        {
            **_named(kpi, number),
            "formula": names.sub(lambda name: f"{name[0]}_{inputs}", kpi["formula"]),
        }
        for kpi in objective["kpis"]
    ]
    return {**_named(objective, number), "weight": objective["weight"] / copies, "kpis": kpis}
