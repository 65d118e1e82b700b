"""The registrations of GROWTH_RATE and IMPROVEMENT_RATE."""

from __future__ import annotations

from tablero.udfs.indicators import growth_rate, improvement_rate
from tablero.udfs.registration import Argument, CellFunction, in_languages


def _change_formula(base: str, other: str, change: str) -> str:
    """Write a change in relation to its base: missing, then wrong, then no base, then the ratio."""
    return (
        f'IF(({base}="")+({other}="")>0,"",IF(({base}>1E+300)+({other}>1E+300)>0,#VALUE!,'
        f'IF({base}=0,"",({change})/ABS({base}))))'
    )


GROWTH_RATE = CellFunction(
    name="GROWTH_RATE",
    body=growth_rate,
    arguments=(
        Argument(
            "current",
            in_languages(
                "The figure of this period.", "La cifra de este período.", "O valor deste período."
            ),
        ),
        Argument(
            "previous",
            in_languages(
                "The figure of the earlier period.",
                "La cifra del período anterior.",
                "O valor do período anterior.",
            ),
        ),
    ),
    help=in_languages(
        "Relative change against an earlier figure: positive when it rose.",
        "Cambio relativo frente a una cifra anterior: positivo si subió.",
        "Variação relativa frente a um valor anterior: positiva se subiu.",
    ),
    formula=_change_formula("previous", "current", "current-previous"),
    example="GROWTH_RATE(2569,2490)",
)

IMPROVEMENT_RATE = CellFunction(
    name="IMPROVEMENT_RATE",
    body=improvement_rate,
    arguments=(
        Argument(
            "before",
            in_languages(
                "The figure of the earlier period.",
                "La cifra del período anterior.",
                "O valor do período anterior.",
            ),
        ),
        Argument(
            "after",
            in_languages(
                "The figure of this period.", "La cifra de este período.", "O valor deste período."
            ),
        ),
    ),
    help=in_languages(
        "Relative improvement where less is better: positive when it fell.",
        "Mejora relativa cuando menos es mejor: positiva si bajó.",
        "Melhoria relativa quando menos é melhor: positiva se caiu.",
    ),
    formula=_change_formula("before", "after", "before-after"),
    example="IMPROVEMENT_RATE(48,36)",
)
