"""The hand-over and its end."""

from django.utils.translation import gettext_lazy as _

from .. import forms, lifecycle
from ..acting import act
from ..statuses import Stage
from ..targets import CASE, SHARED
from .when import at

act(
    "send_handover",
    does=lifecycle.send_handover,
    on=CASE,
    asks=forms.HandoverForm,
    when=lambda c: at(Stage.DECIDED, Stage.TRAVELLING, Stage.REINTEGRATION)(c) and c.shared is None,
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
