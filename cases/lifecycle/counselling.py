"""Counselling, application, consent, declaration and withdrawal: an informed and free decision, per adult."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Organisation, User

from ..calendars import day_at, must_lie_between, today_at
from ..family import adults, children
from ..gates import missing, wishing_otherwise
from ..models import (
    CONSENT_SCOPES,
    Case,
    Consent,
    Counselling,
    CounsellingOutcome,
    Declaration,
    Document,
    LegalText,
    Outcome,
    Person,
    Scope,
)
from ..statuses import AWAY, PersonStatus, Stage
from ..transitions import Missing, StepNotAllowed, happening, move
from .documents import keep_file
from .ending import go_on_without
from .sharing import drop_share_if_nobody_agrees


def ensure_gate(case: Case) -> None:
    """Raises Missing with what the present stage still asks for, StepNotAllowed while an adult's wish is not clear."""
    if still := missing(case):
        raise Missing(still)
    if wishing_otherwise(case):
        raise StepNotAllowed(_("A talk is still needed before this step. Whose it is stands on their own page."))


def start_counselling(case: Case, *, by: User) -> None:
    with happening(case, "start_counselling", by=by):
        ensure_gate(case)
        move(case, Stage.COUNSELLING)


def record_counselling(
    case: Case,
    *,
    by: User,
    held_at: datetime,
    present: list[Person],
    wishes: dict[int, str],
    alone_with: Person | None = None,
    **facts,
) -> Counselling:
    """Record one session. `wishes` maps a person's pk to what they wish after it; adults only.

    A session held alone is told only on the page of the person it was held with.
    """
    if held_at > timezone.now():
        raise ValidationError({"held_at": _("A session is recorded after it was held.")})
    must_lie_between("held_at", day_at(case.organisation, held_at), None, today_at(case.organisation))
    with happening(case, "record_counselling", by=by, private_to=alone_with) as event:
        _must_be_of(case, [*present, alone_with])
        if not case.is_before_departure:
            raise StepNotAllowed(_("Counselling before departure ends with the departure; add a note instead."))
        session = Counselling.objects.create(case=case, held_at=held_at, alone_with=alone_with, by=by, **facts)
        session.present.set([alone_with] if alone_with else present)
        who_may = {p.pk for p in adults(case)} & ({alone_with.pk} if alone_with else {p.pk for p in present})
        CounsellingOutcome.objects.bulk_create(
            CounsellingOutcome(session=session, person_id=pk, wish=wish)
            for pk, wish in wishes.items()
            if pk in who_may and wish
        )
        event.person = alone_with
    return session


def apply_for_return(case: Case, *, by: User) -> None:
    with happening(case, "apply_for_return", by=by):
        ensure_gate(case)
        move(case, Stage.APPLICATION, applied_on=today_at(case.organisation))


def record_consent(
    person: Person,
    *,
    by: User,
    text: LegalText,
    read_in: str,
    agreed: bool,
    how: str,
    partner: Organisation | None = None,
    interpreter: str = "",
    witness: str = "",
    upload=None,
) -> Consent:
    """Record a yes or a no of one person to what `text` is about; it takes the place of their earlier answer.

    `text` is the one that was shown, `read_in` the language it was read out in, perhaps by an interpreter. A partner is
    always a named one. Raises ValidationError when the proof is incomplete.
    """
    scope = text.scope
    if scope not in CONSENT_SCOPES:
        raise ValidationError({"text": _("This is not a text of consent.")})
    if scope == Scope.PARTNER and partner is None:
        raise ValidationError({"partner": _("Name the partner: consent is never given to «any partner».")})
    _check_proof(how, witness, upload)
    with happening(person, "record_consent", by=by, person=person, private_to=person) as event:
        named = partner if scope == Scope.PARTNER else None
        person.consents.in_force().filter(scope=scope, partner=named).update(withdrawn_at=timezone.now())
        document = upload and _keep_answer(upload, person, by=by)
        consent = Consent.objects.create(
            person=person,
            scope=scope,
            partner=named,
            agreed=agreed,
            text=text,
            read_in=read_in,
            how=how,
            interpreter=interpreter,
            witness=witness,
            document=document,
            by=by,
        )
        event.note = _kept_words(consent)
        drop_share_if_nobody_agrees(person.case, by=by)
    return consent


def withdraw_consent(consent: Consent, *, by: User) -> None:
    """End one consent, at once and everywhere; no reason is asked."""
    with happening(
        consent.person, "withdraw_consent", by=by, person=consent.person, private_to=consent.person
    ) as event:
        if not Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
            raise StepNotAllowed(_("This consent has already ended."))
        event.note = _kept_words(consent)
        drop_share_if_nobody_agrees(consent.person.case, by=by)


