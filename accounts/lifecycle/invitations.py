"""How people get in: an administrator invites, a one-use link makes the user; the first link makes the first of all.

The link's secret is kept only as a hash. It is derived from the row and the key of the installation, so that a mail
that could not be sent is tried again later without the secret lying in the database.
"""

import hashlib
import hmac
import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..bell import ring
from ..ledger import note
from ..models import Invitation, Office, Organisation, User
from ..roles import ROLES_OF, OrganisationKind, Role

log = logging.getLogger(__name__)
FIRST = ""  # the e-mail of the invitation that makes the first administrator: whoever holds the link types their own
INVITATION_TERM = timedelta(days=7)
MINUTE = timedelta(minutes=1)
ATTEMPTS = 20  # the n-th try comes n² minutes after the invitation: the last after about seven hours


def invite_user(
    *,
    by: User,
    email: str,
    name: str,
    role: str,
    organisation: Organisation,
    office: Office | None = None,
    site: str = "",
) -> tuple[Invitation, str]:
    """Invite a person; the link goes out by mail and is returned once, for whoever wants to hand it over in person.

    `site` is the address of this installation. Raises ValidationError when the role does not fit the organisation, when
    the person has access, or when an open invitation is on its way. One that has expired is replaced.
    """
    by.must("invite_user")
    email = User.objects.normalize_email(email).lower()
    _check_invitation(email, role, organisation, office)
    with transaction.atomic():
        Invitation.objects.filter(email=email, used_at=None, expires_at__lte=timezone.now()).delete()
        invitation, secret = _make(
            email=email, name=name, role=role, organisation=organisation, office=office, invited_by=by, site=site
        )
        note("invite_user", by=by, about=email, organisation=organisation)
        transaction.on_commit(lambda: ring("accounts.tasks.deliver_notices"))
    return invitation, secret


def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """The link works no longer. One that has been used stays: its user has access, which is ended elsewhere."""
    by.must("invite_user")
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation.pk, used_at=None).delete()[0]:
            note("withdraw_invitation", by=by, about=invitation.email, organisation=invitation.organisation)


def open_invitation(secret: str, *, lock: bool = False) -> Invitation | None:
    """The invitation behind a link, if it can still be used."""
    found = Invitation.objects.filter(secret_hash=_hashed(secret), used_at=None, expires_at__gt=timezone.now())
    return (found.select_for_update() if lock else found).first()


def accept_invitation(secret: str, *, name: str, password: str, language: str = "en", **first) -> User | None:
    """Make the user of an invitation, once; None when the link is used, expired or unknown.

    The first link of an installation also takes `email`, `agency`, `country` and `time_zone`. Raises ValidationError
    for a password that is too weak. Somebody who comes back gets their former user again.
    """
    with transaction.atomic():
        invitation = open_invitation(secret, lock=True)
        if invitation is None:
            return None
        if invitation.email == FIRST:
            _found_agency(invitation, **first)
        user = User.objects.filter(email=invitation.email).first() or User(email=invitation.email)
        user.name, user.role, user.is_active, user.language = name, invitation.role, True, language
        user.organisation, user.office = invitation.organisation, invitation.office
        _check_password(password, user)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now(), email=invitation.email)
        note("accept_invitation", by=user, about=user.email, user=user, organisation=user.organisation)
    return user


def first_link() -> str:
    """The path of the one-use link that makes the first administrator with the first host agency.

    The same link until it is used or expires; empty when there are users.
    """
    with transaction.atomic():
        if User.objects.exclude(role=Role.SYSTEM).exists():
            return ""
        first = Invitation.objects.select_for_update().filter(email=FIRST, used_at=None).first()
        if first and not first.is_expired and _hashed(_secret_of(first)) == first.secret_hash:
            return f"/welcome/{_secret_of(first)}/"
        Invitation.objects.filter(email=FIRST, used_at=None).delete()
        _invitation, secret = _make(email=FIRST, name="", role=Role.ADMINISTRATOR)
    return f"/welcome/{secret}/"


def mail_invitations() -> int:
    """Send the links that wait; returns how many went out. Safe to run twice at once and to be killed."""
    sent = 0
    for pk in _unsent().values_list("pk", flat=True):
        with transaction.atomic():
            invitation = _unsent().select_for_update(skip_locked=True).filter(pk=pk).first()
            sent += bool(invitation and _mail(invitation))
    return sent


def _unsent():
    waiting = Invitation.objects.filter(used_at=None, mailed_at=None, mail_attempts__lt=ATTEMPTS).exclude(email=FIRST)
    tries = ExpressionWrapper(F("mail_attempts") * F("mail_attempts") * Value(MINUTE), DurationField())
    now = timezone.now()
    return waiting.annotate(patience=tries).filter(expires_at__gt=now, invited_at__lte=Value(now) - F("patience"))


def _mail(invitation: Invitation) -> bool:
    secret = _secret_of(invitation)
    mine = Invitation.objects.filter(pk=invitation.pk)
    mine.update(mail_attempts=invitation.mail_attempts + 1)
    if _hashed(secret) != invitation.secret_hash:  # the key of the installation was changed in between
        return False
    language = invitation.invited_by.language if invitation.invited_by else settings.LANGUAGE_CODE
    with translation.override(language):
        facts = {"link": f"{invitation.site}/welcome/{secret}/", "until": invitation.expires_at}
        text = render_to_string("accounts/invitation.txt", facts).strip()
    subject, _line, body = text.partition("\n")
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<invitation-{invitation.pk}@{domain}>"}
    try:
        EmailMessage(subject, body.strip(), to=[invitation.email], headers=headers).send()
    except OSError as problem:
        log.warning("invitation not sent", extra={"problem": type(problem).__name__})
        return False
    return bool(mine.update(mailed_at=timezone.now()))


def _check_invitation(email, role, organisation, office) -> None:
    if role not in ROLES_OF[organisation.kind]:
        raise ValidationError({"role": _("People of this kind of organisation cannot have this role.")})
    if office and office.organisation_id != organisation.pk:
        raise ValidationError({"office": _("This office belongs to another organisation.")})
    if User.objects.filter(email=email, is_active=True).exists():
        raise ValidationError({"email": _("Somebody with this address has access already.")})
    if Invitation.objects.filter(email=email, used_at=None, expires_at__gt=timezone.now()).exists():
        raise ValidationError(
            {"email": _("An invitation for this address is on its way. Withdraw it to send another.")}
        )


def _make(**facts) -> tuple[Invitation, str]:
    invitation = Invitation.objects.create(
        secret_hash=secrets.token_hex(32), expires_at=timezone.now() + INVITATION_TERM, **facts
    )
    secret = _secret_of(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(secret_hash=_hashed(secret))
    return invitation, secret


def _secret_of(invitation: Invitation) -> str:
    words = f"invitation:{invitation.pk}:{invitation.invited_at.isoformat()}:{invitation.expires_at.isoformat()}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _found_agency(invitation: Invitation, *, email: str, agency: str, country: str, time_zone: str = "UTC") -> None:
    organisation = Organisation(name=agency, country=country, time_zone=time_zone, kind=OrganisationKind.HOST)
    try:
        organisation.full_clean()
    except ValidationError as problem:
        faults = problem.message_dict
        raise ValidationError({"agency" if name == "name" else name: words for name, words in faults.items()}) from None
    organisation.save()
    invitation.email, invitation.organisation = User.objects.normalize_email(email).lower(), organisation


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise ValidationError({"password": problem.messages}) from None
