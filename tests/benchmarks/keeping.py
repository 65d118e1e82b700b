"""What the last kept run of the benchmarks said, for the README's table."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.rows import Row, told

FILE = Path(__file__).parents[2] / "docs" / "benchmarks.json"


def keep(part: str, rows: Iterable[Row]) -> None:
    """Put the rows of a part in the place of its former ones."""
    parts: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    parts[part] = {
        "day": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "rows": [dict(told(row)) for row in rows],
    }
    made = json.dumps(parts, indent=1, ensure_ascii=False)
    FILE.write_text(made + "\n", "utf-8")


def machine() -> str:
    """The machine as far as it matters: cores, processor, Python."""
    cores, version = os.cpu_count(), platform.python_version()
    return f"{cores} cores, {_processor()}, {platform.system()}, Python {version}"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
