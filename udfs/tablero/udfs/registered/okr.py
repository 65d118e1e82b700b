"""The registrations of OKR_PROGRESS and OKR_SCORE."""

from __future__ import annotations

from tablero.udfs.okr import okr_progress, okr_score
from tablero.udfs.registered.aggregation import WEIGHTS, aggregation_formula
from tablero.udfs.registration import Argument, CellFunction, Step, in_languages


def _distance(figure: str) -> str:
    """Write how far a figure lies outside the bounds, element by element (MAX would not be)."""
    return f"({figure}<target)*(target-{figure})+({figure}>upper)*({figure}-upper)"


_CHANGE = (
    'IF(start="","",IF((start>1E+300)+(current>1E+300)+(target>1E+300)>0,#VALUE!,'
    "IF(target=start,#NUM!,(current-start)/(target-start))))"
)
_BETWEEN = (
    'IF(upper&""="","",IF((start<>"")*(start>1E+300)+(current>1E+300)+(target>1E+300)'
    "+(upper>1E+300)>0,#VALUE!,IF(target>upper,#NUM!,"
    "IF(away<=1E-9,1,IF(first<=1E-9,0,1-away/first)))))"
)
_MILESTONE = "IF((current>1E+300)+(target>1E+300)>0,#VALUE!,1*(current+1E-9>=target))"

OKR_PROGRESS = CellFunction(
    name="OKR_PROGRESS",
    body=okr_progress,
    arguments=(
        Argument(
            "start",
            in_languages(
                "Where the key result stood at the start.",
                "El valor del resultado clave al inicio.",
                "O valor do resultado-chave no início.",
            ),
        ),
        Argument(
            "current",
            in_languages(
                "Where it stands, in the same unit.",
                "Su valor actual, en la misma unidad.",
                "Seu valor atual, na mesma unidade.",
            ),
        ),
        Argument(
            "target",
            in_languages(
                "Where it should come to; the lower bound of Between; what counts as done.",
                "El valor que debería alcanzar; el límite inferior de Between; "
                "lo que cuenta como hecho.",
                "O valor a que deveria chegar; o limite inferior de Between; o que conta como "
                "concluído.",
            ),
        ),
        Argument(
            "kind",
            in_languages(
                "Change (up or down), Between (two bounds) or Milestone (done or not). "
                "Absent: Change.",
                "Change (subir o bajar), Between (entre dos límites) o Milestone (hito). "
                "Si se omite, Change.",
                "Change (subir ou descer), Between (entre dois limites) ou Milestone (marco). "
                "Se omitido, Change.",
            ),
            optional=True,
            default='"Change"',
        ),
        Argument(
            "upper",
            in_languages(
                "The upper bound, for Between only.",
                "El límite superior, solo para Between.",
                "O limite superior, só para Between.",
            ),
            optional=True,
            default='""',
        ),
    ),
    help=in_languages(
        "Progress of a key result as a fraction: 0 at its start, 1 at its target, not clamped.",
        "Avance de un resultado clave como fracción: 0 al inicio, 1 en la meta, sin topes.",
        "Progresso de um resultado-chave como fração: 0 no início, 1 na meta, sem limites.",
    ),
    steps=(
        Step("away", _distance("current")),
        Step("first", f'IF(start="",0,{_distance("start")})'),
    ),
    formula=(
        'IF((current="")+(target="")>0,"",'
        f'IF(kind="Between",{_BETWEEN},IF(kind="Milestone",{_MILESTONE},'
        f'IF((kind="Change")+(kind&""="")>0,{_CHANGE},#VALUE!))))'
    ),
    example="OKR_PROGRESS(40,34,10)",
)

OKR_SCORE = CellFunction(
    name="OKR_SCORE",
    body=okr_score,
    arguments=(
        Argument(
            "progress",
            in_languages(
                "Progress of the key results as fractions; empty ones are left out.",
                "Avance de los resultados clave como fracciones; los vacíos se dejan fuera.",
                "Progresso dos resultados-chave como frações; os vazios ficam de fora.",
            ),
            kind="range",
        ),
        WEIGHTS,
    ),
    help=in_languages(
        "Score of an objective from 0 to 1: weighted mean of its key results' progress.",
        "Puntaje de un objetivo de 0 a 1: promedio ponderado del avance de sus resultados clave.",
        "Pontuação de um objetivo, de 0 a 1: média ponderada do progresso de seus "
        "resultados-chave.",
    ),
    steps=(Step("present", 'SUMPRODUCT(1*(progress<>""),weights)'),),
    formula=aggregation_formula(
        "progress",
        'IF(present=0,"",(SUMPRODUCT((progress>0)*(progress<1),progress,weights)'
        "+SUMPRODUCT((progress>=1)*(progress<1E+300),weights))/present)",
    ),
    example="OKR_SCORE({0.5;1.4;-0.2},{0.5;0.25;0.25})",
)
