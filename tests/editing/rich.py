"""A workbook of Tablero as a user has it after a year: with everything that one adds in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tablero.addin.excel import configuration
from tablero.addin.excel.macro_workbook import project
from tablero.addin.lite import parts as lite
from tablero.addin.lite.program import lite_code
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.editing.recalculation import recalculated
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook

CANO = load_template("cano")
MINE = "My notes"
FIGURE = "net_income"
"""The input whose figure the tests change, in this month of the year:"""
MONTH = 3

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_LINK_TYPE = f"{_OFFICE}/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES, _LINKS, _ROOT_LINKS = (
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
)
_CREATED = datetime(2026, 1, 31)  # noqa: DTZ001 - XlsxWriter takes it without a zone


def rich_workbook(path: Path, dialect: DialectName) -> Path:
    """Write the paper's company in a dialect, with all that a user added to it."""
    board = make_board(CANO, language="en", dialect=dialect)
    *visible, hidden = make_pages(board)
    vba = None
    if path.suffix == ".xlsm":
        visible.append(configuration.build("en", None))
        sheets = [f"Sheet{place}" for place in range(1, len(visible) + 2)]
        vba = project(
            [
                ("ThisWorkbook", "workbook"),
                *((sheet, "sheet") for sheet in (*sheets, "MySheet")),
                ("MyChart", "chart"),
            ],
            "en",
        )
    with pytest.MonkeyPatch.context() as patch:
        closed = Workbook.close

        def close(book: Workbook) -> None:
            _add_everything(book)
            closed(book)

        patch.setattr(Workbook, "close", close)
        write_workbook(board, [*visible, hidden], path, vba=vba)
    package = recalculated(_with_foreign_parts(Package.read(path))).package
    path.write_bytes(package.to_bytes())
    return path


def _add_everything(book: Workbook) -> None:
    """What a user adds with Excel's menus."""
    book.set_properties({"created": _CREATED, "author": "Ana", "keywords": "board meeting"})
    book.set_custom_property("Reviewed by", "Luis")
    book.set_custom_property("Reviewed on", _CREATED)
    book.define_name("vat", f"='{MINE}'!$B$1")
    ours = book.get_worksheet_by_name("Scorecard")
    ours.write_comment("B5", "Ask sales about this one", {"author": "Ana"})
    ours.insert_textbox("N30", "Draft for the board of May", {"width": 200})
    figures = book.get_worksheet_by_name("Inputs")
    figures.conditional_format("F5:H8", {"type": "icon_set", "icon_style": "3_arrows"})
    mine = book.add_worksheet(MINE)
    _figures(mine)
    _formulas(mine, calls_ours=bool(book.vba_project))
    _pictures(book, mine)
    _rules(book, mine)
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": f"='{MINE}'!$B$4:$B$9"})
    book.add_chartsheet("My chart").set_chart(chart)


def _figures(mine: Worksheet) -> None:
    mine.write_row("A1", ["VAT", 0.19])
    mine.write_row("A3", ["Month", "Plan", "Seen"])
    for row, month in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun"], 4):
        mine.write_row(f"A{row}", [month, row * 100, row * 90 + 7])
    mine.add_table(
        "A3:D9",
        {
            "name": "Plans",
            "columns": [
                {"header": "Month"},
                {"header": "Plan"},
                {"header": "Seen"},
                {"header": "Share", "formula": "=[@Seen]/[@Plan]"},
            ],
        },
    )


FORMULAS: Mapping[str, str] = {
    "F1": "SUM(INDEX(inputs_months,2,0))*vat",
    "F2": "INDEX(scorecard_achievement,1)",
    "F3": "IFERROR(SUMPRODUCT((INDEX(inputs_months,2,0)>0)*1),0)",
    "F4": "SUM(Plans[Seen])/SUM(Plans[Plan])",
    "F5": 'IF(F2>=0.8,"fine","look into it")',
    "F6": "KPI_ACHIEVEMENT(F1,100)",
    "F7": "AVERAGE(D4:D9)",
    "F8": "ROUND(F1/12,2)",
    "F9": "VLOOKUP(B:B,B4:C9,2)",
    "F11": "NOW()",
    "F12": "AGGREGATE(9,6,C4:C9)",
    "F13": "IFERROR(F12*2,0)",
    "F14": 'TEXT(F1,"#,##0.00")',
    "F15": "[1]Ledger!$B$2*2",
    "F16": "F15+F1",
    "F17": "SUM(K2:K3)",
}
"""The user's own formulas, among them some that follow from ours."""

LEFT = frozenset({"F9", "F11", "F12", "F13", "F14", "F15", "F16", "F17", "K2"})
"""Those whose results are for Excel alone to calculate."""


def _formulas(mine: Worksheet, *, calls_ours: bool) -> None:
    for cell, formula in FORMULAS.items():
        if not calls_ours and "KPI_" in formula:
            continue
        mine.write_formula(cell, f"={formula}", None, "from Excel" if cell in LEFT else 0)
    mine.write_dynamic_array_formula("H1:H2", "=_xlfn._xlws.FILTER(B4:B9,C4:C9>700)", None, 800)
    mine.write_array_formula("I1:I2", "{=B4:B5*2}", None, 800)
    for row, value in enumerate((11, 12), 2):
        mine.write(f"K{row}", value)


