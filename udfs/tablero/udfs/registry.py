"""The single list of the cell functions, from which every host's form of them is made."""

from __future__ import annotations

from tablero.udfs.achievement import kpi_achievement
from tablero.udfs.aggregation import coverage, weighted_agg
from tablero.udfs.bands import DEFAULT_BANDS, action_band, action_plan, action_term
from tablero.udfs.indicators import growth_rate, improvement_rate
from tablero.udfs.periods import period_value, previous_value
from tablero.udfs.registration import Argument, CellFunction, Step, array_constant, in_languages

__all__ = ["FUNCTIONS", "Argument", "CellFunction", "Step", "function_named"]

_DEFAULT_BANDS = array_constant(DEFAULT_BANDS)

_ACHIEVEMENT = Argument(
    "achievement",
    in_languages(
        "Achievement as a fraction: 1 is 100 %.", "Logro como fracción: 1 equivale al 100 %."
    ),
)
_BANDS = Argument(
    "bands",
    in_languages(
        "Rows of from, assessment, plan and term, ascending. Absent: the default bands.",
        "Filas de límite inferior, valoración, plan y plazo, en orden ascendente. "
        "Si se omite, los tramos predeterminados.",
    ),
    kind="range",
    optional=True,
    default=_DEFAULT_BANDS,
)
_ACHIEVEMENTS = Argument(
    "achievements",
    in_languages(
        "Achievements as fractions; empty ones are left out.",
        "Logros como fracciones; los vacíos se dejan fuera.",
    ),
    kind="range",
)
_WEIGHTS = Argument(
    "weights",
    in_languages(
        "Their weights, a range of the same shape that sums to 1; an empty weight counts as 0.",
        "Sus pesos, un rango de la misma forma que suma 1; un peso vacío cuenta como 0.",
    ),
    kind="range",
)
_MONTHS = Argument(
    "months",
    in_languages(
        "This year's monthly figures, in the order of time.",
        "Las cifras mensuales de este año, en orden de tiempo.",
    ),
    kind="range",
)
_IN_PERIOD = Argument(
    "in_period",
    in_languages(
        "1 for each month of the period, 0 for the others; a range of the same shape.",
        "1 para cada mes del período, 0 para los demás; un rango de la misma forma.",
    ),
    kind="range",
)
_METHOD = Argument(
    "method",
    in_languages(
        "T adds up, A averages, L takes the last filled month.",
        "T suma, A promedia, L toma el último mes con dato.",
    ),
    kind="cell",
)

_KPI_ACHIEVEMENT = CellFunction(
    name="KPI_ACHIEVEMENT",
    body=kpi_achievement,
    arguments=(
        Argument(
            "value",
            in_languages("What the KPI came to.", "El valor que alcanzó el indicador."),
        ),
        Argument(
            "goal",
            in_languages(
                "What it should come to, in the same unit.",
                "El valor que debería alcanzar, en la misma unidad.",
            ),
        ),
        Argument(
            "desired",
            in_languages(
                "High, Low or Target (nearest is best). Absent: High.",
                "High (alto), Low (bajo) o Target (lo más cerca posible). Si se omite, High.",
            ),
            optional=True,
            default='"High"',
        ),
        Argument(
            "floor",
            in_languages(
                "Least achievement. Absent: 0; an empty cell: none.",
                "Logro mínimo. Si se omite, 0; una celda vacía: ninguno.",
            ),
            kind="cell",
            optional=True,
            default="0",
        ),
        Argument(
            "cap",
            in_languages(
                "Greatest achievement. Absent or empty: none.",
                "Logro máximo. Si se omite o está vacío, ninguno.",
            ),
            kind="cell",
            optional=True,
            default='""',
        ),
    ),
    help=in_languages(
        "Achievement of a goal as a fraction: 1 when met exactly, more when surpassed.",
        "Logro de una meta como fracción: 1 si se cumple exactamente, más si se supera.",
    ),
    steps=(
        Step(
            "gap",
            'IF(desired="Low",goal-value,IF(desired="Target",-ABS(value-goal),'
            'IF((desired="High")+(desired="")>0,value-goal,#VALUE!)))',
        ),
        Step("achieved", "IF(goal=0,1*(gap>=0),1+gap/ABS(goal))"),
    ),
    formula=(
        'IF((value="")+(goal="")>0,"",'
        "IF((value>1E+300)+(goal>1E+300)"
        '+(floor<>"")*(floor>1E+300)+(cap<>"")*(cap>1E+300)>0,#VALUE!,'
        'IF((floor<>"")*(cap<>"")*(floor>cap)>0,#NUM!,'
        'MAX(IF(floor="",-1E+300,floor),MIN(IF(cap="",1E+300,cap),achieved)))))'
    ),
    # MAX and MIN would answer a range with one number.  An omitted floor is no reference, which
    # tells it from an empty cell.
    range_formula=(
        'LET(lowest,IF(floor<>"",floor,IF(ISREF(floor)+ISTEXT(floor)>0,-1E+300,0)),'
        'highest,IF(cap="",1E+300,cap),'
        'IF((value="")+(goal="")>0,"",'
        "IF((value>1E+300)+(goal>1E+300)+(lowest>1E+300)+(highest>1E+300)>0,#VALUE!,"
        "IF(lowest>highest,#NUM!,"
        "IF(achieved<lowest,lowest,IF(achieved>highest,highest,achieved))))))"
    ),
    example='KPI_ACHIEVEMENT(0.46,0.35,"High")',
)


