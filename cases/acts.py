"""The verbs of a case on the web: what each is called, what it asks, what it says in the story."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import forms, lifecycle
from .acting import act
from .statuses import PersonStatus, Stage
from .targets import (
    CASE,
    CONCERN,
    CONSENT,
    DECISION,
    EITHER_SIDE,
    FACT,
    NOTHING,
    PERSON,
    SHARED,
    TASK,
    WALK_IN,
    WALK_INS,
)


def at(*stages):
    return lambda record: record.stage in stages and not getattr(record, "is_held", False)


def before_departure(record):
    return record.is_before_departure


def is_open(record):
    return record.stage != Stage.CLOSED


def to_made(record, result):
    return result.get_absolute_url()


act(
    "open_case",
    does=lifecycle.open_case,
    on=NOTHING,
    asks=forms.OpenCaseForm,
    icon="person-plus",
    title=_("New enquiry"),
    button=_("Open the case"),
    told=_("Case opened"),
    leads_to=to_made,
    template="cases/open_case.html",
    lead=_("A case is the work with one person or one family. Members of the family are added next."),
)
act(
    "add_person",
    does=lifecycle.add_person,
    on=CASE,
    asks=forms.PersonForm,
    when=before_departure,
    icon="person-plus",
    title=_("Add a member of the family"),
    button=_("Add"),
    told=_("Member of the family added"),
)
act(
    "edit_case",
    does=lifecycle.edit_case,
    on=CASE,
    asks=forms.EditCaseForm,
    when=is_open,
    icon="pencil-square",
    title=_("Change facts of the case"),
    button=_("Save"),
    told=_("Facts of the case changed"),
)
act(
    "edit_person",
    does=lifecycle.edit_person,
    on=PERSON,
    asks=forms.EditPersonForm,
    icon="pencil-square",
    title=_("Change facts of this person"),
    button=_("Save"),
    told=_("Facts of a person changed"),
)
act(
    "start_counselling",
    does=lifecycle.start_counselling,
    on=CASE,
    when=at(Stage.ENQUIRY),
    icon="chat-left-text",
    title=_("Start counselling"),
    button=_("Start counselling"),
    told=_("Counselling began"),
    lead=_("Counselling is open-ended: it helps to decide, it does not lead to a return by itself."),
)
act(
    "record_counselling",
    does=lifecycle.record_counselling,
    on=CASE,
    asks=forms.CounsellingForm,
    when=before_departure,
    icon="chat-left-text",
    title=_("Record a counselling session"),
    button=_("Save the session"),
    told=_("Counselling held"),
)
act(
    "apply_for_return",
    does=lifecycle.apply_for_return,
    on=CASE,
    when=at(Stage.COUNSELLING),
    icon="file-earmark-text",
    title=_("Take the application"),
    button=_("Application made"),
    told=_("Application for voluntary return made"),
    lead=_("Every adult was counselled and wishes to go on. The date of today decides which rules apply."),
)
act(
    "record_consent",
    template="cases/consent.html",
    does=lifecycle.record_consent,
    on=PERSON,
    asks=forms.ConsentForm,
    icon="check-circle",
    title=_("Record consent"),
    button=_("Save the answer"),
    told=_("Consent recorded"),
    lead=_("Each adult answers alone. No is an answer; it is kept like a yes."),
)
act(
    "withdraw_consent",
    does=lifecycle.withdraw_consent,
    on=CONSENT,
    icon="x-circle",
    title=_("End this consent"),
    button=_("End it now"),
    told=_("Consent ended"),
    leads_to=lambda c, r: c.person.get_absolute_url(),
    lead=_("No reason is needed. Sharing that rests on this consent ends at once, and the partner is told to delete."),
)
act(
    "sign_declaration",
    does=lifecycle.sign_declaration,
    on=PERSON,
    asks=forms.DeclarationForm,
    icon="pen",
    template="cases/declaration.html",
    title=_("Sign the voluntary declaration"),
    button=_("Signed"),
    told=_("Voluntary declaration signed"),
    lead=_("Everyone signs for themselves, after the text was read in their language."),
)
act(
    "withdraw", does=lifecycle.withdraw, on=CASE, asks=forms.WithdrawForm, when=before_departure, icon="x-circle",
    title=_("Withdraw from the return"), button=_("Withdraw"), told=_("Withdrew from the return"), tone="warning",
    lead=_("Anyone may withdraw at any time before departure. No reason is asked; no other right is lost; those who "
           "remain go on. Children go with the last adult. It takes effect at once, at the partner too."),
)  # fmt: skip
act(
    "rejoin",
    does=lifecycle.rejoin,
    on=PERSON,
    when=lambda p: p.status == PersonStatus.WITHDRAWN,
    icon="arrow-repeat",
    title=_("Takes part again"),
    button=_("Takes part again"),
    told=_("Takes part again"),
    lead=_("The declaration is signed anew; consents given before stay in force."),
)
act(
    "start_screening",
    does=lifecycle.start_screening,
    on=CASE,
    when=at(Stage.APPLICATION),
    icon="flag",
    title=_("Start screening"),
    button=_("Start screening"),
    told=_("Moved to screening"),
)
act(
    "record_screening",
    does=lifecycle.record_screening,
    on=PERSON,
    asks=forms.ScreeningForm,
    icon="clipboard-check",
    title=_("Vulnerability screening"),
    button=_("Save the screening"),
    told=_("Screening held"),
    lead=_(
        "Ask adults alone. If something worries you, raise a concern afterwards: the case then waits for a reviewer."
    ),
)
act(
    "raise_concern",
    does=lifecycle.raise_concern,
    on=PERSON,
    asks=forms.ConcernForm,
    icon="shield-lock",
    title=_("Raise a protection concern"),
    button=_("Raise it"),
    told=_("Protection concern raised"),
    lead=_("The case is held until the reviewer answers. Nobody but the two of you learns what it is."),
)
act(
    "release_concern",
    does=lifecycle.release_concern,
    on=CONCERN,
    asks=forms.ReleaseForm,
    icon="shield-lock",
    template="cases/concern.html",
    leads_to=lambda c, r: c.case.get_absolute_url(),
    title=_("Review a protection concern"),
    button=_("Release the case"),
    told=_("Protection concern released"),
)
act(
    "record_child_decision",
    does=lifecycle.record_child_decision,
    on=PERSON,
    asks=forms.ChildDecisionForm,
    icon="person",
    title=_("Best-interests determination"),
    button=_("Save"),
    told=_("Best-interests determination recorded"),
    lead=_(
        "A child alone returns only when this is in the child's best interests and a named adult receives the child."
    ),
)
act(
    "ask_decision",
    does=lifecycle.ask_decision,
    on=CASE,
    asks=forms.AskDecisionForm,
    when=at(Stage.SCREENING),
    icon="flag",
    title=_("Ask for a decision"),
    button=_("Ask"),
    told=_("Decision asked for"),
    lead=_("A supervisor decides, never you yourself."),
)
act(
    "decide_case",
    does=lifecycle.decide_case,
    on=DECISION,
    asks=forms.DecideForm,
    icon="check-circle",
    template="cases/decide.html",
    title=_("Decide on eligibility"),
    button=_("Decide"),
    told=_("Decision made"),
    leads_to=lambda decision, r: decision.case.get_absolute_url(),
    consequence=_("The decision is told to the caseworker at once; a refusal closes the case."),
)
act(
    "record_outside_decision",
    does=lifecycle.record_outside_decision,
    on=CASE,
    asks=forms.OutsideDecisionForm,
    when=at(Stage.SCREENING),
    icon="building",
    title=_("Record an authority's decision"),
    button=_("Record"),
    told=_("Decision of an authority recorded"),
)
act(
    "send_handover",
    does=lifecycle.send_handover,
    on=CASE,
    asks=forms.HandoverForm,
    when=at(Stage.DECIDED),
    icon="send",
    template="cases/send_handover.html",
    title=_("Hand over to a partner"),
    button=_("Send"),
    told=_("Hand-over sent"),
    lead=_("The partner first sees a preview without names. Names and contacts follow when it accepts."),
)
act(
    "accept_handover",
    does=lifecycle.accept_handover,
    on=SHARED,
    asks=forms.NoteForm,
    icon="check-circle",
    when=lambda s: s.status == "sent",
    template="cases/preview.html",
    title=_("Accept the hand-over"),
    button=_("Accept"),
    told=_("Hand-over accepted"),
    lead=_("You take on to receive and accompany these people. The host agency then prepares the journey."),
)
act(
    "decline_handover",
    does=lifecycle.decline_handover,
    on=SHARED,
    asks=forms.ReasonForm,
    icon="x-circle",
    when=lambda s: s.status == "sent",
    title=_("Decline the hand-over"),
    button=_("Decline"),
    told=_("Hand-over declined"),
    leads_to=lambda s, r: "/",
)
act(
    "end_sharing",
    does=lifecycle.end_sharing,
    on=CASE,
    asks=forms.NoteForm,
    when=lambda c: c.shared is not None,
    tone="danger",
    icon="x-circle",
    title=_("End sharing with the partner"),
    button=_("End sharing"),
    told=_("Sharing with the partner ended"),
    consequence=_("The partner loses sight of this case at once. To share again, it must be handed over anew."),
)
act(
    "record_travel_document",
    does=lifecycle.record_travel_document,
    on=PERSON,
    asks=forms.TravelDocumentForm,
    icon="passport",
    title=_("Travel document"),
    button=_("Save"),
    told=_("Travel document recorded"),
)
act(
    "record_fit_to_travel",
    does=lifecycle.record_fit_to_travel,
    on=PERSON,
    asks=forms.FitToTravelForm,
    icon="heart-pulse",
    title=_("Fit-to-travel certificate"),
    button=_("Save"),
    told=_("Fit-to-travel certificate recorded"),
)
act(
    "book_travel",
    does=lifecycle.book_travel,
    on=CASE,
    asks=forms.BookTravelForm,
    icon="airplane",
    when=at(Stage.PREPARING, Stage.TRAVELLING),
    title=_("Book or change the journey"),
    button=_("Save and tell the partner"),
    told=_("Journey booked"),
    lead=_("Each change is a new version; the partner acknowledges it and papers are checked again."),
)
act(
    "acknowledge_travel",
    does=lifecycle.acknowledge_travel,
    on=SHARED,
    icon="check-circle",
    template="cases/acknowledge.html",
    when=lambda s: any(i.acknowledged_at is None for i in list(s.itineraries.all())[:1]),
    title=_("Acknowledge the journey"),
    button=_("We have seen it"),
    told=_("Journey acknowledged"),
)
act(
    "record_departure",
    does=lifecycle.record_departure,
    on=CASE,
    asks=forms.DepartureForm,
    icon="airplane",
    when=lambda c: at(Stage.PREPARING, Stage.TRAVELLING)(c) and c.itineraries.exists(),
    title=_("Record the departure"),
    button=_("Departed"),
    told=_("Departed"),
)
act(
    "record_no_departure",
    does=lifecycle.record_no_departure,
    on=CASE,
    asks=forms.NoDepartureForm,
    icon="x-circle",
    when=lambda c: at(Stage.PREPARING, Stage.TRAVELLING)(c) and c.itineraries.exists(),
    title=_("Did not depart"),
    button=_("Save"),
    told=_("Did not depart"),
)
act(
    "confirm_arrival",
    does=lifecycle.confirm_arrival,
    on=SHARED,
    asks=forms.ArrivalForm,
    icon="geo-alt",
    when=lambda s: s.is_accepted and s.itineraries.exists() and any(p.arrived_on is None for p in s.people.all()),
    title=_("Confirm the arrival"),
    button=_("They have arrived"),
    told=_("Arrival confirmed"),
)
act(
    "register_walk_in",
    does=lifecycle.register_walk_in,
    on=WALK_INS,
    asks=forms.WalkInForm,
    icon="person-plus",
    title=_("Somebody came without a case"),
    button=_("Ask the host agency"),
    told=_("Host agency asked"),
    leads_to=lambda record, result: "/arrivals/",
    lead=_("Ask the agency in the country they returned from. It answers within 7 days; silence never means no."),
)
act(
    "answer_walk_in",
    does=lifecycle.answer_walk_in,
    on=WALK_IN,
    asks=forms.AnswerWalkInForm,
    icon="person-check",
    template="cases/walk_in.html",
    title=_("A returnee stands before the partner"),
    button=pgettext_lazy("button", "Answer"),
    told=_("Walk-in answered"),
    leads_to=lambda record, case: case.get_absolute_url() if case else "/",
)
act(
    "hold_case",
    does=lifecycle.hold_case,
    on=CASE,
    asks=forms.HoldForm,
    when=lambda c: is_open(c) and not c.is_held,
    icon="pause-circle",
    title=_("Put on hold"),
    button=_("Put on hold"),
    told=_("Put on hold"),
    lead=_("Nothing waits for anybody until the case goes on."),
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
    when=is_open,
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
    when=lambda c: not is_open(c),
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
    when=is_open,
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
