"""The semantic model, read by others: it fits the data that it describes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from pbi_parsers import pq

from tablero.workbook_templates.facts.schema import SCHEMAS
from tablero.workbook_templates.power_bi.tmdl import Block, document
from tests.power_bi.conftest import Projects
from tests.power_bi.reading import Project

COMPANIES = ("paper", "half", "empty", "followed", "registers", "problems", "hostile")
TYPES = {
    "VARCHAR": "string",
    "DOUBLE": "double",
    "BIGINT": "int64",
    "DATE": "dateTime",
    "BOOLEAN": "boolean",
}
PARSED = ("dim_period", "fact_kpi", "fact_action", "measures")
of_each = pytest.mark.parametrize("company", COMPANIES)


def lines(project: Project, name: str) -> list[str]:
    """The lines of a file of the model."""
    return (project.model / "definition" / name).read_text("utf-8").splitlines()


@of_each
def test_every_column_stands_in_the_data_with_its_type(company: str, project: Projects) -> None:
    """And every column of the data stands in the model."""
    found = project(company)
    described = {name: table for name, table in found.tables.items() if name != "measures"}
    assert described.keys() == found.types.keys()
    for name, table in described.items():
        columns = {one["sourceColumn"]: one["dataType"] for one in table["columns"]}
        assert columns == {column: TYPES[kind] for column, kind in found.types[name].items()}
        assert [one["name"] for one in table["columns"]] == list(columns)


@of_each
def test_one_side_of_a_relation_is_unique_and_every_reference_is_found(
    company: str, project: Projects
) -> None:
    """Power BI loads no model otherwise; it tells letters of either case not apart."""
    found = project(company)
    assert found.relations
    for one in found.relations:
        keys = [line[one["toColumnName"]].casefold() for line in found.data[one["toTable"]]]
        assert max(Counter(keys).values()) == 1, one
        asked = {line[one["fromColumnName"]] for line in found.data[one["fromTable"]]}
        assert {key.casefold() for key in asked - {None}} <= set(keys), one


@of_each
def test_there_is_one_way_from_each_table_to_each_other(company: str, project: Projects) -> None:
    """Power BI refuses a model in which there are two."""
    found = project(company)
    ways: dict[str, list[str]] = {}
    for one in found.relations:
        if one.get("isActive") != "false":
            ways.setdefault(one["fromTable"], []).append(one["toTable"])

    def reached(table: str) -> Iterator[str]:
        for to in ways.get(table, []):
            yield to
            yield from reached(to)

    for table in found.tables:
        assert [to for to, count in Counter(reached(table)).items() if count > 1] == []


def test_every_perspective_objective_and_period_filters_the_facts(project: Projects) -> None:
    """The relations follow the tables' own references, but for those that would be a second way."""
    followed = {(one["fromColumn"], one.get("isActive")) for one in project("followed").relations}
    assert ("fact_kpi.kpi_id", None) in followed
    assert ("dim_kpi.objective_id", None) in followed
    assert ("dim_objective.perspective_id", None) in followed
    assert ("fact_kpi.period_id", None) in followed
    assert ("dim_okr.objective_id", "false") in followed
    assert not any(column == "fact_input.period_id" for column, _ in followed)


@cache
def is_query(text: str) -> bool:
    """Whether a text is one in the language of Power Query."""
    return pq.to_ast(text) is not None


@of_each
def test_each_query_opens_the_file_of_its_table(company: str, project: Projects) -> None:
    """By the parameter that says where the folder is, with the types of the model."""
    found = project(company)
    for name, table in found.tables.items():
        (partition,) = table["partitions"]
        # The others differ in names alone, and the parser takes its time.
        assert name not in PARSED or is_query(partition["source"])
        if name != "measures":
            assert f'File.Contents(Folder & "\\{name}.parquet")' in partition["source"]
            typed = re.findall(r'\{"(\w+)", ', partition["source"])
            assert typed == list(SCHEMAS[name].names)


