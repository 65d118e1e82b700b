"""Where the elements of an XML part begin and end, so that one can be changed and no other byte.

An XML library would write the whole part anew, in its own spelling; a user's sheet would not be
the same file any more. Expat, the standard library's parser, tells the place of each element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.parsers import expat

from tablero.workbook_templates.unpacking import CrowdedPartError

_SEPARATOR = " "
_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_NAME = re.compile(rb"<([^\s/>]+)")
_MOST = 2_000_000
"""Elements in a part; more of them would fill the memory, and no scorecard has as many."""


class MarkupError(ValueError):
    """XML that is damaged, or that declares what no workbook declares."""


class Element:
    """An element by its bytes: the whole is ``[start:end]``, what is in it ``[inner:inner_end]``.

    ``is_empty`` tells ``<v/>``, which has no inside where something could be put. Few of a sheet's
    elements are asked for their bytes; so where one ends is looked for then.
    """

    __slots__ = ("_data", "attributes", "children", "closing", "name", "start", "text")

    def __init__(self, name: str, attributes: Mapping[str, str], start: int, data: bytes) -> None:
        self.name = name
        self.attributes = attributes
        self.start = self.closing = start
        self.text = ""
        self.children: Sequence[Element] = ()
        self._data = data

    @property
    def inner(self) -> int:
        """Where its start tag ends."""
        found = _TAG.match(self._data, self.start)
        if found is None:
            raise MarkupError(f"no tag at byte {self.start}")
        return found.end()

    @property
    def is_empty(self) -> bool:
        """Whether it is all in one tag."""
        return self._data.endswith(b"/>", self.start, self.inner)

    @property
    def inner_end(self) -> int:
        """Where its end tag begins."""
        return self.inner if self.is_empty else self.closing

    @property
    def end(self) -> int:
        """Where it ends."""
        if self.text or not self.is_empty:
            return self._data.index(b">", self.closing) + 1
        return self.inner

    def child(self, name: str) -> Element | None:
        """Its first child of a name."""
        for one in self.children:
            if one.name == name:
                return one
        return None

    def tag(self, data: bytes) -> str:
        """Its name as the part spells it, with the prefix: ``x:c``."""
        found = _NAME.match(data, self.start)
        return found[1].decode() if found else self.name


def elements(data: bytes, wanted: Iterable[str]) -> list[Element]:
    """Find the elements with the ``wanted`` local names; those inside others are their children.

    Parameters
    ----------
    data
        The part as it stands in the package, in UTF-8.
    wanted
        Local names, whatever the namespace.

    Raises
    ------
    MarkupError
        The XML is damaged, in another encoding, or has a document type, which no workbook has
        and which an attack needs.

    Examples
    --------
    >>> (row,) = elements(b'<s><row r="1"><c r="A1"><v>5</v></c></row></s>', ["row", "c", "v"])
    >>> (cell,) = row.children
    >>> cell.attributes["r"], cell.child("v").text
    ('A1', '5')
    """
    reader = _Reader(data, frozenset(wanted))
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003 - all of it at once
    except CrowdedPartError:
        raise
    except (expat.ExpatError, ValueError) as defect:
        raise MarkupError(str(defect)) from None
    return reader.found


class _Reader:
    """Takes what the parser tells."""

    def __init__(self, data: bytes, wanted: frozenset[str]) -> None:
        self.found: list[Element] = []
        self._data = data
        self._locals = _Locals(wanted)
        self._open: list[tuple[Element, list[str]]] = []
        self._children: list[list[Element]] = [self.found]
        self._left = _MOST
        self.parser = expat.ParserCreate("utf-8", _SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._locals[name]
        if not local:
            return
        self._left -= 1
        if self._left < 0:
            raise CrowdedPartError("too many elements")
        if _SEPARATOR in "".join(attributes):  # few of a sheet's have a namespace
            attributes = {_local(key): value for key, value in attributes.items()}
        element = Element(local, attributes, self.parser.CurrentByteIndex, self._data)
        self._children[-1].append(element)
        self._open.append((element, []))
        self._children.append([])

    def _end(self, name: str) -> None:
        if self._locals[name]:
            element, texts = self._open.pop()
            element.closing = self.parser.CurrentByteIndex
            element.text = "".join(texts)
            if children := self._children.pop():
                element.children = children

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1][1].append(text)

    def _refuse(self, *_: object) -> None:
        raise MarkupError("a document type")


class _Locals(dict[str, str]):
    """Names without their namespace; nothing for those that are not wanted."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted

    def __missing__(self, name: str) -> str:
        local = _local(name)
        self[name] = local if local in self._wanted else ""
        return self[name]


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]


def spliced(data: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Replace stretches of bytes, given as start, end and what stands there from now on.

    Raises
    ------
    MarkupError
        Two of them overlap, as they do where an element stands in one of its own kind.

    Examples
    --------
    >>> spliced(b"abcdef", [(4, 5, b"E"), (1, 1, b"-")])
    b'a-bcdEf'
    """
    parts, place = [], 0
    for start, end, replacement in sorted(changes, key=lambda change: change[:2]):
        if start < place:
            raise MarkupError("an element inside its like")
        parts += [data[place:start], replacement]
        place = end
    return b"".join([*parts, data[place:]])
