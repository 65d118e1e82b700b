"""The registrations of PERIOD_VALUE and PREVIOUS_VALUE, which choose their months alike."""

from __future__ import annotations

from tablero.udfs.periods import period_value, previous_value
from tablero.udfs.registration import Argument, CellFunction, Step, in_languages

_MONTHS = Argument(
    "months",
    in_languages(
        "This year's monthly figures, in the order of time.",
        "Las cifras mensuales de este año, en orden de tiempo.",
        "Os valores mensais deste ano, em ordem cronológica.",
    ),
    kind="range",
)
_IN_PERIOD = Argument(
    "in_period",
    in_languages(
        "1 for each month of the period, 0 for the others; a range of the same shape.",
        "1 para cada mes del período, 0 para los demás; un rango de la misma forma.",
        "1 para cada mês do período, 0 para os demais; um intervalo da mesma forma.",
    ),
    kind="range",
)
_METHOD = Argument(
    "method",
    in_languages(
        "T adds up, A averages, L takes the last filled month.",
        "T suma, A promedia, L toma el último mes con dato.",
        "T soma, A calcula a média, L toma o último mês preenchido.",
    ),
    kind="cell",
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


PERIOD_VALUE = CellFunction(
    name="PERIOD_VALUE",
    body=period_value,
    arguments=(_MONTHS, _IN_PERIOD, _METHOD),
    help=in_languages(
        "Total, average or last of the months that are in the period and filled.",
        "Total, promedio o último de los meses del período que tienen dato.",
        "Total, média ou último dos meses do período que estão preenchidos.",
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

PREVIOUS_VALUE = CellFunction(
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
                "Os valores mensais do ano anterior, um intervalo da mesma forma; vazios onde "
                "não conhecidos.",
            ),
            kind="range",
        ),
        Argument(
            "last_year",
            in_languages(
                "Last year's figure for the whole year.",
                "La cifra de todo el año anterior.",
                "O valor de todo o ano anterior.",
            ),
            kind="cell",
        ),
        _METHOD,
    ),
    help=in_languages(
        "Last year's figure for the same months: from its months, else from its yearly figure.",
        "Cifra del año anterior para los mismos meses: de sus meses o, si faltan, de la anual.",
        "Valor do ano anterior para os mesmos meses: de seus meses ou, se faltarem, do "
        "valor anual.",
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
