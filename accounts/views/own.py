"""What people do about their own access: come in by an invitation, name a deputy."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from .. import lifecycle
from ..forms import DeputyForm, FirstForm, WelcomeForm
from .asking import ask, take_errors


@never_cache
@sensitive_post_parameters("password", "again")
def welcome(request, secret):
    """The page of an invitation: open to whoever holds the link, once."""
    invitation = lifecycle.open_invitation(secret)
    if invitation is None:
        return render(request, "accounts/welcome_over.html", status=410)
    asks = WelcomeForm if invitation.email else FirstForm
    form = asks(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = lifecycle.accept_invitation(secret, language=get_language(), **form.cleaned_data)
        except ValidationError as problem:
            take_errors(form, problem)
        else:
            if user is None:
                return render(request, "accounts/welcome_over.html", status=410)
            messages.success(request, _("Your access is ready. Sign in with your e-mail and your password."))
            return redirect("account_login")
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/welcome.html", context, status=422 if form.errors else 200)


@login_required
def name_deputy(request):
    user = request.user
    user.must("name_deputy")
    deputies = lifecycle.deputies_for(user)
    facts = {"deputy": user.deputy, "away_from": user.away_from, "away_until": user.away_until}
    return ask(
        request,
        lambda data: DeputyForm(data, deputies=deputies, initial=facts),
        do=lambda **facts: lifecycle.name_deputy(user, **facts),
        title=_("When I am away"),
        lead=_(
            "Your deputy sees your work among the own in this time, and is told what falls due. Your work stays yours."
        ),
        button=_("Name the deputy"),
        told=_("Your deputy is named and has been told."),
        goal=reverse("name_deputy"),
        back_url="/",
        template="accounts/away.html",
        is_away=user.is_away(timezone.localdate()),
        is_named=bool(user.deputy_id and user.away_until >= timezone.localdate()),
    )


@login_required
@require_POST
def come_back(request):
    lifecycle.come_back(request.user)
    messages.success(request, _("Nobody stands in for you now."))
    return redirect("name_deputy")
