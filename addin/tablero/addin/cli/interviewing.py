"""The interview of ``tablero new``: one question after the other, then a summary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from tablero.addin.cli.asking import Asker, can_ask
from tablero.addin.cli.command_line import command_line
from tablero.addin.cli.creation import (
    Origin,
    Wish,
    check_output,
    make_workbook,
    origin_of,
    tailored,
    usual_output,
)
from tablero.addin.cli.interview_company import ask_company
from tablero.addin.cli.interview_kpis import ask_kpis
from tablero.addin.cli.interview_weights import ask_weights, weights_in_words
from tablero.addin.cli.running import FINE, INTERRUPTED, WrongUseError, finish
from tablero.addin.cli.speaking import users_language
from tablero.addin.cli.terminal import terminal
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.formats import language_name
from tablero.workbook_templates.library import Template, available
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.tailoring import Tailored
from tablero.workbook_templates.texts import LANGUAGES, text

_FIRST = "blank-sme"


@dataclass(frozen=True)
class Answers:
    """What somebody wishes after all questions, and the definition that it makes."""

    wish: Wish
    origin: Origin
    made: Tailored
    force: bool


def create(wish: Wish, *, force: bool) -> None:
    """Ask what is wished, make it, and say how to make the same again without questions."""
    if not can_ask():
        raise WrongUseError([Problem("new_unasked")])
    asker = Asker(terminal(), users_language(wish.lang))
    with _stopping(asker):
        asker.show(asker.phrase("intro"))
        asker = replace(asker, language=_language(asker))
    with _stopping(asker):
        answers = _asked(asker, wish, force=force)
    make_workbook(answers.wish, answers.origin, answers.made.definition, force=answers.force)
    asker.show(asker.phrase("command"))
    asker.show(f"  {command_line(answers.wish, force=answers.force)}")


@contextmanager
def _stopping(asker: Asker) -> Iterator[None]:
    """Say so when somebody breaks off."""
    try:
        yield
    except (typer.Abort, KeyboardInterrupt):
        asker.show()
        asker.show(asker.phrase("stopped"))
        finish(INTERRUPTED)


def _asked(asker: Asker, wish: Wish, *, force: bool) -> Answers:
    lang = asker.language
    origin = _origin(asker, lang)
    wish = replace(wish, origin=str(origin.file or origin.name), lang=lang)
    wish = ask_company(asker, origin, wish)
    tailoring = ask_kpis(asker, origin.definition, wish.tailoring)
    wish = replace(wish, tailoring=ask_weights(asker, origin.definition, tailoring))
    wish, force = _output(asker, wish, origin, force=force)
    answers = Answers(wish, origin, tailored(origin, wish), force)
    _confirm(asker, answers)
    return answers


def _language(asker: Asker) -> str:
    """The language of all that follows, by number, code or name."""
    names = {code: language_name(code, code) for code in LANGUAGES}
    numbered = dict(enumerate(LANGUAGES, 1))
    choices = ", ".join(f"{number} {names[code]}" for number, code in numbered.items())
    known = {str(number): code for number, code in numbered.items()}
    known |= {word.casefold(): code for code, name in names.items() for word in (code, name)}

    def read(answer: str) -> str:
        if answer.casefold() not in known:
            told = {"text": answer, "choices": choices}
            raise ProblemsError([Problem("answer_choice", values=told)])
        return known[answer.casefold()]

    question = asker.phrase("language", choices=choices)
    return asker.until(question, names[asker.language], read)


def _origin(asker: Asker, lang: str) -> Origin:
    """A shipped definition by its number or id, or a file."""
    sectors = sorted(available(), key=lambda one: _rank(one, lang))
    asker.show()
    asker.show(asker.phrase("sectors"), "bold")
    for number, one in enumerate(sectors, 1):
        asker.show(f"{number:>3}  {one.title.in_language(lang)} ({one.id})")
        asker.show(f"     {_first_sentence(one.description.in_language(lang))}")

    def read(answer: str) -> Origin:
        by_number = answer.isdecimal() and 0 < int(answer) <= len(sectors)
        name = sectors[int(answer) - 1].id if by_number else answer.strip("\"'")
        return origin_of(str(Path(name).expanduser()), lang)

    return asker.until(asker.phrase("sector"), "1", read)


def _rank(one: Template, lang: str) -> tuple[bool, bool, str]:
    """The general one first, those of papers last."""
    is_of_a_paper = "et al." in one.title.in_language("en")
    return one.id != _FIRST, is_of_a_paper, one.title.in_language(lang).casefold()


def _first_sentence(description: str) -> str:
    return " ".join(description.split()).partition(". ")[0].removesuffix(".") + "."


def _output(asker: Asker, wish: Wish, origin: Origin, *, force: bool) -> tuple[Wish, bool]:
    """Where to write, and whether what is there may be replaced."""
    usual = wish.output or _free(usual_output(wish, origin))

    def read(answer: str) -> Path:
        path = Path(answer.strip("\"'")).expanduser()
        check_output(wish, path, force=True)
        return path

    asker.show()
    while True:
        path = asker.until(asker.phrase("output"), str(usual), read)
        if force or not path.exists():
            return replace(wish, output=path), force
        if asker.agrees(asker.phrase("replace", file=path.name), usual=False):
            return replace(wish, output=path), True


def _free(path: Path) -> Path:
    """A name that no file has yet."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free


def _confirm(asker: Asker, answers: Answers) -> None:
    """Show what will be made, and ask."""
    asker.show()
    asker.show(asker.phrase("summary"), "bold")
    for key, what in _facts(answers).items():
        if what:
            asker.show(f"  {asker.phrase(f'fact.{key}', what=what)}")
    asker.tell(answers.made.notes)
    if not asker.agrees(asker.phrase("write"), usual=True):
        asker.show(asker.phrase("left"))
        finish(FINE)


def _facts(answers: Answers) -> dict[str, str]:
    definition, wish = answers.made.definition, answers.wish
    lang, company = users_language(wish.lang), definition.company
    return {
        "company": company.name,
        "template": definition.title.in_language(lang) or answers.origin.name,
        "language": language_name(lang, lang),
        "money": company.currency,
        "year": _year(definition, lang),
        "logo": str(wish.logo or ""),
        "colour": wish.colour or "",
        "kpis": str(sum(1 for _ in definition.kpis())),
        "weights": weights_in_words(definition, lang),
        "output": str(wish.output),
    }


def _year(definition: Definition, lang: str) -> str:
    company = definition.company
    if company.fiscal_start_month == 1:
        return str(company.year)
    return f"{text(f'month.{company.fiscal_start_month}', lang)} {company.year}"
