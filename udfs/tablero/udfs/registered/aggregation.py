"""The registrations of WEIGHTED_AGG and COVERAGE, which share arguments and checks."""

from __future__ import annotations

from tablero.udfs.aggregation import coverage, weighted_agg
from tablero.udfs.registration import Argument, CellFunction, Step, in_languages

_ACHIEVEMENTS = Argument(
    "achievements",
    in_languages(
        "Achievements as fractions; empty ones are left out.",
        "Cumplimientos como fracciones; los vacíos se dejan fuera.",
        "Atingimentos como frações; os vazios ficam de fora.",
    ),
    kind="range",
)
WEIGHTS = Argument(
    "weights",
    in_languages(
        "Their weights, a range of the same shape that sums to 1; an empty weight counts as 0.",
        "Sus pesos, un rango de la misma forma que suma 1; un peso vacío cuenta como 0.",
        "Seus pesos, um intervalo da mesma forma que soma 1; um peso vazio conta como 0.",
    ),
    kind="range",
)


def aggregation_formula(figures: str, answer: str) -> str:
    """Give the formula of an aggregate: wrong cells, then wrong weights, then its own answer."""
    return (
        f'IF(SUMPRODUCT(({figures}<>"")*({figures}>1E+300))'
        '+SUMPRODUCT((weights<>"")*(weights>1E+300))>0,#VALUE!,'
        f"IF((MIN(weights)<0)+(ABS(SUM(weights)-1)>1E-6)>0,#NUM!,{answer}))"
    )


_PRESENT_WEIGHT = Step("present", 'SUMPRODUCT(1*(achievements<>""),weights)')

WEIGHTED_AGG = CellFunction(
    name="WEIGHTED_AGG",
    body=weighted_agg,
    arguments=(_ACHIEVEMENTS, WEIGHTS),
    help=in_languages(
        "Weighted mean of the achievements that are there; one number for the whole range.",
        "Promedio ponderado de los cumplimientos existentes; un solo número para todo el rango.",
        "Média ponderada dos atingimentos existentes; um só número para todo o intervalo.",
    ),
    steps=(_PRESENT_WEIGHT,),
    formula=aggregation_formula(
        "achievements", 'IF(present=0,"",SUMPRODUCT(achievements,weights)/present)'
    ),
    example="WEIGHTED_AGG({1.2635;0.4858;0.7745;0.6974},{0.25;0.24;0.27;0.24})",
)

COVERAGE = CellFunction(
    name="COVERAGE",
    body=coverage,
    arguments=(_ACHIEVEMENTS, WEIGHTS),
    help=in_languages(
        "Share of the weight that has a figure, from 0 to 1.",
        "Parte del peso que tiene dato, de 0 a 1.",
        "Parte do peso que tem um valor, de 0 a 1.",
    ),
    steps=(_PRESENT_WEIGHT,),
    formula=aggregation_formula("achievements", "present/SUM(weights)"),
    example='COVERAGE({1;"";0.5},{0.25;0.5;0.25})',
)
