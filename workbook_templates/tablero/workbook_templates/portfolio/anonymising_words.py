"""What the template library says: ids and words that tell nothing of a company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tablero.workbook_templates.definition import DEFAULT_BANDS, Definition, LocalText
from tablero.workbook_templates.library import available, load_template


def library_ids() -> Mapping[str, frozenset[str]]:
    """The ids of the shipped scorecards by kind: KPIs, objectives, perspectives, inputs, bands.

    >>> "net_margin" in library_ids()["kpi"], "acme_index" in library_ids()["kpi"]
    (True, False)
    """
    definitions = [load_template(one.id) for one in available()]
    found = {
        "kpi": (one.id for definition in definitions for one in definition.kpis()),
        "objective": (one.id for definition in definitions for one in definition.objectives()),
        "perspective": (one.id for definition in definitions for one in definition.perspectives),
        "input": (one.id for definition in definitions for one in definition.inputs),
        "band": (band.id for band in DEFAULT_BANDS),
    }
    return {kind: frozenset(ids) for kind, ids in found.items()}


def library_words() -> frozenset[str]:
    """Every name and unit that a shipped scorecard says, in each language.

    >>> sorted({"Vendas líquidas", "Net margin", "Acme"} & library_words())
    ['Net margin', 'Vendas líquidas']
    """
    return frozenset(word for text in _texts() for word in text.values() if word)


def _texts() -> Iterator[LocalText]:
    for band in DEFAULT_BANDS:
        yield from (band.name, band.plan, band.term)
    for template in available():
        yield from _of(load_template(template.id))


def _of(definition: Definition) -> Iterator[LocalText]:
    yield from (one.name for one in definition.perspectives)
    yield from (one.name for one in definition.objectives())
    for kpi in definition.kpis():
        yield from (kpi.name, kpi.unit)
    for one in definition.inputs:
        yield from (one.name, one.unit)
