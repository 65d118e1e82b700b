"""The extension's file: the package of the functions with a thin adapter, in one archive."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tablero.addin.libreoffice import parts
from tablero.addin.libreoffice.naming import IMPLEMENTATION, INTERFACE, MODULE, SERVICE
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.texts import LANGUAGES, text

FILE_NAME = "tablero.oxt"

# The earliest moment that an archive can hold: the same bytes whenever it is built.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_PYTHON = "pythonpath"
# Packages above the adapter: marked as such, lest those of an installed Tablero come before them.
_EMPTY_PACKAGES = ("tablero.addin", "tablero.addin.libreoffice")
_PACKAGES = ("tablero.udfs", "tablero.addin.libreoffice.serving")
_NAMING = "tablero.addin.libreoffice", "naming.py"


def build(target: Path) -> Path:
    """Write the extension as the file ``target``, or as ``tablero.oxt`` into that folder.

    Its bytes depend on nothing but the version of Tablero.

    Parameters
    ----------
    target : Path
        A file, or a folder that exists.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    ProblemsError
        The file cannot be written there.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     build(Path(folder)).name
    'tablero.oxt'
    """
    path = target / FILE_NAME if target.is_dir() else target
    try:
        path.write_bytes(archive())
    except OSError as error:
        values = {"reason": error.strerror or str(error)}
        problem = Problem("libreoffice_unwritable", values=values, file=str(path))
        raise ProblemsError([problem]) from None
    return path


def archive() -> bytes:
    """The extension as bytes."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=9) as archived:
        for name, content in sorted(_contents()):
            entry = ZipInfo(name, _MOMENT)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _READABLE
            archived.writestr(entry, content)
    return stream.getvalue()


def _contents() -> Iterator[tuple[str, bytes]]:
    for name, text_of_part in _texts().items():
        yield name, text_of_part.encode()
    for package in _EMPTY_PACKAGES:
        yield f"{_PYTHON}/{package.replace('.', '/')}/__init__.py", b""
    for package in _PACKAGES:
        yield from _sources(files(package), f"{_PYTHON}/{package.replace('.', '/')}")
    package, module = _NAMING
    naming = files(package).joinpath(module).read_bytes()
    yield f"{_PYTHON}/{package.replace('.', '/')}/{module}", naming


def _texts() -> dict[str, str]:
    names = {language: text("libreoffice.name", language) for language in LANGUAGES}
    return {
        "META-INF/manifest.xml": parts.manifest(),
        "description.xml": parts.description(version("tablero"), names),
        parts.TYPES: parts.type_library(),
        parts.COMPONENTS: parts.components(),
        parts.HELP: parts.function_help(),
        parts.COMPONENT: _component(),
    }


def _component() -> str:
    """The one module that only LibreOffice's own Python can import."""
    pattern = files(__package__).joinpath("component.txt").read_text("utf-8")
    return pattern.format(
        module=MODULE, interface=INTERFACE, implementation=IMPLEMENTATION, service=SERVICE
    )


def _sources(folder: Traversable, place: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            yield from _sources(item, f"{place}/{item.name}")
        elif item.name.endswith(".py"):
            yield f"{place}/{item.name}", item.read_bytes()
