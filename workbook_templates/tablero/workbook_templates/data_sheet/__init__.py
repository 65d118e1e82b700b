"""The sheet whose tables other programs take from a workbook."""
