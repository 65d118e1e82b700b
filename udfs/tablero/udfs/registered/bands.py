"""The registrations of ACTION_BAND, ACTION_PLAN and ACTION_TERM, one for each word of a band."""

from __future__ import annotations

from tablero.udfs.bands import DEFAULT_BANDS, action_band, action_plan, action_term
from tablero.udfs.registration import Argument, CellFunction, array_constant, in_languages

_DEFAULT_BANDS = array_constant(DEFAULT_BANDS)

_ACHIEVEMENT = Argument(
    "achievement",
    in_languages(
        "Achievement as a fraction: 1 is 100 %.",
        "Cumplimiento como fracción: 1 es 100 %.",
        "Atingimento como fração: 1 é 100%.",
    ),
)
_BANDS = Argument(
    "bands",
    in_languages(
        "Rows of from, assessment, plan and term, ascending. Absent: the default bands.",
        "Filas de límite inferior, valoración, plan y plazo, en orden ascendente. "
        "Si se omite, las bandas predeterminadas.",
        "Linhas de limite inferior, avaliação, plano e prazo, em ordem crescente. Se "
        "omitido, as faixas padrão.",
    ),
    kind="range",
    optional=True,
    default=_DEFAULT_BANDS,
)


def _word(achievement: str, bands: str, column: int) -> str:
    """Count the bounds at or below an achievement; the band of that number has the word."""
    bounds = f"INDEX({bands},0,1)"
    count = f'SUMPRODUCT(({bounds}<>"")*({bounds}<={achievement}+1E-9))'
    return f'IF({achievement}>1E+300,#VALUE!,INDEX({bands},MAX(1,{count}),{column})&"")'


def _formula(column: int) -> str:
    return f'IF(achievement="","",{_word("achievement", "bands", column)})'


def _range_formula(column: int) -> str:
    """Do the same for each achievement; MAP does not always tell an empty cell from a 0."""
    return (
        f"LET(known_bands,IF(SUMPRODUCT(LEN(bands))=0,{_DEFAULT_BANDS},bands),"
        f'IF(achievement="","",MAP(achievement,LAMBDA(one,{_word("one", "known_bands", column)}))))'
    )


ACTION_BAND = CellFunction(
    name="ACTION_BAND",
    body=action_band,
    arguments=(_ACHIEVEMENT, _BANDS),
    help=in_languages(
        "Assessment of an achievement, such as Good.",
        "Valoración de un cumplimiento, como Good (bueno).",
        "Avaliação de um atingimento, como Good (bom).",
    ),
    formula=_formula(2),
    range_formula=_range_formula(2),
    example="ACTION_BAND(0.809)",
)

ACTION_PLAN = CellFunction(
    name="ACTION_PLAN",
    body=action_plan,
    arguments=(_ACHIEVEMENT, _BANDS),
    help=in_languages(
        "Kind of plan that an achievement calls for, such as Improvement.",
        "Tipo de plan que pide un cumplimiento, como Improvement (mejora).",
        "Tipo de plano que um atingimento pede, como Improvement (melhoria).",
    ),
    formula=_formula(3),
    range_formula=_range_formula(3),
    example="ACTION_PLAN(0.809)",
)

ACTION_TERM = CellFunction(
    name="ACTION_TERM",
    body=action_term,
    arguments=(_ACHIEVEMENT, _BANDS),
    help=in_languages(
        "Term within which the plan is due, such as Medium.",
        "Plazo en que se debe cumplir el plan, como Medium (mediano).",
        "Prazo em que o plano deve ser cumprido, como Medium (médio).",
    ),
    formula=_formula(4),
    range_formula=_range_formula(4),
    example="ACTION_TERM(0.809)",
)
