"""Workbook files built to do harm: bombs, lies and mazes, each made of a real workbook."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from tablero.workbook_templates.layout import SHEETS
from tests.safety.mutating import Parts, zipped

SHEET = f"xl/worksheets/sheet{SHEETS.index('inputs') + 1}.xml"
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
MANY = 1_100_000


def _with(**changed: bytes) -> Callable[[Parts], bytes]:
    names = {"sheet": SHEET, "strings": STRINGS, "book": BOOK, "styles": STYLES}
    return lambda parts: zipped([*{**parts, **{names[k]: v for k, v in changed.items()}}.items()])


def _replaced(part: str, old: str, new: str, count: int = 1) -> Callable[[Parts], bytes]:
    """One place of a part's XML written otherwise."""

    def make(parts: Parts) -> bytes:
        xml = parts[part].decode("utf-8")
        made = re.sub(old, lambda _: new, xml, count=count, flags=re.DOTALL)
        assert made != xml, (part, old)
        return zipped([*{**parts, part: made.encode("utf-8")}.items()])

    return make


def _plus(*added: tuple[str, bytes]) -> Callable[[Parts], bytes]:
    return lambda parts: zipped([*parts.items(), *added])


def _rows(xml: str) -> Callable[[Parts], bytes]:
    """More rows at the end of the Inputs sheet."""
    return _replaced(SHEET, "</sheetData>", f"{xml}</sheetData>")


def _lying(parts: Parts) -> bytes:
    """A part that unpacks to 50 MB and is said to be small, with the checksum of its beginning."""
    size, beginning = 50 * 2**20, parts[SHEET]
    data = zipped([*{**parts, SHEET: beginning + bytes(size)}.items()])
    crc, lie = zlib.crc32(beginning), len(beginning)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entry = archive.getinfo(SHEET)
    true = struct.pack("<LLL", entry.CRC, entry.compress_size, entry.file_size)
    told = struct.pack("<LLL", crc, entry.compress_size, lie)
    return data.replace(true, told)


def _overlapping(parts: Parts, size: int = 200_000) -> bytes:
    """Two thousand entries that are all the same packed bytes."""
    data = zipped([*parts.items(), ("xl/media/a.bin", bytes(size))])
    at = data.index(b"PK\x01\x02")
    directory = data[at : data.rindex(b"PK\x05\x06")]
    last = directory.rindex(b"PK\x01\x02")
    copies = b"".join(
        directory[last:].replace(b"xl/media/a.bin", f"xl/media/{number:05}"[:14].encode())
        for number in range(2000)
    )
    made = directory[:last] + copies
    count = len(parts) + 2000
    return (
        data[:at] + made + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(made), at, 0)
    )


def _laughing(parts: Parts) -> bytes:
    """A billion laughs."""
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10)
    )
    xml = re.sub(r"^<\?xml.*?\?>", "", parts[STRINGS].decode())
    made = f"<!DOCTYPE sst [{entities}]>{xml}".replace("<t>", "<t>&a9;", 1)
    return zipped([*{**parts, STRINGS: made.encode()}.items()])


def _outside(encoding: str) -> Callable[[Parts], bytes]:
    """An entity that stands for a file of the machine."""

    def make(parts: Parts) -> bytes:
        xml = re.sub(r"^<\?xml.*?\?>", "", parts[STRINGS].decode())
        made = '<!DOCTYPE sst [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + xml
        return zipped(
            [*{**parts, STRINGS: made.replace("<t>", "<t>&e;", 1).encode(encoding)}.items()]
        )

    return make


def _moved(parts: Parts) -> bytes:
    """The sheet behind a name that is no XML's, with a document type in it."""
    rels = parts["xl/_rels/workbook.xml.rels"].replace(SHEET[3:].encode(), b"media/x.bin")
    data = b"<!DOCTYPE x>" + re.sub(rb"^<\?xml.*?\?>", b"", parts[SHEET])
    rest = {**parts, "xl/_rels/workbook.xml.rels": rels, "xl/media/x.bin": data}
    return zipped([*rest.items()])


def _swapped(parts: Parts) -> bytes:
    """Content types that call everything something else."""
    name = "[Content_Types].xml"
    return zipped([*{**parts, name: parts[name].replace(b"sheet.main", b"styles")}.items()])


def _in_utf_16(parts: Parts) -> bytes:
    """As the standard allows, though no program does it."""
    xml = re.sub(r"^<\?xml.*?\?>", "", parts[SHEET].decode())
    return zipped([*{**parts, SHEET: xml.encode("utf-16")}.items()])


