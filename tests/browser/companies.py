"""The workbooks whose pages are opened: usual ones, and those that try to break the page."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

from tablero.workbook_templates.definition import Definition, KeyResult
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.periods import Kind
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.registers.parts import Line
from tests.scoring.companies import a_company, a_kpi, a_perspective, an_input, an_objective
from tests.workbook.companies import large, with_figures
from tests.workbook.register_companies import records as registers_of_the_paper

MONTHS_SO_FAR = 6
# Of one month; stocks of money at its end. It moves by up to a tenth.
SIZES = {
    "net_sales": 52_000, "cost_of_sales": 31_500, "operating_expenses": 14_000, "net_profit": 5_600,
    "total_assets": 410_000, "cash": 29_000, "receivables": 61_000, "current_assets": 150_000,
    "current_liabilities": 98_000, "returning_sales": 37_000, "new_customers": 2,
    "quotes_sent": 40, "quotes_won": 11, "survey_answers": 60, "promoters": 36, "detractors": 9,
    "complaints": 3, "orders_delivered": 120, "orders_on_time": 112, "orders_redone": 5,
    "available_hours": 3_400, "productive_hours": 2_350, "inventory": 47_000, "employees": 21,
    "leavers": 0.2, "absence_hours": 96, "training_hours": 40,
}  # fmt: skip
MONEY = 10_000
ACTIONS_SO_FAR: tuple[Line, ...] = (
    {"what": "Remind customers a week before their invoices fall due", "kpi": "receivable_days",
     "owner": "Marta Díaz", "status": "in_progress", "start": date(2026, 5, 4), "budget": 900.0},
    {"what": "Plan each week's deliveries on Fridays", "kpi": "on_time_delivery",
     "owner": "Luis Peña", "status": "open", "start": date(2026, 6, 1)},
)  # fmt: skip


class Case(NamedTuple):
    """A company, what it kept, and the period it looks at."""

    definition: Definition
    records: Records = NO_RECORDS
    kind: Kind = "year"
    month: int = 12
    logo: bytes | None = None

    def with_name(self, name: str) -> Case:
        """The same under another name."""
        company = self.definition.company.model_copy(update={"name": name})
        return self._replace(definition=self.definition.model_copy(update={"company": company}))


def cano() -> Case:
    """The paper's company with a full year and actions."""
    return Case(load_template("cano"), registers_of_the_paper())


def half_way() -> Case:
    """A small company from January to June."""
    definition = with_figures(load_template("blank-sme"), _half_a_year())
    case = Case(definition, Records(registers={"actions": ACTIONS_SO_FAR}), "ytd", MONTHS_SO_FAR)
    return case.with_name("Ferretería Los Andes")


def _half_a_year() -> dict[str, dict[str, Any]]:
    chance = random.Random(6)  # noqa: S311 - figures for tests

    def month(size: float) -> float:
        moved = size * chance.uniform(0.9, 1.1)
        return round(moved, -2) if size > MONEY else round(moved)

    def months(size: float) -> list[float | None]:
        return [month(size) if known < MONTHS_SO_FAR else None for known in range(12)]

    return {
        name: {"months": months(size), "last_year": size * 11.0} for name, size in SIZES.items()
    }


def segelec() -> Case:
    """The second paper's company, with its OKRs and check-ins."""
    definition = load_template("segelec")
    lines = (
        CheckIn(date(2024, month, 15), one.id, start + (target - start) * month / 14, 0.6)
        for one, start, target in _followed_by_hand(definition)
        for month in (1, 2, 3)
    )
    return Case(definition, Records(check_ins=tuple(lines), as_of=date(2024, 4, 2)))


def _followed_by_hand(definition: Definition) -> Iterator[tuple[KeyResult, float, float]]:
    for okr in definition.okrs:
        for one in okr.key_results:
            if not (one.kpi or one.input) and one.start is not None and one.target is not None:
                yield one, one.start, one.target


