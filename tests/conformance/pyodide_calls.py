"""Run inside Pyodide: answers the calls of ``calls.json`` with the functions of ``main.py``."""

from __future__ import annotations

import importlib
import json
from pathlib import Path


def answer_all(folder: str) -> int:
    """Write ``answers.json`` beside the calls; give how many there are."""
    xlwings, main = importlib.import_module("xlwings"), importlib.import_module("main")
    served = {name: getattr(main, name) for name in xlwings.served_names(main)}
    calls = json.loads(Path(folder, "calls.json").read_text("utf-8"))
    answers = [xlwings.call(served[name], arguments) for name, arguments in calls]
    Path(folder, "answers.json").write_text(json.dumps(answers), "utf-8")
    return len(answers)
