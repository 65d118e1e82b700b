"""Test populations: as many realistic companies as one likes, the same for the same seed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from tablero.workbook_templates.definition import Definition, Scale
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.figures import MONTHS_HELD, Figures
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.portfolio.population_figures import (
    DOLLAR_IN,
    UNITS_OF,
    Make,
    drawn,
    goals,
)
from tablero.workbook_templates.portfolio.population_names import (
    PEOPLE,
    company_name,
    file_name,
)
from tablero.workbook_templates.portfolio.population_workbooks import Blank, Cells, Filling
from tablero.workbook_templates.sheets.inputs import ALL_MONTHS

YEAR = 2025
CURRENCIES = {"en": ("USD",), "es": ("PEN", "COP", "MXN", "USD"), "pt": ("BRL",)}
SCALES: Mapping[str, tuple[Scale, ...]] = {
    "USD": ("units", "units", "thousands"),
    "PEN": ("units", "units", "thousands"),
    "BRL": ("units", "units", "thousands"),
    "MXN": ("units", "thousands"),
    "COP": ("thousands", "millions"),
}
WORDS = {"en": "pending", "es": "pendiente", "pt": "a confirmar"}
OWN_KPI = {"en": "our own {}", "es": "{} a nuestro modo", "pt": "{} do nosso jeito"}

_COMPANIES_A_BLANK = 20
_BLANKS_A_TEMPLATE = 9
"""Three languages, each three times with another currency, scale, year's start or weights."""
_BLANK, _COMPANY = 0, 1
_SMALL = 60
"""Companies that one process makes sooner than several would start."""


@dataclass(frozen=True)
class Shares:
    """How often companies differ from the plain case, as shares of all."""

    plain: float = 0.15
    other_year_start: float = 0.2
    own_weights: float = 0.15
    own_kpi: float = 0.08
    no_goal: float = 0.02
    people: float = 0.5
    no_owner: float = 0.05
    no_last_months: float = 0.6
    late: float = 0.35
    forgetful: float = 0.5
    forgotten: float = 0.03
    no_last_year: float = 0.05
    mistaken: float = 1 / 12
    lost_sign: float = 0.5


USUAL = Shares()


@dataclass(frozen=True)
class Sampled:
    """One company of a population: its file and what was made of it."""

    path: Path
    number: int
    name: str
    template: str
    language: str
    currency: str
    year: int
    missing: int
    """How many cells of months that could hold a figure do not."""
    mistakes: int
    """How many cells of months hold something that is no figure."""


@dataclass(frozen=True)
class _Lot:
    """The companies whose workbooks are the same blank one, filled in."""

    number: int
    template: str
    language: str
    seed: int
    companies: tuple[int, ...]
    folder: Path


def population(
    count: int,
    folder: Path,
    *,
    seed: int = 1,
    distinct: int | None = None,
    year: int = YEAR,
    done: Callable[[int], None] = lambda _: None,
) -> tuple[Sampled, ...]:
    """Write the workbooks of ``count`` made-up companies into ``folder``, one folder a sector.

    Sectors and KPIs are those of the template library; languages, currencies, scales, starts of the
    fiscal year, sizes and skill differ. Figures have seasons and trends, goals are what companies
    like it usually reach, so achievements spread over all bands. Some months are missing, some
    cells hold words or a wrong sign, some KPIs have no owner, some weights are the company's own.

    Parameters
    ----------
    count
        How many files.
    folder
        Where they go; it is made if it is not there.
    seed
        Another seed makes other companies; the same one the same, whatever ``count`` is, as long
        as the number of distinct companies stays.
    distinct
        How many companies; files beyond are hard links to theirs, as copies would be.
    year
        The fiscal year of most of them.
    done
        Called with the number of workbooks that were written since.

    Returns
    -------
    tuple of Sampled
        The distinct companies, in their order.
    """
    different = min(count, distinct or count)
    made = _all_written(_lots(different, seed, folder), year, done)
    _link(made, count, done)
    return tuple(made)


