"""What can be seen of a case afterwards: its story, what waits for whom, what was told."""

from accounts.models import Notice
from cases.models import Case, Event, Work


def last_line(record) -> Event:
    """The newest line of the story."""
    return Event.objects.filter(case=record.case).latest("at", "pk")


def verbs(record) -> list[str]:
    return list(Event.objects.filter(case=record.case).order_by("at", "pk").values_list("verb", flat=True))


def told(user) -> list[str]:
    """The kinds of all notices of a user, oldest first."""
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def waits(record) -> set[str]:
    """The kinds of work that wait in a case."""
    return set(Work.objects.filter(case=record.case).open().values_list("kind", flat=True))


def fresh(record):
    """The record as the database has it now."""
    return type(record).objects.get(pk=record.pk)


def stage(record) -> str:
    return Case.objects.values_list("stage", flat=True).get(pk=record.case.pk)
