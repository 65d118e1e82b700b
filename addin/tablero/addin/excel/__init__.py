"""Excel on Windows: the cell functions and macros that xlwings serves, and the files with them."""
