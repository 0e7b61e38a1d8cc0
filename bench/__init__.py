"""Large amounts of invented data, and how long the product takes with them."""