def of_120_kpis() -> Case:
    """Seven perspectives, 30 objectives, 120 KPIs, with names as long as people give them."""
    definition = large()
    names = (f"Ratio of orders delivered complete to all orders, line {n}" for n in range(200))
    data = definition.model_dump(by_alias=True)
    for perspective in data["perspectives"]:
        perspective["name"] = f"Perspective of the business unit {perspective['id']}"
        for objective in perspective["objectives"]:
            objective["name"] = f"Deliver what was promised, plant {objective['id']}"
            for kpi in objective["kpis"]:
                kpi["name"] = next(names)
    return Case(Definition.model_validate(data)).with_name("Consolidated Holdings of the South")


def without_figures() -> Case:
    """A company on its first day."""
    return Case(load_template("blank-sme"))


PAYLOADS: Mapping[str, str] = {
    "script": "<script>window.hacked=1</script>",
    "end of script": "</script><script>window.hacked=1</script>",
    "image": '"><img src=x onerror="window.hacked=1">',
    "comment": "<!-- </style></title></textarea> <svg onload=window.hacked=1> ]]>",
    "address": "javascript:window.hacked=1",
    "braces": "{{constructor.constructor('window.hacked=1')()}}",
    "template": "${window.hacked=1} `+(window.hacked=1)+`",
    "expression": "datum.x'];window.hacked=1;//\\u003cscript\\u003e",
    "right to left": "العربية ١٢٣ עברית",
    "unbroken": "W" * 90,
    "emoji": "🚚👩‍🏭🏳️‍🌈 ñ é ﷽ Z͑ͫ̓a̴l̵g̶o̷",
    "ends of line": "first\u2028second\u2029third",
    "prototype": "__proto__",
}
REVERSED = "\u202ereversed\u202c \u2066apart\u2069"
"""What only a register can hold: a definition refuses it."""


def hostile() -> Case:
    """A company in which names of everything are markup, scripts, or break lines and layouts."""
    names = list(PAYLOADS.values())
    kpis = [
        a_kpi(f"k{n}", "x / y", 2.0, unit=name[:60], owner=name, description=name) | {"name": name}
        for n, name in enumerate(names)
    ]
    half = len(kpis) // 2
    groups = [kpis[:half], kpis[half:]]
    perspectives = [
        a_perspective(f"p{n}", 0.5, an_objective(f"{n}.1", 1, *group) | {"name": names[n]})
        | {"name": names[n + 2]}
        for n, group in enumerate(groups)
    ]
    company = a_company(
        [{**an_input("x"), "name": names[0], "perspective": "p0", "owner": names[1]},
         {**an_input("y"), "name": names[2], "perspective": "p1", "unit": names[0]}],
        figures={"x": {"months": [1.0 + n / 9 for n in range(12)]}, "y": {"months": [1.0] * 12}},
        perspectives=perspectives,
        company={"name": PAYLOADS["end of script"]},
    )  # fmt: skip
    actions: tuple[Line, ...] = tuple(
        {"what": name, "kpi": "k0", "owner": name, "cause": name, "note": name,
         "start": date(2026, 3, 1)}
        for name in (*names, REVERSED)
    )  # fmt: skip
    return Case(company, Records(registers={"actions": actions}))


def with_logo() -> Case:
    """The small company with its logo and its colour."""
    definition = half_way().definition
    company = definition.company.model_copy(update={"colour": "#0B5D4B"})
    return half_way()._replace(
        definition=definition.model_copy(update={"company": company}), logo=_logo()
    )


def _logo() -> bytes:
    """The picture of a company: a white square on green."""
    picture = Image.new("RGB", (240, 80), "#0B5D4B")
    ImageDraw.Draw(picture).rectangle((20, 20, 60, 60), fill="white")
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


CASES = {
    "cano": cano,
    "half way": half_way,
    "segelec": segelec,
    "120 kpis": of_120_kpis,
    "without figures": without_figures,
    "hostile": hostile,
    "logo": with_logo,
}


@cache
def case(name: str) -> Case:
    """A company by the name of its case."""
    return CASES[name]()
