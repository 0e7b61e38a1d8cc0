"""What the product does without being asked, each night: tells what is due, asks again, brings questions up, tidies.

It may run twice, at the same time, be killed in the middle, or miss some nights: each part asks the database what is
due and not yet told, and the key of a notice makes it one for ever. Nothing here decides anything about a person.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Draft, Notice, Posting, User
from accounts.notices import tell_many
from accounts.roles import CASEWORKERS, PARTNERS, Role

from . import jobs
from .calendars import add_working_days, today_at
from .lifecycle.sharing import end_sharing_as_agreed
from .models import Case, Person, SharedCase, WalkIn, Work
from .statuses import LIVE, PersonStatus, SharedStatus, Stage, WalkInStatus
from .transitions import StepNotAllowed
from .work import LEFT_QUESTION_DAYS, settle

LATE_DAYS = 7  # after which the supervisors or coordinators are told
ESCALATE_WORKING_DAYS = 2  # after a hand-over's answer was due
LOOK_BACK = 31  # days: a month of missed nights is made good; what an import brings is older and only shown in lists
DRAFTS_KEPT = timedelta(days=30)
POSTINGS_KEPT = timedelta(days=7)
BATCH = 500
WORDS_OF = {"accept_handover": "handover_reminder"}  # other work is told as «work_due»
APART = ("answer_walk_in",)  # asked again each week, see walk_ins

# Who should do a piece of work: the named person and, while away, the deputy; or, when nobody who can sign in is named,
# everybody with its role. What is restricted is told to the named person alone.
DOERS = """
    SELECT w.id, w.kind, w.due_on, c.reference, u.id
      FROM cases_work w
      JOIN accounts_organisation o
        ON o.id = CASE WHEN w.for_role = ANY(%(partners)s) THEN w.partner_id ELSE w.organisation_id END
      CROSS JOIN LATERAL (SELECT COALESCE(%(today)s::date, (%(now)s AT TIME ZONE o.time_zone)::date) AS today) t
      LEFT JOIN cases_case c ON c.id = w.case_id
      LEFT JOIN accounts_user named ON named.id = w.for_user_id AND named.is_active
      JOIN accounts_user u ON u.is_active AND (
               u.id = named.id
            OR u.id = named.deputy_id AND NOT w.restricted AND t.today BETWEEN named.away_from AND named.away_until
            OR named.id IS NULL AND NOT w.restricted AND u.organisation_id = o.id
               AND (u.role = w.for_role OR w.kind = 'accept_handover' AND u.role = ANY(%(partners)s)))
     WHERE w.done_at IS NULL AND w.kind <> ALL(%(apart)s)
       AND w.due_on BETWEEN t.today - %(look_back)s AND t.today
       AND NOT EXISTS (SELECT 1 FROM accounts_notice n
                        WHERE n.key = concat('work-due:', w.id, ':', to_char(w.due_on, 'YYYY-MM-DD'), ':', u.id))
     ORDER BY w.due_on, w.id, u.id"""

# Who is told when it is a week late: those who can give it to somebody else. Of restricted work the named person again.
ELDERS = """
    SELECT w.id, w.kind, w.due_on, c.reference, u.id
      FROM cases_work w
      JOIN accounts_organisation o
        ON o.id = CASE WHEN w.for_role = ANY(%(partners)s) THEN w.partner_id ELSE w.organisation_id END
      CROSS JOIN LATERAL (SELECT COALESCE(%(today)s::date, (%(now)s AT TIME ZONE o.time_zone)::date) AS today) t
      LEFT JOIN cases_case c ON c.id = w.case_id
      JOIN accounts_user u ON u.is_active AND (
               w.restricted AND u.id = w.for_user_id
            OR NOT w.restricted AND u.organisation_id = o.id
               AND u.role = CASE WHEN w.for_role = ANY(%(partners)s) THEN %(coordinator)s ELSE %(supervisor)s END)
     WHERE w.done_at IS NULL AND w.kind <> ALL(%(apart)s)
       AND w.due_on BETWEEN t.today - %(look_back)s AND t.today - %(late)s
       AND NOT EXISTS (SELECT 1 FROM accounts_notice n
                        WHERE n.key = concat('work-late:', w.id, ':', to_char(w.due_on, 'YYYY-MM-DD'), ':', u.id))
     ORDER BY w.due_on, w.id, u.id"""


def night(today: date | None = None) -> dict[str, int]:
    """All of it; returns how much each part did. `today` stands for today's date in every organisation."""
    return {
        "due": work_due(today),
        "late": work_late(today),
        "unanswered": handovers_unanswered(today),
        "walk_ins": walk_ins(today),
        "questions": questions(today),
        "shares_ended": last_days_of_sharing(today),
        "tidied": tidy(timezone.now()),
    }


def work_due(today: date | None = None) -> int:
    """Tell each doer once of each piece of work that is due; with another date it is another piece."""
    return _tell(
        _notice(user, WORDS_OF.get(kind, "work_due"), f"work-due:{work}:{due_on}", kind, due_on, reference)
        for work, kind, due_on, reference, user in _asked(DOERS, today)
    )


