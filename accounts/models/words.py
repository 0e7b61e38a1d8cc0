"""The words of a choice, found by its code alone."""

from functools import cache

from django.db import models
from django.utils.encoding import force_str


class ChoiceWords(models.Model):
    """`get_…_display()` without what Django does for it: translating every choice of the field to find one."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field):  # noqa: N802 (Django's own name)
        value = getattr(self, field.attname)
        return force_str(_choices(field).get(value, value), strings_only=True)


@cache
def _choices(field) -> dict:
    return dict(field.flatchoices)
