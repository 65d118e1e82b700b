"""A workbook that was just made reads back as what it was made from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.periods import Calendar, Period
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.validation import check_definition
from tests.engines.openxml import Validator
from tests.engines.package import MAIN, read_package
from tests.reading.facts import CANO, LATER, assert_unchanged, facts
from tests.workbook.companies import ODD_NAMES, every_kind, large, odd, random_figures, with_kpis
from tests.workbook.making import PLAIN, PORTABLE, VARIANTS, Variant

YEAR = Period("year", 1, 12)
TEMPLATES = [template.id for template in available()]
# Those by sector are alike, so that each is read in one variant, all variants in turn.
PAIRS = [(name, variant) for name in ("cano", "blank-sme") for variant in VARIANTS] + [
    (name, VARIANTS[number % len(VARIANTS)])
    for number, name in enumerate(TEMPLATES)
    if name not in {"cano", "blank-sme"}
]


@pytest.mark.parametrize(
    ("name", "variant"), PAIRS, ids=lambda one: one if isinstance(one, str) else "-".join(one)
)
def test_every_template_comes_back(name: str, variant: Variant, tmp_path: Path) -> None:
    """Definition, figures, period, language, dialect; no problem but goals left open."""
    definition = load_template(name)
    reading = read_workbook(variant.write(definition, tmp_path / "new.xlsx"), today=LATER)
    assert_unchanged(reading, definition, YEAR)
    assert (reading.dialect, reading.language) == variant
    assert [one.code for one in reading.problems] == [
        one.code for one in check_definition(definition)
    ]


def test_its_score_is_that_of_the_definition(tmp_path: Path) -> None:
    """The strategy read from the workbook is the strategy that the paper's months give."""
    reading = read_workbook(PORTABLE.write(CANO, tmp_path / "new.xlsx"), today=LATER)
    strategy = score(reading.definition, reading.figures).at(reading.period).strategy
    assert strategy == score(CANO).at(YEAR).strategy


@pytest.mark.parametrize(
    "period", Calendar(2016).periods()[::5], ids=lambda period: f"{period.kind}{period.last}"
)
def test_the_period_shown_comes_back(period: Period, tmp_path: Path) -> None:
    """Whatever Home shows when the file is saved."""
    variant = VARIANTS[period.last % 4]
    reading = read_workbook(variant.write(CANO, tmp_path / "new.xlsx", period), today=LATER)
    assert reading.period.kind == period.kind
    assert (reading.period.first, reading.period.last) == (period.first, period.last)


COMPANIES: dict[str, Definition] = {
    "everything": every_kind(figures=random_figures(2, holes=0.3, last_months=True)),
    "from July": every_kind(company={"fiscal_start_month": 7, "language": "es"}),
    "120 KPIs": large(),
    **{f"called {name[:12]}": odd(name) for name in (*ODD_NAMES, "_x0041_ and _x000A_")},
}


@pytest.mark.parametrize("name", list(COMPANIES))
def test_other_companies_come_back(name: str, tmp_path: Path) -> None:
    """Goals, monthly goals, bands, policies, last year's months, names of any kind."""
    definition = COMPANIES[name]
    reading = read_workbook(PLAIN.write(definition, tmp_path / "new.xlsx"), today=LATER)
    assert_unchanged(reading, definition, YEAR)
    assert {problem.severity for problem in reading.problems} <= {"warning", "note"}


def test_a_long_definition_full_of_emoji_comes_back(validator: Validator, tmp_path: Path) -> None:
    """The memory is cut into cells that Excel can hold, however many units a character takes."""
    spoken = CANO.model_copy(
        update={"description": LocalText({"en": "🚚" * 2000, "es": "ñ" * 2000})}
    )
    kpis = [kpi.id for kpi in CANO.kpis()]
    told = with_kpis(spoken, **{kpi: {"description": "🚚📦" * 1000} for kpi in kpis})
    path = PLAIN.write(told, tmp_path / "new.xlsx")
    assert validator(path) == []
    assert facts(read_workbook(path, today=LATER).definition) == facts(told)
    texts = read_package(path).xml("xl/sharedStrings.xml").iter(f"{MAIN}t")
    assert max(len((one.text or "").encode("utf-16-le")) // 2 for one in texts) <= 32_767


def test_every_problem_names_the_file(tmp_path: Path) -> None:
    """So that somebody who reads many workbooks knows which one is meant."""
    reading = read_workbook(
        PLAIN.write(every_kind(), tmp_path / "acme.xlsx"), today=date(2026, 3, 1)
    )
    assert reading.problems
    assert {problem.file for problem in reading.problems} == {"acme.xlsx"}


def test_reading_changes_nothing(tmp_path: Path) -> None:
    """The file is the same byte for byte, and nothing is left beside it."""
    path = PLAIN.write(CANO, tmp_path / "new.xlsx")
    before = path.read_bytes()
    read_workbook(path, today=LATER)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["new.xlsx"]
