"""Registers as people keep them: well, and badly."""

from __future__ import annotations

from datetime import date

from tablero.workbook_templates.records import Records
from tablero.workbook_templates.registers.parts import Line

ACTIONS: tuple[Line, ...] = (
    {
        "what": "Call the ten largest customers",
        "kpi": "sales_growth",
        "owner": "Ana Ruiz",
        "status": "in_progress",
        "start": date(2016, 3, 1),
        "budget": 12000.0,
        "spent": 4500.0,
        "note": "Seven called, four orders",
    },
    {
        "what": "Train the warehouse",
        "kpi": "customers_growth",
        "cause": "No training plan",
        "start": date(2016, 8, 31),
        "budget": 3000.0,
        "spent": 3500.0,
    },
    {"what": "Close the shop", "status": "done", "start": date(2016, 1, 1), "note": "=1+1"},
    {"kpi": "roe", "agreed_plan": "good", "start": date(2016, 11, 30), "status": "cancelled"},
    {"what": "Sell the lorry", "kpi": "roa", "agreed_due": date(2017, 2, 1)},
)
"""Of the paper's company; what begins like a formula is a text."""
ODD_ACTIONS: tuple[Line, ...] = (
    {"what": "Of a KPI that is gone", "kpi": "Old KPI", "start": "soon"},
    {"what": "Before it starts", "start": date(2016, 5, 1), "agreed_due": date(2016, 4, 1)},
    {"what": "A plan of one's own", "agreed_plan": "Hope", "status": "asleep"},
    {"cause": "No training plan"},
    {"owner": "Nobody says what"},
)
CAUSES: tuple[Line, ...] = (
    {"kpi": "sales_growth", "category": "people", "cause": "No training plan"},
    *(
        {"kpi": "sales_growth", "category": "methods", "cause": f"Method {number}"}
        for number in range(7)
    ),
    {"kpi": "roe", "category": "machines", "cause": "Old lorry"},
    {"kpi": "sales_growth", "category": "environment", "cause": "A new competitor"},
)
ODD_CAUSES: tuple[Line, ...] = (
    {"kpi": "sales_growth", "category": "ghosts", "cause": "Nobody knows"},
    {"kpi": "sales_growth", "category": "people"},
    {"cause": "Of no KPI"},
)
SWOT: tuple[Line, ...] = (
    {"strengths": "Known brand", "threats": "Import duties may fall"},
    {"strengths": "=HYPERLINK(1)", "weaknesses": "Two customers make half of the sales"},
)
FISHBONE: Line = {"kpi": "sales_growth", "people": "Crew"}


def records(*, odd: bool = False) -> Records:
    """All registers filled, with what cannot be understood where that is asked for."""
    actions, causes = (ODD_ACTIONS, ODD_CAUSES) if odd else ((), ())
    return Records(
        registers={
            "actions": (*ACTIONS, *actions),
            "causes": (*CAUSES, *causes),
            "fishbone": (FISHBONE,),
            "swot": SWOT,
        }
    )
