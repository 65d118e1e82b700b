"""Values read from hostile workbooks: ``python -m tests.portfolio.attacking SEED FOLDER``.

A program of its own that forks a process for each file, so that memory is bounded and a crash is
seen. It prints, as JSON, what came of each file, the seconds and the megabytes that it took.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from tablero.workbook_templates.portfolio.company import FileFacts, read_company
from tests.safety.attacking import MEMORY, apart
from tests.safety.attacks import ATTACKS
from tests.safety.mutating import unzipped


def _read(path: Path, answer: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    company = read_company(path.read_bytes(), "year", FileFacts(path.name))
    problems = company.lines["problems"]
    refused = str(problems[0][3]) if problems else ""
    answer.write_text(refused if company.status == "refused" else company.status)


def main() -> None:
    """Make each file, read it, and tell."""
    parts = unzipped(Path(sys.argv[1]).read_bytes())
    path, answer = (Path(sys.argv[2]) / name for name in ("acme.xlsx", "answer"))
    found = {}
    for name in sys.argv[3:]:
        path.write_bytes(ATTACKS[name](parts))
        used = apart(lambda: _read(path, answer))
        seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
        found[name] = answer.read_text(), round(seconds, 2), megabytes
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
