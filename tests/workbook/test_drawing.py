"""Boxes and connectors are written where they belong, glued to each other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from tablero.workbook_templates.sheets.shapes import (
    BOTTOM,
    RIGHT,
    TOP,
    Box,
    Connector,
    Drawing,
    Glue,
    Spot,
)
from tablero.workbook_templates.workbook import make_pages
from tablero.workbook_templates.write import write_workbook
from tests.engines.openxml import Validator
from tests.workbook.companies import cano
from tests.workbook.drawn import Read, read_drawing
from tests.workbook.making import PLAIN

UPPER = Box("upper", Spot(2, 1), Spot(4, 3), alt="Profit & growth <up>")
LOWER = Box("lower", Spot(8, 4), Spot(10.5, 6.25), text="Two\nlines", line="#1F4E79")
LINK = Connector(
    Glue("lower", TOP), Glue("upper", BOTTOM), (Spot(6, 5.125), Spot(6, 2)), alt="lower → upper"
)
FREE = Connector(Spot(1, 7), Glue("lower", RIGHT), dashed=True)


def drawn(tmp_path: Path, drawing: Drawing) -> Path:
    """A workbook with one sheet, over which the drawing lies."""
    board = PLAIN.board(cano())
    pages = make_pages(board)
    pages[0].drawing = drawing
    write_workbook(board, pages, tmp_path / "drawn.xlsx")
    return tmp_path / "drawn.xlsx"


def read(tmp_path: Path, *connectors: Connector) -> Read:
    """What is read back of a drawing with those connectors."""
    return read_drawing(drawn(tmp_path, Drawing((UPPER, LOWER), connectors)), "Home")


def test_a_connector_begins_and_ends_on_sites_of_its_boxes(tmp_path: Path) -> None:
    """The first stretch is glued to the cause, the last, with the head, to the effect."""
    found = read(tmp_path, LINK)
    (stretches,) = found.links()
    assert len(stretches) == 3
    for glued, point in (
        (stretches[0].glued, stretches[0].start),
        (stretches[-1].glued_at_end, stretches[-1].end),
    ):
        assert glued is not None
        number, site = glued
        there = found.boxes[number].sites[site]
        assert abs(there.x - point.x) <= 20
        assert abs(there.y - point.y) <= 20
    assert [one.glued_at_end for one in stretches[:-1]] == [None, None]


def test_stretches_meet_at_the_corners(tmp_path: Path) -> None:
    """Wherever a line turns, the next stretch begins where the one before it ended."""
    (stretches,) = read(tmp_path, LINK).links()
    for one, other in pairwise(stretches):
        assert one.end == other.start


def test_what_a_connector_means_is_said_once(tmp_path: Path) -> None:
    """Screen readers hear the link at its head and pass over the other stretches."""
    (stretches,) = read(tmp_path, LINK).links()
    assert [one.alt for one in stretches] == ["", "", "lower → upper"]


def test_a_free_end_stands_at_its_spot(tmp_path: Path) -> None:
    """A line may begin in the open and be glued at its other end only."""
    (stretches,) = read(tmp_path, FREE).links()
    assert stretches[0].glued is None
    assert stretches[0].glued_at_end is not None


def test_signs_of_xml_in_texts_are_kept(tmp_path: Path) -> None:
    """Names with ampersands and angle brackets are told as they are."""
    assert "Profit & growth <up>" in {box.alt for box in read(tmp_path).boxes.values()}


def test_excel_finds_nothing_wrong_with_a_drawing(validator: Validator, tmp_path: Path) -> None:
    """Boxes, texts, glued and free connectors are valid Open XML."""
    assert validator(drawn(tmp_path, Drawing((UPPER, LOWER), (LINK, FREE)))) == []
