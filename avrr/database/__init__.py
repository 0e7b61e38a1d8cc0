"""How the product speaks to PostgreSQL: with which login, as whom, and behind which walls."""
