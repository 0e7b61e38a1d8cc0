"""How access changes: somebody is away, somebody leaves, a program gets a key or loses it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import tokens
from ..ledger import note
from ..models import ApiToken, User
from ..notices import tell
from ..principal import acting_as, the_system
from ..roles import CASEWORKERS, PARTNERS

SAME_WORK = (CASEWORKERS, PARTNERS)  # within these, one role can stand in for the other


@dataclass(frozen=True)
class Holding:
    """Something that somebody still has in hand: how many, in words, and a few by reference."""

    words: str
    references: tuple[str, ...] = ()


class NotYet(Exception):
    """Access cannot end: the person still has things in hand, which `holdings` lists."""

    def __init__(self, found):
        self.holdings = list(found)
        super().__init__(_("This person still has work in hand."))


_questions: list[Callable[[User], Iterable[Holding]]] = []


def holds(question):
    """Register a question of an app above: given a user, it yields the Holdings that must be handed over first."""
    _questions.append(question)
    return question


def holdings(user: User) -> list[Holding]:
    with acting_as(the_system):  # whoever ends an access may see no case, and must know what waits in it
        return [found for question in _questions for found in question(user)]


def end_access(user: User, *, by: User) -> None:
    """The person can no longer sign in, from the next click; their keys end, too. What they did keeps their name.

    Raises NotYet while they have open cases or open work: those are handed over first.
    """
    by.must("end_access")
    if user.pk == by.pk:
        raise ValidationError(_("Nobody ends their own access; another administrator can."))
    with transaction.atomic():
        user.refresh_from_db(from_queryset=User.objects.select_for_update())
        if not user.is_active:
            return
        if found := holdings(user):
            raise NotYet(found)
        user.is_active = False
        user.deputy = user.away_from = user.away_until = None
        user.save()
        ApiToken.objects.filter(user=user, ended_at=None).update(ended_at=timezone.now())
        for colleague in User.objects.filter(deputy=user):
            tell(
                colleague, "deputy_gone", key=f"deputy-gone:{colleague.pk}:{user.pk}:{timezone.now():%s}", path="/away/"
            )
        User.objects.filter(deputy=user).update(deputy=None, away_from=None, away_until=None)
        note("end_access", by=by, about=user.email, user=user, organisation=user.organisation)


def reset_second_factor(user: User, *, by: User) -> None:
    """A lost telephone: the codes of this person are removed and set up anew at the next sign-in. They are told."""
    by.must("reset_second_factor")
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        tell(user, "second_factor_reset", key=f"second-factor:{user.pk}:{timezone.now():%s}", path="/accounts/2fa/")
        note("reset_second_factor", by=by, about=user.email, user=user, organisation=user.organisation)


def deputies_for(user: User):
    """Colleagues who can stand in: of the same organisation, with a role that does the same work."""
    roles = next((group for group in SAME_WORK if user.role in group), {user.role})
    mine = User.objects.filter(organisation=user.organisation_id, is_active=True)
    return mine.filter(role__in=roles).exclude(pk=user.pk)


def name_deputy(user: User, *, deputy: User, away_from: date, away_until: date) -> None:
    """While `user` is away, `deputy` sees their work among the own and is told what falls due."""
    user.must("name_deputy")
    deputy = deputies_for(user).filter(pk=deputy.pk).first()
    if deputy is None:
        raise ValidationError({"deputy": _("Choose a colleague who does the same work.")})
    if away_until < away_from:
        raise ValidationError({"away_until": _("The last day lies before the first.")})
    if deputy.deputy_id and deputy.away_from <= away_until and away_from <= deputy.away_until:
        raise ValidationError({"deputy": _("%s is away in this time, too.") % deputy.short_name})
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(deputy=deputy, away_from=away_from, away_until=away_until)
        days = f"{away_from:%Y-%m-%d}:{away_until:%Y-%m-%d}"
        facts = {"away_from": away_from.isoformat(), "away_until": away_until.isoformat()}
        tell(deputy, "deputy_named", key=f"deputy:{user.pk}:{days}", **facts)
        note("name_deputy", by=user, about=f"{deputy.email} {days}", user=deputy, organisation=user.organisation)


def come_back(user: User) -> None:
    """Nobody stands in any more."""
    User.objects.filter(pk=user.pk).update(deputy=None, away_from=None, away_until=None)
    note("come_back", by=user, about=user.email, user=user, organisation=user.organisation)


def give_token(user: User, *, by: User, name: str) -> ApiToken:
    """A key for the system `name`, which may do what `user` may. The user is told, and alone can collect it."""
    by.must("give_token")
    if not user.is_active:
        raise ValidationError({"user": _("This person has no access.")})
    with transaction.atomic():
        token = ApiToken.objects.create(name=name, user=user)
        tell(user, "token_given", key=f"token:{token.pk}", path="/keys/")
        note("give_token", by=by, about=name, user=user, organisation=user.organisation)
    return token


def collect_token(token: ApiToken, *, by: User) -> str:
    """The secret of a key, once, for the person in whose name it works and nobody else.

    Raises PermissionDenied for others, ValidationError when it was collected before or has ended.
    """
    by.must("collect_token")
    if token.user_id != by.pk:
        raise PermissionDenied("collect_token")
    with transaction.atomic():
        secret = tokens.collect(token)
        if not secret:
            raise ValidationError(_("This key was collected before, or has ended. An administrator can make another."))
        note("collect_token", by=by, about=token.name, user=by, organisation=by.organisation)
    return secret


def end_token(token: ApiToken, *, by: User) -> None:
    """The key opens nothing any more, at once and for ever."""
    by.must("end_token")
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now()):
            note("end_token", by=by, about=token.name, user=token.user, organisation=token.user.organisation)
