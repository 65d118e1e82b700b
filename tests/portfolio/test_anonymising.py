"""What is shared of a portfolio tells nobody whose figures these are."""

from __future__ import annotations

import html
import random
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pytest
from pyarrow import parquet

from tablero.workbook_templates.portfolio import summary
from tablero.workbook_templates.portfolio.anonymising import anonymise, anonymised, salt_of
from tablero.workbook_templates.portfolio.anonymising_groups import told_apart, too_small
from tablero.workbook_templates.portfolio.anonymising_rules import RULES
from tablero.workbook_templates.portfolio.company import FileFacts, read_company, tables_of
from tablero.workbook_templates.portfolio.page import page
from tablero.workbook_templates.portfolio.population import Sampled, population
from tablero.workbook_templates.portfolio.population_names import PEOPLE
from tablero.workbook_templates.portfolio.schema import SCHEMAS
from tablero.workbook_templates.read import read_workbook

COUNT = 26
LATER = date(2027, 1, 31)
SALT = bytes(range(32))
Tables = Mapping[str, Any]


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sampled, ...]:
    """Two companies of each sector."""
    return population(COUNT, tmp_path_factory.mktemp("clients"), seed=11)


@pytest.fixture(scope="module")
def tables(companies: tuple[Sampled, ...]) -> Tables:
    """What is known of them."""
    found = []
    for one in companies:
        facts = FileFacts(str(one.path), one.path.stat().st_size, 1.0, f"digest-of-{one.number}")
        found.append(read_company(one.path.read_bytes(), "year", facts, today=LATER))
    return tables_of(found)


