"""How fast Tablero is, measured against plain programs that do the same: ratios from one run."""
