"""The page that shows host by function where the answers are the same.

Made anew from a run of all hosts by ``python -m tests.conformance.table``.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tablero.udfs.registry import FUNCTIONS
from tests.conformance.cases import CASES
from tests.conformance.comparing import Difference, differences, exceptions_of
from tests.conformance.exceptions import EXCEPTIONS
from tests.conformance.hosts import HOSTS, Host
from tests.engines.libreoffice import Calc

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"
REMEDY = "run: .venv/bin/python -m tests.conformance.table"

Found = Mapping[str, Sequence[Difference]]

_PAGE = """\
# The same functions in every host

{count} calls of the {functions} cell functions, with ordinary, edge and wrong arguments, single
cells and whole ranges, are asked of every host below. The tests fail on any answer that differs
from the expected one by more than 1e-9, unless it is what one of the notes says. This page is made
from a run of all hosts; `.ci/test` runs them again and fails if it is not current.

{table}

**same**: every answer is the expected one. **n of m, note**: n of m answers are the expected one,
and the note says why the others are not.

## Notes

{notes}

## How each host is run

Excel itself has not been seen: it does not run on the machines that test this project.

{hosts}
"""


def page(found: Found) -> str:
    """The page for the differences that a run found, by the hosts' keys."""
    return _PAGE.format(
        count=f"{len(CASES):,}",
        functions=len(FUNCTIONS),
        table=_table(found),
        notes="\n".join(f"{n}. {one.reason}" for n, one in enumerate(EXCEPTIONS, 1)),
        hosts="\n".join(f"- **{host.name}**: {host.run}" for host in HOSTS),
    )


def _table(found: Found) -> str:
    heads = ["function", *(host.name for host in HOSTS)]
    rows = [
        [f"`{function.name}`", *(_entry(host, function.name, found[host.key]) for host in HOSTS)]
        for function in FUNCTIONS
    ]
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _entry(host: Host, function: str, found: Sequence[Difference]) -> str:
    """What the table says of one function in one host."""
    other = [one for one in found if one.case.function == function]
    if not other:
        return "same"
    asked = Counter(case.function for case in CASES)[function]
    notes = {
        EXCEPTIONS.index(exception) + 1
        for one in other
        for exception in exceptions_of(host.key, one)
    }
    word = "note" if len(notes) == 1 else "notes"
    return f"{asked - len(other)} of {asked}, {word} {', '.join(map(str, sorted(notes)))}"


def main() -> None:
    """Run every host and write the page."""
    found = {}
    with Calc() as calc:
        for host in HOSTS:
            with tempfile.TemporaryDirectory() as folder:
                found[host.key] = differences(host.ask(CASES, Path(folder), calc))
    PAGE.write_text(page(found), "utf-8")


if __name__ == "__main__":
    main()
