"""Many companies at once: their values, what these come to, and the tables that hold all of it."""
