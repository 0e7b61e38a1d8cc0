"""Screening, concerns, and the decision."""

from django.utils.translation import gettext_lazy as _

from .. import forms, lifecycle
from ..acting import act
from ..statuses import Stage
from ..targets import CASE, CONCERN, DECISION, PERSON
from .when import at

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
    when=lambda c: c.stage == Stage.SCREENING and not any(d.status == "asked" for d in c.decisions.all()),
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