def test_the_folder_is_where_the_data_are(project: Projects) -> None:
    """It is a parameter, so that it can be changed when the project moves."""
    found = project("paper")
    assert f'expression Folder = "{found.folder / "data"}" meta [' in found.parameter
    assert 'IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]' in found.parameter


def test_names_are_sorted_by_their_place_unless_two_are_alike(project: Projects) -> None:
    """Power BI refuses to sort a name that has two places."""

    def sorting(company: str, table: str, column: str) -> str | None:
        columns = {one["name"]: one for one in project(company).tables[table]["columns"]}
        found: str | None = columns[column].get("sortByColumn")
        return found

    assert sorting("paper", "dim_kpi", "kpi") == "sort"
    assert sorting("half", "dim_period", "label") == "sort"
    assert sorting("hostile", "dim_kpi", "kpi") is None


def test_keys_are_hidden_and_shares_are_not_added_up(project: Projects) -> None:
    """People see names and measures."""
    found = project("registers")
    text = "\n".join(lines(found, "tables/fact_kpi.tmdl"))
    hidden = re.findall(r"\tcolumn (\w+)\n\t\tdataType: \w+\n\t\tisHidden", text)
    assert hidden == list(SCHEMAS["fact_kpi"].names)
    summed = {
        one["name"]
        for table in found.tables.values()
        for one in table["columns"]
        if one["summarizeBy"] != "none"
    }
    assert summed == {"budget", "spent"}


@of_each
def test_everything_that_people_see_is_described(company: str, project: Projects) -> None:
    """Each table, column and measure has a comment before it, unless it is hidden."""
    found = project(company)
    for name in found.tables:
        text = lines(found, f"tables/{name}.tmdl")
        for place, line in enumerate(text):
            if re.match(r"\t?(table|column|measure) ", line):
                end = next((one for one in range(place, len(text)) if not text[one]), len(text))
                is_hidden = "\t\tisHidden" in text[place:end]
                assert text[place - 1].strip().startswith("/// ") != is_hidden, line


def test_the_model_speaks_the_language_of_the_workbook(project: Projects) -> None:
    """Measures are called and described in it; tables and columns are the same in each."""
    english, spanish, portuguese = (project(name) for name in ("paper", "followed", "half"))
    assert "Strategy achievement" in english.measures
    assert "Cumplimiento de la estrategia" in spanish.measures
    assert "Atingimento da estratégia" in portuguese.measures
    assert "\tculture: es-MX" in lines(spanish, "model.tmdl")
    assert english.tables.keys() < spanish.tables.keys()


def test_identities_stay_from_one_export_to_the_next(project: Projects) -> None:
    """Reports that people built on the model find their fields again."""
    tags = [
        re.findall(r"lineageTag: (.+)", "\n".join(lines(project(name), "tables/dim_kpi.tmdl")))
        for name in ("paper", "half")
    ]
    assert tags[0] == tags[1]
    assert len(set(tags[0])) == len(SCHEMAS["dim_kpi"].names) + 1


def test_the_model_names_every_table_in_order(project: Projects) -> None:
    """Power BI shows them in this order."""
    found = project("followed")
    named = [one.removeprefix("ref table ") for one in lines(found, "model.tmdl") if "ref" in one]
    assert sorted(named) == sorted([*found.tables])
    assert lines(found, "database.tmdl") == ["database", "\tcompatibilityLevel: 1601"]


def test_a_description_of_several_lines_stays_a_comment() -> None:
    """Whatever a text holds, it cannot become another object of the model."""
    evil = "one\n\tmeasure Evil = 1\r\ntwo\u2028measure Evil = 2\x00"
    text = document(Block("table", "it's", description=evil))
    assert text.splitlines() == [
        "/// one",
        "/// measure Evil = 1",
        "/// two",
        "/// measure Evil = 2",
        "table 'it''s'",
    ]
