"""The verbs of a case on the web: what each is called, what it asks, what it says in the story."""

from . import counselling, keeping, opening, screening, sharing, travel

__all__ = ["counselling", "keeping", "opening", "screening", "sharing", "travel"]
