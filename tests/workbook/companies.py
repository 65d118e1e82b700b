"""Companies that together use everything a definition can hold."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from tablero.workbook_templates.definition import Definition, InputFigures
from tablero.workbook_templates.library import load_template
from tests.scoring.companies import (
    Month,
    a_company,
    a_kpi,
    a_perspective,
    an_input,
    an_objective,
)

INPUTS = [
    an_input("sales", "T", perspective="money", unit="currency"),
    an_input("income", "T", perspective="money", unit="currency", negative=True),
    an_input("assets", "A", perspective="money", unit="currency"),
    an_input("stock", "L", perspective="money"),
    an_input("orders", "T", perspective="people"),
    an_input("claims", "T", perspective="people"),
    an_input("share", "A", perspective="people", unit="%"),
    an_input("staff", "L", perspective="people"),
]
MONTHLY = (1.0, 1.1, None, 1.3, 0.9, 1.0, 1.0, None, None, 1.2, 1.2, 1.4)
KPIS = [
    a_kpi("return_on_assets", "income / assets", 0.3, unit="%"),
    a_kpi("margin", "(sales - income) / sales", 0.9, unit="%", desired="Low"),
    a_kpi("growing", "growth(sales)", 0.05, unit="%"),
    a_kpi("fewer_claims", "improvement(claims)", 0.1),
    a_kpi("against_last_year", "sales / previous(sales)", 1.02),
    a_kpi(
        "yearly_sales", "sales", 2600.0, monthly_goals=(200.0, *(None,) * 5, 230.0, *(None,) * 5)
    ),
    a_kpi("turnover", "sales / stock", 12.0, desired="Target"),
    a_kpi("mean_of_levels", "mean(assets, stock, staff)", 100.0, monthly_goals=MONTHLY),
    a_kpi("squared", "sales * orders / assets", 5e5),
    a_kpi("per_flow", "assets / sales * 12", 1.1, desired="Low"),
    a_kpi("claim_rate", "claims / orders", 0.02, unit="%", desired="Low"),
    a_kpi("no_claims", "claims", 0.0, desired="Low"),
    a_kpi("no_goal", "share", None, unit="%"),
    a_kpi("loss", "0 - share * 10", -5.0),
    a_kpi("share_of_market", "share", 0.2, unit="%", desired="Target"),
    a_kpi("growing_staff", "growth(staff) - growth(stock) / 2", 0.01),
]


def every_kind(**more: Any) -> Definition:
    """A company with inputs, formulas, goals and directions of every kind."""
    money = a_perspective(
        "money", 0.55, an_objective("1.1", 0.4, *KPIS[:5]), an_objective("1.2", 0.6, *KPIS[5:10])
    )
    people = a_perspective("people", 0.45, an_objective("2.1", 1, *KPIS[10:]))
    figures = more.pop("figures", random_figures(1))
    return a_company(INPUTS, figures=figures, perspectives=[money, people], **more)


def random_figures(
    seed: int, *, holes: float = 0.0, last_months: bool = False, until: int = 12
) -> dict[str, dict[str, Any]]:
    """Figures of those inputs, the same for the same seed, with a share of holes."""
    chance = random.Random(seed)  # noqa: S311 - figures for tests
    scale = {"share": 0.3, "staff": 30.0, "claims": 4.0, "orders": 300.0}

    def year(name: str, filled: int) -> tuple[Month, ...]:
        size = scale.get(name, 200.0)
        low = -0.4 if name == "income" else 0.2
        drawn = [round(size * chance.uniform(low, 1), 3) for _ in range(12)]
        there = [chance.random() >= holes for _ in range(12)]
        return tuple(
            one if known and month < filled else None
            for month, (one, known) in enumerate(zip(drawn, there, strict=True))
        )

    return {
        one["id"]: {
            "months": year(one["id"], until),
            "last_year_months": year(one["id"], 12) if last_months else None,
            "last_year": None if chance.random() < holes else scale.get(one["id"], 200.0) * 6,
        }
        for one in INPUTS
    }


def with_figures(definition: Definition, figures: dict[str, dict[str, Any]]) -> Definition:
    """The same company with other figures; inputs that are not named keep theirs."""
    changed = {name: InputFigures.model_validate(one) for name, one in figures.items()}
    return definition.model_copy(update={"figures": {**definition.figures, **changed}})


def with_policies(definition: Definition, **policies: Any) -> Definition:
    """The same company with other policies."""
    changed = definition.policies.model_copy(update=policies)
    return definition.model_copy(update={"policies": changed})


def with_kpis(definition: Definition, **kpis: dict[str, Any]) -> Definition:
    """The same company, some of whose KPIs have other goals, weights, directions."""
    data = definition.model_dump(by_alias=True)
    for perspective in data["perspectives"]:
        for objective in perspective["objectives"]:
            for kpi in objective["kpis"]:
                kpi.update(kpis.get(kpi["id"], {}))
    return Definition.model_validate(data)


def with_holes(definition: Definition, holes: Iterable[tuple[str, int]]) -> Definition:
    """The same company without the figures of some months, given as (input, month)."""
    empty = set(holes)
    figures = {
        name: one.model_copy(
            update={
                "months": tuple(
                    None if (name, month) in empty else value
                    for month, value in enumerate(one.months or (None,) * 12, start=1)
                )
            }
        )
        for name, one in definition.figures.items()
    }
    return definition.model_copy(update={"figures": figures})


def large() -> Definition:
    """Seven perspectives, 30 objectives and 120 KPIs over 60 inputs."""
    chance = random.Random(7)  # noqa: S311 - figures for tests
    inputs = [
        an_input(f"x{number}", "TAL"[number % 3], perspective=f"p{number % 7}")
        for number in range(60)
    ]
    numbers = iter(range(120))
    perspectives = []
    for place in range(7):
        count = 5 if place < 2 else 4
        objectives = [
            an_objective(
                f"{place}.{one}", 1 / count, *(_large_kpi(next(numbers)) for _ in range(4))
            )
            for one in range(count)
        ]
        perspectives.append(a_perspective(f"p{place}", 1 / 7, *objectives))
    figures = {
        one["id"]: {"last_year": 600.0, "months": [chance.randint(1, 99) for _ in range(12)]}
        for one in inputs
    }
    return a_company(inputs, figures=figures, perspectives=perspectives)


def _large_kpi(number: int) -> dict[str, Any]:
    above, below = f"x{number % 60}", f"x{(number + 3) % 60}"
    formula = (f"{above} / {below}", f"growth({above})", f"{above} * 2")[number % 3]
    desired = ("High", "Low", "Target")[number % 3]
    return a_kpi(f"kpi{number}", formula, 1.0 + number % 5, desired=desired)


ODD_NAMES = (
    'O\'Brien & Sons <"quoted">',
    "=1+1",
    "🚚 Transporte – ñandú, S.A.",
    "x" * 120,
    "@SUM(A1)",
    "-5",
    "#N/A",
    "TRUE",
    "2026",
    "  spaces  inside  ",
    "{braces} %s \\back\\slash",
    "&P &[Page] && R",
)


def odd(name: str) -> Definition:
    """A company in which everything that can have a name has this one."""
    kpis = [a_kpi("first", "x / y", 2.0, unit=name, owner=name, description=name)]
    kpis.append(a_kpi("second", "growth(x)", 0.1))
    kpis = [{**kpi, "name": name} for kpi in kpis]
    inputs = [{**an_input("x"), "name": name, "unit": name}, {**an_input("y"), "name": name}]
    objective = {**an_objective("1", 1, *kpis), "name": name}
    bands = [
        {"from": bound, "id": word, "name": name[:40], "plan": name[:40], "term": name[:40]}
        for bound, word in ((0, "bad"), (0.5, "good"))
    ]
    return a_company(
        [{**one, "perspective": "all"} for one in inputs],
        figures={
            "x": {"last_year": 100.0, "months": [10.0] * 12},
            "y": {"months": [4.0] * 11 + [None]},
        },
        perspectives=[{**a_perspective("all", 1, objective), "name": name}],
        bands=bands,
        company={"name": name},
    )


def cano() -> Definition:
    """The company of the paper."""
    return load_template("cano")