@pytest.fixture(scope="module")
def shared(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set that is shared, with summary and page beside it."""
    folder = tmp_path_factory.mktemp("firm")
    write(tables, folder / "mine")
    anonymise(folder / "mine", folder / "shared" / "data", smallest=2)
    summary.write(folder / "shared" / "data", folder / "shared" / "summary.xlsx", "en")
    shown = page(folder / "shared" / "data", "en")
    (folder / "shared" / "page.html").write_text(shown, "utf-8")
    return folder / "shared"


def write(tables: Tables, folder: Path) -> None:
    for name, table in tables.items():
        (folder / name).mkdir(parents=True)
        parquet.write_table(table, folder / name / "part-0.parquet")


def said(folder: Path) -> Iterator[str]:
    """All that can be read in a folder: cells and descriptions of tables, parts of workbooks."""
    for path in sorted(folder.rglob("*.*")):
        if path.suffix == ".parquet":
            table = parquet.read_table(path)
            yield str(table.schema.metadata)
            yield from (str(cell) for column in table.columns for cell in column.to_pylist())
            yield path.read_bytes().decode("latin-1")
        elif path.suffix == ".html":
            yield html.unescape(path.read_text("utf-8"))
            yield path.read_text("utf-8")
        elif path.suffix == ".xlsx":
            with ZipFile(path) as archive:
                yield from (archive.read(name).decode("latin-1") for name in archive.namelist())
                yield from (archive.read(name).decode("utf-8", "replace")
                            for name in archive.namelist())  # fmt: skip


def test_no_name_file_or_owner_is_left(
    companies: tuple[Sampled, ...], tables: Tables, shared: Path
) -> None:
    """Neither in the tables, decoded or in bytes, nor in summary and page made of them."""
    text = "\n".join(said(shared)).casefold()
    secrets = {one.name for one in companies} | {one.path.stem for one in companies}
    secrets |= {*PEOPLE, str(companies[0].path.parent.parent), "digest-of-"}
    secrets |= set(tables["companies"].column("company_id").to_pylist())
    secrets |= {one for one in tables["problems"].column("message").to_pylist() if one}
    assert len(secrets) > 3 * COUNT
    assert [one for one in secrets if one.casefold() in text] == []
    assert "company-" in text


def test_own_names_of_kpis_are_not_left(companies: tuple[Sampled, ...], shared: Path) -> None:
    """What a company calls by its own name is called as in the library, or not at all."""
    own = set()
    for one in companies:
        for kpi in read_workbook(one.path).definition.kpis():
            if set(kpi.name) == {""}:
                own.add(kpi.name[""])
    assert own
    text = "\n".join(said(shared))
    assert [one for one in own if one in text] == []


def test_the_same_secret_makes_the_same_pseudonyms(tables: Tables) -> None:
    """Companies can be followed from year to year; with another secret nothing can be matched."""
    first, again, other = (
        set(anonymised(tables, salt)["companies"].column("company_id").to_pylist())
        for salt in (SALT, SALT, bytes(32))
    )
    assert first == again
    assert first.isdisjoint(other)


def test_the_secret_is_kept_beside_the_data_set_for_its_owner_alone(tmp_path: Path) -> None:
    """It is made once, is not in what is shared, and nobody else may read it."""
    dataset = tmp_path / "firm"
    salt = salt_of(dataset)
    (file,) = tmp_path.iterdir()
    assert salt_of(dataset) == salt
    assert (len(salt), file.name) == (32, "firm.salt")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_tables_still_fit_together(tables: Tables) -> None:
    """Every line of a company is still one of the same company, and achievements hardly change."""
    made = anonymised(tables, SALT, smallest=2)
    known = set(made["companies"].column("file").to_pylist())
    for name in set(SCHEMAS) - {"files", "problems"}:
        assert set(made[name].column("file").to_pylist()) <= known
        assert made[name].schema.names == tables[name].schema.names
    before, after = (
        sorted(one for one in table.column("achievement").to_pylist() if one is not None)
        for table in (tables["fact_strategy"], made["fact_strategy"])
    )
    assert after == pytest.approx(before, abs=0.00501)


def test_amounts_of_money_are_not_told(tables: Tables) -> None:
    """They say how large a company is; its achievements stay."""
    made = anonymised(tables, SALT, smallest=2)
    units = {
        (file, kpi): unit
        for file, kpi, unit in zip(
            *(made["dim_kpi"].column(name).to_pylist() for name in ("file", "kpi_id", "unit")),
            strict=True,
        )
    }
    facts = made["fact_kpi"].to_pylist()
    amounts = [one for one in facts if units[one["file"], one["kpi_id"]] is None]
    assert not any(one["value"] and one["value"] > 1000 for one in amounts)
    currencies = set(tables["companies"].column("currency").to_pylist())
    assert not any(code in (unit or "") for unit in units.values() for code in currencies)


def test_kpis_that_few_have_are_left_out(tables: Tables) -> None:
    """A KPI of two companies would tell each of them of the other."""
    before = Counter(tables["fact_kpi"].column("kpi_id").to_pylist())
    after = Counter(anonymised(tables, SALT, smallest=4)["fact_kpi"].column("kpi_id").to_pylist())
    assert after == {kpi: count for kpi, count in before.items() if count >= 4}
    assert 0 < len(after) < len(before)


def test_small_groups_cannot_be_worked_out_from_the_total() -> None:
    """One small group alone would follow from the rest, so the next one is hidden with it."""
    assert too_small({"mines": 2, "shops": 9, "trucks": 6}) == {"mines", "trucks"}
    assert too_small({"mines": 2, "farms": 3, "shops": 9}) == {"mines", "farms"}
    assert too_small({"shops": 9, "trucks": 6}) == frozenset()
    assert too_small({"mines": 2}) == {"mines"}


@pytest.mark.parametrize("seed", range(20))
def test_every_combination_that_is_told_has_enough_companies(seed: int) -> None:
    """Whatever the companies are, none stands alone with what is told of it."""
    chance = random.Random(seed)  # noqa: S311 - made-up groups
    lines: list[tuple[str | None, ...]] = [
        (chance.choice("aaaabbc"), chance.choice(("x", "x", "y", None)), chance.choice("mn"))
        for _ in range(chance.randint(5, 80))
    ]
    made = told_apart(lines, 5)
    assert min(Counter(made).values()) >= 5
    for before, after in zip(lines, made, strict=True):
        assert all(one in (None, other) for one, other in zip(after, before, strict=True))


def test_every_column_has_a_rule() -> None:
    """A column that is new is dropped until somebody decides; none is forgotten."""
    for name, schema in SCHEMAS.items():
        assert {one.name for one in schema.columns} <= set(RULES[name])


def test_a_company_alone_in_its_period_is_left_out(tables: Tables) -> None:
    """Who alone has figures of a year is known by that year."""
    years = Counter(tables["companies"].column("period_id").to_pylist())
    assert "1999" not in years
    periods = ["1999", *tables["companies"].column("period_id").to_pylist()[1:]]
    place = tables["companies"].schema.get_field_index("period_id")
    changed = tables["companies"].set_column(place, "period_id", pa.array(periods, pa.string()))
    made = anonymised({**tables, "companies": changed}, SALT, smallest=2)
    masked = anonymised(tables, SALT, smallest=2)
    assert "1999" not in made["companies"].column("period_id").to_pylist()
    assert made["companies"].num_rows == masked["companies"].num_rows - 1
    assert made["files"].num_rows == masked["files"].num_rows - 1
