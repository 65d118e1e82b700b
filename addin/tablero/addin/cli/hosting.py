"""The programs that Python serves functions to: building what they need, and putting it there."""

from __future__ import annotations

from pathlib import Path

from tablero.addin import libreoffice
from tablero.addin.cli.running import FINE, PROBLEMS, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.addin.excel import installing
from tablero.addin.excel import repair as repairing
from tablero.addin.excel.addin_file import FILE_NAME, build_addin
from tablero.addin.excel.standalone import xlwings_version
from tablero.addin.lite import write_main
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.saving import make_folder
from tablero.workbook_templates.saving import told as saving

EXCEL, LITE = "excel", "lite"


def build(host: str, folder: Path, lang: str | None) -> None:
    """Write what a host takes the functions from into a folder, and say what to do with it."""
    language = users_language(lang)
    console = terminal()
    with wrong_use():
        make_folder(folder)
        for path in _built(host, folder, language):
            show(console, told("saved", language, file=path))
    show(console, told(f"addin.built.{host}", language))


def _built(host: str, folder: Path, language: str) -> tuple[Path, ...]:
    if host == LITE:
        return write_main(folder, language)
    if host == EXCEL:
        path = folder / FILE_NAME
        with saving(path):
            build_addin(path, language)
        return (path,)
    return (libreoffice.build(folder),)


def install(host: str, lang: str | None, *, for_everyone: bool) -> None:
    """Put the functions into a program of this machine."""
    language = users_language(lang)
    with wrong_use():
        _require_installable(host, for_everyone=for_everyone)
        is_again = host == EXCEL and _into_excel(language)
        if host != EXCEL:
            libreoffice.install(for_everyone=for_everyone)
    show(terminal(), told(f"addin.{'replaced' if is_again else 'installed'}.{host}", language))


def _into_excel(language: str) -> bool:
    """Install Excel's add-in; whether one was there already."""
    before = installing.place()
    installing.install(before, language)
    return before.is_installed


def uninstall(host: str, lang: str | None, *, for_everyone: bool) -> None:
    """Take the functions out again."""
    language = users_language(lang)
    with wrong_use():
        _require_installable(host, for_everyone=for_everyone)
        if host == EXCEL:
            installing.uninstall(installing.place())
        else:
            libreoffice.uninstall(for_everyone=for_everyone)
    show(terminal(), told(f"addin.uninstalled.{host}", language))


def status(host: str, lang: str | None, *, for_everyone: bool) -> int:
    """Say whether a program has the functions; the exit code."""
    language = users_language(lang)
    with wrong_use():
        _require_installable(host, for_everyone=for_everyone)
        is_there = (
            _is_in_excel()
            if host == EXCEL
            else libreoffice.status(for_everyone=for_everyone).is_installed
        )
    show(terminal(), told(f"addin.{'present' if is_there else 'absent'}.{host}", language))
    return FINE if is_there else PROBLEMS


def _is_in_excel() -> bool:
    where = installing.place()
    installing.require_able(where)
    return where.is_installed


def repair(path: Path, lang: str | None) -> None:
    """Make a macro workbook fit for this machine again, and say so."""
    language = users_language(lang)
    with wrong_use():
        saved = repairing.repair(path)
    console = terminal()
    show_saved(console, saved, language)
    show(console, told("addin.repaired", language, version=xlwings_version()))


def _require_installable(host: str, *, for_everyone: bool) -> None:
    """Only Excel can install xlwings Lite, and Excel's start-up folder belongs to one user."""
    if host == LITE:
        raise ProblemsError([Problem("host_not_installable")])
    if host == EXCEL and for_everyone:
        raise ProblemsError([Problem("host_for_one_user")])
