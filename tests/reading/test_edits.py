"""What people change in a workbook is read back into the definition and the figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import Calendar, Kind
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.sheets.page import serial
from tests.engines.libreoffice import Calc
from tests.reading.facts import (
    CANO,
    LATER,
    assert_same_figures,
    board,
    codes,
    facts,
    matrix_cell,
    month_cell,
)
from tests.reading.patching import EMPTY, Content, formula, number, patched, text
from tests.workbook.companies import with_figures, with_holes, with_kpis, with_policies
from tests.workbook.making import PORTABLE, VARIANTS, Variant, choice, contents, named_cell

SPANISH = Variant("plain", "es")


def read_with(
    cells: dict[tuple[str, str], Content], folder: Path, variant: Variant = PORTABLE
) -> Any:
    """The paper's company after somebody typed into some cells."""
    path = variant.write(CANO, folder / "before.xlsx")
    return read_workbook(patched(path, folder / "after.xlsx", cells), today=LATER)


def kpi_of(definition: Definition, name: str) -> Any:
    return next(kpi for kpi in definition.kpis() if kpi.id == name)


def test_a_figure(tmp_path: Path) -> None:
    """A typed figure replaces the old one, an emptied cell is missing, a formula counts."""
    reading = read_with(
        {
            month_cell("net_income", 1): number("-7.25"),
            month_cell("net_income", 2): EMPTY,
            month_cell("net_income", 3): formula("1+2", number(3)),
            month_cell("net_income", 4): formula('IF(1,"","")', ("str", "<v></v>")),
        },
        tmp_path,
    )
    row = reading.figures.months[reading.figures.ids.index("net_income")]
    assert row[12] == -7.25
    assert row[14] == 3
    assert not reading.figures.filled[0, [13, 15]].any()
    assert codes(reading) == []


def test_last_year_and_its_months(tmp_path: Path) -> None:
    """The columns of last year, shown or hidden."""
    table = board().layout.inputs
    reading = read_with(
        {
            (table.title, table.cell("net_sales", "last_year")): number(2500),
            (table.title, table.cell("net_sales", "last_m12")): number(222),
        },
        tmp_path,
    )
    position = reading.figures.ids.index("net_sales")
    assert reading.figures.last_year[position] == 2500
    assert reading.figures.months[position, 11] == 222


def test_goals_weights_and_owners(tmp_path: Path) -> None:
    """Each in its column of the Matrix, at each level."""
    reading = read_with(
        {
            matrix_cell("kpi:roa", "goal"): number("0.4"),
            matrix_cell("kpi:roe", "goal"): EMPTY,
            matrix_cell("kpi:roa", "weight_kpi"): number("0.3"),
            matrix_cell("kpi:roe", "weight_kpi"): number("0.7"),
            matrix_cell("objective:1.1", "weight_objective"): number("0.5"),
            matrix_cell("objective:1.2", "weight_objective"): number("0.5"),
            matrix_cell("perspective:financial", "weight_perspective"): number("0.24"),
            matrix_cell("perspective:customers", "weight_perspective"): number("0.25"),
            matrix_cell("kpi:roa", "owner"): text("  Ana María\nQuispe "),
            matrix_cell("kpi:roe", "owner"): EMPTY,
        },
        tmp_path,
    )
    definition = reading.definition
    roa, roe = kpi_of(definition, "roa"), kpi_of(definition, "roe")
    assert (roa.goal, roe.goal) == (0.4, None)
    assert (roa.weight, roe.weight) == (0.3, 0.7)
    assert [one.weight for one in definition.perspectives[0].objectives] == [0.5, 0.5]
    assert [one.weight for one in definition.perspectives[:2]] == [0.24, 0.25]
    assert roa.owner.in_language("es") == "Ana María Quispe"
    assert roe.owner.in_language("es") == ""
    assert codes(reading) == ["goal_missing"]


def test_monthly_goals(tmp_path: Path) -> None:
    """Months without a goal stay without one; a KPI without any has none."""
    reading = read_with(
        {
            matrix_cell("kpi:roa", "m1"): number("0.1"),
            matrix_cell("kpi:roa", "m12"): number("0.2"),
        },
        tmp_path,
    )
    assert kpi_of(reading.definition, "roa").monthly_goals == (0.1, *(None,) * 10, 0.2)
    assert kpi_of(reading.definition, "roe").monthly_goals is None


@pytest.mark.parametrize(
    ("words", "desired", "frequency", "timing"),
    [
        (("Low", "Quarterly", "Leading"), "Low", "quarterly", "leading"),
        (("BAJO", "trimestral", " Anticipado "), "Low", "quarterly", "leading"),
        (("Target", "yearly", "lagging"), "Target", "yearly", "lagging"),
    ],
)
def test_choices_in_any_language(
    words: tuple[str, str, str], desired: str, frequency: str, timing: str, tmp_path: Path
) -> None:
    """Words of the list in either language, or their codes, in capitals or not."""
    columns = ("desired", "frequency", "timing")
    cells = {
        matrix_cell("kpi:roa", column): text(word)
        for column, word in zip(columns, words, strict=True)
    }
    reading = read_with(cells, tmp_path)
    roa = kpi_of(reading.definition, "roa")
    assert (roa.desired, roa.frequency, roa.timing) == (desired, frequency, timing)
    assert codes(reading) == []


