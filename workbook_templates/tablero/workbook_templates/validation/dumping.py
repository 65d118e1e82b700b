"""A definition as YAML text that reads back as the same definition."""

from __future__ import annotations

from typing import Any

import yaml

from tablero.workbook_templates.definition import Definition


def dump_definition(definition: Definition) -> str:
    """Write a definition as YAML, without what is as usual anyway.

    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.validation import read_definition
    >>> cano = load_template("cano")
    >>> read_definition(dump_definition(cano)) == cano
    True
    """
    told = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {"schema": definition.schema_version, **told}
    return yaml.dump(
        data, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, default_flow_style=None
    )


class _PlainDumper(yaml.SafeDumper):
    """Writes every value in full, since the reader refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # the base class names it
        return True
