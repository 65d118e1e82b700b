"""What many companies come to, over small data sets of which every figure is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tablero.workbook_templates.portfolio.statistics import (
    LEAST,
    LEAST_FOR_OUTLIERS,
    Statistics,
    statistics,
)
from tests.portfolio.datasets import Firm, Kpi, broken, write_dataset


def firms(*achievements: float | None, kpi: str = "margin", unit: str = "%") -> list[Firm]:
    """Companies that achieved so much, each with one KPI that achieved and is the same."""
    return [
        Firm(f"Firm {place:02}", one, [Kpi(kpi, one, one, unit)])
        for place, one in enumerate(achievements)
    ]


def test_companies_are_ranked_by_their_strategy(tmp_path: Path) -> None:
    """Equal ones share a place; those without figures come last and have none."""
    folder = write_dataset(tmp_path, firms(0.7, None, 1.2, 0.7, 0.5))
    with statistics(folder, "en") as found:
        ranked = [(one.place, one.company, one.tone, one.band) for one in found.ranking()]
    assert ranked == [
        (1, "Firm 02", 3, "Excellent"),
        (2, "Firm 00", 1, "Poor"),
        (2, "Firm 03", 1, "Poor"),
        (4, "Firm 04", 0, "Not acceptable"),
        (None, "Firm 01", None, None),
    ]


def test_the_last_of_the_ranking_have_figures(tmp_path: Path) -> None:
    """They keep their places, the last one at the end."""
    with statistics(write_dataset(tmp_path, firms(0.7, None, 1.2, 0.9)), "en") as found:
        assert [(one.place, one.company) for one in found.last(2)] == [
            (2, "Firm 03"),
            (3, "Firm 00"),
        ]


def test_quartiles_are_those_of_numpy(tmp_path: Path) -> None:
    """Minimum, quartiles and maximum of the achievements that are known; the others counted."""
    achieved = np.random.default_rng(7).uniform(0, 2, 41).tolist()
    with statistics(write_dataset(tmp_path, firms(*achieved, None)), "en") as found:
        (margin,) = found.distributions()
    assert (margin.companies, margin.missing) == (41, 1)
    assert margin[5:10] == pytest.approx(np.quantile(achieved, [0, 0.25, 0.5, 0.75, 1]))
    in_bands = np.histogram(achieved, [0, 0.6, 0.8, 1, 2])[0] / 41
    assert margin.shares == pytest.approx(tuple(in_bands))


def test_a_company_counts_once_with_its_newest_file(tmp_path: Path) -> None:
    """An earlier year and an older copy of the same year are set aside and counted as such."""
    kinds = [
        Firm("Acme", 0.5, id="acme", year="2025", file="/old.xlsx", mtime=9.0),
        Firm("Acme", 0.6, id="acme", year="2026", file="/copy.xlsx", mtime=1.0),
        Firm("Acme", 0.7, id="acme", year="2026", file="/new.xlsx", mtime=2.0),
    ]
    with statistics(write_dataset(tmp_path, kinds), "en") as found:
        totals, ranked = found.totals(), list(found.ranking())
    assert [(one.file, one.achievement) for one in ranked] == [("/new.xlsx", 0.7)]
    assert (totals.files, totals.companies, totals.set_aside) == (3, 1, 2)


def test_totals_count_everything(tmp_path: Path) -> None:
    """Files, companies, debts and problems; files that could not be read count as refused."""
    kinds = [
        Firm("Acme", 0.8, owed=[("Ana", "Sales", 2)], problems=[("error", "Bad.")]),
        Firm("Beta", 1.0, problems=[("note", "Fine.")]),
        Firm("Gamma", None),
    ]
    with statistics(write_dataset(tmp_path, kinds, [broken("/x.xlsx", "No.")]), "en") as found:
        totals = found.totals()
    assert (totals.files, totals.scored, totals.refused) == (4, 3, 1)
    assert (totals.companies, totals.with_figures) == (3, 2)
    assert totals.median == pytest.approx(0.9)
    assert (totals.owing, totals.owed) == (1, 1)
    assert (totals.with_problems, totals.errors, totals.warnings) == (2, 2, 0)


def benchmarked(
    folder: Path, language: str = "en"
) -> dict[tuple[str, str | None, str | None], int]:
    """How many companies each group has, by KPI with its money, sector and size."""
    with statistics(folder, language) as found:
        return {
            (f"{one.kpi_id} {one.money}".strip(), one.sector, one.size): one.companies
            for one in found.benchmarks()
        }


def test_groups_that_are_too_small_have_no_quartiles(tmp_path: Path) -> None:
    """Their number is told; with one company more they have quartiles."""
    many = [Firm(f"A{n}", 1, [Kpi("roa", n, 1)], sector="A") for n in range(LEAST)]
    few = [Firm(f"B{n}", 1, [Kpi("roa", n, 1)], sector="B") for n in range(LEAST - 1)]
    with statistics(write_dataset(tmp_path, many + few), "en") as found:
        groups = {(one.sector, one.size): one for one in found.benchmarks()}
    assert groups["A", None][7:] == (LEAST, 1, 2, 3)
    assert groups["B", None][7:] == (LEAST - 1, None, None, None)
    assert ("B", "small") not in groups
    assert groups[None, None].companies == 2 * LEAST - 1


def test_currencies_and_scales_are_never_mixed(tmp_path: Path) -> None:
    """Amounts compare within one currency and scale; a KPI without money compares across them."""
    kinds = [
        Firm(
            f"{currency} {scale}",
            kpis=[Kpi("sales", 1, 1, f"{currency} {scale}"), Kpi("roa", 1, 1)],
            currency=currency,
            scale=scale,
        )
        for currency, scale in (("PEN", "thousands"), ("PEN", "units"), ("USD", "thousands"))
    ]
    every = {key: n for key, n in benchmarked(write_dataset(tmp_path, kinds)).items() if not key[1]}
    assert {name: n for (name, _, size), n in every.items() if size is None} == {
        "sales PEN thousands": 1,
        "sales PEN units": 1,
        "sales USD thousands": 1,
        "roa": 3,
    }


def test_the_direction_of_a_benchmark_is_that_of_most(tmp_path: Path) -> None:
    """Where as many want another one, high comes before low, and low before the target."""
    wanted = {"a": ("Low", "High"), "b": ("Target", "Target", "Low"), "c": ("Target", "Low")}
    kinds = [
        Firm(f"{kpi}{place}", kpis=[Kpi(kpi, 1, 1, desired=one)])
        for kpi, every in wanted.items()
        for place, one in enumerate(every)
    ]
    with statistics(write_dataset(tmp_path, kinds), "en") as found:
        told = {one.kpi: one.desired for one in found.benchmarks() if one.size is None}
    assert told == {"a": "High", "b": "Target", "c": "Low"}


def test_languages_and_units_of_the_library_meet(tmp_path: Path) -> None:
    """Sectors and units that the library knows are one in all languages; others stay apart."""
    said = {"en": ("Retail trade", "days"), "es": ("Comercio al por menor", "días")}
    kinds = [
        Firm(language, kpis=[Kpi("stock", 1, 1, unit)], sector=sector, language=language)
        for language, (sector, unit) in said.items()
    ]
    kinds.append(Firm("other", kpis=[Kpi("stock", 1, 1, "weeks")], sector="Astrology"))
    groups = benchmarked(write_dataset(tmp_path, kinds), "pt")
    assert groups["stock", "Comércio varejista", None] == 2
    assert groups["stock", "Astrology", None] == 1


def test_bands_of_other_numbers_share_the_tones(tmp_path: Path) -> None:
    """The worst of two bands has the worst tone, the best the best one."""
    two = (("not_acceptable", "Bad", -1e300), ("excellent", "Fine", 1.0))
    kinds = [Firm("Acme", 0.2, bands=two), Firm("Beta", 1.1, bands=two), Firm("Gamma", 0.9)]
    with statistics(write_dataset(tmp_path, kinds), "en") as found:
        strategies = [one for one in found.in_bands() if one.level == "strategy"]
    assert [(one.tone, one.number) for one in strategies] == [(3, 1), (2, 1), (0, 1)]
    assert sum(one.share for one in strategies) == pytest.approx(1)


def outlying(folder: Path) -> list[tuple[str, str, float]]:
    with statistics(folder, "en") as found:
        return [(one.company, one.measure, one.score) for one in found.outliers()]


def test_a_figure_far_from_all_others_is_an_outlier(tmp_path: Path) -> None:
    """By the modified z-score: 0.6745 times its distance from the median over the MAD."""
    usual = [0.8, 0.85, 0.9, 0.9, 0.95, 1.0, 1.0, 1.05, 1.1]
    folder = write_dataset(tmp_path, firms(*usual, 90.0))
    every = [*usual, 90.0]
    middle = np.median(every)
    score = 0.6745 * (90 - middle) / np.median(np.abs(np.array(every) - middle))
    ((company, _, told),) = outlying(folder)
    assert company == "Firm 09"
    assert told == pytest.approx(score)


def test_where_most_are_alike_the_mean_deviation_judges(tmp_path: Path) -> None:
    """A median deviation of zero divides nothing."""
    every = [1.0] * 19 + [5.0]
    ((company, _, score),) = outlying(write_dataset(tmp_path, firms(*every)))
    assert company == "Firm 19"
    assert score == pytest.approx(4 / (1.253314 * 0.2))


def test_few_companies_are_not_judged(tmp_path: Path) -> None:
    """Nobody knows what is usual among them; where all are the same none is far."""
    few = firms(*[1.0] * (LEAST_FOR_OUTLIERS - 2), 90.0)
    assert outlying(write_dataset(tmp_path / "few", few)) == []
    assert outlying(write_dataset(tmp_path / "same", firms(*[1.0] * 12))) == []


def test_amounts_of_money_are_no_outliers_by_their_size(tmp_path: Path) -> None:
    """A large company is none; its achievement may be."""
    kinds = [Firm(f"F{n}", 1, [Kpi("sales", 10.0**n, 1 + n / 100, "PEN units")]) for n in range(12)]
    assert outlying(write_dataset(tmp_path, kinds)) == []


def test_who_owes_most_comes_first(tmp_path: Path) -> None:
    """Companies with their owners, each once; and every figure for itself."""
    kinds = [
        Firm("Acme", owed=[("Ana", "Sales", 1)]),
        Firm("Beta", owed=[("Bea", "Sales", 2), ("Ana", "Stock", 3), ("Bea", "Debt", 1)]),
    ]
    with statistics(write_dataset(tmp_path, kinds), "en") as found:
        debtors, counted = list(found.debtors()), found.count("owed")
        assert [one.figure for one in found.owed()] == ["Stock", "Debt", "Sales", "Sales"]
    assert [one[:4] for one in debtors] == [("Beta", 3, 6, "Ana, Bea"), ("Acme", 1, 1, "Ana")]
    assert counted == 4


def test_problems_are_told_by_file_and_errors_first(tmp_path: Path) -> None:
    """Also those of files that could not be read, which belong to no company."""
    kinds = [Firm("Acme", problems=[("note", "Fine."), ("warning", "Odd."), ("error", "Bad.")])]
    folder = write_dataset(tmp_path, kinds, [broken("/z.xlsx", "No workbook.")])
    with statistics(folder, "en") as found:
        assert [one.message for one in found.problems(3)] == ["Bad.", "No workbook.", "Odd."]
        files = [
            (one.file, one.company, one.errors, one.message) for one in found.files_with_problems()
        ]
    assert files == [
        ("/clients/Acme.xlsx", "Acme", 1, "Bad."),
        ("/z.xlsx", "", 1, "No workbook."),
    ]


def everything(found: Statistics) -> list[int]:
    """How many lines each list has."""
    lists = (
        found.ranking(), found.histogram(), found.distributions(), found.benchmarks(),
        found.in_bands(), found.owed(), found.debtors(), found.outliers(), found.problems(),
        found.files_with_problems(), found.periods(), found.currencies(),
    )  # fmt: skip
    return [len(list(one)) for one in lists]


def test_nothing_is_known_of_no_company(tmp_path: Path) -> None:
    """An empty data set has empty lists, and totals of zero."""
    with statistics(tmp_path, "es") as found:
        assert not any(everything(found))
        assert found.totals()[:7] == (0, 0, 0, 0, 0, 0, 0)
        assert found.bands() == ("", "", "", "")


def test_groups_of_a_benchmark_stand_in_one_order(tmp_path: Path) -> None:
    """All companies first, then by size; then each sector, by its name."""
    kinds = [
        Firm(f"{sector}{size}{n}", kpis=[Kpi("roa", n, 1)], sector=sector, size=size)
        for sector in ("B", "A")
        for size in ("large", "micro")
        for n in range(LEAST)
    ]
    with statistics(write_dataset(tmp_path, kinds), "en") as found:
        groups = [(one.sector, one.size) for one in found.benchmarks()]
    sizes = (None, "micro", "large")
    assert groups == [(sector, size) for sector in (None, "A", "B") for size in sizes]


def test_folders_may_have_any_name(tmp_path: Path) -> None:
    """Signs of patterns and quotes in a path are what they are."""
    folder = write_dataset(tmp_path / "it's [2026] *?", firms(0.7, 1.0))
    with statistics(folder, "en") as found:
        assert len(list(found.ranking())) == 2