def test_bands(tmp_path: Path) -> None:
    """A threshold, a word of one's own; a word of the other language is no change."""
    bands = board().layout.bands
    reading = read_with(
        {
            (bands.title, bands.cell("good", "from")): number("0.75"),
            (bands.title, bands.cell("good", "name")): text("Fine"),
            (bands.title, bands.cell("poor", "plan")): text("Mejora"),
        },
        tmp_path,
    )
    good, poor = reading.definition.bands[2], reading.definition.bands[1]
    assert good.from_ == 0.75
    assert (good.name.in_language("en"), good.name.in_language("es")) == ("Fine", "Fine")
    assert poor == CANO.bands[1]


@pytest.mark.parametrize("variant", [PORTABLE, SPANISH], ids=["en", "es"])
def test_policies_and_company(variant: Variant, tmp_path: Path) -> None:
    """Floor, cap, whether totals are brought to a year, and what the company is called."""
    settings = board(variant.language).layout.settings
    words = {"en": "No", "es": "no"}
    reading = read_with(
        {
            (settings.title, settings.cell("floor", "value")): EMPTY,
            (settings.title, settings.cell("cap", "value")): number("1.5"),
            (settings.title, settings.cell("annualise", "value")): text(words[variant.language]),
            (settings.title, settings.cell("company", "value")): text("=Piedras & Co"),
        },
        tmp_path,
        variant,
    )
    policies = reading.definition.policies
    assert (policies.floor, policies.cap, policies.annualise) == (None, 1.5, False)
    assert reading.definition.company.name == "=Piedras & Co"
    assert codes(reading) == []


@pytest.mark.parametrize("variant", VARIANTS, ids="-".join)
@pytest.mark.parametrize(("kind", "month"), [("month", 3), ("quarter", 5), ("ytd", 8)])
def test_the_period_chosen_on_home(
    variant: Variant, kind: Kind, month: int, tmp_path: Path
) -> None:
    """The kind by its word in the workbook's language, the month by its date."""
    shown = board(variant.language)
    reading = read_with(
        {
            named_cell(shown, "home_kind"): text(shown.say(f"period.{kind}")),
            named_cell(shown, "home_month"): number(serial(2016, month)),
        },
        tmp_path,
        variant,
    )
    assert reading.period == Calendar(2016).period(kind, month)


def changed_company() -> Definition:
    """The paper's company after a year of work."""
    figures = {"net_income": {"last_year": 112.0, "months": [-16.5, *[7.25] * 11]}}
    company = with_figures(CANO, figures)
    company = with_holes(company, [("net_sales", 11), ("net_sales", 12), ("total_assets", 1)])
    company = with_policies(company, floor=-0.5, cap=3.0, annualise=False)
    return with_kpis(
        company,
        roa={"goal": 0.21, "weight": 0.5, "desired": "Target"},
        roe={"weight": 0.5, "owner": "Ana", "frequency": "yearly"},
        satisfied_staff={"monthly_goals": (0.5, *(None,) * 11)},
    )


def test_everything_typed_in_libreoffice(calc: Calc, tmp_path: Path) -> None:
    """Figures, goals, weights, owners, choices, policies and period, typed, saved and read."""
    company = changed_company()
    before = contents(SPANISH.board(CANO)).typed
    period = Calendar(2016).period("quarter", 9)
    after = SPANISH.board(company, period)
    typed = {**contents(after).typed, **choice(after, period)}
    with calc.open(SPANISH.write(CANO, tmp_path / "before.xlsx")) as document:
        document.set_many({place: one for place, one in typed.items() if before[place] != one})
        document.calculate()
        document.save(tmp_path / "after.xlsx")
    reading = read_workbook(tmp_path / "after.xlsx", today=LATER)
    assert json.dumps(facts(reading.definition)) == json.dumps(facts(company))
    assert_same_figures(reading.figures, Figures.of(company))
    assert reading.period == period
    expected = score(company).at(period).strategy.achievement
    found = score(reading.definition, reading.figures).at(period).strategy.achievement
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_workbook_made_of_a_reading_says_the_same(tmp_path: Path) -> None:
    """Reading and writing in turns loses nothing but the figures, which are handed on."""
    first = read_workbook(SPANISH.write(changed_company(), tmp_path / "a.xlsx"), today=LATER)
    assert facts(first.definition) == facts(changed_company())
    whole = first.definition.model_copy(update={"figures": changed_company().figures})
    second = read_workbook(PORTABLE.write(whole, tmp_path / "b.xlsx"), today=LATER)
    assert facts(second.definition) == facts(first.definition)
    assert_same_figures(second.figures, first.figures)
