"""The page that compares a user's workbook, part by part, before and after Tablero changed it.

Made anew by ``python -m tests.editing.table``.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl

from tablero.workbook_templates.editing.edits import with_edits
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.replacing import Version
from tests.editing.comparing import changed_cells, edit
from tests.editing.rich import rich_workbook

PAGE = Path(__file__).parents[2] / "docs" / "lossless.md"
STRINGS = "xl/sharedStrings.xml"
_SAME_NAME = 0.1
REMEDY = "run: .venv/bin/python -m tests.editing.table"

_PAGE = """\
# What a change leaves as it was

A macro workbook of Tablero, to which a user added what Excel's menus offer (charts, a chart sheet,
sparklines, data bars, icon sets, text boxes, a check box, comments, a picture, tables, dynamic
arrays, a what-if table, links to another workbook, own properties) and programs leave behind
(custom XML, a web extension), compared byte by byte:

- **figure changed**: one figure of a month, as `tablero fill` puts it in, and what follows from it
- **refreshed**: the figure put in by another program, and `tablero refresh` after it
- **openpyxl**: the same file loaded by openpyxl (with `keep_vba`) and saved, nothing changed

**same** is the same bytes. **cells** is the same bytes but for the contents of those cells: the
figure, and results of formulas; every formula, format and all around them is as it was.
**rewritten** is the same part in other words, with the elements that it then lacks. A second
refresh changes no byte.

| part | figure changed | refreshed | openpyxl |
| --- | --- | --- | --- |
{rows}

Of {count} parts, Tablero changed {changed}, all of them sheets; openpyxl left {same} as they were,
rewrote {rewritten} and lost {lost}. This page is made from such a run; `.ci/test` runs it again and
fails if it is not current.
"""


@dataclass(frozen=True)
class Comparison:
    """The parts of a workbook and what became of each."""

    parts: tuple[str, ...]
    filled: Mapping[str, str]
    refreshed: Mapping[str, str]
    saved: Mapping[str, str]


def compared(folder: Path) -> Comparison:
    """Change a rich workbook in each way; its files are written into a folder."""
    path = rich_workbook(folder / "rich.xlsm", "xlwings")
    before = Package.read(path)
    filled = revise(Version.of(path), [edit(path, 987654.25)], calculates_itself=False)
    typed = folder / "typed.xlsm"
    typed.write_bytes(with_edits(before, [edit(path, 4321.5)]).to_bytes())
    refreshed = revise(Version.of(typed), calculates_itself=False)
    refreshed.save()
    assert not revise(Version.of(typed), calculates_itself=False).is_change
    return Comparison(
        tuple(sorted(before.parts)),
        _by_us(before, Package.read(filled.content)),
        _by_us(before, Package.read(refreshed.content)),
        _by_openpyxl(before, path, folder / "openpyxl.xlsm"),
    )


def _by_us(before: Package, after: Package) -> Mapping[str, str]:
    changed = {before.sheets[title] for title in changed_cells(before, after)}
    assert {part for part in before.parts if before.parts[part] != after.parts[part]} == changed
    return {part: "cells" if part in changed else "same" for part in before.parts}


def _by_openpyxl(before: Package, source: Path, target: Path) -> Mapping[str, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of some of what it drops
        openpyxl.load_workbook(source, keep_vba=True).save(target)
    after = Package.read(target).parts
    partners = _partners(before.parts, after)
    return {
        part: _became(part, content, partners.get(part), after)
        for part, content in before.parts.items()
    }


def _became(part: str, before: bytes, partner: str | None, after: Mapping[str, bytes]) -> str:
    if partner is None:
        # openpyxl writes texts into the cells themselves, where they do the same.
        return "rewritten, in the sheets" if part == STRINGS else "**lost**"
    fate = _fate(before, after[partner])
    return fate if partner == part else f"{fate}, as `{partner}`"


def _partners(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Mapping[str, str]:
    """The part that each became: of the same kind, and the most alike; its name counts a little."""
    likeness = {
        (one, other): _likeness(content, after[other]) + (_SAME_NAME if one == other else 0)
        for one, content in before.items()
        for other in after
        if _root(content) == _root(after[other]) and one.endswith(other.rpartition(".")[2])
    }
    found: dict[str, str] = {}
    for one, other in sorted(likeness, key=lambda pair: -likeness[pair]):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _likeness(one: bytes, other: bytes) -> float:
    """The share of words that both have."""
    return len(_words(one) & _words(other)) / (len(_words(one) | _words(other)) or 1)


@cache
def _words(part: bytes) -> frozenset[bytes]:
    return frozenset(re.findall(rb"[\w.]+", part))


def _fate(before: bytes, after: bytes) -> str:
    if after == before:
        return "same"
    gone = sorted(set(_names(before)) - set(_names(after)))
    return f"rewritten, without {', '.join(f'`{name}`' for name in gone)}" if gone else "rewritten"


def _root(xml: bytes) -> str:
    """What kind of part it is, by its first element."""
    return next(_names(xml), "")


def _names(xml: bytes) -> Iterator[str]:
    if not xml.startswith(b"<"):
        return  # a picture, or macros
    for element in ET.fromstring(xml).iter():
        yield element.tag.rpartition("}")[2]


def page(found: Comparison) -> str:
    """The page for a comparison."""
    rows = [
        f"| `{part}` | {found.filled[part]} | {found.refreshed[part]} | {found.saved[part]} |"
        for part in sorted(found.parts, key=_natural)
    ]
    fates = [found.saved[part].partition(",")[0] for part in found.parts]
    return _PAGE.format(
        rows="\n".join(rows),
        count=len(found.parts),
        changed=sum(found.filled[part] != "same" for part in found.parts),
        same=fates.count("same"),
        rewritten=fates.count("rewritten"),
        lost=fates.count("**lost**"),
    )


def _natural(part: str) -> list[str]:
    """Names with numbers in them in the order in which one counts."""
    return [piece.zfill(4) if piece.isdigit() else piece for piece in re.split(r"(\d+)", part)]


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page(compared(Path(folder))), "utf-8")


if __name__ == "__main__":
    main()
