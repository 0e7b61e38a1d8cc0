"""What can be done to a case at any time."""

from django.utils.translation import gettext_lazy as _

from .. import forms, lifecycle
from ..acting import act
from ..targets import CASE, EITHER_SIDE, FACT, SHARED, TASK
from .when import is_closed

act(
    "hold_case",
    does=lifecycle.hold_case,
    on=CASE,
    asks=forms.HoldForm,
    icon="pause-circle",
    title=_("Put on hold"),
    button=_("Put on hold"),
    told=_("Put on hold"),
    lead=_("Nothing waits for anybody until the case goes on, but you look again on the day that you choose."),
)
act(
    "resume_case",
    does=lifecycle.resume_case,
    on=CASE,
    when=lambda c: c.is_held,
    icon="play-circle",
    title=_("Go on with this case"),
    button=_("Go on"),
    told=_("Goes on"),
)
act(
    "close_case",
    does=lifecycle.close_case,
    on=CASE,
    asks=forms.CloseForm,
    icon="archive",
    title=_("Close the case"),
    button=_("Close the case"),
    told=_("Case closed"),
    lead=_("Sharing with the partner ends with it. A supervisor can reopen the case."),
)
act(
    "reopen_case",
    does=lifecycle.reopen_case,
    on=CASE,
    asks=forms.ReasonForm,
    when=is_closed,
    icon="arrow-repeat",
    title=_("Reopen the case"),
    button=_("Reopen"),
    told=_("Case reopened"),
)
act(
    "assign_case",
    does=lifecycle.assign_case,
    on=CASE,
    asks=forms.AssignForm,
    icon="person-check",
    title=_("Give to another caseworker"),
    button=_("Give"),
    told=_("Given to another caseworker"),
)
act(
    "assign_share",
    does=lifecycle.assign_share,
    on=SHARED,
    asks=forms.AssignShareForm,
    when=lambda shared: shared.is_accepted,
    icon="person-check",
    title=_("Give to another worker"),
    button=_("Give"),
    told=_("Given to another worker"),
)
act(
    "correct_fact",
    does=lifecycle.correct_fact,
    on=FACT,
    asks=forms.CorrectForm,
    icon="pencil-square",
    when=lambda record: any(getattr(record, name) is not None for name in lifecycle.fields_to_correct(record)),
    title=_("Correct a date or amount"),
    button=_("Correct"),
    told=_("Corrected"),
)
act(
    "add_note",
    does=lifecycle.add_note,
    on=EITHER_SIDE,
    asks=forms.NewNoteForm,
    icon="pencil-square",
    title=_("Record a contact or note"),
    button=_("Save the note"),
    told=_("Note"),
)
act(
    "add_document",
    does=lifecycle.add_document,
    on=EITHER_SIDE,
    asks=forms.DocumentForm,
    icon="paperclip",
    title=_("Add a document"),
    button=_("Add"),
    told=_("Document added"),
    leads_to=lambda record, r: f"{record.get_absolute_url()}documents/",
)
act(
    "add_task",
    does=lifecycle.add_task,
    on=EITHER_SIDE,
    asks=forms.TaskForm,
    icon="check2-square",
    title=_("Add a task"),
    button=_("Add"),
    told=_("Task added"),
)
act(
    "finish_task",
    does=lifecycle.finish_task,
    on=TASK,
    icon="check2-square",
    title=_("Task done"),
    button=_("Done"),
    told=_("Task done"),
)