def _pictures(book: Workbook, mine: Worksheet) -> None:
    for number, kind in enumerate(("column", "line", "scatter")):
        chart = book.add_chart({"type": kind})
        chart.add_series({"categories": f"='{MINE}'!$A$4:$A$9", "values": f"='{MINE}'!$C$4:$C$9"})
        chart.set_title({"name": f"='{MINE}'!$F$5"})
        mine.insert_chart(20 + 16 * number, 0, chart)
    picture = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    mine.insert_image("M2", "logo.png", {"image_data": picture, "description": "Logo"})
    mine.insert_textbox("M10", "Remember the bonus", {"fill": {"color": "yellow"}})
    mine.insert_checkbox("M16", True)
    mine.write_comment("F1", "Was 21 % before", {"author": "Luis"})
    mine.add_sparkline("E4", {"range": f"'{MINE}'!B4:C4", "type": "column"})


def _rules(book: Workbook, mine: Worksheet) -> None:
    mine.conditional_format("C4:C9", {"type": "data_bar", "data_bar_2010": True})
    mine.conditional_format("B4:B9", {"type": "3_color_scale"})
    bold = book.add_format({"bold": True, "font_color": "red"})
    mine.conditional_format("F1", {"type": "cell", "criteria": ">", "value": 9, "format": bold})
    mine.data_validation("B1", {"validate": "list", "source": [0.05, 0.19]})
    mine.merge_range("A17:D17", "Approved by the board", bold)
    mine.write_rich_string("A18", "half ", bold, "bold", " text")
    mine.write_url("A19", "https://example.com/ledger", string="Ledger")


def _with_foreign_parts(package: Package) -> Package:
    """What other programs, and commands that XlsxWriter does not have, put into a workbook."""
    item = f"{_OFFICE}/customXml"
    added = {
        "customXml/item1.xml": '<review xmlns="urn:example:review"><by>Ana</by></review>',
        "customXml/itemProps1.xml": f'{_HEAD}<ds:datastoreItem xmlns:ds="{item}" '
        'ds:itemID="{6B29FC40-CA47-1067-B31D-00DD010662DA}"><ds:schemaRefs/></ds:datastoreItem>',
        "customXml/_rels/item1.xml.rels": _links(
            ("rId1", f"{_LINK_TYPE}/customXmlProps", "itemProps1.xml", "")
        ),
        "xl/externalLinks/externalLink1.xml": _EXTERNAL,
        "xl/externalLinks/_rels/externalLink1.xml.rels": _links(
            ("rId1", f"{_LINK_TYPE}/externalLinkPath", "ledger.xlsx", ' TargetMode="External"')
        ),
        **lite.lite_parts(lite_code("en")),
    }
    workbook = package.parts[WORKBOOK]
    place = workbook.index(b"<definedNames>")
    linked = b'<externalReferences><externalReference r:id="rIdLedger"/></externalReferences>'
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return package.with_parts(
        {
            **{name: text.encode() for name, text in added.items()},
            WORKBOOK: workbook[:place] + linked + workbook[place:],
            package.sheets[MINE]: _with_special_formulas(package.parts[package.sheets[MINE]]),
            **_ended(package, _CONTENT_TYPES, "</Types>", lite.CONTENT_TYPES
                + '<Override PartName="/customXml/itemProps1.xml" ContentType="application/'
                'vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
                '<Override PartName="/xl/externalLinks/externalLink1.xml" '
                f'ContentType="{spreadsheet}.externalLink+xml"/>'),
            **_ended(package, _ROOT_LINKS, "</Relationships>", lite.RELATIONSHIP),
            **_ended(package, _LINKS, "</Relationships>",
                f'<Relationship Id="rIdLedger" Type="{_LINK_TYPE}/externalLink" '
                'Target="externalLinks/externalLink1.xml"/>'
                f'<Relationship Id="rIdReview" Type="{_LINK_TYPE}/customXml" '
                'Target="../customXml/item1.xml"/>'),
        }
    )  # fmt: skip


_EXTERNAL = (
    f'{_HEAD}<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    f'<externalBook xmlns:r="{_LINK_TYPE}" r:id="rId1">'
    '<sheetNames><sheetName val="Ledger"/></sheetNames><sheetDataSet><sheetData sheetId="0">'
    '<row r="2"><cell r="B2"><v>21</v></cell></row></sheetData></sheetDataSet>'
    "</externalBook></externalLink>"
)


def _with_special_formulas(sheet: bytes) -> bytes:
    """Formulas that cells share, as Excel saves columns filled down, and a data table."""
    for row in range(4, 10):
        master = 'ref="D4:D9" si="0">C4/B4</f>' if row == 4 else 'si="0"/>'
        sheet = _replaced_formula(sheet, f"D{row}", f'<f t="shared" {master}')
    cell = b'<c r="K2"><v>11</v></c>'
    table = b'<c r="K2"><f t="dataTable" ref="K2:K3" dt2D="0" dtr="0" r1="B1"/><v>11</v></c>'
    assert cell in sheet
    return sheet.replace(cell, table)


def _replaced_formula(sheet: bytes, cell: str, formula: str) -> bytes:
    start = sheet.index(b"<f", sheet.index(f'<c r="{cell}"'.encode()))
    end = sheet.index(b"</f>", start) + len(b"</f>")
    return sheet[:start] + formula.encode() + sheet[end:]


def _links(*links: tuple[str, str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{one}" Type="{kind}" Target="{target}"{mode}/>'
        for one, kind, target, mode in links
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{namespace}">{inside}</Relationships>'


def _ended(package: Package, part: str, end: str, addition: str) -> dict[str, bytes]:
    return {part: package.parts[part].replace(end.encode(), f"{addition}{end}".encode())}
