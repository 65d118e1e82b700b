"""The sheets of the workbook, one module a sheet, each built as data from the board."""
