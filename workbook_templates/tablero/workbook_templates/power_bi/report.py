"""The report of the project: its pages, their visuals and the look, as PBIR files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tablero.workbook_templates import brand, styles
from tablero.workbook_templates.power_bi.pages import HEIGHT, WIDTH, Page, pages
from tablero.workbook_templates.power_bi.visuals import SCHEMAS, Json
from tablero.workbook_templates.scored_model import ScoredModel

THEME = "Tablero.json"
_RESOURCES = "RegisteredResources"


def report_files(model: ScoredModel, tables: Collection[str]) -> Mapping[str, str]:
    """The files of the report by their path inside its folder."""
    found = list(pages(tables))
    files = {
        "definition/version.json": _version(),
        "definition/report.json": _report(),
        "definition/pages/pages.json": _order(found),
        f"StaticResources/{_RESOURCES}/{THEME}": theme(model),
    }
    for page in found:
        files |= _page_files(model, page)
    return {path: dumped(content) for path, content in files.items()}


def dumped(content: Json) -> str:
    """A JSON file as Power BI writes it, but for the letters, which stay readable."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def theme(model: ScoredModel) -> Json:
    """The look: palette and letters of the workbook, in the company's colour."""
    colour = model.definition.company.colour
    accent = brand.readable(colour) if colour else styles.ACCENT
    return {
        "name": THEME,
        "dataColors": [accent, styles.BAR, styles.MARK, styles.LAST_YEAR, *_inks(model)],
        "background": styles.WHITE,
        "foreground": styles.TEXT,
        "tableAccent": accent,
        "good": _inks(model)[-1],
        "bad": _inks(model)[0],
        "neutral": styles.MUTED,
    }


def _inks(model: ScoredModel) -> list[str]:
    bands = len(model.definition.bands)
    return [styles.band_tone(position, bands).ink for position in range(bands)]


def _version() -> Json:
    return {"$schema": f"{SCHEMAS}/versionMetadata/1.0.0/schema.json", "version": "2.0.0"}


def _report() -> Json:
    return {
        "$schema": f"{SCHEMAS}/report/2.0.0/schema.json",
        "themeCollection": {
            "customTheme": {"name": THEME, "reportVersionAtImport": "5.61", "type": _RESOURCES}
        },
        "resourcePackages": [
            {
                "name": _RESOURCES,
                "type": _RESOURCES,
                "items": [{"name": THEME, "path": THEME, "type": "CustomTheme"}],
            }
        ],
        "settings": {"useStylableVisualContainerHeader": True, "useEnhancedTooltips": True},
    }


def _order(found: list[Page]) -> Json:
    return {
        "$schema": f"{SCHEMAS}/pagesMetadata/1.0.0/schema.json",
        "pageOrder": [page.key for page in found],
        "activePageName": found[0].key,
    }


def _page_files(model: ScoredModel, page: Page) -> Mapping[str, Json]:
    folder = f"definition/pages/{page.key}"
    files = {f"{folder}/page.json": _page(model, page)}
    for place, visual in enumerate(page.visuals, start=1):
        files[f"{folder}/visuals/{visual.name}/visual.json"] = visual.file(model, place)
    return files


def _page(model: ScoredModel, page: Page) -> Json:
    content: dict[str, Any] = {
        "$schema": f"{SCHEMAS}/page/2.0.0/schema.json",
        "name": page.key,
        "displayName": model.say(f"power_bi.page.{page.key}"),
        "displayOption": "FitToPage",
        "height": HEIGHT,
        "width": WIDTH,
    }
    if page.kinds:
        content["filterConfig"] = {"filters": list(_filters(page))}
    return content


def _filters(page: Page) -> Iterator[Json]:
    """Periods of some kinds alone."""
    kind = {"Expression": {"SourceRef": {"Source": "d"}}, "Property": "kind"}
    chosen = {
        "In": {
            "Expressions": [{"Column": kind}],
            "Values": [[{"Literal": {"Value": f"'{one}'"}}] for one in page.kinds],
        }
    }
    yield {
        "name": f"{page.key}_kind",
        "field": {
            "Column": {
                "Expression": {"SourceRef": {"Entity": "dim_period"}},
                "Property": "kind",
            }
        },
        "type": "Categorical",
        "filter": {
            "Version": 2,
            "From": [{"Name": "d", "Entity": "dim_period", "Type": 0}],
            "Where": [{"Condition": chosen}],
        },
        "howCreated": "User",
    }
