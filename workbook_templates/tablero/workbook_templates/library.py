"""The definitions that are shipped, to start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.validation.nearest import nearest
from tablero.workbook_templates.validation.reading import read_definition


@dataclass(frozen=True)
class Template:
    """A shipped definition at a glance: what it is for and how large it is."""

    id: str
    title: LocalText
    description: LocalText
    perspectives: int
    objectives: int
    kpis: int
    inputs: int


@cache
def available() -> tuple[Template, ...]:
    """Every shipped definition, in the order of the ids.

    >>> {template.id: template.kpis for template in available()}["cano"]
    15
    """
    return tuple(_at_a_glance(name, load_template(name)) for name in _names())


@cache
def load_template(template: str) -> Definition:
    """Read a shipped definition.

    Parameters
    ----------
    template
        The id of the template, such as ``"cano"``.

    Raises
    ------
    ProblemsError
        If there is none of this id; the remedy names the nearest one.

    Examples
    --------
    >>> load_template("cano").company.currency
    'USD'
    """
    if template not in _names():
        raise ProblemsError([_unknown(template)])
    text = files(__package__).joinpath("definitions", f"{template}.yaml").read_text("utf-8")
    return read_definition(text, file=f"{template}.yaml")


def _names() -> tuple[str, ...]:
    folder = files(__package__).joinpath("definitions")
    pages = (page.name for page in folder.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in pages if name.endswith(".yaml")))


def _at_a_glance(name: str, definition: Definition) -> Template:
    return Template(
        id=name,
        title=definition.title,
        description=definition.description,
        perspectives=len(definition.perspectives),
        objectives=sum(1 for _ in definition.objectives()),
        kpis=sum(1 for _ in definition.kpis()),
        inputs=len(definition.inputs),
    )


def _unknown(template: str) -> Problem:
    similar = nearest(template, _names())
    if similar:
        told = {"name": template, "suggestion": similar}
        return Problem("template_unknown_similar", values=told)
    return Problem("template_unknown", values={"name": template, "known": ", ".join(_names())})
