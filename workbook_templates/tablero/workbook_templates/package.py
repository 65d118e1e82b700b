"""A workbook file as what it is: a package of XML parts, each read when it is asked for."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import IO
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import BadZipFile, ZipFile

_WORKBOOK = "xl/workbook.xml"
_BUILT_IN_DATES = frozenset(map(str, [*range(14, 23), *range(27, 37), *range(45, 48)]))
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# What does not stand for the number itself: quoted or escaped text, padding, colour and locale.
_DECORATION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^]]*\]', re.IGNORECASE)
_DATE_SIGN = re.compile("[dmyhs]", re.IGNORECASE)


class DamagedError(Exception):
    """A package, or a part of it, that cannot be read."""


class Package:
    """The parts of an open workbook file, found by relationship as other programs find them."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._archive = ZipFile(file)
        except (BadZipFile, OSError, ValueError) as defect:
            raise DamagedError from defect

    @property
    def is_workbook(self) -> bool:
        """Whether it holds a workbook rather than a document of another kind."""
        return _WORKBOOK in self._archive.namelist()

    @property
    def sizes(self) -> tuple[int, int]:
        """Bytes of all parts, unpacked and packed."""
        parts = self._archive.infolist()
        return sum(one.file_size for one in parts), sum(one.compress_size for one in parts)

    def part(self, name: str) -> Element:
        """The XML of a part."""
        try:
            # The parser bounds by itself what entities may unfold to.
            return fromstring(self._contents[name])  # noqa: S314
        except _DAMAGE as defect:
            raise DamagedError(name) from defect

    @cached_property
    def _contents(self) -> Mapping[str, bytes]:
        """All parts at once: damage to any of them casts doubt on the others."""
        return {name: self._archive.read(name) for name in self._archive.namelist()}

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """The part of each worksheet, by the sheet's title."""
        parts = {key: name for key, kind, name in self._related if kind == "worksheet"}
        return {
            sheet.get("name", ""): parts[key]
            for sheet in self._workbook.iterfind("{*}sheets/{*}sheet")
            for name, key in sheet.items()
            if name.endswith("}id") and key in parts
        }

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the workbook's defined names, here in lower case, stand for."""
        return {
            one.get("name", "").lower(): one.text or ""
            for one in self._workbook.iterfind("{*}definedNames/{*}definedName")
            if one.get("localSheetId") is None
        }

    @cached_property
    def texts(self) -> Sequence[Element]:
        """The texts that cells share and speak of by number."""
        return [one for part in self._parts("sharedStrings") for one in part]

    @cached_property
    def date_styles(self) -> frozenset[str]:
        """Numbers of the cell styles that show a number as a date or a time."""
        return frozenset(number for part in self._parts("styles") for number in _date_styles(part))

    @cached_property
    def first_day(self) -> datetime:
        """The day from which the workbook counts its dates."""
        settings = self._workbook.find("{*}workbookPr")
        from_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        return datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001

    @cached_property
    def _workbook(self) -> Element:
        return self.part(_WORKBOOK)

    def _parts(self, kind: str) -> Iterator[Element]:
        return (self.part(name) for _, its_kind, name in self._related if its_kind == kind)

    @cached_property
    def _related(self) -> Sequence[tuple[str, str, str]]:
        """Key, kind and name of each part that the workbook refers to."""
        folder, name = posixpath.split(_WORKBOOK)
        return [
            (
                one.get("Id", ""),
                one.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:],
            )
            for one in self.part(f"{folder}/_rels/{name}.rels")
        ]


# What reading and unpacking raise on damaged content; none of it tells a user more.
_DAMAGE = (
    BadZipFile, EOFError, KeyError, NotImplementedError, OSError, ParseError, RuntimeError,
    ValueError, zlib.error,
)  # fmt: skip


def plain_text(item: Element) -> str:
    """A shared or inline text without its formats and reading aids."""
    return unescaped("".join(_pieces(item)))


def _pieces(item: Element) -> Iterator[str]:
    for part in item:
        if part.tag.endswith("}t"):
            yield part.text or ""
        elif part.tag.endswith("}r"):
            yield from _pieces(part)


def unescaped(text: str) -> str:
    r"""A text with the characters that XML cannot hold, which stand in it as ``_x0007_``.

    >>> unescaped("a_x000A_b, and _x005F_x000A_ itself")
    'a\nb, and _x000A_ itself'
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _date_styles(styles: Element) -> Iterator[str]:
    dates = set(_BUILT_IN_DATES)
    for one in styles.iterfind("{*}numFmts/{*}numFmt"):
        if is_date_format(one.get("formatCode", "")):
            dates.add(one.get("numFmtId", ""))
    for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        if style.get("numFmtId") in dates:
            yield str(number)


def is_date_format(code: str) -> bool:
    """Whether a number format shows dates or times.

    >>> [is_date_format(code) for code in ("[$-409]mmm yy", '0.0 "days"', "[Red]0", "[h]:mm")]
    [True, False, False, True]
    """
    return _DATE_SIGN.search(_DECORATION.sub("", code)) is not None
