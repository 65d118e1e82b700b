"""The portfolio as somebody writes it in an afternoon: pandas.read_excel, a loop, DataFrames.

It takes the same cells of each workbook and comes to the same achievements for the year; it looks
for nothing that could be wrong, tells nobody who owes what, and keeps no coverage.
"""

from __future__ import annotations

import ast
import json
import operator
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from tablero.workbook_templates.layout import STORE_SHEET
from tablero.workbook_templates.texts import text

MONTHS = slice(16, 28)
"""Where the months of this year stand on the sheet of inputs; last year's twelve before them."""
GOAL = 4
_SIGNS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def strategy(path: Path) -> float:
    """What the strategy of a workbook achieved in its year."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        memory = pd.read_excel(path, sheet_name=STORE_SHEET, header=None, engine="openpyxl")
        cells = [one for one in memory[0].tolist() if isinstance(one, str)]
        head, body = json.loads(cells[0]), json.loads("".join(cells[1:]))
        names = [text(f"sheet.{sheet}", head["language"]) for sheet in ("inputs", "matrix")]
        sheets = pd.read_excel(path, sheet_name=names, header=None, engine="openpyxl")
    figures, goals = (_keyed(sheets[name]) for name in names)
    values = _inputs(body, figures)
    return _rolled(body, values, goals)


def _keyed(sheet: pd.DataFrame) -> pd.DataFrame:
    """A sheet by the ids that stand in its last column."""
    ids = next(
        column for column in reversed(sheet.columns) if sheet[column].astype(str).eq("id").any()
        or sheet[column].astype(str).str.fullmatch(r"(kpi:)?[a-z][a-z0-9_]*").sum() > 5
    )  # fmt: skip
    return sheet.set_index(sheet[ids].astype(str))


def _inputs(body: Mapping[str, Any], figures: pd.DataFrame) -> dict[str, tuple[float, float, int]]:
    """This year, last year, and how many months: by input."""
    found = {}
    for one in body["inputs"]:
        row = pd.to_numeric(figures.loc[one["id"]], errors="coerce")
        months = row.iloc[MONTHS]
        if not one.get("negative"):
            months = months[months >= 0]
        present = months.dropna()
        method = one["aggregation"]
        value = {"T": present.sum, "A": present.mean}.get(method, lambda p=present: p.iloc[-1])
        now = float(value()) if len(present) else float("nan")
        found[one["id"]] = (now, float(row.iloc[3]), len(present))
    return found


def _rolled(
    body: Mapping[str, Any], values: Mapping[str, tuple[float, float, int]], goals: pd.DataFrame
) -> float:
    rows = []
    for perspective in body["perspectives"]:
        for objective in perspective["objectives"]:
            for kpi in objective["kpis"]:
                goal: Any = pd.to_numeric(goals.loc[f"kpi:{kpi['id']}"].iloc[GOAL], errors="coerce")
                achieved = _achieved(kpi, values, goal)
                rows.append((perspective["id"], objective["id"], kpi["weight"], achieved,
                             objective["weight"], perspective["weight"]))  # fmt: skip
    table = pd.DataFrame(
        rows,
        columns=["perspective", "objective", "kpi", "achieved", "w_objective", "w_perspective"],
    )
    table = table.dropna(subset=["achieved"])
    by_objective = table.groupby(["perspective", "objective"]).apply(
        lambda part: pd.Series({
            "achieved": (part["achieved"] * part["kpi"]).sum() / part["kpi"].sum(),
            "weight": part["w_objective"].iloc[0], "above": part["w_perspective"].iloc[0],
        })
    )  # fmt: skip
    by_perspective = by_objective.groupby("perspective").apply(
        lambda part: pd.Series({
            "achieved": (part["achieved"] * part["weight"]).sum() / part["weight"].sum(),
            "weight": part["above"].iloc[0],
        })
    )  # fmt: skip
    weight = by_perspective["weight"]
    return float((by_perspective["achieved"] * weight).sum() / weight.sum())


def _achieved(
    kpi: Mapping[str, Any], values: Mapping[str, tuple[float, float, int]], goal: float
) -> float:
    years = [{name: year[place] for name, year in values.items()} for place in (0, 1)]
    try:
        value = _computed(ast.parse(kpi["formula"], mode="eval").body, *years)
    except ZeroDivisionError:
        return float("nan")
    ratio = (value - goal) / abs(goal)
    signed = {"High": ratio, "Low": -ratio, "Target": -abs(ratio)}[kpi.get("desired", "High")]
    return float(signed) if signed != signed else max(0.0, 1 + float(signed))  # noqa: PLR0124


def _computed(node: ast.AST, this: Mapping[str, float], last: Mapping[str, float]) -> float:
    """What a formula comes to; Python's own parser reads it, and nothing of it is run."""
    match node:
        case ast.Constant(value=float() | int() as number):
            return float(number)
        case ast.Name(id=name):
            return this[name]
        case ast.UnaryOp(operand=operand):
            return -_computed(operand, this, last)
        case ast.BinOp(left=left, op=sign, right=right):
            return _SIGNS[type(sign)](*(_computed(one, this, last) for one in (left, right)))
        case ast.Call(func=ast.Name(id="growth"), args=[one]):
            before = _computed(one, last, last)
            return (_computed(one, this, last) - before) / abs(before)
        case ast.Call(func=ast.Name(id="mean"), args=them):
            return sum(_computed(one, this, last) for one in them) / len(them)
    raise ValueError(ast.dump(node))
