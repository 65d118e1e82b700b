"""What a cell computes: pure functions on plain values, standard library only."""