_WHOLE = "A1:XFD1048576"
_NAMED = r"(?<=!)\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?(?=</)"
_SHEET_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_ARRAYS = "".join(
    f'<row r="{row}"><c r="A{row}"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>'
    for row in range(1000, 21_000)
)

ATTACKS: dict[str, Callable[[Parts], bytes]] = {
    "a part of 201 MB": _plus(("xl/media/a.png", bytes(201 * 2**20))),
    "a part larger than it says": _lying,
    "parts that overlap": _overlapping,
    "small parts that overlap": lambda parts: _overlapping(parts, 100),
    "twenty thousand parts": lambda parts: zipped(
        [*parts.items(), *((f"x{number}", b"") for number in range(20_000))]
    ),
    "two parts of one name": _plus((SHEET, b"<worksheet/>")),
    "a part that leads outside": _plus(("../../x.xml", b"<x/>")),
    "a part at the root": _plus(("/etc/x", b"x")),
    "a billion laughs": _laughing,
    "a file of the machine": _outside("utf-8"),
    "a file of the machine, in UTF-16": _outside("utf-16"),
    "a document type in another part": _moved,
    "a sheet in UTF-16": _in_utf_16,
    "content types of other things": _swapped,
    "a hundred thousand nested elements": _with(
        sheet=_SHEET_HEAD + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</worksheet>"
    ),
    "twenty thousand nested rows": _rows('<row r="9"><c>' * 20_000 + "</c></row>" * 20_000),
    "a million styles": _with(styles=b"<styleSheet>" + b"<xf/>" * MANY + b"</styleSheet>"),
    "a million shared texts": _with(strings=b"<sst>" + b"<si><t/></si>" * MANY + b"</sst>"),
    "a million names": _replaced(
        BOOK, "</definedNames>", "<definedName/>" * MANY + "</definedNames>"
    ),
    "a million attributes": _rows("<row " + " ".join(f'a{n}="1"' for n in range(MANY)) + "/>"),
    "a text of 150 MB": _rows(f'<row r="9999"><c t="str"><v>{"x" * 150 * 2**20}</v></c></row>'),
    "a dimension of everything": _replaced(
        SHEET, '<dimension ref="[^"]*"', f'<dimension ref="{_WHOLE}"'
    ),
    "a row at the end": _rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a row beyond all": _rows('<row r="99999999999999"><c><v>1</v></c></row>'),
    "rows of nonsense": _rows('<row r="0"><c r="ZZZZZ99999999"><v>1</v></c></row>'),
    "names over whole columns": _replaced(BOOK, _NAMED, "$A$1:$XFD$1048576", 0),
    "a merged sheet": _replaced(
        SHEET, "</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{_WHOLE}"/></mergeCells>'
    ),
    "twenty thousand arrays over everything": _rows(_ARRAYS),
    "a shared text that is not there": _replaced(SHEET, r't="s"><v>\d+</v>', 't="s"><v>99999</v>'),
    "a shared text before the first": _replaced(SHEET, r't="s"><v>\d+</v>', 't="s"><v>-1</v>'),
    "a style that is no number": _replaced(SHEET, r'(?<= )s="\d+"', 's="bold"'),
    "a million cells": _rows("".join(
        f'<row r="{row}">{f"<c><v>{row}</v></c>" * 12}</row>' for row in range(1000, 85_000)
    )),
    "a third of a million cells": _rows("".join(
        f'<row r="{row}">{"<c><v>1</v></c>" * 12}</row>' for row in range(1000, 30_000)
    )),
    "a long text and signs nobody sees": _rows(
        f'<row r="9999"><c t="inlineStr"><is><t>{"á" * 32_767}_x0007_&#x85;</t></is></c></row>'
    ),
    "a formula without end": _rows(
        f'<row r="9999"><c r="A9999"><f>{"(" * 8000}1{")" * 8000}</f><v>1</v></c></row>'
    ),
    "formulas that ask each other": _rows("".join(
        f'<row r="{row}"><c r="A{row}"><f>SUM(A{row + 1}:A20000)+A{row + 1}</f><v>1</v></c></row>'
        for row in range(9000, 19_000)
    )),
    "a formula over everything": _rows(
        '<row r="9999"><c r="A9999"><f>SUMPRODUCT((A:XFD=A:XFD)*(A:XFD=1))</f><v>1</v></c></row>'
    ),
}  # fmt: skip
