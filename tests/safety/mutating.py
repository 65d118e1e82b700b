"""Workbook files spoiled by chance, in their bytes, their parts and their XML; seeded."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

Parts = dict[str, bytes]

NASTY = (
    "", "0", "-1", "1", "99999999999999999999", "1048577", "1E308", "1e999", "-1e999", "NaN", "inf",
    "A0", "ZZZZZ99999999", "XFD1048576", "A1:XFD1048576", "$A:$XFD", "1:1048576", "A1:", ":", "r1",
    "../../x", "/etc/passwd", "file:///etc/passwd", "http://localhost/", "#REF!", "true", "\x7f",
    "=cmd|' /C calc'!A0", "é", "\N{GRINNING FACE}" * 9, "x" * 40_000, "&#0;", "&#x1F;", "&amp;",
    "&lt;!ENTITY", "_x0000_", "array", "shared", "s", "n", "b", "e", "d", "str", "inlineStr",
    "1900-01-00", "9999-99-99T99:99:99", "2958466", "-2958466.5", "[" * 400, "{" * 400, '{"a": 1}',
    "(" * 400, "1/0", "\N{ARABIC-INDIC DIGIT THREE}",
)  # fmt: skip
INJECTED = (
    "<c/>", "<row/>", "<v>1</v>", "<f>1/0</f>", "<f t='array' ref='A1:XFD1048576'>1</f>",
    "<row r='1048576'/>", "<row r='0'><c/></row>", "<c r='A1'/>", "<is><t>x</t></is>", "<!-- - -->",
    "<![CDATA[]]>", "<?x y?>", "<x:y/>", "&x;", "]]>", "<", ">", "\0", "&#1;", "<si/>", "<t/>",
    "<mergeCell ref='A1:XFD1048576'/>", "<dimension ref='A1:XFD1048576'/>", "<sheetData/>",
    "<definedName name='inputs_id'>Inputs!$A:$A</definedName>", "<sheet name='' sheetId='1'/>",
)  # fmt: skip

_ATTRIBUTE = re.compile(r'(\s[\w:]+=")([^"]*)(")')
_ELEMENT = re.compile(r"<([\w:]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\1>)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TEXT = re.compile(r">([^<>]+)<")


def unzipped(content: bytes) -> Parts:
    """The parts of a workbook."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """A file of parts, of which several may have one name."""
    file = BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        warnings.simplefilter("ignore")
        for name, data in parts:
            new.writestr(name, data)
    return file.getvalue()


def _bytes(content: bytes, chance: Random) -> bytes:
    """A stretch of bytes changed, cut out, put in or doubled."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        place, length = chance.randrange(len(data)), chance.choice((1, 1, 4, 64, 2000))
        match chance.randrange(5):
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place : place + length]
            case 2:
                data[place:place] = chance.randbytes(length)
            case 3:
                data[place:place] = data[place : place + length]
            case _:
                data[place : place + length] = bytes(min(length, len(data) - place))
        if not data:
            break
    return bytes(data)


def _one_of(found: Sequence[re.Match[str]], chance: Random) -> re.Match[str] | None:
    return chance.choice(found) if found else None


def _attribute(xml: str, chance: Random) -> str:
    found = _one_of(list(_ATTRIBUTE.finditer(xml)), chance)
    return (
        xml if found is None else xml[: found.start(2)] + chance.choice(NASTY) + xml[found.end(2) :]
    )


def _element(xml: str, chance: Random) -> str:
    """An element taken away, doubled, put elsewhere, or exchanged with another one."""
    found = list(_ELEMENT.finditer(xml))
    if not found:
        return xml
    first, second = sorted(
        (chance.choice(found), chance.choice(found)), key=lambda one: one.start()
    )
    match chance.randrange(4):
        case 0:
            return xml[: first.start()] + xml[first.end() :]
        case 1:
            return xml[: first.end()] + first[0] * chance.choice((1, 50)) + xml[first.end() :]
        case 2:
            return xml[: second.start()] + first[0] + xml[second.start() :]
        case _ if first.end() <= second.start():
            between = xml[first.end() : second.start()]
            return xml[: first.start()] + second[0] + between + first[0] + xml[second.end() :]
    return xml


def _number(xml: str, chance: Random) -> str:
    found = _one_of(list(_NUMBER.finditer(xml)), chance)
    return (
        xml if found is None else xml[: found.start()] + chance.choice(NASTY) + xml[found.end() :]
    )


def _text(xml: str, chance: Random) -> str:
    found = _one_of(list(_TEXT.finditer(xml)), chance)
    return (
        xml if found is None else xml[: found.start(1)] + chance.choice(NASTY) + xml[found.end(1) :]
    )


def _injected(xml: str, chance: Random) -> str:
    place = chance.choice([found.start() for found in re.finditer("<", xml)] or [0])
    return xml[:place] + chance.choice(INJECTED) + xml[place:]


def _encoded(xml: str, chance: Random) -> str | bytes:
    """In another encoding, or with a document type."""
    bare = re.sub(r"^<\?xml.*?\?>\s*", "", xml)
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    ways: list[str | bytes] = [bare.encode("utf-16"), bare.encode("utf-8-sig")]
    ways += [f"{doctype}{bare}", f"{doctype}<x>&a;&b;</x>"]
    ways += [f'<?xml version="1.0" encoding="{name}"?>{bare}' for name in ("latin-1", "cp037", "x")]
    return chance.choice(ways)


XML: tuple[Callable[[str, Random], str | bytes], ...] = (
    _attribute, _attribute, _attribute, _element, _element, _element, _number, _number, _number,
    _text, _text, _text, _injected, _encoded,
)  # fmt: skip


def _part(parts: Parts, chance: Random) -> bytes:
    """The XML of a part spoiled once or a few times; sheets and the workbook most often."""
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    sheets = [name for name in names if "worksheets/sheet" in name]
    likely = [*sheets, "xl/workbook.xml", "xl/sharedStrings.xml"]
    name = chance.choice(likely if chance.random() < 0.85 else names)
    if chance.random() < 0.15:
        return zipped([*{**parts, name: _bytes(parts[name], chance)}.items()])
    xml: str | bytes = parts[name].decode("utf-8")
    for _ in range(chance.choice((1, 1, 1, 3, 10))):
        if isinstance(xml, str):
            xml = chance.choice(XML)(xml, chance)
    data = xml if isinstance(xml, bytes) else xml.encode("utf-8", "surrogatepass")
    return zipped([*{**parts, name: data}.items()])


def _archive(parts: Parts, chance: Random) -> bytes:
    """Parts left out, renamed, exchanged, doubled, or put under a name that leads elsewhere."""
    entries = list(parts.items())
    first, second = chance.randrange(len(entries)), chance.randrange(len(entries))
    (name, data), (other, its) = entries[first], entries[second]
    match chance.randrange(5):
        case 0:
            del entries[first]
        case 1:
            entries[first], entries[second] = (name, its), (other, data)
        case 2:
            entries.append(
                (chance.choice((name, name.upper(), f"../{name}", f"/{name}", "C:\\x")), its)
            )
        case 3:
            entries[first] = (chance.choice((name.upper(), name + "x", f"../../{name}", "x")), data)
        case _:
            entries[first] = (name, b"")
    return zipped(entries)


def mutated(content: bytes, parts: Parts, chance: Random) -> bytes:
    """A workbook file spoiled in one of all these ways."""
    kind = chance.random()
    if kind < 0.15:
        return _bytes(content, chance)
    return _archive(parts, chance) if kind < 0.25 else _part(parts, chance)