def sign_declaration(
    person: Person,
    *,
    by: User,
    how: str,
    text: LegalText,
    read_in: str,
    strokes: list | None = None,
    witness: str = "",
    interpreter: str = "",
    upload=None,
) -> Declaration:
    """The voluntary declaration of one person, drawn, by mark with a witness, or as a paper scan.

    Nobody signs for a spouse. Raises ValidationError when the proof is incomplete, StepNotAllowed outside its stages.
    """
    if how == Declaration.How.DRAWN and not strokes:
        raise ValidationError({"strokes": _("There is no signature yet. Sign in the field, or choose another way.")})
    if text.scope != Scope.DECLARATION:
        raise ValidationError({"text": _("This is not the voluntary declaration.")})
    _check_proof(how, witness, upload)
    with happening(person, "sign_declaration", by=by, person=person) as event:
        if person.case.stage in (Stage.ENQUIRY, Stage.CLOSED) or not person.has_not_left:
            raise StepNotAllowed(_("The declaration is signed after counselling and before the departure."))
        person.declarations.filter(ended_at=None).update(ended_at=timezone.now())
        document = upload and keep_file(upload, person.case, by=by, kind="declaration", title=_("Signed declaration"))
        event.note = f"Text version {text.version}, {text.language}"
        return Declaration.objects.create(
            person=person,
            text=text,
            read_in=read_in,
            how=how,
            strokes=strokes if how == Declaration.How.DRAWN else None,
            witness=witness,
            interpreter=interpreter,
            document=document,
            by=by,
        )


def withdraw(case: Case, *, by: User, people: list[Person]) -> None:
    """Some or all withdraw, each until their own departure: no reason asked, effect at once, those who remain go on.

    Children go with the last adult who takes part. When nobody is left the case closes as withdrawn.
    """
    with happening(case, "withdraw", by=by) as event:
        _must_be_of(case, people)
        if not case.is_open:
            raise StepNotAllowed(_("This case is closed."))
        if not people:
            raise ValidationError({"people": _("Choose who withdraws.")})
        leaving = {person.pk for person in people}
        if case.people.filter(pk__in=leaving, status__in=AWAY).exists():
            raise StepNotAllowed(_("Who has left cannot withdraw any more; the help can be ended instead."))
        if adults(case) and all(person.pk in leaving for person in adults(case)):
            leaving |= {person.pk for person in children(case)}
        now = timezone.now()
        for person in case.people.filter(pk__in=leaving):
            if person.has_not_left:
                move(person, PersonStatus.WITHDRAWN, withdrawn_at=now, tries_again=False)
                person.declarations.filter(ended_at=None).update(ended_at=now)
        event.note = ", ".join(str(number) for number in sorted(p.number for p in case.people.filter(pk__in=leaving)))
        go_on_without(case, Outcome.WITHDREW)
        if case.is_open:
            drop_share_if_nobody_agrees(case, by=by)


def rejoin(person: Person, *, by: User) -> None:
    """Somebody who withdrew or did not depart means to travel after all; who withdrew signs anew."""
    with happening(person, "rejoin", by=by, person=person):
        if not person.case.is_open:
            raise StepNotAllowed(_("This case is closed."))
        if person.status == PersonStatus.WITHDRAWN and not person.case.is_before_departure:
            raise StepNotAllowed(_("The others have left. Open a case of its own for someone who follows."))
        move(person, PersonStatus.TAKING_PART, withdrawn_at=None, tries_again=False)


def _keep_answer(upload, person: Person, *, by: User) -> Document:
    """The paper of an answer says what the person said: it stays on their own page."""
    title = _("Consent on paper")
    return keep_file(upload, person.case, by=by, kind="declaration", title=title, private_to=person)


def _kept_words(consent: Consent) -> str:
    """What a consent is about, as the story keeps it: in English, and told in the language of the reader."""
    with override("en"):
        return str(consent.get_scope_display())


def _check_proof(how: str, witness: str, upload) -> None:
    if how in ("oral", "mark") and not witness:
        raise ValidationError({"witness": _("Name the witness.")})
    if how == "paper" and not upload:
        raise ValidationError({"upload": _("Attach the scan of the paper.")})


def _must_be_of(case: Case, people) -> None:
    if any(person is not None and person.case_id != case.pk for person in people):
        raise ValidationError(_("This person is not in this case."))
