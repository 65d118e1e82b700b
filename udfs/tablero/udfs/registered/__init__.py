"""The registrations of the cell functions, one module for each module of bodies."""
