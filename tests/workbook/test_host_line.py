"""Home says where the figures of its workbook stay live."""

from __future__ import annotations

import pytest

from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.workbook.companies import cano
from tests.workbook.making import Variant, all_cells

HOSTS: tuple[DialectName, ...] = ("portable", "xlwings", "lite")


def on_home(variant: Variant) -> set[object]:
    """What stands in the cells of Home."""
    cells = all_cells(variant.board(cano()))
    return {cell.content for _, page, cell in cells if page.key == "home"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("host", HOSTS)
def test_each_workbook_names_its_own_host(host: DialectName, language: str) -> None:
    """One line, whoever serves the functions."""
    lines = {text(f"home.live_{one}", language) for one in HOSTS}
    assert lines & on_home(Variant(host, language)) == {text(f"home.live_{host}", language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_workbook_needs_none(language: str) -> None:
    """Every spreadsheet calculates it."""
    lines = {text(f"home.live_{one}", language) for one in HOSTS}
    assert not lines & on_home(Variant("plain", language))
