"""What people do about their own access: come in by an invitation, name a deputy, collect a key."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from .. import lifecycle
from ..forms import DeputyForm, FirstForm, NothingForm, WelcomeForm
from ..models import ApiToken
from ..posting import led_to
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
def own_keys(request):
    """Keys with which programs work in the own name: those to collect, those in use, those that ended."""
    tokens = ApiToken.objects.visible_to(request.user).filter(user=request.user)
    return render(request, "accounts/own_keys.html", {"tokens": tokens.order_by("ended_at", "name", "-pk")})


@login_required
@never_cache
def collect_token(request, pk):
    if earlier := led_to(request):
        return redirect(earlier)
    own = ApiToken.objects.visible_to(request.user).filter(user=request.user)
    token = get_object_or_404(own.filter(secret_hash=None, ended_at=None), pk=pk)
    return ask(
        request,
        NothingForm,
        do=lambda: lifecycle.collect_token(token, by=request.user),
        title=_("Collect the key for «%s»?") % token.name,
        lead=_("With it the program may see and do here what you may, for a year. Whatever it does carries your name."),
        consequence=_("The key is shown once. Be ready to put it into the program."),
        button=_("Show the key"),
        told=_("The key for «%s»") % token.name,
        goal=reverse("own_keys"),
        shows="accounts/token_collected.html",
    )


@login_required
@require_POST
def come_back(request):
    lifecycle.come_back(request.user)
    messages.success(request, _("Nobody stands in for you now."))
    return redirect("name_deputy")
