"""The accepted workbook: its parts as readable text, to be compared with what is generated now.

    python -m tests.workbook.accept

writes the parts anew after a change that is meant; the difference is then read like code.
"""

from __future__ import annotations

import difflib
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.dom.minidom import Element, parseString

from tests.workbook.companies import cano
from tests.workbook.making import PORTABLE

ACCEPTED = Path(__file__).with_name("accepted")
COMMAND = "python -m tests.workbook.accept"
STRINGS = "xl/sharedStrings.xml"
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_DIGITS = 12


def generated() -> dict[str, str]:
    """The parts of the paper's company as it is generated now, portable and in English."""
    with tempfile.TemporaryDirectory() as folder:
        path = PORTABLE.write(cano(), Path(folder) / "cano.xlsx")
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    strings = _strings(parts.pop(STRINGS))
    return {name: _readable(data, strings) for name, data in sorted(parts.items())}


def accepted() -> dict[str, str]:
    """The parts that were accepted."""
    files = (path for path in sorted(ACCEPTED.rglob("*")) if path.is_file())
    return {
        path.relative_to(ACCEPTED).as_posix().removesuffix(".txt"): path.read_text("utf-8")
        for path in files
    }


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """What differs, as a difference of lines, part by part."""
    for name in sorted(before.keys() | after.keys()):
        old, new = (parts.get(name, "").splitlines() for parts in (before, after))
        places = f"accepted/{name}", f"generated/{name}"
        yield from difflib.unified_diff(old, new, *places, n=1, lineterm="")


def _strings(data: bytes) -> list[str]:
    """The shared strings, which stand in their cells instead, so that one new one moves none."""
    items = _root(data).getElementsByTagName("si")
    return ["".join(map(_text, item.getElementsByTagName("t"))) for item in items]


def _text(element: Element) -> str:
    return "".join(str(child.nodeValue) for child in element.childNodes)


def _readable(data: bytes, strings: list[str]) -> str:
    root = _root(data)
    for cell in root.getElementsByTagName("c"):
        _settle(cell, strings)
    text = "\n".join(_lines(root, ""))
    return _TIME.sub("(time)", text).replace("}, {", "},\n{").replace("&quot;", '"') + "\n"


def _root(data: bytes) -> Element:
    root = parseString(data).documentElement  # noqa: S318 - the files are the project's own
    assert root is not None
    return root


def _settle(cell: Element, strings: list[str]) -> None:
    """Put the string in place of its number, and leave the last digits of numbers out."""
    for value in cell.getElementsByTagName("v"):
        text = value.firstChild
        if text is None:
            continue
        if cell.getAttribute("t") == "s":
            text.nodeValue = strings[int(str(text.nodeValue))]
        elif not cell.getAttribute("t"):
            text.nodeValue = f"{float(str(text.nodeValue)):.{_DIGITS}g}"


def _lines(element: Element, indent: str) -> Iterator[str]:
    """One line an element; cells and elements of mere text stay in one line whole."""
    children = [child for child in element.childNodes if isinstance(child, Element)]
    if element.tagName == "c" or not children:
        yield indent + element.toxml()
        return
    opening = element.toxml().partition(">")[0]
    yield f"{indent}{opening}>"
    for child in children:
        yield from _lines(child, indent + " ")
    yield f"{indent}</{element.tagName}>"


def accept() -> None:
    """Write the parts that are generated now in place of the accepted ones."""
    before, after = accepted(), generated()
    for name in before.keys() - after.keys():
        (ACCEPTED / f"{name}.txt").unlink()
    for name, text in after.items():
        target = ACCEPTED / f"{name}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    lines = sum(line.startswith(("+", "-")) for line in changes(before, after))
    sys.stdout.write(f"{lines} lines changed in {ACCEPTED.name}; read the difference.\n")


if __name__ == "__main__":
    accept()
