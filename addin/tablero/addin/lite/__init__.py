"""xlwings Lite: the cell functions as Python code that an .xlsx workbook carries itself."""

from tablero.addin.lite.embedding import embed, new_lite_workbook
from tablero.addin.lite.program import lite_code, write_main

__all__ = ["embed", "lite_code", "new_lite_workbook", "write_main"]
