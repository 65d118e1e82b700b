"""Excel would open every workbook without a word: the SDK and our own rules find nothing wrong."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.layout import SHEETS
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar
from tests.engines.openxml import Validator, own_findings
from tests.engines.package import read_package
from tests.workbook.companies import (
    ODD_NAMES,
    cano,
    every_kind,
    large,
    odd,
    random_figures,
    with_kpis,
)
from tests.workbook.making import NAMES_OF_VARIANTS, PLAIN, PORTABLE, VARIANTS, Variant


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES_OF_VARIANTS)
@pytest.mark.parametrize("name", ["cano", "blank-sme"])
def test_the_shipped_companies(
    name: str, variant: Variant, validator: Validator, tmp_path: Path
) -> None:
    """Both dialects in both languages."""
    assert validator(variant.write(load_template(name), tmp_path / f"{name}.xlsx")) == []


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
def test_a_company_of_120_kpis(variant: Variant, validator: Validator, tmp_path: Path) -> None:
    """No formula, list or text becomes longer than Excel holds."""
    assert validator(variant.write(large(), tmp_path / "large.xlsx")) == []


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
def test_a_company_with_everything(variant: Variant, validator: Validator, tmp_path: Path) -> None:
    """Monthly goals, last year's months, a year from July, a rolling period."""
    figures = random_figures(4, holes=0.2, last_months=True)
    company = every_kind(company={"fiscal_start_month": 7}, figures=figures)
    period = Calendar(2026, 7).period("rolling", 4)
    assert validator(variant.write(company, tmp_path / "all.xlsx", period)) == []


@pytest.mark.parametrize("number", range(len(ODD_NAMES)))
def test_odd_names_break_no_rule_of_ours(number: int, tmp_path: Path) -> None:
    """Names never break a formula, a message or a footer."""
    variant = VARIANTS[number % len(VARIANTS)]
    assert own_findings(variant.write(odd(ODD_NAMES[number]), tmp_path / "odd.xlsx")) == []


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
def test_odd_names_break_no_rule_of_the_sdk(
    variant: Variant, validator: Validator, tmp_path: Path
) -> None:
    """All of them in one workbook."""
    names = {kpi.id: {"name": name} for kpi, name in zip(cano().kpis(), ODD_NAMES, strict=False)}
    company = with_kpis(odd_company(), **names)
    assert validator(variant.write(company, tmp_path / "odd.xlsx")) == []


def odd_company() -> Definition:
    """The paper's company under an odd name."""
    company = cano().company.model_copy(update={"name": ODD_NAMES[0]})
    return cano().model_copy(update={"company": company})


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("&P &[Page] && R", "&P &[Page] && R"),
        ("3M", "3M"),
        ("x" * 79 + "&" + "y" * 40, "x" * 79 + "&"),
    ],
)
def test_a_footer_shows_the_company_as_it_is_called(name: str, shown: str, tmp_path: Path) -> None:
    """In a footer & begins a code and digits after &9 would change the size of the letters."""
    path = PORTABLE.write(odd(name), tmp_path / "footer.xlsx")
    texts = [sheet.root.findtext(".//{*}oddFooter") for sheet in read_package(path).sheets]
    expected = "&L&9 " + shown.replace("&", "&&") + "&C&9Page &P of &N&R&9&A"
    assert [text for text in texts if text] == [expected] * len(SHEETS)


def with_logo(company: Definition, path: Path) -> Definition:
    return company.model_copy(
        update={"company": company.company.model_copy(update={"logo": str(path)})}
    )


def picture(path: Path) -> Path:
    """A PNG file of a few dark points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x10\x20\x30" * 8) * 8)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    return path


def test_a_logo_has_a_text_for_those_who_do_not_see_it(
    validator: Validator, tmp_path: Path
) -> None:
    """The picture carries the company's name, and the file tells no folder of this machine."""
    company = with_logo(cano(), picture(tmp_path / "logo.png"))
    path = PORTABLE.write(company, tmp_path / "logo.xlsx")
    assert validator(path) == []
    package = read_package(path)
    drawings = [part for part in package.parts if part.startswith("xl/drawings/drawing")]
    pictures = [one for part in drawings for one in package.xml(part).findall(".//{*}pic")]
    (described,) = [one for picture in pictures for one in picture.findall(".//{*}cNvPr")]
    assert described.get("descr") == company.company.name
    assert package.parts["xl/media/image1.png"]
