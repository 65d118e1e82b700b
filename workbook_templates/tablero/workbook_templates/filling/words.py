"""Words as people write them in a source: how they are compared, and what heads a column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Literal

Role = Literal["input", "name", "period", "year", "value"]
"""What a column holds; a name stands beside an id where a source has both."""

_OTHER_SIGNS = re.compile(r"[\W_]+")
_INVISIBLE = {"Cf", "Cc", "Mn"}

_HEADS: Mapping[Role, str] = {
    "input": "id|key|code|input id|input code|clave|codigo|codigo de entrada|id de entrada|chave"
    "|codigo do dado|id do dado",
    "name": "input|inputs|name|item|line item|concept|indicator|figure name|description|entrada"
    "|entradas|insumo|dato|nombre|concepto|rubro|partida|variable|indicador|descripcion|dado"
    "|dados|nome|conceito|rubrica|variavel|descricao",
    "period": "period|month|date|periodo|mes|fecha|competencia|mes de competencia|data|mes ano",
    "year": "year|ano",
    "value": "value|figure|amount|number|valor|cifra|importe|monto|cantidad|numero|montante"
    "|quantia|quantidade",
}

_BESIDE = (
    "unit|units|owner|owners|note|notes|comment|comments|total|totals|year to date|ytd|average"
    "|currency|last year|total year|perspective|unidad|unidades|responsable|nota|notas"
    "|comentario|comentarios|observaciones|promedio|acumulado|moneda|ano anterior|total ano"
    "|perspectiva|unidade|unidades|responsavel|responsaveis|observacao|observacoes|media|moeda"
    "|total do ano|acumulado do ano|acumulado no ano"
)
BESIDE = frozenset(_BESIDE.split("|"))
"""Heads of columns that hold no figures of months, and need not be told of."""


def bare(text: str) -> str:
    """A text without what does not matter: case, accents, marks, invisible signs, many blanks.

    >>> bare("  Producción_por  LOTE "), bare("'=Net sales")
    ('produccion por lote', 'net sales')
    """
    apart = unicodedata.normalize("NFKD", text)
    seen = "".join(_seen(sign) for sign in apart)
    return _OTHER_SIGNS.sub(" ", seen.casefold()).strip()


def _seen(sign: str) -> str:
    if sign in "\t\n\r\v\f":
        return " "
    return "" if unicodedata.category(sign) in _INVISIBLE else sign


@cache
def roles() -> Mapping[str, Role]:
    """What a column holds, by the bare words at its head."""
    return {word: role for role, words in _HEADS.items() for word in words.split("|")}
