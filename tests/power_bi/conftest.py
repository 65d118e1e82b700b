"""Projects of companies that together fill every table, each written once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tablero.workbook_templates.power_bi.project import save_project
from tests.facts.companies import made
from tests.power_bi.dax import Engine
from tests.power_bi.reading import Project

Projects = Callable[[str], Project]
Engines = Callable[[str], Engine]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    """The project of one of the companies: ``project("paper")``."""
    folder = tmp_path_factory.mktemp("power_bi")

    @cache
    def of(name: str) -> Project:
        return Project(save_project(made(name), folder / name).path)

    return of


@pytest.fixture(scope="session")
def engine(project: Projects) -> Engines:
    """The measures of one of the companies: ``engine("paper").ask("Achievement")``."""
    return cache(lambda name: Engine(project(name)))
