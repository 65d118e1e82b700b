"""The language in which KPI formulas are written: one parse, many readings, nothing ever eval-ed.

A formula is made of numbers, input ids, ``+ - * /`` (``× ÷ −`` too), brackets and the calls
``growth(x)``, ``improvement(x)``, ``previous(x)`` and ``mean(a, b, …)``.
"""

from tablero.workbook_templates.expressions.dimension import degree
from tablero.workbook_templates.expressions.evaluation import FloatArray, divides_by_zero, evaluate
from tablero.workbook_templates.expressions.excel import Operand, to_formula
from tablero.workbook_templates.expressions.forms import Form, forms
from tablero.workbook_templates.expressions.nodes import (
    FUNCTIONS,
    Call,
    Expression,
    FormulaError,
    InputValue,
    Negation,
    Number,
    Operation,
    inputs_of,
    previous_inputs_of,
)
from tablero.workbook_templates.expressions.parser import inputs_in, parse
from tablero.workbook_templates.expressions.writing import to_text, to_words

__all__ = [
    "FUNCTIONS",
    "Call",
    "Expression",
    "FloatArray",
    "Form",
    "FormulaError",
    "InputValue",
    "Negation",
    "Number",
    "Operand",
    "Operation",
    "degree",
    "divides_by_zero",
    "evaluate",
    "forms",
    "inputs_in",
    "inputs_of",
    "parse",
    "previous_inputs_of",
    "to_formula",
    "to_text",
    "to_words",
]
