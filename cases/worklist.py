"""Work in words: what, for whom, why now, and the one button that does it."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.roles import Role
from accounts.templatetags.page import day, since, when_due

from .models import Work
from .work import KINDS


@dataclass(frozen=True)
class Row:
    """One line of «My work» or of «waiting for» as templates/_rows.html shows it."""

    work: Work
    what: str
    why: str
    person: str
    url: str
    button: str
    act_url: str
    when: str
    tone: str
    since: str

    @property
    def waits_for(self) -> str:
        return who_of(self.work)

    @property
    def role_it_waits_for(self) -> str:
        """For pages without names: the partner or the role."""
        return self.work.partner.name if self.work.partner_id else str(Role(self.work.for_role).label)


def with_names(works, user):
    """The rows with all that `row_of` reads, in a fixed number of queries; a partner's without the host's tables."""
    if user.is_partner:
        return works.select_related("shared", "for_user", "partner")
    return works.select_related("case", "shared", "for_user", "partner").prefetch_related("case__people")


def row_of(work: Work, today, user) -> Row:
    file = work.shared if user.is_partner else work.case
    kind = KINDS.get(work.kind)
    due = when_due(work.due_on, today)
    return Row(
        work,
        str(kind.label) if kind else work.title,
        str(kind.why) if kind else "",
        file.display_name if file else "",
        file.get_absolute_url() if file else "",
        str(kind.button) if kind else _("Done"),
        address_of(work),
        due.words if due.tone else day(work.due_on, "short"),
        due.tone,
        since(work.since, today),
    )


def address_of(work: Work) -> str:
    """Where the work is done; empty when there is no such page."""
    kind = KINDS.get(work.kind)
    try:
        if kind is None:
            return reverse("finish_task", args=[work.pk])
        return reverse(kind.act, kwargs=kind.where(work))
    except NoReverseMatch:
        return ""


def who_of(work: Work) -> str:
    """For whom it waits: a person, a partner or a role."""
    if work.partner_id and work.for_role in (Role.PARTNER_WORKER, Role.PARTNER_COORDINATOR):
        return work.partner.name
    if work.for_user:
        return work.for_user.short_name
    return str(Role(work.for_role).label)


def groups(works, today, user) -> list[tuple[str, str, list[Row]]]:
    """Work in the order of the day: (heading, tone, rows) for late, today, this week, later."""
    parts = {"late": [], "today": [], "week": [], "later": []}
    for work in works:
        days = (work.due_on - today).days
        name = "late" if days < 0 else "today" if days == 0 else "week" if days <= 7 else "later"
        parts[name].append(row_of(work, today, user))
    headings = {"late": _("Late"), "today": _("Today"), "week": _("This week"), "later": _("Later")}
    return [(headings[name], name, rows) for name, rows in parts.items() if rows]


def earliest(works, today, user, by: str, of=None) -> dict[int, Row]:
    """What is due first of each share, case or subject (`by`: the column that names it), all `of` one file if given."""
    found, works = {}, works.order_by("due_on", "pk")
    for work in with_names(works, user) if of is None else works.select_related("for_user", "partner"):
        if of is not None:
            setattr(work, "shared" if user.is_partner else "case", of)
        found.setdefault(getattr(work, by), row_of(work, today, user))
    return found
