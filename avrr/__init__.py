"""The project: wires everything, contains no rule of the domain."""

from .celery import app as celery_app

__all__ = ["celery_app"]
