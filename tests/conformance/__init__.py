"""The same calls of the cell functions, asked of every host that serves them."""
