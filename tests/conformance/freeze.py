"""Write the answers of the Python bodies down: ``python -m tests.conformance.freeze``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tests.conformance.call import Call
from tests.conformance.calls import all_calls
from tests.conformance.cases import EXPECTED
from tests.conformance.host_python import answer


def frozen(calls: Iterable[Call]) -> Mapping[str, Any]:
    """The answer to each call, keyed by the call's text, figures to 12 digits."""
    return {call.text: _rounded(answer(call.function, call.arguments)) for call in calls}


def _rounded(answer: Any) -> Any:
    if isinstance(answer, list):
        return [_rounded(one) for one in answer]
    return float(f"{answer:.12g}") if isinstance(answer, float) else answer


def as_text(answers: Mapping[str, Any]) -> str:
    """One line a call, so that a change of behaviour is a changed line."""
    lines = (f"{json.dumps(call)}: {json.dumps(answer)}" for call, answer in answers.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    EXPECTED.write_text(as_text(frozen(all_calls())), "utf-8")
