"""The registration of KPI_ACHIEVEMENT."""

from __future__ import annotations

from tablero.udfs.achievement import kpi_achievement
from tablero.udfs.registration import Argument, CellFunction, Step, in_languages

KPI_ACHIEVEMENT = CellFunction(
    name="KPI_ACHIEVEMENT",
    body=kpi_achievement,
    arguments=(
        Argument(
            "value",
            in_languages(
                "What the KPI came to.",
                "El valor que alcanzó el indicador.",
                "O valor a que o indicador chegou.",
            ),
        ),
        Argument(
            "goal",
            in_languages(
                "What it should come to, in the same unit.",
                "El valor que debería alcanzar, en la misma unidad.",
                "O valor a que deveria chegar, na mesma unidade.",
            ),
        ),
        Argument(
            "desired",
            in_languages(
                "High, Low or Target (nearest is best). Absent: High.",
                "High (alto), Low (bajo) o Target (lo más cerca posible). Si se omite, High.",
                "High (alto), Low (baixo) ou Target (quanto mais perto, melhor). Se omitido, High.",
            ),
            optional=True,
            default='"High"',
        ),
        Argument(
            "floor",
            in_languages(
                "Least achievement. Absent: 0; an empty cell: none.",
                "Cumplimiento mínimo. Si se omite, 0; una celda vacía: ninguno.",
                "Atingimento mínimo. Se omitido, 0; uma célula vazia: nenhum.",
            ),
            kind="cell",
            optional=True,
            default="0",
        ),
        Argument(
            "cap",
            in_languages(
                "Greatest achievement. Absent or empty: none.",
                "Cumplimiento máximo. Si se omite o está vacío, ninguno.",
                "Atingimento máximo. Se omitido ou vazio, nenhum.",
            ),
            kind="cell",
            optional=True,
            default='""',
        ),
    ),
    help=in_languages(
        "Achievement of a goal as a fraction: 1 when met exactly, more when surpassed.",
        "Cumplimiento de una meta como fracción: 1 si se alcanza exactamente, más si se supera.",
        "Atingimento de uma meta como fração: 1 se for atingida exatamente, mais se for superada.",
    ),
    steps=(
        Step(
            "gap",
            'IF(desired="Low",goal-value,IF(desired="Target",-ABS(value-goal),'
            'IF((desired="High")+(desired&""="")>0,value-goal,#VALUE!)))',
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
    # MAX and MIN would answer a range with one number.  An omitted floor is 0, an empty cell is
    # none: only the latter is a reference.  x&""="" holds for both, x="" not everywhere.
    range_formula=(
        'LET(lowest,IF(floor&""<>"",floor,IF(ISREF(floor)+ISTEXT(floor)>0,-1E+300,0)),'
        'highest,IF(cap&""="",1E+300,cap),'
        'IF((value="")+(goal="")>0,"",'
        "IF((value>1E+300)+(goal>1E+300)+(lowest>1E+300)+(highest>1E+300)>0,#VALUE!,"
        "IF(lowest>highest,#NUM!,"
        "IF(achieved<lowest,lowest,IF(achieved>highest,highest,achieved))))))"
    ),
    example='KPI_ACHIEVEMENT(0.46,0.35,"High")',
)
