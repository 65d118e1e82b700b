"""What must hold between the fields of a definition."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tablero.workbook_templates.definition import Definition, Kpi, Objective, Perspective
from tablero.workbook_templates.expressions import FUNCTIONS
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.validation.formula_rules import located_kpis
from tablero.workbook_templates.validation.nearest import nearest
from tablero.workbook_templates.validation.places import Location, found, path_of
from tablero.workbook_templates.vectorised import WEIGHT_TOLERANCE

MAX_LISTED = 12

Located = Iterable[tuple[Location, str]]


def schema_version(definition: Definition, known: int) -> Iterator[Problem]:
    """A definition of a later version may mean things that this one does not know."""
    version = definition.schema_version
    if version > known:
        yield found(definition, "schema_newer", ("schema",), newest=known, version=version)


def ids(definition: Definition) -> Iterator[Problem]:
    """Ids name one thing each, also where upper case and dots cannot be told apart."""
    inputs, kpis = list(_inputs(definition)), list(_kpis(definition))
    bands = (((("bands", number), band.id)) for number, band in enumerate(definition.bands))
    for items in (inputs, _perspectives(definition), _objectives(definition), kpis, bands):
        yield from repeated(definition, items)
    input_ids = {name for _, name in inputs}
    for location, name in kpis:
        if name in input_ids:
            yield found(definition, "id_of_input_and_kpi", (*location, "id"), id=name)
    for location, name in (*inputs, *kpis):
        if name in FUNCTIONS:
            yield found(definition, "id_reserved", (*location, "id"), id=name)


def repeated(definition: Definition, items: Located) -> Iterator[Problem]:
    """Ids that name two things, or that cannot be told apart."""
    seen: dict[str, tuple[Location, str]] = {}
    for location, name in items:
        key = name.casefold().replace(".", "_").replace("-", "_")
        first_location, first = seen.setdefault(key, (location, name))
        if first_location != location:
            code = "id_twice" if name == first else "id_alike"
            place = path_of(first_location, definition)
            yield found(definition, code, (*location, "id"), id=name, other=first, place=place)


def _inputs(definition: Definition) -> Located:
    return ((("inputs", number), item.id) for number, item in enumerate(definition.inputs))


def _perspectives(definition: Definition) -> Located:
    return ((("perspectives", number), p.id) for number, p in enumerate(definition.perspectives))


def _objectives(definition: Definition) -> Located:
    for number, perspective in enumerate(definition.perspectives):
        for position, objective in enumerate(perspective.objectives):
            yield ("perspectives", number, "objectives", position), objective.id


def _kpis(definition: Definition) -> Located:
    return ((location, kpi.id) for location, kpi in located_kpis(definition))


def weights(definition: Definition) -> Iterator[Problem]:
    """The weights of each group sum to one (equations 6 to 8 of the paper)."""
    groups: list[tuple[str, Location, str, Iterable[Perspective | Objective | Kpi]]] = [
        ("weights_of_perspectives", ("perspectives",), "", definition.perspectives)
    ]
    for one, perspective in enumerate(definition.perspectives):
        place: Location = ("perspectives", one, "objectives")
        groups.append(("weights_of_objectives", place, perspective.id, perspective.objectives))
        for two, objective in enumerate(perspective.objectives):
            groups.append(("weights_of_kpis", (*place, two, "kpis"), objective.id, objective.kpis))
    for code, location, group, members in groups:
        total = math.fsum(member.weight for member in members)
        if abs(total - 1) > WEIGHT_TOLERANCE:
            percent = f"{100 * total:.6g}"
            yield found(definition, code, location, group=group, sum=percent)


def input_perspectives(definition: Definition) -> Iterator[Problem]:
    """Every input belongs to a perspective of the scorecard."""
    known = {perspective.id for perspective in definition.perspectives}
    for number, item in enumerate(definition.inputs):
        if item.perspective not in known:
            location = ("inputs", number, "perspective")
            yield unknown(definition, "perspective_unknown", location, item.perspective, known)


def figures(definition: Definition) -> Iterator[Problem]:
    """Figures belong to inputs."""
    known = {item.id for item in definition.inputs}
    for name in definition.figures:
        if name not in known:
            yield unknown(definition, "figures_unknown", ("figures", name), name, known)


def links(definition: Definition) -> Iterator[Problem]:
    """Links join two different objectives."""
    known = {objective.id for objective in definition.objectives()}
    for number, link in enumerate(definition.links):
        for end, name in (("cause", link.cause), ("effect", link.effect)):
            if name not in known:
                yield unknown(definition, "link_unknown", ("links", number, end), name, known)
        if link.cause == link.effect:
            yield found(definition, "link_to_itself", ("links", number), id=link.cause)


def bands(definition: Definition) -> Iterator[Problem]:
    """Bands ascend, because each reaches up to the bound of the next."""
    for number, (lower, upper) in enumerate(pairwise(definition.bands)):
        if upper.from_ <= lower.from_:
            location = ("bands", number + 1, "from")
            bounds = f"{lower.from_:g}, {upper.from_:g}"
            yield found(definition, "bands_order", location, bounds=bounds)


def policies(definition: Definition) -> Iterator[Problem]:
    """The cap of an achievement lies above its floor."""
    floor, cap = definition.policies.floor, definition.policies.cap
    if floor is not None and cap is not None and cap <= floor:
        location = ("policies", "cap")
        yield found(definition, "cap_below_floor", location, cap=f"{cap:g}", floor=f"{floor:g}")


def unknown(
    definition: Definition, code: str, location: Location, name: str, known: Iterable[str]
) -> Problem:
    """A name that nothing bears, with the one that was probably meant."""
    candidates = sorted(known)
    similar = nearest(name, candidates)
    if similar:
        return found(definition, f"{code}_similar", location, name=name, suggestion=similar)
    listed = ", ".join(candidates[:MAX_LISTED]) + (", …" if len(candidates) > MAX_LISTED else "")
    return found(definition, code, location, name=name, known=listed)