def _aggregation_formula(answer: str) -> str:
    """Give the formula of an aggregate: wrong cells, then wrong weights, then its own answer."""
    return (
        'IF(SUMPRODUCT((achievements<>"")*(achievements>1E+300))'
        '+SUMPRODUCT((weights<>"")*(weights>1E+300))>0,#VALUE!,'
        f"IF((MIN(weights)<0)+(ABS(SUM(weights)-1)>1E-6)>0,#NUM!,{answer}))"
    )


_PRESENT_WEIGHT = Step("present", 'SUMPRODUCT(1*(achievements<>""),weights)')

_WEIGHTED_AGG = CellFunction(
    name="WEIGHTED_AGG",
    body=weighted_agg,
    arguments=(_ACHIEVEMENTS, _WEIGHTS),
    help=in_languages(
        "Weighted mean of the achievements that are there; one number for the whole range.",
        "Promedio ponderado de los logros existentes; un solo número para todo el rango.",
    ),
    steps=(_PRESENT_WEIGHT,),
    formula=_aggregation_formula('IF(present=0,"",SUMPRODUCT(achievements,weights)/present)'),
    example="WEIGHTED_AGG({1.2635;0.4858;0.7745;0.6974},{0.25;0.24;0.27;0.24})",
)

_COVERAGE = CellFunction(
    name="COVERAGE",
    body=coverage,
    arguments=(_ACHIEVEMENTS, _WEIGHTS),
    help=in_languages(
        "Share of the weight that has a figure, from 0 to 1.",
        "Parte del peso que tiene dato, de 0 a 1.",
    ),
    steps=(_PRESENT_WEIGHT,),
    formula=_aggregation_formula("present/SUM(weights)"),
    example='COVERAGE({1;"";0.5},{0.25;0.5;0.25})',
)


def _action_formula(achievement: str, bands: str, column: int) -> str:
    """Count the bounds at or below an achievement; the band of that number has the word."""
    bounds = f"INDEX({bands},0,1)"
    count = f'SUMPRODUCT(({bounds}<>"")*({bounds}<={achievement}+1E-9))'
    return (
        f'IF({achievement}="","",IF({achievement}>1E+300,#VALUE!,'
        f'INDEX({bands},MAX(1,{count}),{column})&""))'
    )


def _action_range_formula(column: int) -> str:
    return (
        f'LET(table,IF(SUMPRODUCT(1*(bands<>""))=0,{_DEFAULT_BANDS},bands),'
        f"MAP(achievement,LAMBDA(one,{_action_formula('one', 'table', column)})))"
    )


_ACTION_BAND = CellFunction(
    name="ACTION_BAND",
    body=action_band,
    arguments=(_ACHIEVEMENT, _BANDS),
    help=in_languages(
        "Assessment of an achievement, such as Good.", "Valoración de un logro, como Good (bueno)."
    ),
    formula=_action_formula("achievement", "bands", 2),
    range_formula=_action_range_formula(2),
    example="ACTION_BAND(0.809)",
)

_ACTION_PLAN = CellFunction(
    name="ACTION_PLAN",
    body=action_plan,
    arguments=(_ACHIEVEMENT, _BANDS),
    help=in_languages(
        "Kind of plan that an achievement calls for, such as Improvement.",
        "Tipo de plan que pide un logro, como Improvement (mejora).",
    ),
    formula=_action_formula("achievement", "bands", 3),
    range_formula=_action_range_formula(3),
    example="ACTION_PLAN(0.809)",
)

_ACTION_TERM = CellFunction(
    name="ACTION_TERM",
    body=action_term,
    arguments=(_ACHIEVEMENT, _BANDS),
    help=in_languages(
        "Term within which the plan is due, such as Medium.",
        "Plazo en que se debe cumplir el plan, como Medium (mediano).",
    ),
    formula=_action_formula("achievement", "bands", 4),
    range_formula=_action_range_formula(4),
    example="ACTION_TERM(0.809)",
)

_WRONG_MONTHS = (
    'SUMPRODUCT((in_period<>"")*(in_period<>0)*(in_period<>1))'
    '+SUMPRODUCT(1*(in_period=1),(months<>"")*(months>1E+300))'
)
_USED = Step("used", '(in_period=1)*(months<>"")')
_FILLED = Step("filled", "SUMPRODUCT(used)")
_METHOD_NUMBER = Step("kind", 'MATCH(method,{"T","A","L"},0)')
_LAST_PLACE = Step(
    "place",
    "SUMPRODUCT(MAX(used*(ROW(months)+COLUMN(months)-MIN(ROW(months))-MIN(COLUMN(months))+1)))",
)


