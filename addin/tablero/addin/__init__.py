"""How people reach a scorecard: the command line and the spreadsheet hosts."""
