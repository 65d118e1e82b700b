"""The registration of OKR_STATUS."""

from __future__ import annotations

from tablero.udfs.okr_status import DEFAULT_GRADES, okr_status
from tablero.udfs.registration import Argument, CellFunction, array_constant, in_languages

_DEFAULT_GRADES = array_constant(DEFAULT_GRADES)

_WRONG_KIND = (
    "(progress>1E+300)+(expected>1E+300)"
    '+(confidence&""<>"")*(confidence>1E+300)+(days&""<>"")*(days>1E+300)'
    '+(limit&""<>"")*(limit>1E+300)'
    '+(commitment<>"Committed")*(commitment<>"Aspirational")*(commitment&""<>"")'
)
_IMPOSSIBLE = (
    "(expected<0)+(expected>1+1E-9)"
    '+(confidence&""<>"")*((confidence<0)+(confidence>1+1E-9))+(days&""<>"")*(days<0)'
)
_PACE = "(progress+1E-9)/(expected+1E-12)"
_BOUND = '1+(commitment="Committed")'
_BELIEF = 'IF(confidence&""="",1,confidence)'
_WORD = '4+(days&""<>"")*(days>IF(limit&""="",7,limit))'


def _checked(answer: str) -> str:
    """Write an answer behind its conditions: missing, then wrong, then impossible."""
    return (
        'IF((progress="")+(expected="")>0,"",'
        f"IF({_WRONG_KIND}>0,#VALUE!,IF({_IMPOSSIBLE}>0,#NUM!,{answer})))"
    )


def _status(grades: str, pace: str, bound: str, belief: str, word: str) -> str:
    """Count the grades that are reached; the grade of that number has the word."""
    bounds, beliefs = f"INDEX({grades},0,{bound})", f"INDEX({grades},0,3)"
    count = f'SUMPRODUCT(({bounds}<>"")*({bounds}<={pace})*({beliefs}<={belief}+1E-9))'
    return f'INDEX({grades},MAX(1,{count}),{word})&""'


_RANGE_FORMULA = (
    f"LET(known_grades,IF(SUMPRODUCT(LEN(grades))=0,{_DEFAULT_GRADES},grades),"
    # Nothing, in the shape that all arguments make together: MAP wants ranges of one shape.
    "shape,0*LEN(progress&expected&commitment&confidence&days&limit),"
    + _checked(
        f"MAP({_PACE}+shape,{_BOUND}+shape,{_BELIEF}+shape,{_WORD}+shape,"
        "LAMBDA(pace,bound,belief,word,"
        f"{_status('known_grades', 'pace', 'bound', 'belief', 'word')}))"
    )
    + ")"
)

OKR_STATUS = CellFunction(
    name="OKR_STATUS",
    body=okr_status,
    arguments=(
        Argument(
            "progress",
            in_languages(
                "Progress of a key result, or score of an objective, as a fraction.",
                "Avance de un resultado clave o puntaje de un objetivo, como fracción.",
                "Progresso de um resultado-chave ou pontuação de um objetivo, como fração.",
            ),
        ),
        Argument(
            "expected",
            in_languages(
                "Progress expected by now: the elapsed share of the quarter or year, from 0 to 1.",
                "Avance esperado a la fecha: la parte transcurrida del trimestre o año, de 0 a 1.",
                "Progresso esperado até agora: a parte decorrida do trimestre ou ano, de 0 a 1.",
            ),
        ),
        Argument(
            "commitment",
            in_languages(
                "Committed or Aspirational. Absent: Aspirational.",
                "Committed (comprometido) o Aspirational (aspiracional). "
                "Si se omite, Aspirational.",
                "Committed (comprometido) ou Aspirational (aspiracional). Se omitido, "
                "Aspirational.",
            ),
            optional=True,
            default='"Aspirational"',
        ),
        Argument(
            "confidence",
            in_languages(
                "The owner's confidence from 0 to 1. Absent or empty: not asked for.",
                "La confianza del responsable, de 0 a 1. Si se omite o está vacía, no cuenta.",
                "A confiança do responsável, de 0 a 1. Se omitida ou vazia, não conta.",
            ),
            optional=True,
            default='""',
        ),
        Argument(
            "days",
            in_languages(
                "Days since the newest check-in. Absent or empty: none is due.",
                "Días desde el último registro. Si se omite o está vacío, no se exige ninguno.",
                "Dias desde o último check-in. Se omitido ou vazio, nenhum é exigido.",
            ),
            optional=True,
            default='""',
        ),
        Argument(
            "limit",
            in_languages(
                "The most days that a check-in may be old. Absent or empty: 7.",
                "Máximo de días que puede tener un registro. Si se omite o está vacío, 7.",
                "Máximo de dias que um check-in pode ter. Se omitido ou vazio, 7.",
            ),
            optional=True,
            default="7",
        ),
        Argument(
            "grades",
            in_languages(
                "Rows of aspirational from, committed from, confidence from, word, "
                "word if outdated, ascending. Absent: the default grades.",
                "Filas de límite aspiracional, comprometido y de confianza, palabra y palabra si "
                "está desactualizado, en orden ascendente. Si se omite, los grados "
                "predeterminados.",
                "Linhas de mínimo aspiracional, mínimo comprometido, confiança mínima, palavra "
                "e palavra se desatualizado, em ordem crescente. Se omitido, os graus padrão.",
            ),
            kind="range",
            optional=True,
            default=_DEFAULT_GRADES,
        ),
    ),
    help=in_languages(
        "Status of a key result or objective against what was expected by now, such as On track.",
        "Estado de un resultado clave u objetivo frente a lo esperado a la fecha, "
        "como On track (en curso).",
        "Status de um resultado-chave ou objetivo em relação ao esperado até agora, "
        "como On track (no rumo).",
    ),
    formula=_checked(_status("grades", _PACE, _BOUND, _BELIEF, _WORD)),
    range_formula=_RANGE_FORMULA,
    example='OKR_STATUS(0.4,0.5,"Committed")',
)
