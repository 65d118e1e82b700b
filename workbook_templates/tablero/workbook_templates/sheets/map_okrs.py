"""How the objectives of OKR stand that serve a box or a band of the map: ``OKR ▲ 2 ◆ 1``."""

from __future__ import annotations

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.okrs.layout import GRADES
from tablero.workbook_templates.okrs.words import SYMBOLS
from tablero.workbook_templates.scored_model import ScoredModel
from tablero.workbook_templates.sheets.page import Formula, Page
from tablero.workbook_templates.strategy_map.plan import MapPlan

SHOWN = ("on_track", "at_risk", "off_track", "outdated")
"""The statuses in the order in which they are counted out."""


def line(board: Board, plan: MapPlan, key: str) -> Formula | None:
    """Which statuses how many have whose period is running; none has a line of its own."""
    if key not in plan.aligned:
        return None
    word, table, found = board.say("sheet.okr"), plan.counts, counted(board, plan, key)
    cells = {grade: table.cell(key, grade) for grade in SHOWN}
    parts = "&".join(
        f'IF({cells[grade]}=0,"",INDEX(okrs_symbols,{number})&" "&{cells[grade]}&" ")'
        for grade, number in ((grade, GRADES.index(grade) + 1) for grade in SHOWN)
    )
    shown = "".join(f"{SYMBOLS[grade]} {found[grade]} " for grade in SHOWN if found[grade])
    every = table.span([key], GRADES)
    return Formula(f'"{word} "&IF(SUM({every})=0,"–",{parts})', f"{word} {shown or '–'}")


def count(board: Board, page: Page, plan: MapPlan) -> None:
    """The numbers behind the lines, right of what is printed."""
    table = plan.counts
    for key, okrs in plan.aligned.items():
        page.put(*table.at(key, "id"), key, "working")
        found = counted(board, plan, key)
        for number, grade in enumerate(GRADES, start=1):
            formula = "+".join(_is_running(board, okr, number) for okr in okrs)
            content = Formula(formula, float(found[grade]))
            page.put(*table.at(key, grade), content, "working count")


def _is_running(board: Board, okr: str, number: int) -> str:
    """Counts one where an objective has a status and its period is running."""
    table = board.okr_layout.okr
    status, first, last = (table.far(f"okr:{okr}", one) for one in ("status", "from", "to"))
    is_running = f"({first}<=okrs_as_of)*({last}>=okrs_as_of)"
    return f"({status}=INDEX(okrs_words,{number}))*{is_running}"


def counted(model: ScoredModel, plan: MapPlan, key: str) -> dict[str, int]:
    """How many objectives of OKR that serve a row and are running stand how, by status."""
    today = model.okrs.as_of
    statuses: list[str] = [
        one.status
        for one in model.okrs.okrs
        if one.okr.id in plan.aligned[key]
        and (span := model.okrs.span(one.okr)).first <= today <= span.last
    ]
    return {grade: statuses.count(grade) for grade in GRADES}
