"""Talks, consents, declarations, and leaving before departure."""

from django.utils.translation import gettext_lazy as _

from .. import forms, lifecycle
from ..acting import act
from ..statuses import PersonStatus, Stage
from ..targets import CASE, CONSENT, PERSON
from .when import at, before_departure

COMES_BACK = (PersonStatus.WITHDRAWN, PersonStatus.NOT_DEPARTED)


def somebody_has_not_left(case) -> bool:
    return any(person.has_not_left for person in case.people.all())


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
    "withdraw", does=lifecycle.withdraw, on=CASE, asks=forms.WithdrawForm, when=somebody_has_not_left, icon="x-circle",
    title=_("Withdraw from the return"), button=_("Withdraw"), told=_("Withdrew from the return"), tone="warning",
    lead=_("Anyone may withdraw at any time before departure. No reason is asked; no other right is lost; those who "
           "remain go on. Children go with the last adult. It takes effect at once, at the partner too."),
)  # fmt: skip
act(
    "rejoin",
    does=lifecycle.rejoin,
    on=PERSON,
    when=lambda p: p.status in COMES_BACK and not p.tries_again,
    icon="arrow-repeat",
    title=_("Takes part again"),
    button=_("Takes part again"),
    told=_("Takes part again"),
    lead=_("The declaration is signed anew; consents given before stay in force."),
)
