"""Companies with objectives and key results of every kind, and check-ins of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from tablero.workbook_templates.definition import Definition, Okr
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.records import Records
from tests.scoring.companies import a_company, a_perspective, an_objective
from tests.workbook.companies import INPUTS, KPIS, random_figures


def a_key_result(name: str, weight: float, **more: Any) -> dict[str, Any]:
    """A key result by its id."""
    return {"id": name, "name": {"en": f"Key result {name}", "es": f"Resultado {name}"},
            "weight": weight, **more}  # fmt: skip


def an_okr(name: str, period: str, *key_results: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An objective of the perspective of money."""
    return {"id": name, "name": name, "period": period, "perspective": "money",
            "key_results": list(key_results), **more}  # fmt: skip


OKRS = [
    an_okr(
        "earn",
        "2026-Q1",
        a_key_result("margin_up", 0.4, start=0.5, target=0.9, kpi="margin", confidence=0.6),
        a_key_result("sell", 0.3, start=0, target=400, input="sales", owner="Ana"),
        a_key_result("visits", 0.3, start=20, target=80, unit="visits", confidence=0.4),
        commitment="committed",
        objective="1.1",
        owner="Luis",
    ),
    an_okr(
        "serve",
        "2026-Q1",
        a_key_result("claims_down", 0.5, start=40, target=10, unit="%"),
        a_key_result("stock_kept", 0.25, kind="between", start=90, target=30, upper=45),
        a_key_result("certified", 0.25, kind="milestone"),
    ),
    an_okr(
        "grow",
        "2026",
        a_key_result("assets", 0.5, start=0.0, target=0.5, kpi="return_on_assets"),
        a_key_result("against", 0.25, start=0.0, target=1.5, kpi="against_last_year"),
        a_key_result("share", 0.25, start=0.0, target=0.3, input="share"),
    ),
    an_okr(
        "later",
        "2026-Q2",
        a_key_result("visits_again", 1.0, start=80, target=120),
    ),
]


FOLLOWED = ("margin", "return_on_assets", "against_last_year")


def a_line(day: str, name: str, value: float | None = None, confidence: float | None = None,
           note: str = "") -> CheckIn:  # fmt: skip
    """A check-in of a day such as ``02-14``."""
    return CheckIn(date.fromisoformat(f"2026-{day}"), name, value, confidence, note)


CHECK_INS = (
    a_line("01-09", "visits", 24, 0.5, "slow start"),
    a_line("01-09", "claims_down", 38, 0.7),
    a_line("01-16", "visits", 31),
    a_line("01-30", "visits", 45, 0.6),
    a_line("01-23", "visits", 40, 0.1, "typed late: an older one does not count"),
    a_line("01-30", "visits", 46, note="corrected the same day"),
    a_line("01-30", "stock_kept", 57, 0.8),
    a_line("02-06", "margin_up", None, 0.9, "only the confidence"),
    a_line("02-13", "certified", 0, 0.3),
    a_line("02-13", "claims_down", 25, 0.8),
    a_line("03-20", "certified", 1, 1.0),
    a_line("03-27", "claims_down", 5, 0.9),
    a_line("03-27", "stock_kept", 40, 0.9),
)


def with_okrs(definition: Definition, okrs: list[dict[str, Any]]) -> Definition:
    """The same company with objectives."""
    return definition.model_copy(update={"okrs": tuple(Okr.model_validate(one) for one in okrs)})


def ambitious(until: int = 2) -> Definition:
    """A small company with figures until a month, and objectives of every kind."""
    inputs = [one for one in INPUTS if one["id"] in ("sales", "income", "assets", "share")]
    figures = random_figures(3, holes=0.1, last_months=True, until=until)
    kpis = [one for one in KPIS if one["id"] in FOLLOWED]
    company = a_company(
        [{**one, "perspective": "money"} for one in inputs],
        figures={one["id"]: figures[one["id"]] for one in inputs},
        perspectives=[a_perspective("money", 1, an_objective("1.1", 1, *kpis))],
    )
    return with_okrs(company, OKRS)


def records(check_ins: tuple[CheckIn, ...] = CHECK_INS, as_of: str = "") -> Records:
    """Check-ins, and the day on which they are looked at."""
    day = date.fromisoformat(f"2026-{as_of}") if as_of else None
    return Records(check_ins=check_ins, as_of=day)
