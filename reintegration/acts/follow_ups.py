"""Visits, attempts, and moving on."""

from django.utils.translation import gettext_lazy as _

from cases.acting import act
from cases.calendars import today_at
from cases.forms import NoteForm
from cases.statuses import Stage
from cases.targets import EITHER_SIDE

from .. import forms, lifecycle
from .targets import FOLLOW_UP, at, tab

act(
    "record_attempt",
    does=lifecycle.record_attempt,
    on=FOLLOW_UP,
    asks=forms.AttemptForm,
    when=at("due", "missed"),
    icon="telephone",
    title=_("Record an attempt to reach them"),
    button=_("Save"),
    told=_("Attempt to reach them"),
)
act(
    "record_follow_up",
    does=lifecycle.record_follow_up,
    on=FOLLOW_UP,
    asks=forms.FollowUpForm,
    when=lambda f: at("due", "missed")(f) and f.counts_from <= today_at(f.partner or f.organisation),
    icon="clipboard-check",
    title=_("Follow-up visit"),
    button=_("Save the visit"),
    told=_("Follow-up held"),
)
act(
    "miss_follow_up",
    does=lifecycle.miss_follow_up,
    on=FOLLOW_UP,
    asks=forms.MissForm,
    when=lambda f: at("due")(f) and f.due_on <= today_at(f.partner or f.organisation),
    icon="x-circle",
    title=_("The follow-up could not be held"),
    button=_("Save"),
    told=_("Follow-up missed"),
)
act(
    "stop_follow_up",
    does=lifecycle.stop_follow_up,
    on=EITHER_SIDE,
    asks=NoteForm,
    icon="pause-circle",
    when=lambda c: c.stage == Stage.REINTEGRATION,
    leads_to=tab("follow-ups"),
    title=_("No further follow-up is wished"),
    button=_("Stop follow-up"),
    told=_("No further follow-up wished"),
    lead=_("Help in kind goes on as agreed."),
)
act(
    "resume_follow_up",
    does=lifecycle.resume_follow_up,
    on=EITHER_SIDE,
    asks=NoteForm,
    icon="play-circle",
    when=lambda c: c.stage == Stage.REINTEGRATION and c.case.followups.stopped().exists(),
    leads_to=tab("follow-ups"),
    title=_("Follow-up is wished after all"),
    button=_("Go on with follow-up"),
    told=_("Follow-up wished after all"),
    lead=_("What is still to come is due again."),
)
act(
    "record_remigration",
    does=lifecycle.record_remigration,
    on=EITHER_SIDE,
    asks=forms.RemigrationForm,
    icon="globe",
    when=lambda c: c.stage == Stage.REINTEGRATION,
    leads_to=tab("follow-ups"),
    title=_("Somebody migrated again"),
    button=_("Save"),
    told=_("Migrated again"),
    lead=_("Recorded, never judged. Regular and informed migration is a good outcome too."),
)
