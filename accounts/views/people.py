"""People with access, as the administrator keeps them: who is there, who is invited, who leaves, which programs."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import lifecycle
from ..forms import InviteForm, NothingForm, TokenForm
from ..lifecycle import NotYet
from ..models import ApiToken, Invitation, Organisation, User
from ..posting import led_to
from .asking import ask, typed

PAGE = 50


@login_required
def user_list(request):
    request.user.must("invite_user")
    has_codes = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP))
    people = User.objects.visible_to(request.user).select_related("organisation", "office", "deputy")
    people = people.annotate(has_codes=has_codes).order_by("-is_active", "organisation__name", "name", "pk")
    words, organisation = typed(request, "q"), typed(request, "organisation")
    if words:
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if organisation.isdecimal() and len(organisation) < 19:
        people = people.filter(organisation=organisation)
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "organisation": organisation,
        "organisations": Organisation.objects.visible_to(request.user),
        "invitations": Invitation.objects.visible_to(request.user)
        .filter(used_at=None)
        .exclude(email="")
        .select_related("organisation"),
        **_beside(request, page),
    }
    return render(request, "accounts/user_list.html", context)


def _beside(request, page) -> dict:
    """Addresses of the pages before and after, with the filters kept."""
    query = request.GET.copy()

    def address(number):
        query["page"] = number
        return f"?{query.urlencode()}"

    return {
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@login_required
def invite_user(request):
    request.user.must("invite_user")
    return ask(
        request,
        InviteForm,
        do=lambda **facts: lifecycle.invite_user(
            by=request.user, site=f"{request.scheme}://{request.get_host()}", **facts
        ),
        title=_("Invite somebody"),
        lead=_("The person gets a link by e-mail, chooses a password, and can work. The link works once, for 7 days."),
        button=_("Send the invitation"),
        told=_("The invitation is on its way."),
        goal=reverse("user_list"),
        shows="accounts/invited.html",
    )


@login_required
def withdraw_invitation(request, pk):
    request.user.must("invite_user")
    if earlier := led_to(request):
        return redirect(earlier)
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk, used_at=None)
    return ask(
        request,
        NothingForm,
        do=lambda: lifecycle.withdraw_invitation(invitation, by=request.user),
        title=_("Withdraw the invitation of %s?") % invitation.email,
        consequence=_("The link stops working. You can invite the person again."),
        button=pgettext("invitation", "Withdraw"),
        told=_("The invitation is withdrawn."),
        goal=reverse("user_list"),
    )


@login_required
def end_access(request, pk):
    """Asks for a yes; while the person has work in hand it says what, and who can give it to others."""
    request.user.must("end_access")
    if earlier := led_to(request):
        return redirect(earlier)
    person = get_object_or_404(User.objects.visible_to(request.user).filter(is_active=True), pk=pk)
    held = lifecycle.holdings(person)
    if held or person == request.user:
        return _not_yet(request, person, held)
    try:
        return ask(
            request,
            NothingForm,
            do=lambda: lifecycle.end_access(person, by=request.user),
            title=_("End the access of %s?") % person.name,
            consequence=_("The person can no longer sign in, from now on. What they did keeps their name."),
            tone="danger",
            button=_("End the access"),
            told=_("The access has ended."),
            goal=reverse("user_list"),
        )
    except NotYet as refusal:
        return _not_yet(request, person, refusal.holdings)


def _not_yet(request, person, held):
    helpers = User.objects.visible_to(request.user).filter(organisation=person.organisation_id, is_active=True)
    helpers = [one for one in helpers.exclude(pk=person.pk) if one.may("assign_case") or one.may("assign_share")]
    context = {"person": person, "holdings": held, "helpers": helpers, "is_self": person == request.user}
    return render(request, "accounts/not_yet.html", context, status=409 if request.method == "POST" else 200)


@login_required
def reset_second_factor(request, pk):
    request.user.must("reset_second_factor")
    person = get_object_or_404(User.objects.visible_to(request.user).filter(is_active=True), pk=pk)
    return ask(
        request,
        NothingForm,
        do=lambda: lifecycle.reset_second_factor(person, by=request.user),
        title=_("Remove the sign-in codes of %s?") % person.name,
        lead=_("For a lost telephone. At the next sign-in the person sets up codes again. The person is told."),
        consequence=_(
            "Until then the password alone opens this access. Be sure that it is really this person who asks."
        ),
        tone="danger",
        button=_("Remove the codes"),
        told=_("The codes are removed."),
        goal=reverse("user_list"),
    )


@login_required
def token_list(request):
    request.user.must("give_token")
    tokens = ApiToken.objects.visible_to(request.user).select_related("user__organisation")
    return render(request, "accounts/token_list.html", {"tokens": tokens.order_by("ended_at", "name", "-pk")})


@login_required
def give_token(request):
    request.user.must("give_token")
    people = User.objects.visible_to(request.user).filter(is_active=True)
    return ask(
        request,
        lambda data: TokenForm(data, people=people),
        do=lambda name, user: lifecycle.give_token(user, by=request.user, name=name),
        title=_("A key for a program"),
        lead=_(
            "With it, another program uses the interface of this one. Only the person in whose name it works collects"
            " it, and sees it once."
        ),
        button=_("Arrange the key"),
        told=_("The key is arranged. The person has been told to collect it."),
        goal=reverse("token_list"),
    )


@login_required
def end_token(request, pk):
    request.user.must("end_token")
    token = ApiToken.objects.visible_to(request.user).select_related("user").filter(pk=pk).first()
    if token is None or token.ended_at:
        return redirect("token_list")
    return ask(
        request,
        NothingForm,
        do=lambda: lifecycle.end_token(token, by=request.user),
        title=_("End the key of «%s»?") % token.name,
        consequence=_("The program can do nothing more with it, from now on. A key that has ended stays ended."),
        tone="danger",
        button=_("End the key"),
        told=_("The key has ended."),
        goal=reverse("token_list"),
    )
