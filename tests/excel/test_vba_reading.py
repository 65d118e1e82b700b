"""Reading VBA projects that anybody may have made: as they are, or refused, and never for long."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path

import pytest
import xlwings
from hypothesis import given, settings
from hypothesis import strategies as st

from tablero.addin.excel.compound_file import compound_file
from tablero.addin.excel.compound_reading import UnreadableError, streams
from tablero.addin.excel.vba_compression import compressed
from tablero.addin.excel.vba_project import Module, document_module, vba_project
from tablero.addin.excel.vba_reading import code, modules, unpacked
from tests.excel.reading import project, same_ends, sources

SHIPPED = Path(xlwings.__file__).parent
SAVED_BY_EXCEL = (
    "quickstart_standalone.xlsm",
    "quickstart_addin_ribbon.xlam",
    "addin/xlwings.xlam",
)
WRITTEN = (
    document_module("ThisWorkbook", "workbook", "Private Sub Workbook_Open()\nEnd Sub\n"),
    document_module("Sheet1", "sheet"),
    document_module("Chart1", "chart"),
    Module("Words", "class", 'Attribute VB_Name = "Words"\nPublic Año As String\n'),
    Module("Sums", "standard", 'Attribute VB_Name = "Sums"\n' + "x = 1\n" * 3000),
)
PROJECT = vba_project(WRITTEN)
DIRECTORY_START = 0x30
FIRST_OF_FAT = 0x4C
SIZE_IN_ENTRY = 120


@pytest.mark.parametrize("name", SAVED_BY_EXCEL)
def test_projects_that_excel_saved_are_read_as_oletools_does(name: str) -> None:
    """Macros with what Excel compiled of them before, in large files and small."""
    wanted = {key.removesuffix(".bas"): text for key, text in sources(SHIPPED / name).items()}
    found = {one.name: same_ends(one.source) for one in modules(project(SHIPPED / name))}
    assert found == wanted


def test_what_we_write_is_read_back() -> None:
    """Every kind of module, letters of the code page, and sources of several chunks."""
    assert modules(PROJECT) == WRITTEN
    assert code(WRITTEN[0]) == "Private Sub Workbook_Open()\nEnd Sub"


@given(st.binary(max_size=9000))
def test_whatever_is_packed_is_unpacked(content: bytes) -> None:
    """With and without repetitions; a chunk that could not be packed is filled up with zeros."""
    assert unpacked(compressed(content))[: len(content)] == content


def test_many_streams_are_found_wherever_they_stand() -> None:
    """Short and long ones, in storages inside storages."""
    tree = {f"stream{size}": bytes([size % 251]) * size for size in (0, 1, 64, 4095, 4096, 70_000)}
    found = streams(compound_file({**tree, "VBA": {"inside": tree}}))
    assert found == {**tree, **{f"VBA/inside/{name}": one for name, one in tree.items()}}


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_project_is_refused_or_read(data: st.DataObject) -> None:
    """Any bytes changed anywhere: no other error, and no work without end."""
    changed = bytearray(PROJECT)
    place = st.integers(0, len(PROJECT) - 1)
    for at, byte in data.draw(st.lists(st.tuples(place, st.integers(0, 255)), max_size=8)):
        changed[at] = byte
    length = data.draw(st.sampled_from([len(changed), len(changed) // 2, 600, 512, 100]))
    with suppress(UnreadableError):
        modules(bytes(changed[:length]))


def number_at(content: bytes, place: int) -> int:
    """A number of four bytes."""
    return int(struct.unpack_from("<I", content, place)[0])


def with_number(content: bytes, place: int, number: int) -> bytes:
    """The same with another number of four bytes."""
    return content[:place] + struct.pack("<I", number) + content[place + 4 :]


def test_a_chain_that_runs_in_circles_is_refused() -> None:
    """The directory's sector follows upon itself."""
    directory = number_at(PROJECT, DIRECTORY_START)
    table = (number_at(PROJECT, FIRST_OF_FAT) + 1) * 512
    with pytest.raises(UnreadableError):
        streams(with_number(PROJECT, table + 4 * directory, directory))


def test_streams_that_share_their_sectors_are_refused() -> None:
    """Else a small file would unpack to more than the machine holds."""
    content = compound_file({f"stream{number}": bytes(5000) for number in range(8)})
    directory = (number_at(content, DIRECTORY_START) + 1) * 512
    for entry in range(1, 8):
        content = with_number(content, directory + 128 * entry + SIZE_IN_ENTRY, 30_000)
    with pytest.raises(UnreadableError):
        streams(content)


def test_what_unpacks_to_more_than_any_source_is_refused() -> None:
    """Six bytes can stand for four thousand."""
    bomb = b"\x01" + compressed(b"x" * 4096)[1:] * 5000
    with pytest.raises(UnreadableError):
        unpacked(bomb)


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0", compound_file({})])
def test_what_is_no_project_is_refused(content: bytes) -> None:
    """Nothing, something else, a beginning, and a file without macros."""
    with pytest.raises(UnreadableError):
        modules(content)
