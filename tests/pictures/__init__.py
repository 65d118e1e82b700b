"""Accepted pictures of what people see, and their comparison with what is drawn now."""
