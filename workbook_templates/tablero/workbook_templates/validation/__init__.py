"""Reading a definition: every problem found at once, each with its place and its remedy.

The YAML is read by `yaml_text`, the fields are checked by `shape`, and what holds between the
fields by `rules`; a definition with a broken field is mended so that the rules still see the rest.
"""

from tablero.workbook_templates.validation.checking import check_definition
from tablero.workbook_templates.validation.dumping import dump_definition
from tablero.workbook_templates.validation.reading import load, read_definition

__all__ = ["check_definition", "dump_definition", "load", "read_definition"]
