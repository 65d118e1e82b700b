"""Small workbooks of every dialect, quickly read, from which spoiled ones are made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.lite import new_lite_workbook
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.workbook import new_workbook

SMALL = Definition.model_validate(
    {
        "company": {"name": "Acme", "year": 2026, "language": "en"},
        "inputs": [
            {"id": one, "name": one, "perspective": "money", "unit": "currency", "aggregation": "T"}
            for one in ("sales", "cost")
        ],
        "perspectives": [
            {
                "id": "money",
                "name": {"en": "Money", "es": "Dinero"},
                "weight": 1,
                "objectives": [
                    {
                        "id": "earn",
                        "name": "Earn more",
                        "weight": 1,
                        "kpis": [
                            {
                                "id": "margin",
                                "name": "Margin",
                                "formula": "(sales - cost) / sales",
                                "unit": "%",
                                "goal": 0.2,
                                "weight": 1,
                            }
                        ],
                    }
                ],
            }
        ],
        "figures": {
            "sales": {"months": [10.0, 20.0, 30.0] + [None] * 9},
            "cost": {"months": [5.0, None, 7.5] + [None] * 9},
        },
    }
)
MAKERS: dict[str, Callable[[Path], None]] = {
    "portable.xlsx": lambda path: new_workbook(SMALL, path, dialect="portable"),
    "plain.xlsx": lambda path: new_workbook(SMALL, path, language="es", dialect="plain"),
    "xlwings.xlsm": lambda path: new_macro_workbook(SMALL, path, language="en"),
    "lite.xlsx": lambda path: new_lite_workbook(SMALL, path, language="es"),
}


def small_workbook(name: str, folder: Path) -> Path:
    """The workbook of a small company in a dialect."""
    path = folder / name
    MAKERS[name](path)
    return path
