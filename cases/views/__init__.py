"""Pages of cases: fetch what is visible, show it."""
