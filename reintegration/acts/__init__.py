"""The verbs of plans, grants and follow-ups on the web."""

from . import follow_ups, grants, plans

__all__ = ["follow_ups", "grants", "plans"]
