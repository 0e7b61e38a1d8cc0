"""Pages of people and access, one module per noun."""
