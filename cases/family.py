"""Who stands where in a family: adults and children, who has not left yet, who would travel alone."""

from datetime import date

from .calendars import today_at
from .models import Case, Person
from .statuses import AWAY, PersonStatus


def people_in(case: Case) -> list[Person]:
    return [person for person in case.people.all() if person.is_in]


def adults(case: Case) -> list[Person]:
    """Adults who still take part, counted at the application date, or today before there is one."""
    day = age_day(case)
    return [person for person in people_in(case) if not person.is_minor(day)]


def children(case: Case) -> list[Person]:
    day = age_day(case)
    return [person for person in people_in(case) if person.is_minor(day)]


def age_day(case: Case) -> date:
    """The day on which it is counted who is an adult."""
    return case.applied_on or today_at(case.organisation)


def to_travel(case: Case) -> list[Person]:
    """Who has not left yet and still means to."""
    return [person for person in case.people.all() if person.means_to_travel]


def on_the_way(case: Case) -> list[Person]:
    """Who has left and whose arrival nobody has confirmed."""
    return [person for person in case.people.all() if person.status == PersonStatus.DEPARTED]


def is_anybody_away(case: Case) -> bool:
    return any(person.status in AWAY for person in case.people.all())


def alone(case: Case, leaving: list[Person] | None = None) -> list[Person]:
    """Children of those `leaving` (all who mean to travel) with whom no adult of the family leaves or has left."""
    leaving, day = to_travel(case) if leaving is None else leaving, age_day(case)
    gone = [person for person in case.people.all() if person.status in AWAY]
    if any(not person.is_minor(day) for person in (*leaving, *gone)):
        return []
    return [person for person in leaving if person.is_minor(day)]


def signers(case: Case, leaving: list[Person] | None = None) -> list[Person]:
    """Who signs and answers for themselves: each adult of those `leaving`, and a child who travels alone."""
    leaving, day = to_travel(case) if leaving is None else leaving, age_day(case)
    return [person for person in leaving if not person.is_minor(day)] or alone(case, leaving)
