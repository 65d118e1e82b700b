"""The Matrix helps to set goals: where one is missing, it says where a company finds one."""

from __future__ import annotations

import pytest

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.sheets import matrix
from tablero.workbook_templates.sheets.page import Numbers
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.workbook import make_board

RETAIL = load_template("retail")


def prompts(board: Board) -> dict[str, str]:
    """What is said of each KPI's goal when its cell is chosen."""
    table = board.layout.matrix
    column = table.columns["goal"]
    rules = [one for one in matrix.build(board).rules if isinstance(one, Numbers)]
    return {
        kpi.id: rule.prompt
        for kpi in board.definition.kpis()
        for rule in rules
        if rule.area.first_column == column == rule.area.last_column
        and rule.area.first_row <= table.rows[f"kpi:{kpi.id}"] <= rule.area.last_row
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_goal_comes_with_a_hint(language: str) -> None:
    """The hint of the definition, whole, in the language of the workbook."""
    said = prompts(make_board(RETAIL, language=language))
    for kpi in RETAIL.kpis():
        assert said[kpi.id].endswith(kpi.goal_hint.in_language(language))


def test_a_goal_that_is_set_needs_no_hint() -> None:
    """Then it is said what a goal is, as everywhere."""
    first, *others = RETAIL.perspectives
    objective, *more = first.objectives
    kpi = objective.kpis[0].model_copy(update={"goal": 0.1})
    objective = objective.model_copy(update={"kpis": (kpi, *objective.kpis[1:])})
    first = first.model_copy(update={"objectives": (objective, *more)})
    definition = RETAIL.model_copy(update={"perspectives": (first, *others)})
    board = make_board(definition, language="en")
    assert prompts(board)[kpi.id] == board.say("matrix.goal_prompt")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_source_stands_behind_the_description(language: str) -> None:
    """Where the definition of a KPI comes from can be read in the workbook."""
    board = make_board(RETAIL, language=language)
    table = board.layout.matrix
    cells = {(one.row, one.column): one for one in matrix.build(board).cells}
    for kpi in RETAIL.kpis():
        content = cells[table.at(f"kpi:{kpi.id}", "description")].content
        assert str(content).startswith(kpi.description.in_language(language).strip())
        assert kpi.source.in_language(language).strip().removesuffix(".") in str(content)


def test_the_longest_owner_shows_whole() -> None:
    """The column is as wide as the longest of the owners needs."""
    first, *others = RETAIL.perspectives
    objective, *more = first.objectives
    name = "Maria Fernanda Gutierrez Rios"
    owner = type(RETAIL.title)({"": name})
    kpi = objective.kpis[0].model_copy(update={"owner": owner})
    objective = objective.model_copy(update={"kpis": (kpi, *objective.kpis[1:])})
    first = first.model_copy(update={"objectives": (objective, *more)})
    board = make_board(RETAIL.model_copy(update={"perspectives": (first, *others)}))
    column = board.layout.matrix.columns["owner"]
    (width,) = (one for one in matrix.build(board).widths if one.first == column)
    assert width.characters > len(name)
