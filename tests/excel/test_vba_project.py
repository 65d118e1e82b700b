"""The VBA project that we write, read back by programs that know nothing of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlwings
from hypothesis import given
from hypothesis import strategies as st

from tablero.addin.excel.compound_file import compound_file
from tablero.addin.excel.vba_compression import compressed
from tablero.addin.excel.vba_project import Module, document_module, vba_project
from tests.excel.reading import olevba, opened, project, same_ends, sources

EXAMPLE = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
EXAMPLE_PACKED = bytes.fromhex(
    "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D 6E"
    "6F 70 06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C"
)


def unpacked(content: bytes) -> bytes:
    """By oletools' reader of the format."""
    return bytes(olevba().decompress_stream(bytearray(content)))


def test_the_specifications_example_is_packed_as_tightly_as_it_says() -> None:
    """Section 3.2.2 of MS-OVBA; it repeats from another place of the same letters."""
    assert unpacked(EXAMPLE_PACKED) == unpacked(compressed(EXAMPLE)) == EXAMPLE
    assert len(compressed(EXAMPLE)) == len(EXAMPLE_PACKED)


@given(st.text("ab \r\nXYZ", max_size=9000))
def test_texts_are_unpacked_as_they_were(text: str) -> None:
    """Of any length, over several chunks, with and without repetitions."""
    content = text.encode()
    assert unpacked(compressed(content)) == content


@pytest.mark.parametrize("length", [0, 1, 4095, 4096, 4097, 8192, 20_000])
def test_sources_are_unpacked_as_they_were_at_the_edges_of_chunks(length: int) -> None:
    """A chunk is 4,096 bytes."""
    content = (b"Dim figure As Double ' " + bytes(range(32, 127))) * 200
    assert unpacked(compressed(content[:length])) == content[:length]


def test_what_cannot_be_packed_is_stored_as_it_is() -> None:
    """A whole chunk without any repetition grows by its header alone."""
    content = b"".join(bytes([high, low]) for high in range(256) for low in range(8))
    noise = bytes((place * 7919 >> 3) % 256 ^ place % 251 for place in range(4096))
    for one in (content, noise):
        assert unpacked(compressed(one)) == one
        assert len(compressed(one)) <= 1 + 2 + 4096


@given(st.dictionaries(st.text("abcdXYZ_", min_size=1, max_size=20), st.binary(max_size=200)))
def test_any_streams_can_be_read_from_a_compound_file(streams: dict[str, bytes]) -> None:
    """By their names, small or capital, each as it was put in."""
    unique = {name.upper(): (name, content) for name, content in streams.items()}
    streams = dict(unique.values())
    with opened(compound_file({"storage": streams})) as found:
        assert {name: found.openstream(["storage", name]).read() for name in streams} == streams
        assert not found.parsing_issues


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 200_000])
def test_a_stream_of_any_size_is_read_back(size: int) -> None:
    """Short streams share sectors, long ones have their own; the table of sectors may grow."""
    content = bytes(place % 251 for place in range(size))
    with opened(compound_file({"one": content, "other": b"x" * 70})) as found:
        assert found.openstream("one").read() == content
        assert found.openstream("other").read() == b"x" * 70
        assert not found.parsing_issues


def test_a_project_too_large_for_this_kind_of_file_is_refused() -> None:
    """Instead of a file that nobody could open."""
    with pytest.raises(ValueError, match="larger kind"):
        compound_file({"one": bytes(8_000_000)})


def test_modules_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    """Of every kind, with letters of the code page."""
    modules = [
        document_module("ThisWorkbook", "workbook", "Private Sub Workbook_Open()\nEnd Sub\n"),
        document_module("Sheet1", "sheet"),
        Module("Words", "class", 'Attribute VB_Name = "Words"\nPublic Año As String\n'),
        Module("Sums", "standard", 'Attribute VB_Name = "Sums"\n\' Señal\n' + "x = 1\n" * 3000),
    ]
    path = tmp_path / "vbaProject.bin"
    path.write_bytes(vba_project(modules))
    assert sources(path) == {module.name: same_ends(module.source) for module in modules}


def test_a_project_lists_its_modules_by_kind() -> None:
    """As Excel's editor shows them."""
    modules = [
        document_module("ThisWorkbook", "workbook"),
        Module("Words", "class", ""),
        Module("Sums", "standard", ""),
    ]
    with opened(vba_project(modules, "Tablero")) as found:
        listed = found.openstream("PROJECT").read().decode("cp1252").splitlines()
        assert found.openstream("PROJECTwm").read().startswith(b"ThisWorkbook\0T\0h\0")
    assert listed[1:5] == [
        "Document=ThisWorkbook/&H00000000",
        "Class=Words",
        "Module=Sums",
        'Name="Tablero"',
    ]


@pytest.mark.parametrize("whose", ["ours", "Excel's"])
def test_nothing_in_a_project_is_locked(whose: str) -> None:
    """No protection, no password, and visible: decrypted as section 2.4.3.3 says, Excel's too."""
    shipped = project(Path(xlwings.__file__).parent / "quickstart_standalone.xlsm")
    with opened(vba_project([]) if whose == "ours" else shipped) as found:
        text = found.openstream("PROJECT").read().decode("cp1252")
    key = sum(re.findall('^ID="(.*)"', text)[0].encode()) & 0xFF
    found_settings = {
        name: decrypted(bytes.fromhex(packed), key)
        for name, packed in re.findall('^(CMG|DPB|GC)="(.*?)"', text, re.MULTILINE)
    }
    assert found_settings == {"CMG": bytes(4), "DPB": b"\0", "GC": b"\xff"}


def decrypted(packed: bytes, key: int) -> bytes:
    """The data of an encrypted property, once its version, key and length are found right."""
    seed, version, own_key = packed[:3]
    assert (version ^ seed, own_key ^ seed) == (2, key)
    before, last, plain, content = version, own_key, key, b""
    for byte in packed[3:]:
        plain = byte ^ ((before + plain) & 0xFF)
        before, last = last, byte
        content += bytes([plain])
    content = content[(seed & 6) // 2 :]
    assert int.from_bytes(content[:4], "little") == len(content) - 4
    return content[4:]


def test_the_same_modules_make_the_same_file() -> None:
    """Nothing in it is left to chance or to the clock."""
    modules = [document_module("ThisWorkbook", "workbook")]
    assert vba_project(modules) == vba_project(modules)


def test_letters_that_vba_cannot_hold_are_refused() -> None:
    """VBA sources are written in one code page."""
    with pytest.raises(UnicodeEncodeError):
        vba_project([Module("Sums", "standard", "' 东方")])
