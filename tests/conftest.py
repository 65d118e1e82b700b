"""What all tests share: the spreadsheet engines and how Hypothesis searches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.engines import openxml
from tests.engines.libreoffice import Calc

# It runs under another Python, which has LibreOffice's bridge.
collect_ignore = ["engines/libreoffice_worker.py"]

# The same examples on every machine, however slow it is.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    """A LibreOffice that lives as long as the test run: ``calc.open(path, recalculate=True)``."""
    with Calc() as running:
        yield running


@pytest.fixture(scope="session")
def validator() -> openxml.Validator:
    """Everything known to be wrong with a workbook file: ``validator(path) == []``."""
    return openxml.findings
