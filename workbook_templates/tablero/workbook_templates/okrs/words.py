"""How an objective and its key results are told: whom they serve, what they follow, how they do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tablero.workbook_templates.definition import LocalText
from tablero.workbook_templates.okrs.parts import KeyResult, Okr
from tablero.workbook_templates.okrs.scoring import Status
from tablero.workbook_templates.scored_model import ScoredModel

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"off_track": "▼", "at_risk": "◆", "on_track": "▲", "outdated": "○"}
)
"""The sign of each status."""
TONES: Mapping[str, str] = MappingProxyType(
    {"off_track": "alarm", "at_risk": "warning", "on_track": "on_track", "outdated": "outdated"}
)
"""The role of styles in which each status is shown."""


def aligned(model: ScoredModel, okr: Okr) -> str:
    """The perspective, and the objective of it, that an objective serves."""
    (perspective,) = (one for one in model.definition.perspectives if one.id == okr.perspective)
    names = [one.name for one in perspective.objectives if one.id == okr.objective]
    return " · ".join(map(model.word, [perspective.name, *names]))


def followed_unit(model: ScoredModel, one: KeyResult) -> LocalText:
    """The unit of a key result; without one of its own that of what it follows."""
    if one.unit:
        return one.unit
    kpis = (kpi.unit for kpi in model.definition.kpis() if kpi.id == one.kpi)
    inputs = (each.unit for each in model.definition.inputs if each.id == one.input)
    return next(iter((*kpis, *inputs)), LocalText())


def source(model: ScoredModel, one: KeyResult) -> str:
    """Where the present value of a key result comes from."""
    kpis = [kpi.name for kpi in model.definition.kpis() if kpi.id == one.kpi]
    inputs = [each.name for each in model.definition.inputs if each.id == one.input]
    for name in (*kpis, *inputs):
        return model.say("okr.follows", name=model.word(name))
    return model.say("okr.typed")


def symbol(status: Status) -> str:
    """The sign of a status, an en dash where nothing is known."""
    return SYMBOLS[status] if status else "–"


def word(model: ScoredModel, status: Status) -> str:
    """The word of a status in the model's language; empty where nothing is known."""
    return model.say(f"okr_status.{status}") if status else ""
