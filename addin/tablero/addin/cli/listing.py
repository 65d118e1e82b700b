"""The list of shipped definitions."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rich.text import Text

from tablero.addin.cli.fitting import fitted, show_data
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import new_table, show, terminal
from tablero.workbook_templates.library import Template, available

_COUNTS = ("perspectives", "objectives", "kpis", "inputs")


def list_templates(lang: str | None, *, as_json: bool) -> None:
    """Show every shipped definition with its title and its size."""
    language = users_language(lang)
    if as_json:
        data = [_data(template, language) for template in available()]
        show_data(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n")
    else:
        _show(available(), language)


def _data(template: Template, language: str) -> dict[str, str | int]:
    return {
        "id": template.id,
        "title": template.title.in_language(language),
        "description": template.description.in_language(language).strip(),
        **{count: getattr(template, count) for count in _COUNTS},
    }


def _show(templates: Iterable[Template], language: str) -> None:
    console = terminal()
    table = new_table(console)
    table.add_column(told("templates.id", language), no_wrap=True)
    table.add_column(told("templates.title", language), overflow="fold")
    for count in _COUNTS:
        table.add_column(told(f"templates.{count}", language), justify="right")
    for template in templates:
        data = _data(template, language)
        counts = (str(data[count]) for count in _COUNTS)
        title = Text(fitted(str(data["title"]), console.encoding))
        table.add_row(Text(template.id, "bold"), title, *counts)
    console.print(table)
    show(console, told("templates.show", language))
    show(console, told("templates.next", language))
