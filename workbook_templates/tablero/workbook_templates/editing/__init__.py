"""Changes in a workbook that somebody owns: the cells meant, and not one byte more."""
