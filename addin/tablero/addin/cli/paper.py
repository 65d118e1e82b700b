"""The achievements that Cano, Vergara and Puerta (2017) print in their table 5, in per cent."""

from __future__ import annotations

from collections.abc import Mapping

from tablero.workbook_templates.formats import half_up

PRINTED: Mapping[str, int] = {
    "strategy": 81,
    "financial": 126, "customers": 49, "processes": 77, "learning": 70,
    "1.1": 184, "1.2": 56, "2.1": 31, "2.2": 90,
    "3.1": 91, "3.2": 64, "4.1": 51, "4.2": 113,
    "roa": 132, "roe": 248, "net_profit_margin": 48, "sales_growth": 65,
    "customers_growth": 36, "customers_churn": 25,
    "complaints_claims": 66, "returned_orders": 113,
    "purchasing_cycle": 94, "production_cycle": 97, "delivery_cycle": 84, "defective_products": 64,
    "investment_in_training": 56, "training_effectiveness": 44, "satisfied_staff": 113,
}  # fmt: skip


def differs(node: str, achievement: float) -> bool:
    """Whether an achievement, rounded half up to whole per cents, is not the printed one.

    >>> differs("roa", 1.32414), differs("roe", 2.49675)
    (False, True)
    """
    return PRINTED[node] != half_up(achievement * 100)