def _all_written(lots: Sequence[_Lot], year: int, done: Callable[[int], None]) -> list[Sampled]:
    """Write lots on all cores, few of them in this process; told as each is done."""
    # It takes longer to import than a small population to make.
    dask: Any = import_module("dask")
    callbacks: Any = import_module("dask.callbacks")

    def told(_key: object, result: object, *_: object) -> None:
        if isinstance(result, list):
            done(len(result))

    tasks = [dask.delayed(_written)(lot, year) for lot in lots]
    is_large = sum(len(lot.companies) for lot in lots) > _SMALL
    with callbacks.Callback(posttask=told):
        written = dask.compute(*tasks, scheduler="processes" if is_large else "synchronous")
    return sorted((one for some in written for one in some), key=lambda one: one.number)


def _lots(count: int, seed: int, folder: Path) -> list[_Lot]:
    """Every template in every language first, then again with other money and years."""
    templates = [one.id for one in available()]
    most = _BLANKS_A_TEMPLATE * len(templates)
    blanks = min(most, max(1, min(count, max(len(templates), count // _COMPANIES_A_BLANK))))
    languages = tuple(WORDS)
    return [
        _Lot(
            number,
            templates[number % len(templates)],
            languages[(number + number // len(templates)) % len(languages)],
            seed,
            tuple(range(number, count, blanks)),
            folder,
        )
        for number in range(blanks)
    ]


def _link(made: Sequence[Sampled], count: int, done: Callable[[int], None]) -> None:
    """Further names of the same files, a folder for each round."""
    for number in range(len(made), count):
        round_, place = divmod(number, len(made))
        path = made[place].path
        link = path.parent.parent / f"copy-{round_}" / path.parent.name / path.name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        os.link(path, link)
    if count > len(made):
        done(count - len(made))


def _written(lot: _Lot, year: int) -> list[Sampled]:
    """Write the workbooks of a lot: build the first one, then fill in the same file for others."""
    chance = np.random.default_rng([lot.seed, _BLANK, lot.number])
    definition = _handed_out(lot, year, chance)
    dialect: DialectName = "plain" if chance.random() < USUAL.plain else "portable"
    folder = lot.folder / lot.template
    folder.mkdir(parents=True, exist_ok=True)
    return list(_companies(lot, definition, dialect, folder))


def _companies(
    lot: _Lot, definition: Definition, dialect: DialectName, folder: Path
) -> Iterator[Sampled]:
    blank: Blank | None = None
    for number in lot.companies:
        filling = _filling(lot, definition, number)
        path = folder / f"{number:05d}-{file_name(filling.name)}.xlsx"
        if blank is None:
            blank = Blank.of(_named(definition, filling), filling.figures, dialect, path)
        path.write_bytes(blank.filled(filling))
        company = definition.company
        yield Sampled(
            path=path,
            number=number,
            name=filling.name,
            template=lot.template,
            language=lot.language,
            currency=company.currency,
            year=company.year,
            missing=_missing(filling),
            mistakes=len(filling.mistakes),
        )


def _missing(filling: Filling) -> int:
    months = filling.figures.months[:, MONTHS_A_YEAR:]
    typed = sum(column in ALL_MONTHS[MONTHS_A_YEAR:] for _, column in filling.mistakes)
    return int(np.isnan(months).sum()) - typed


def _named(definition: Definition, filling: Filling) -> Definition:
    """The definition with the name and the goals of the first company, of which it is built."""
    data = definition.model_dump(mode="json", by_alias=True)
    data["company"]["name"] = filling.name
    for perspective in data["perspectives"]:
        for objective in perspective["objectives"]:
            for kpi in objective["kpis"]:
                kpi["goal"] = filling.goals.get(kpi["id"])
    return Definition.model_validate(data)


def _handed_out(lot: _Lot, year: int, chance: np.random.Generator) -> Definition:
    """The template as a firm hands it out: in a language, a money, a year, with its own weights."""
    data = load_template(lot.template).model_dump(mode="json", by_alias=True)
    starts = chance.random() < USUAL.other_year_start
    currency = str(chance.choice(CURRENCIES[lot.language]))
    data["company"] |= {
        "language": lot.language,
        "currency": currency,
        "scale": str(chance.choice(SCALES[currency])),
        "fiscal_start_month": int(chance.choice((4, 7))) if starts else 1,
        "year": year - 1 if starts else year,
    }
    data["figures"], data["check_ins"] = {}, []
    for okr in data["okrs"]:
        okr["period"] = f"{data['company']['year']}{okr['period'][4:]}"
    for perspective in data["perspectives"]:
        for objective in perspective["objectives"]:
            _adapt(objective["kpis"], lot.language, chance)
    return Definition.model_validate(data)


def _adapt(kpis: list[dict[str, Any]], language: str, chance: np.random.Generator) -> None:
    """Now and then a firm weighs two KPIs the other way round, or calls one by its own name."""
    if len(kpis) > 1 and chance.random() < USUAL.own_weights:
        kpis[0]["weight"], kpis[1]["weight"] = kpis[1]["weight"], kpis[0]["weight"]
    if chance.random() < USUAL.own_kpi:
        name = kpis[0]["name"]
        usual = name if isinstance(name, str) else name.get(language) or next(iter(name.values()))
        kpis[0]["name"] = OWN_KPI[language].format(usual)


def _filling(lot: _Lot, definition: Definition, number: int) -> Filling:
    chance = np.random.default_rng([lot.seed, _COMPANY, number])
    company = definition.company
    make = Make(
        size=float(np.exp(chance.normal(0, 1.1))),
        skill=float(chance.normal()),
        growth=float(chance.normal(0.06, 0.12)),
        money=DOLLAR_IN[company.currency] / UNITS_OF[company.scale],
    )
    figures = _with_gaps(drawn(definition, make, chance), chance)
    usual = goals(definition, make, chance)
    set_goals = {kpi: goal for kpi, goal in usual.items() if chance.random() > USUAL.no_goal}
    figures, mistakes = _with_mistakes(definition, figures, chance)
    return Filling(
        name=company_name(number, lot.language),
        figures=figures,
        goals=set_goals,
        owners=_owners(definition, chance),
        mistakes=mistakes,
    )


def _owners(definition: Definition, chance: np.random.Generator) -> dict[str, str]:
    """Half of the companies name people; some KPIs are nobody's."""
    people = chance.choice(PEOPLE, 4, replace=False) if chance.random() < USUAL.people else ()
    owners = {}
    for kpi in definition.kpis():
        if chance.random() < USUAL.no_owner:
            owners[kpi.id] = ""
        elif len(people):
            owners[kpi.id] = str(chance.choice(people))
    return owners


def _with_gaps(figures: Figures, chance: np.random.Generator) -> Figures:
    """Last year's months are known to some; months at the end are late, some cells forgotten."""
    months = figures.months.copy()
    if chance.random() < USUAL.no_last_months:
        months[:, :MONTHS_A_YEAR] = np.nan
    if chance.random() < USUAL.late:
        months[:, MONTHS_HELD - int(chance.integers(1, 7)) :] = np.nan
    if chance.random() < USUAL.forgetful:
        months[chance.random(months.shape) < USUAL.forgotten] = np.nan
    last_year = np.where(chance.random(len(months)) < USUAL.no_last_year, np.nan, figures.last_year)
    return Figures(figures.ids, months, last_year)


def _with_mistakes(
    definition: Definition, figures: Figures, chance: np.random.Generator
) -> tuple[Figures, Cells]:
    """One company in twelve typed words for a number, or lost a sign."""
    if chance.random() > USUAL.mistaken:
        return figures, {}
    months, mistakes = figures.months.copy(), {}
    for _ in range(int(chance.integers(1, 4))):
        row = int(chance.integers(len(figures.ids)))
        month = int(chance.integers(MONTHS_A_YEAR, MONTHS_HELD))
        typed = months[row, month]
        loses_sign = chance.random() < USUAL.lost_sign and typed > 0
        is_sign = loses_sign and not definition.inputs[row].negative
        word = WORDS[definition.company.language]
        mistakes[figures.ids[row], ALL_MONTHS[month]] = -float(typed) if is_sign else word
        months[row, month] = np.nan
    return Figures(figures.ids, months, figures.last_year), mistakes
