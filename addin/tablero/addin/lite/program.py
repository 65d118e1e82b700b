"""The Python code that xlwings Lite runs, made from the registry and the bodies."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import NamedTuple

from tablero.addin.lite.flattening import flattened
from tablero.udfs.registry import FUNCTIONS, Argument, CellFunction
from tablero.workbook_templates.texts import text

SERVING = "tablero.addin.lite.serving"

REQUIREMENTS = """\
xlwings==0.36.17  # required
python-dotenv==1.1.1  # required
pyodide-http  # required
black  # required
"""
"""What the add-in itself wants in every workbook; the functions need nothing more.

The lines marked as required stand like this in workbooks that it saved; the version of xlwings
is the newest that its changelog names (1.0.0.103, August 2026).
"""

_PROGRAM = '''\
"""{head}"""

from __future__ import annotations

{sources}


# {title}


{functions}
'''


class LiteCode(NamedTuple):
    """The two texts that xlwings Lite keeps in a workbook."""

    main_py: str
    requirements_txt: str


def lite_code(language: str = "en") -> LiteCode:
    """Give the code and the requirements for xlwings Lite, with help in a language.

    The code needs no package of ours: it holds the sources of :mod:`tablero.udfs` themselves,
    and for each registered function one that xlwings Lite serves under its Excel name.

    >>> "def KPI_ACHIEVEMENT(" in lite_code().main_py
    True
    """
    bodies = dict.fromkeys(function.body.__module__ for function in FUNCTIONS)
    main_py = _PROGRAM.format(
        head=text("lite.head", language),
        sources=flattened([*bodies, SERVING], "from xlwings import arg, func"),
        title=text("lite.functions", language),
        functions="\n\n\n".join(_served_function(one, language) for one in FUNCTIONS),
    )
    return LiteCode(main_py, REQUIREMENTS)


def write_main(folder: Path, language: str = "en") -> tuple[Path, Path]:
    """Write ``main.py`` and ``requirements.txt``, to be pasted into a workbook's editor."""
    code = lite_code(language)
    paths = (folder / "main.py", folder / "requirements.txt")
    for path, content in zip(paths, code, strict=True):
        path.write_text(content, "utf-8", newline="\n")
    return paths


def _served_function(function: CellFunction, language: str) -> str:
    """A function under its Excel name; as a name in Python it stands beside its body's."""
    parameters = inspect.signature(function.body).parameters.values()
    arguments = ", ".join(parameter.name for parameter in parameters)
    signature = ", ".join(map(_parameter, parameters))
    return "\n".join(
        [
            "@func",
            *(_argument(argument, language) for argument in function.arguments),
            f"def {function.name}({signature}):  # noqa: N802",
            f'    """{function.help[language]}"""',
            f"    return served({function.body.__name__}, {arguments})",
        ]
    )


def _parameter(parameter: inspect.Parameter) -> str:
    """Without annotation: xlwings would take it for the name of a converter."""
    if parameter.default is parameter.empty:
        return parameter.name
    return f"{parameter.name}={parameter.default!r}"


def _argument(argument: Argument, language: str) -> str:
    """Cells come as rows, so that a column stays one, and errors as their signs, not as nothing."""
    doc = json.dumps(argument.help[language], ensure_ascii=False)
    return f'@arg("{argument.name}", ndim=2, err_to_str=True, doc={doc})'
