"""The PDF of what is odd: hostile texts, letters without a font, pictures that are none."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.reports.paper import letters, paper, typesetting
from tests.reports.printed import DAY, printed, report_of, small

MARKUP = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0": *',
    "$x^2$ *bold* _slanted_ `raw` <label> @reference",
    "= Heading // comment /* more */",
    "\\ \\u{1F600} ~ -- --- ... https://example.org",
    "<script>alert(1)</script> & ]]> {{x}} %s",
    '"] #panic() [',
]


@pytest.mark.parametrize("name", MARKUP)
def test_no_text_becomes_markup(name: str) -> None:
    """Whatever people call their company and their KPIs stands there letter by letter."""
    said = printed(report_of(small(name, name=name, owner=name, description=name))).said
    assert said.count(" ".join(name.split())) >= 3


def test_registers_are_text_as_well() -> None:
    """So is what is typed into the register of actions."""
    line = {"what": MARKUP[0], "kpi": "x", "owner": MARKUP[2], "note": MARKUP[1]}
    said = printed(report_of(small(), records=Records(registers={"actions": (line,)}))).said
    assert MARKUP[0] in said
    assert MARKUP[1] in said


def test_a_very_long_word_stays_on_the_page() -> None:
    """It is broken, and nothing of it is lost."""
    name = "W" * 100
    found = printed(report_of(small(name[:100], name=name[:100])))
    assert not found.outside
    assert name in found.pages[0].replace(" ", "")


def test_control_characters_are_left_out() -> None:
    """A bell that somebody pasted does not ring, nor does it end the report."""
    line = {"what": "a\x07b\u2028c", "kpi": "x"}
    report = report_of(small(), records=Records(registers={"actions": (line,)}))
    assert "ab c" in printed(report).said


def test_a_letter_that_no_font_has_is_told() -> None:
    """A box stands in its place, and the first page says which letter, where, and what to do."""
    first = printed(report_of(small("Acme \ue000"))).pages[0]
    assert "Acme □" in first
    assert "U+E000" in first
    assert "Install a font" in first


def test_the_file_keeps_the_true_name() -> None:
    """What the file says of itself needs no font."""
    found = printed(report_of(small("Acme ᚠ𐎀")))
    assert found.reader.metadata
    assert "Acme ᚠ𐎀" in str(found.reader.metadata.title)


def test_letters_of_the_machine_fill_gaps() -> None:
    """Where a font of the machine has the letters, they stand there without a word."""
    first = printed(report_of(small("Łódź Αθήνα Київ"))).pages[0]
    assert "Łódź Αθήνα Київ" in first
    assert "No font" not in first


def test_at_worst_every_unknown_letter_is_a_box() -> None:
    """Chinese on a machine without a Chinese font gives boxes and a warning, never gaps."""
    first = printed(report_of(small("漢 Ⴀ 🜁 Acme"))).pages[0]
    assert "Acme" in first
    assert ("No font" in first) == ("□" in first)
    assert all(letter in first or "□" in first for letter in "漢Ⴀ🜁")


def test_only_letters_that_one_sees_are_told() -> None:
    """What joins letters is not named to people."""
    assert letters.seen("\u200d🜁 ") == {"🜁"}
    assert letters.seen("\u200d") == {"\u200d"}


def picture(kind: str = "PNG", size: tuple[int, int] = (240, 80)) -> bytes:
    """A plain picture."""
    file = BytesIO()
    Image.new("RGB", size, "#0B5D4B").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
@pytest.mark.parametrize("size", [(240, 80), (2000, 20), (20, 2000)])
def test_a_logo_stands_on_the_first_page(kind: str, size: tuple[int, int]) -> None:
    """However it is shaped, the report has as many pages as without it."""
    plain = len(printed(report_of(small())).pages)
    found = printed(report_of(small(), logo=picture(kind, size)))
    assert len(found.pages) == plain
    assert len(found.reader.pages[0].images) == 1


def bomb() -> bytes:
    """A few bytes that promise a picture of a trillion points."""
    head = struct.pack(">IIBBBBB", 1_000_000, 1_000_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", zlib.crc32(b"IHDR" + head))


@pytest.mark.parametrize(
    "logo",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"not a picture",
        picture("BMP"),
        picture()[:-30],
        picture("JPEG")[:30],
        picture("GIF")[:-20],
        bomb(),
        picture() + b"\0" * 5_000_001,
    ],
    ids=["svg", "text", "bmp", "cut png", "cut jpeg", "cut gif", "bomb", "too large"],
)
def test_what_is_no_picture_is_refused_in_a_sentence(logo: bytes) -> None:
    """The user reads what to do, not what went wrong inside."""
    with pytest.raises(ProblemsError) as caught:
        paper(report_of(small(), logo=logo), DAY)
    (problem,) = caught.value.problems
    assert problem.code == "paper_logo"
    assert "PNG" in problem.remedy("en")


def test_what_cannot_be_set_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that Typst refuses ends in a sentence, too."""
    monkeypatch.setattr(typesetting, "_STANDARDS", ("a-1a", "a-4"))
    with pytest.raises(ProblemsError) as caught:
        paper(report_of(small()), DAY)
    assert caught.value.problems[0].code == "paper_failed"