def _aggregate_of(months: str) -> str:
    total = f"SUMPRODUCT(used,{months})"
    return f"CHOOSE(kind,{total},{total}/filled,INDEX({months},place))"


_PERIOD_VALUE = CellFunction(
    name="PERIOD_VALUE",
    body=period_value,
    arguments=(_MONTHS, _IN_PERIOD, _METHOD),
    help=in_languages(
        "Total, average or last of the months that are in the period and filled.",
        "Total, promedio o último de los meses del período que tienen dato.",
    ),
    steps=(
        _USED,
        _FILLED,
        _METHOD_NUMBER,
        _LAST_PLACE,
        Step("wrong", _WRONG_MONTHS),
    ),
    formula=f'IF(ISNA(kind)+wrong>0,#VALUE!,IF(filled=0,"",{_aggregate_of("months")}))',
    example='PERIOD_VALUE({16,7,"",3},{1,1,1,0},"T")',
)

_PREVIOUS_VALUE = CellFunction(
    name="PREVIOUS_VALUE",
    body=previous_value,
    arguments=(
        _MONTHS,
        _IN_PERIOD,
        Argument(
            "last_months",
            in_languages(
                "Last year's monthly figures, a range of the same shape; empty where not known.",
                "Las cifras mensuales del año anterior, un rango de la misma forma; "
                "vacías si no se conocen.",
            ),
            kind="range",
        ),
        Argument(
            "last_year",
            in_languages(
                "Last year's figure for the whole year.", "La cifra de todo el año anterior."
            ),
            kind="cell",
        ),
        _METHOD,
    ),
    help=in_languages(
        "Last year's figure for the same months: from its months, else from its yearly figure.",
        "Cifra del año anterior para los mismos meses: de sus meses o, si faltan, de la anual.",
    ),
    steps=(
        _USED,
        _FILLED,
        Step("known", 'SUMPRODUCT(used*(last_months<>""))'),
        _METHOD_NUMBER,
        _LAST_PLACE,
        Step(
            "wrong",
            _WRONG_MONTHS + '+SUMPRODUCT(used*(last_months<>"")*(last_months>1E+300))'
            '+(last_year<>"")*(last_year>1E+300)',
        ),
    ),
    formula=(
        'IF(ISNA(kind)+wrong>0,#VALUE!,IF(filled=0,"",'
        f"IF(known=filled,{_aggregate_of('last_months')},"
        'IF(last_year="","",IF(kind=1,last_year*filled/12,last_year)))))'
    ),
    example='PREVIOUS_VALUE({30,40,""},{1,1,1},{25,35,45},420,"T")',
)


def _change_formula(base: str, change: str) -> str:
    other = change.replace(base, "").strip("-")
    return (
        f'IF(({base}="")+({other}="")>0,"",IF(({base}>1E+300)+({other}>1E+300)>0,#VALUE!,'
        f'IF({base}=0,"",({change})/ABS({base}))))'
    )


_GROWTH_RATE = CellFunction(
    name="GROWTH_RATE",
    body=growth_rate,
    arguments=(
        Argument(
            "current", in_languages("The figure of this period.", "La cifra de este período.")
        ),
        Argument(
            "previous",
            in_languages("The figure of the earlier period.", "La cifra del período anterior."),
        ),
    ),
    help=in_languages(
        "Relative change against an earlier figure: positive when it rose.",
        "Cambio relativo frente a una cifra anterior: positivo si subió.",
    ),
    formula=_change_formula("previous", "current-previous"),
    example="GROWTH_RATE(2569,2490)",
)

_IMPROVEMENT_RATE = CellFunction(
    name="IMPROVEMENT_RATE",
    body=improvement_rate,
    arguments=(
        Argument(
            "before",
            in_languages("The figure of the earlier period.", "La cifra del período anterior."),
        ),
        Argument("after", in_languages("The figure of this period.", "La cifra de este período.")),
    ),
    help=in_languages(
        "Relative improvement where less is better: positive when it fell.",
        "Mejora relativa cuando menos es mejor: positiva si bajó.",
    ),
    formula=_change_formula("before", "before-after"),
    example="IMPROVEMENT_RATE(48,36)",
)

FUNCTIONS: tuple[CellFunction, ...] = (
    _KPI_ACHIEVEMENT,
    _WEIGHTED_AGG,
    _COVERAGE,
    _ACTION_BAND,
    _ACTION_PLAN,
    _ACTION_TERM,
    _PERIOD_VALUE,
    _PREVIOUS_VALUE,
    _GROWTH_RATE,
    _IMPROVEMENT_RATE,
)


def function_named(name: str) -> CellFunction:
    """Give the cell function of an Excel name.

    >>> function_named("COVERAGE").body([1, ""], [0.5, 0.5])
    0.5
    """
    return next(function for function in FUNCTIONS if function.name == name)
