"""A population of made-up companies looks like one of real ones, and is there again at will."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tablero.workbook_templates.library import available
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.portfolio.population import Sampled, population
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.texts import LANGUAGES
from tests.safety.mutating import unzipped

COUNT = 39
LATER = date(2027, 1, 31)
Pair = tuple[Sampled, Reading]


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> list[Pair]:
    """Three companies of each template, as they are read back."""
    made = population(COUNT, tmp_path_factory.mktemp("population"), seed=3)
    return [(one, read_workbook(one.path, today=LATER)) for one in made]


def test_every_template_and_language_is_there(companies: list[Pair]) -> None:
    """A firm's clients come from all sectors; each file is a company of its own."""
    assert {one.template for one, _ in companies} == {one.id for one in available()}
    assert {one.language for one, _ in companies} == set(LANGUAGES)
    assert len({one.currency for one, _ in companies}) > 2
    assert len({one.name for one, _ in companies}) == COUNT


def test_a_workbook_says_what_was_made_of_it(companies: list[Pair]) -> None:
    """Name, year, currency and language are read back as they were drawn."""
    for one, reading in companies:
        company = reading.definition.company
        told = (company.name, company.year, company.currency, reading.language)
        assert told == (one.name, one.year, one.currency, one.language)


def test_mistakes_and_gaps_are_told_of_and_nothing_else(companies: list[Pair]) -> None:
    """As many cells are complained of as hold mistakes, and no formula or text is broken."""
    for one, reading in companies:
        codes = Counter(problem.code for problem in reading.problems)
        assert codes["cell_text"] + codes["cell_negative"] == one.mistakes
        assert not {"memory_damaged", "formulas_overwritten", "weights_sum"} & codes.keys()
        empty = ~reading.figures.filled[:, MONTHS_A_YEAR:]
        negative = codes["cell_negative"]
        assert one.missing + one.mistakes - negative <= empty.sum() <= one.missing + one.mistakes


def test_achievements_spread_over_all_bands(companies: list[Pair]) -> None:
    """Most goals are nearly reached, some are missed by far, and hardly any KPI is absurd."""
    achieved, bands = [], Counter[str]()
    for _, reading in companies:
        period = score(reading.definition, reading.figures).calendar.period("year", 12)
        card = score(reading.definition, reading.figures).at(period)
        for perspective in card.perspectives:
            for objective in perspective.objectives:
                for kpi in objective.kpis:
                    if kpi.score.achievement is not None and kpi.score.band is not None:
                        achieved.append(kpi.score.achievement)
                        bands[kpi.score.band.id] += 1
    assert len(achieved) > 500
    assert min(bands[one] for one in ("not_acceptable", "poor", "good", "excellent")) > 40
    usual = sum(0.4 <= one <= 1.4 for one in achieved)
    assert usual > 0.75 * len(achieved)


def test_the_same_seed_makes_the_same_companies(tmp_path: Path) -> None:
    """Part for part, but for the time of writing; another seed makes others."""
    first, again, other = (
        population(2, tmp_path / name, seed=seed)
        for name, seed in (("first", 5), ("again", 5), ("other", 6))
    )
    for one, same in zip(first, again, strict=True):
        assert one.path.name == same.path.name
        assert contents(one.path) == contents(same.path)
    assert contents(first[0].path) != contents(other[0].path)


def contents(path: Path) -> dict[str, bytes]:
    """The parts of a workbook without the one that says when it was written."""
    parts = unzipped(path.read_bytes())
    return {name: part for name, part in parts.items() if name != "docProps/core.xml"}


def test_files_beyond_the_distinct_ones_are_links_to_them(tmp_path: Path) -> None:
    """They take no room, and each is a file of its own path."""
    made = population(7, tmp_path, seed=5, distinct=2)
    files = sorted(tmp_path.rglob("*.xlsx"))
    assert (len(made), len(files)) == (2, 7)
    assert len({path.stat().st_ino for path in files}) == 2


def test_progress_counts_every_file(tmp_path: Path) -> None:
    """What is told on the way adds up to what was asked for."""
    told: list[int] = []
    population(5, tmp_path, seed=5, distinct=3, done=told.append)
    assert sum(told) == 5
