"""Scores handed on to other programs: as JSON in the documented shape, and as a tidy table."""

from __future__ import annotations

import io
import json
import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.export import COLUMNS, as_json, frame, rows
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.scorecard import Scorecard
from tablero.workbook_templates.scoring import Scores, score

SCORED = {"achievement", "coverage", "band", "plan", "term"}
NODE = {"id", "name", "weight", *SCORED}
SHAPE = {
    "": {"company", "period", "strategy", "perspectives", "problems"},
    "period": {"label", "from", "to", "months"},
    "strategy": SCORED,
    "perspectives": {*NODE, "objectives"},
    "objectives": {*NODE, "kpis"},
    "kpis": {*NODE, "unit", "value", "goal", "desired"},
    "problems": {"severity", "sheet", "cell", "message", "remedy"},
}


@pytest.fixture(scope="module")
def scores() -> Scores:
    """The paper's company in every period."""
    return score(load_template("cano"))


def scorecard(scores: Scores, code: str) -> Scorecard:
    """One period's scorecard."""
    return scores.at(scores.calendar.parse(code))


def without(definition: Definition, months: dict[str, list[int]]) -> Scores:
    """Scores of the company without some months of some inputs."""
    figures = dict(definition.figures)
    for name, numbers in months.items():
        kept = [
            None if number in numbers else value
            for number, value in enumerate(figures[name].months or (), 1)
        ]
        figures[name] = figures[name].model_copy(update={"months": tuple(kept)})
    ids = [one.id for one in definition.inputs]
    return score(definition, Figures.from_inputs(ids, figures))


def parts(data: Any, name: str = "") -> list[tuple[str, Any]]:
    """Every mapping of the data with the name of the field it stands in."""
    if isinstance(data, list):
        return [found for item in data for found in parts(item, name)]
    if not isinstance(data, dict):
        return []
    return [(name, data), *(found for key, value in data.items() for found in parts(value, key))]


def test_json_has_the_documented_shape(scores: Scores) -> None:
    """Every field that was promised is there, on every level."""
    problem = Problem("cell_text", values={"text": "x"}, sheet="Inputs", cell="F7")
    data = as_json(scorecard(scores, "2016"), [problem])
    seen = set()
    for name, part in parts(data):
        assert SHAPE.get(name, set()) <= part.keys()
        seen.add(name)
    assert seen >= SHAPE.keys()


def test_json_says_what_the_paper_says(scores: Scores) -> None:
    """The strategy of the year is 0.8054, Good, with improvement in the medium term."""
    data = as_json(scorecard(scores, "2016"))
    strategy = data["strategy"]
    assert strategy["achievement"] == pytest.approx(0.8054, abs=1e-4)
    assert [strategy[key] for key in ("coverage", "band", "plan", "term")] == [
        1.0, "Good", "Improvement", "Medium",
    ]  # fmt: skip
    assert data["period"] == {
        "code": "2016", "label": "2016", "from": "2016-01", "to": "2016-12", "months": 12,
        "length": 12,
    }  # fmt: skip
    roa = data["perspectives"][0]["objectives"][0]["kpis"][0]
    assert (roa["id"], roa["unit"], roa["goal"], roa["desired"]) == ("roa", "%", 0.35, "High")
    assert roa["value"] == pytest.approx(0.463448, abs=1e-6)


def test_numbers_are_not_rounded(scores: Scores) -> None:
    """They survive the way through JSON as they were scored."""
    card = scorecard(scores, "2016")
    data = json.loads(json.dumps(as_json(card)))
    assert data["strategy"]["achievement"] == card.strategy.achievement


def test_words_are_in_the_language_and_codes_are_not(scores: Scores) -> None:
    """Programs look at ids and codes, people at words."""
    problem = Problem("cell_error", "warning", {"text": "#REF!"}, file="a.xlsx")
    data = as_json(scorecard(scores, "2016-Q1"), [problem], "es")
    first = data["perspectives"][0]
    assert (data["language"], data["period"]["label"]) == ("es", "T1 2016")
    assert (first["id"], first["name"], first["band"]) == ("financial", "Financiera", "Excelente")
    assert (first["band_id"], first["objectives"][0]["kpis"][0]["desired"]) == ("excellent", "High")
    assert data["problems"][0]["severity"] == "warning"
    assert data["problems"][0]["message"] == problem.message("es")


def test_missing_is_null_and_owed_is_said() -> None:
    """A KPI without figures has no value, no achievement and no band."""
    gaps = without(load_template("cano"), {"net_sales": [5], "defective_units": list(range(1, 13))})
    data = as_json(scorecard(gaps, "2016"))
    kpis = {part["id"]: part for name, part in parts(data) if name == "kpis"}
    missing = kpis["defective_products"]
    assert [missing[key] for key in ("value", "achievement", "band", "band_id", "plan")] == [
        None
    ] * 5
    assert (missing["coverage"], missing["months"], missing["goal"]) == (0.0, 0, 0.1)
    assert data["strategy"]["coverage"] == pytest.approx(1 - 0.27 * 0.5)
    assert {debt["input"]: debt["months"] for debt in data["owed"]}["net_sales"] == ["2016-05"]
    assert {debt["owner"] for debt in data["owed"]} == {"Finance", "Operations"}


def test_what_json_has_no_number_for_is_null(scores: Scores) -> None:
    """Infinity is no number there."""
    card = scorecard(scores, "2016")
    endless = replace(card, strategy=replace(card.strategy, achievement=math.inf))
    assert as_json(endless)["strategy"]["achievement"] is None


def test_the_table_has_a_row_for_each_node_in_each_period(scores: Scores) -> None:
    """Tidy: one observation a row, one fact a column."""
    table = frame(scores)
    nodes = len(list(rows(scorecard(scores, "2016"))))
    assert tuple(table.columns) == COLUMNS
    assert len(table) == nodes * len(scores.periods)
    assert not table.duplicated(["period", "id"]).any()
    assert list(table["level"].value_counts(sort=False).items()) == [
        (level, count * len(scores.periods))
        for level, count in (("strategy", 1), ("perspective", 4), ("objective", 8), ("kpi", 15))
    ]


def test_the_table_says_what_json_says(scores: Scores) -> None:
    """Both are made of the same scorecard."""
    table = frame(scores, "es").set_index(["period", "id"])
    nodes = {"perspectives", "objectives", "kpis"}
    data = [part for name, part in parts(as_json(scorecard(scores, "2016-07"), (), "es"))
            if name in nodes]  # fmt: skip
    assert len(data) == 27
    for part in data:
        row = table.loc[("2016-07", part["id"])]
        shared = [column for column in part if column in COLUMNS and column != "id"]
        assert {column: row[column] for column in shared} == {key: part[key] for key in shared}


def test_the_table_survives_csv(scores: Scores) -> None:
    """Every number and text comes back as it was."""
    table = frame(score(scores.definition, periods=[scores.calendar.parse("2016")]))
    text = table.to_csv(index=False)
    back = pd.read_csv(io.StringIO(text), dtype={"period": str})
    pd.testing.assert_frame_equal(back, table, check_dtype=False)


def test_missing_is_empty_in_the_table() -> None:
    """Numbers are NaN, texts are None, and the columns stay numeric."""
    table = frame(score(load_template("blank-sme"))).set_index("id")
    strategy = table.loc["strategy"].iloc[0]
    assert math.isnan(strategy["achievement"])
    assert strategy["coverage"] == 0
    assert pd.isna(strategy["band"])
    assert table["value"].dtype == table["achievement"].dtype == float
