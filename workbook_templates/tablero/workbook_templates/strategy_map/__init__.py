"""The strategy map: where the box of each objective stands, and how arrows run between them."""
