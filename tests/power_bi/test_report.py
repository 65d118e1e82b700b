"""The report: its pages show fields that there are, and nothing stands on anything else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from tablero.workbook_templates.power_bi.pages import HEIGHT, WIDTH
from tests.facts.companies import made
from tests.power_bi.conftest import Projects
from tests.power_bi.reading import Project
from tests.power_bi.test_semantic_model import of_each


def references(node: Any) -> Iterator[tuple[str, str, str]]:
    """Every field that a file names: whether it is a column or a measure, its table, its name."""
    if isinstance(node, dict):
        for kind in node.keys() & {"Column", "Measure"}:
            source = node[kind]["Expression"]["SourceRef"]
            if "Entity" in source:
                yield kind, source["Entity"], node[kind]["Property"]
        for one in node.values():
            yield from references(one)
    elif isinstance(node, list):
        for one in node:
            yield from references(one)


def fields(project: Project) -> set[tuple[str, str, str]]:
    """Every field of the model."""
    columns = {
        ("Column", name, one["name"])
        for name, table in project.tables.items()
        for one in table["columns"]
    }
    return columns | {("Measure", "measures", name) for name in project.measures}


@of_each
def test_every_visual_shows_fields_of_the_model(company: str, project: Projects) -> None:
    """Conditional colours and filters name only such, too."""
    found = project(company)
    known = fields(found)
    for page, visuals in found.pages():
        assert set(references(page)) <= known
        for visual in visuals:
            named = set(references(visual))
            assert named
            assert named <= known


@of_each
def test_nothing_overlaps_or_leaves_the_page(company: str, project: Projects) -> None:
    """Each visual has a place of its own."""
    for page, visuals in project(company).pages():
        assert (page["width"], page["height"]) == (WIDTH, HEIGHT)
        boxes = [one["position"] for one in visuals]
        for box in boxes:
            assert box["x"] >= 0 <= box["y"]
            assert box["x"] + box["width"] <= WIDTH
            assert box["y"] + box["height"] <= HEIGHT
        for one, other in itertools.combinations(boxes, 2):
            aside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            below = (
                one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            )
            assert aside or below


def test_names_are_told_apart_and_short(project: Projects) -> None:
    """Power BI takes 50 letters."""
    for page, visuals in project("followed").pages():
        names = [one["name"] for one in visuals]
        assert len(set(names)) == len(names)
        assert max(map(len, [page["name"], *names])) <= 50


@pytest.mark.parametrize(
    ("company", "pages"),
    [
        ("paper", ["Strategy", "Scorecard", "KPIs", "Trend"]),
        ("half", ["Estratégia", "Scorecard", "Indicadores", "Tendência"]),
        ("followed", ["Estrategia", "Tablero", "Indicadores", "Tendencia", "OKR"]),
        ("registers", ["Estrategia", "Tablero", "Indicadores", "Tendencia", "Acciones"]),
    ],
)
def test_there_are_pages_for_what_the_company_has(
    company: str, pages: list[str], project: Projects
) -> None:
    """In the language of the workbook."""
    assert [page["displayName"] for page, _ in project(company).pages()] == pages


def test_people_read_names_in_their_language(project: Projects) -> None:
    """Also those of columns, which are the same in each language in the model."""
    shown = {
        one["displayName"]
        for _, visuals in project("registers").pages()
        for visual in visuals
        for well in visual["visual"]["query"]["queryState"].values()
        for one in well["projections"]
    }
    assert {"Perspectiva", "Objetivo", "Indicador", "Cumplimiento", "Acción", "Vence"} <= shown


def test_the_theme_has_the_company_s_colour(project: Projects) -> None:
    """It is a resource of the report, called there by its name."""
    found = project("paper")
    report = found.json(found.report / "definition" / "report.json")
    (package,) = report["resourcePackages"]
    (item,) = package["items"]
    theme = found.json(found.report / "StaticResources" / package["name"] / item["path"])
    assert theme["name"] == item["name"] == report["themeCollection"]["customTheme"]["name"]
    assert made("paper").definition.company.colour is None
    assert theme["dataColors"][0] == "#1F4E79"


def test_charts_have_an_order_of_their_own(project: Projects) -> None:
    """Months as they follow, perspectives as on the scorecard, points from the most down."""
    found = {
        visual["name"]: visual["visual"]["query"]["sortDefinition"]["sort"][0]
        for _, visuals in project("paper").pages()
        for visual in visuals
        if "sortDefinition" in visual["visual"]["query"]
    }
    order = {name: one["direction"] for name, one in found.items()}
    assert order.pop("points") == "Descending"
    assert set(order) == {
        "perspectives", "objectives", "bands", "strategy_trend", "perspective_trend",
    }  # fmt: skip
    assert set(order.values()) == {"Ascending"}
