"""Many companies: finding their workbooks, and reading them on as many machines as there are."""