def work_late(today: date | None = None) -> int:
    """Tell supervisors, or the partner's coordinators, once of each piece of work that is a week late."""
    return _tell(
        _notice(user, "work_late", f"work-late:{work}:{due_on}", kind, due_on, reference)
        for work, kind, due_on, reference, user in _asked(ELDERS, today)
    )


def handovers_unanswered(today: date | None = None) -> int:
    """Two working days after a partner should have answered, the owner of the case is told. Silence is no answer."""
    waiting = SharedCase.objects.filter(status=SharedStatus.SENT, is_held=False)
    waiting = waiting.filter(answer_due_on__lt=today or timezone.localdate())
    waiting = waiting.select_related("case__organisation", "case__owner__deputy")
    return _tell(notice for shared in waiting.iterator(BATCH) for notice in _unanswered(shared, today))


def _unanswered(shared: SharedCase, today: date | None) -> Iterator[Notice]:
    agency, owner = shared.case.organisation, shared.case.owner
    day = today or today_at(agency)
    if add_working_days(shared.answer_due_on, ESCALATE_WORKING_DAYS, agency.weekend) <= day:
        for user in [owner, *([owner.deputy] if owner.is_away(day) else [])]:
            key = f"handover-unanswered:{shared.pk}:{shared.answer_due_on}:{user.pk}"
            yield Notice(key=key, recipient=user, kind="handover_unanswered", context={"reference": shared.reference})


def walk_ins(today: date | None = None) -> int:
    """A returnee waits at a partner: after 7 days the host agency is asked again, each week, until it answers."""
    waiting = WalkIn.objects.filter(status=WalkInStatus.ASKED).select_related("organisation")
    return _tell(notice for walk_in in waiting.iterator(BATCH) for notice in _ask_again(walk_in, today))


def _ask_again(walk_in: WalkIn, today: date | None) -> Iterator[Notice]:
    weeks = ((today or today_at(walk_in.organisation)) - walk_in.answer_due_on).days // 7
    if weeks < 0:
        return
    path = f"/walk-ins/{walk_in.pk}/answer_walk_in/"
    people = User.objects.filter(organisation=walk_in.organisation_id, role__in=CASEWORKERS, is_active=True)
    for user in people:
        key = f"walk-in-again:{walk_in.pk}:{weeks}:{user.pk}"
        yield Notice(key=key, recipient=user, kind="walk_in_again", context={"path": path})


def questions(today: date | None = None) -> int:
    """Bring up «did they leave?» for those who departed, or were said to have left, 30 days ago and nobody met."""
    since = (today or timezone.localdate()) - timedelta(days=LEFT_QUESTION_DAYS)
    open_question = Work.objects.open().filter(case=OuterRef("case"), kind="did_they_leave")
    asked_from = Coalesce("departure_confirmed_on", "departed_on")
    gone = Person.objects.alias(asked_from=asked_from).filter(status=PersonStatus.DEPARTED, asked_from__lte=since)
    gone = gone.filter(case__held_since=None).exclude(case__stage=Stage.CLOSED).exclude(Exists(open_question))
    return sum(_settle(pk) for pk in gone.values_list("case", flat=True).distinct())


def last_days_of_sharing(today: date | None = None) -> int:
    """End what was to be shared until a day that has passed."""
    over = Case.objects.filter(shares__status__in=LIVE, shares__ends_on__lt=today or timezone.localdate())
    return sum(_end_sharing(pk, today) for pk in over.values_list("pk", flat=True))


def _end_sharing(pk: int, today: date | None) -> int:
    """One case in a transaction of its own; where the day is not over yet, or somebody was quicker, nothing happens."""
    try:
        end_sharing_as_agreed(Case.objects.get(pk=pk), today)
    except StepNotAllowed:
        return 0
    return 1


def _settle(pk: int) -> int:
    """Settle one case in a transaction of its own; a case somebody works on just now has its turn next time."""
    with transaction.atomic():
        case = Case.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if case is not None:
            settle(case)
    return case is not None


def tidy(now: datetime) -> int:
    """Remove what was typed and never sent, marks of forms long sent, sessions that have ended, files that expired."""
    drafts, _by_model = Draft.objects.filter(saved_at__lt=now - DRAFTS_KEPT).delete()
    marks, _by_model = Posting.objects.filter(at__lt=now - POSTINGS_KEPT).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return drafts + marks + jobs.expire_jobs(now)


def _asked(sql: str, today: date | None) -> list[tuple]:
    facts = {
        "today": today,
        "now": timezone.now(),
        "partners": [role.value for role in PARTNERS],
        "coordinator": Role.PARTNER_COORDINATOR.value,
        "supervisor": Role.SUPERVISOR.value,
        "apart": list(APART),
        "look_back": LOOK_BACK,
        "late": LATE_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchall()


def _notice(user: int, words: str, key: str, kind: str, due_on: date, reference: str | None) -> Notice:
    context = {"work": kind, "due_on": due_on.isoformat()} | ({"reference": reference} if reference else {})
    return Notice(key=f"{key}:{user}", recipient_id=user, kind=words, context=context)


def _tell(notices: Iterable[Notice]) -> int:
    """Write them down in batches, each a transaction; those that stand already are passed by."""
    told, batch = 0, []
    for notice in notices:
        batch.append(notice)
        if len(batch) == BATCH:
            told += tell_many(batch)
            batch = []
    return told + tell_many(batch)
