"""What the tests of the page share: one Chromium, and the pages of real workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from tablero.workbook_templates.reports.report import Report
from tests.browser.opening import opened
from tests.browser.reporting import page_of, report_of

Reports = Callable[[str, str], Report]
Pages = Callable[[str, str], Path]


class Open(Protocol):
    """Opens the page of a case; the page is watched until the test ends."""

    def __call__(self, name: str, language: str = "en", fragment: str = "", **more: Any) -> Page:
        """``more`` are options of a browser's context."""
        ...


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder of this test run, the same for all its workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "pages"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def reports(shared: Path) -> Reports:
    """The report of a case in a language, read from its workbook."""
    return cache(lambda name, language: report_of(name, language, shared))


@pytest.fixture(scope="session")
def pages(reports: Reports, shared: Path) -> Pages:
    """The file of a case's page in a language, made once."""
    return cache(lambda name, language: page_of(reports(name, language), name, shared))


@pytest.fixture
def open_page(browser: Browser, pages: Pages) -> Iterator[Open]:
    """Opens pages, and fails where one has asked for anything or complained."""
    with ExitStack() as stack:

        def opening(name: str, language: str = "en", fragment: str = "", **more: Any) -> Page:
            return stack.enter_context(opened(browser, pages(name, language), fragment, **more))

        yield opening
