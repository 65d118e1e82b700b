"""The files: read back by DuckDB and pandas, harmless to a spreadsheet, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from pyarrow import parquet

from tablero.workbook_templates.facts.schema import SCHEMAS
from tablero.workbook_templates.facts.writing import SHAPES, VERSION, Export, Shape
from tablero.workbook_templates.folders import save_folder
from tablero.workbook_templates.problems import ProblemsError
from tests.engines.libreoffice import Calc
from tests.facts.companies import HOSTILE, MODELS, made, tables_of

ROLLED_UP = """
    SELECT period_id, sum(achievement * kpi.weight * objective.weight * perspective.weight) AS found
    FROM {fact_kpi} AS fact
    JOIN {dim_kpi} AS kpi USING (kpi_id)
    JOIN {dim_objective} AS objective USING (objective_id)
    JOIN {dim_perspective} AS perspective USING (perspective_id)
    JOIN {dim_period} AS period USING (period_id)
    GROUP BY period_id
"""
COMPARED = (
    "SELECT count(*), max(abs(found - achievement)) FROM (" + ROLLED_UP + ") AS rolled "  # noqa: S608
    "JOIN {fact_strategy} AS strategy USING (period_id)"
)


def export(name: str) -> Export:
    """The export of one of the companies."""
    model = made(name)
    return Export(model.definition.company.name, model.language, tables_of(name))


def saved(name: str, shape: Shape, folder: Path) -> Path:
    """An export on the disk."""
    path = folder / f"acme-{shape}" if shape != "json" else folder / "acme.json"
    return export(name).save(shape, path).path


def files(folder: Path, shape: str) -> dict[str, str]:
    """What SQL calls the tables of a folder."""
    return {name: f"'{folder / name}.{shape}'" for name in SCHEMAS}


def compared(names: Mapping[str, str]) -> tuple[int, float]:
    """How many periods there are, and how far the roll-up is from the strategy at most."""
    with duckdb.connect() as database:
        ((periods, difference),) = database.execute(COMPARED.format(**names)).fetchall()
    return periods, difference


@pytest.mark.parametrize("shape", ["csv", "parquet"])
def test_sql_over_the_folder_comes_to_the_strategy(shape: Shape, tmp_path: Path) -> None:
    """KPIs times the weights of the dimensions, in every period of a company without gaps."""
    folder = saved("paper", shape, tmp_path)
    periods, difference = compared(files(folder, shape))
    assert periods == 29
    assert difference < 1e-12


def test_sql_over_the_json_comes_to_the_strategy(tmp_path: Path) -> None:
    """Where each table is a list of records."""
    path = saved("paper", "json", tmp_path)
    names = {}
    for name, records in json.loads(path.read_text("utf-8"))["tables"].items():
        (tmp_path / f"{name}.json").write_text(json.dumps(records), "utf-8")
        names[name] = f"'{tmp_path / name}.json'"
    periods, difference = compared(names)
    assert periods == 29
    assert difference < 1e-12


@pytest.mark.parametrize("name", MODELS)
def test_parquet_holds_the_tables(name: str, tmp_path: Path) -> None:
    """To the last digit, as pandas reads it, with days as days."""
    folder = saved(name, "parquet", tmp_path)
    told = export(name).tables
    assert {path.stem for path in folder.iterdir()} == set(told)
    for table, expected in told.items():
        read = pd.read_parquet(folder / f"{table}.parquet")
        for column in SCHEMAS[table].of_kind("date"):
            assert {type(day) for day in read[column].dropna()} <= {date}
            read[column] = pd.to_datetime(read[column])
        pd.testing.assert_frame_equal(read.astype(expected.dtypes), expected)


@pytest.mark.parametrize("name", MODELS)
def test_csv_holds_the_tables(name: str, tmp_path: Path) -> None:
    """To the last digit, but for the apostrophe before what begins like a formula."""
    folder = saved(name, "csv", tmp_path)
    for table, expected in export(name).tables.items():
        days = SCHEMAS[table].of_kind("date")
        texts = dict.fromkeys(SCHEMAS[table].of_kind("text"), "string")
        read = pd.read_csv(
            folder / f"{table}.csv", parse_dates=days, dtype=texts, na_values=[""],
            keep_default_na=False,
        )  # fmt: skip
        for column in texts:
            read[column] = read[column].str.removeprefix("'")
        pd.testing.assert_frame_equal(read.astype(expected.dtypes), expected)


@pytest.mark.parametrize("name", MODELS)
def test_json_holds_the_tables(name: str, tmp_path: Path) -> None:
    """To the last digit, what is missing as null."""
    data = json.loads(saved(name, "json", tmp_path).read_text("utf-8"))
    told = export(name).tables
    assert list(data["tables"]) == list(told)
    for table, expected in told.items():
        read = pd.DataFrame(data["tables"][table], columns=expected.columns)
        for column in SCHEMAS[table].of_kind("date"):
            read[column] = pd.to_datetime(read[column])
        pd.testing.assert_frame_equal(read.astype(expected.dtypes), expected)


def test_the_files_say_where_they_come_from(tmp_path: Path) -> None:
    """JSON at its head, Parquet in its metadata, with what each column holds."""
    path = Export.of(made("followed")).save("json", tmp_path / "all.json").path
    data = json.loads(path.read_text("utf-8"))
    schema = parquet.read_schema(saved("followed", "parquet", tmp_path) / "fact_kpi.parquet")
    assert (data["company"], data["language"], data["version"]) == ("Acme", "es", VERSION)
    told = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert told["tablero.company"] == "Acme"
    assert told["tablero.language"] == "es"
    assert told["tablero.version"] == str(VERSION)
    about = {column.name: column.about for column in SCHEMAS["fact_kpi"].columns}
    assert {one.name: one.metadata[b"about"].decode() for one in schema} == about


def test_csv_is_told_as_utf_8_and_holds_nothing_that_runs(tmp_path: Path) -> None:
    """Excel needs the mark; no cell begins as a formula does."""
    folder = saved("hostile", "csv", tmp_path)
    for path in folder.iterdir():
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        for cells in csv.reader(content.decode("utf-8-sig").splitlines()):
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    head = (folder / "dim_company.csv").read_text("utf-8-sig")
    (company,) = csv.DictReader(head.splitlines())
    assert company["company"] == f"'{HOSTILE}"


def test_a_spreadsheet_opens_the_csv_as_texts_and_numbers(calc: Calc, tmp_path: Path) -> None:
    """No name is run, and figures are numbers."""
    folder = saved("hostile", "csv", tmp_path)
    with calc.open(folder / "dim_company.csv") as book:
        assert HOSTILE in str(book.value("dim_company", "A2"))
    with calc.open(folder / "fact_kpi.csv") as book:
        assert isinstance(book.value("fact_kpi", "C2"), float)


def problem(refused: pytest.ExceptionInfo[ProblemsError]) -> str:
    """The code of the only problem."""
    (one,) = refused.value.problems
    assert one.sentence("pt")
    return one.code


@pytest.mark.parametrize("shape", SHAPES)
def test_what_stands_there_stays_unless_it_is_forced(shape: Shape, tmp_path: Path) -> None:
    """Then it is kept beside the new one."""
    path = saved("paper", shape, tmp_path)
    with pytest.raises(ProblemsError) as refused:
        export("holes").save(shape, path)
    assert problem(refused) == ("target_exists" if shape == "json" else "folder_taken")
    kept = export("holes").save(shape, path, force=True).backup
    assert kept is not None
    assert kept.exists()
    assert path.exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    """Whatever is said: it is not an export that is replaced."""
    path = saved("paper", "csv", tmp_path)
    (path / "letter.txt").write_text("Dear Ana", "utf-8")
    with pytest.raises(ProblemsError) as refused:
        export("paper").save("csv", path, force=True)
    assert problem(refused) == "folder_of_others"
    assert (path / "letter.txt").exists()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """Somebody made it for this."""
    path = tmp_path / "scores"
    path.mkdir()
    assert export("paper").save("parquet", path).backup is None
    assert (path / "fact_kpi.parquet").exists()


def test_a_file_is_no_folder_and_a_folder_no_file(tmp_path: Path) -> None:
    """Each is refused where the other is wanted."""
    (tmp_path / "scores").write_text("", "utf-8")
    with pytest.raises(ProblemsError) as refused:
        export("paper").save("csv", tmp_path / "scores", force=True)
    assert problem(refused) == "folder_is_file"
    (tmp_path / "scores.json").mkdir()
    with pytest.raises(ProblemsError) as refused:
        export("paper").save("json", tmp_path / "scores.json", force=True)
    assert problem(refused) == "target_is_folder"


@pytest.mark.parametrize("name", ["a:b", "nul", "x" * 250, "missing/scores"])
def test_places_where_nothing_can_be_are_refused(name: str, tmp_path: Path) -> None:
    """In a sentence, before anything is written."""
    with pytest.raises(ProblemsError):
        export("paper").save("csv", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    """Whoever reads it finds the former one, and nothing is left beside it."""
    path = saved("paper", "csv", tmp_path)
    before = sorted(one.name for one in path.iterdir())

    def broken(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError(28, "No space left on device")

    with pytest.raises(ProblemsError) as refused:
        save_folder(path, broken, is_ours=Path.is_file, force=True)
    assert problem(refused) == "disk_full"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert sorted(one.name for one in path.iterdir()) == before


def test_what_is_replaced_twice_in_a_second_is_kept_twice(tmp_path: Path) -> None:
    """Each under a name of its own."""
    path, now = tmp_path / "scores", datetime(2026, 1, 31, 18)  # noqa: DTZ001

    def write(folder: Path) -> None:
        (folder / "a").touch()

    kept: list[Any] = [
        save_folder(path, write, is_ours=Path.is_file, force=True, now=now).backup for _ in "abc"
    ]
    names = ["scores.backup-20260131-180000", "scores.backup-20260131-180000-2"]
    assert [one and one.name for one in kept] == [None, *names]


@pytest.mark.parametrize("shape", SHAPES)
def test_files_have_the_rights_of_any_other(shape: Shape, tmp_path: Path) -> None:
    """So that others whom the folder is shared with can read them."""
    mask = os.umask(0o022)
    try:
        path = saved("paper", shape, tmp_path)
    finally:
        os.umask(mask)
    modes = {one.stat().st_mode & 0o777 for one in path.rglob("*")} | {path.stat().st_mode & 0o777}
    assert modes <= {0o644, 0o755}
