"""Rules for the file as a whole that the Open XML SDK does not know: each yields what breaks it."""

from __future__ import annotations

import getpass
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from tests.engines.formula_text import A_CELL
from tests.engines.package import Package
from tests.engines.sheet_rules import SHEET_RULES

LONGEST_NAME = 255
A_NAME = re.compile(r"(?:[^\W\d]|\\)[\w.\\?]*")
LIKE_A_CELL = re.compile(rf"{A_CELL}|[Rr]\d*[Cc]\d*|[RrCc]\d*")
MACHINE_PATH = re.compile(
    rb"(?<![\w.:/])(?:[A-Za-z]:\\|file:///|/(?:home|Users|root|tmp|var|work|private)/)"
)


def name_findings(package: Package) -> Iterator[str]:
    """Defined names are valid, unlike a cell's address, and unique where they are valid."""
    counts = Counter((name.name.lower(), name.sheet) for name in package.names)
    for (name, _), count in counts.items():
        if count > 1:
            yield f"defined name {name}: it is defined {count} times"
    for name, _ in counts:
        word = name.removeprefix("_xlnm.")
        if not A_NAME.fullmatch(word) or len(word) > LONGEST_NAME:
            yield f"defined name {name}: it is not a valid name"
        elif LIKE_A_CELL.fullmatch(word):
            yield f"defined name {name}: it looks like a cell's address"
    for defined in package.names:
        if defined.sheet is not None and defined.sheet >= len(package.sheets):
            yield f"defined name {defined.name}: it belongs to a sheet that is not there"


def relationship_findings(package: Package) -> Iterator[str]:
    """Relationships point to parts that are there, and never to other files."""
    for relationship in package.relationships:
        target = relationship.target
        if relationship.external:
            if not re.match(r"https?://|mailto:", target):
                yield f"{relationship.source}: it links to the outside, {target}"
        elif target not in package.parts and not target.startswith("#"):
            yield f"{relationship.source}: its part {target} is missing"
    for part in package.parts:
        if part.startswith("xl/externalLinks/"):
            yield f"{part}: the workbook depends on another workbook"


def privacy_findings(package: Package) -> Iterator[str]:
    """Nothing in the file tells on which machine, or by which account, it was made."""
    for part, content in package.parts.items():
        if part.endswith((".xml", ".rels", ".vml")):
            for match in MACHINE_PATH.finditer(content):
                path = content[match.start() : match.end() + 30].decode("utf-8", "replace")
                yield f"{part}: it holds a path of the machine, {path!r}"
    account = getpass.getuser().lower()
    for tag, text in _core_properties(package).items():
        if text.strip().lower() == account:
            yield f"docProps/core.xml: {tag} is the account's name, {text!r}"


def property_findings(package: Package) -> Iterator[str]:
    """The document says its title, its author and which program made it."""
    found = _core_properties(package)
    if "docProps/app.xml" in package.parts:
        found |= _texts(package.xml("docProps/app.xml"))
    for wanted in ("title", "creator", "created", "Application"):
        if not found.get(wanted, "").strip():
            yield f"docProps: the document's {wanted} is empty"


def _core_properties(package: Package) -> dict[str, str]:
    if "docProps/core.xml" not in package.parts:
        return {}
    return _texts(package.xml("docProps/core.xml"))


def _texts(root: Element) -> dict[str, str]:
    return {element.tag.rpartition("}")[2]: element.text or "" for element in root}


Rule = Callable[[Package], Iterable[str]]

PACKAGE_RULES: tuple[Rule, ...] = (
    *SHEET_RULES,
    name_findings,
    relationship_findings,
    privacy_findings,
    property_findings,
)


def package_findings(package: Package) -> Iterator[str]:
    """What is wrong with the file, formulas apart."""
    for rule in PACKAGE_RULES:
        yield from rule(package)
