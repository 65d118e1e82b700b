"""What all tests share: the engines, how Hypothesis searches, which tests count for coverage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import settings
from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.engines import openxml
from tests.engines.libreoffice import Calc

# It runs under another Python, which has LibreOffice's bridge.
collect_ignore = ["engines/libreoffice_worker.py"]

# The same examples on every machine, however slow it is.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

TESTS = Path(__file__).parent
# Tracing makes a test take nearly twice as long. The gates hold without these tests, which run
# whole programs or compare engines on many workbooks, so that no line counts as tested because
# some command happened to pass by.
UNTRACED = tuple(
    TESTS / name
    for name in (
        "addin", "browser", "conformance", "excel", "libreoffice", "lite",
        "closing/test_weeks.py", "closing/test_year.py", "editing/test_lossless.py",
        "workbook/test_changing_figures.py", "workbook/test_changing_the_period.py",
        "workbook/test_in_libreoffice.py", "workbook/test_stored_results.py",
        "workbook/test_validity.py",
    )
)  # fmt: skip


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop tracing for tests that do not count; without --cov there is none."""
    tracing = Coverage.current()
    if tracing is None or not any(map(item.path.is_relative_to, UNTRACED)):
        return (yield)
    tracing.stop()
    try:
        return (yield)
    finally:
        tracing.start()


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    """A LibreOffice that lives as long as the test run: ``calc.open(path, recalculate=True)``."""
    with Calc() as running:
        yield running


@pytest.fixture(scope="session")
def validator() -> openxml.Validator:
    """Everything known to be wrong with a workbook file: ``validator(path) == []``."""
    return openxml.findings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that lives as long as the test run; a process can have but one."""
    with chromium() as running:
        yield running
