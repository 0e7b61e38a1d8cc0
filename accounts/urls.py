"""Addresses of signing in, people and access, and of what every page asks for."""

from django.urls import include, path

from .views import messages, organisations, own, people, session

# Pages of allauth that this product does not have: an address is given by an invitation and not changed by oneself.
NOT_OFFERED = (
    "email/", "confirm-email/", "confirm-email/<str:key>/", "inactive/", "login/code/confirm/", "password/set/",
)  # fmt: skip

urlpatterns = [
    *[path(f"accounts/{one}", session.not_there) for one in NOT_OFFERED],
    path("accounts/", include("allauth.urls")),
    path("i18n/", session.set_language, name="set_language"),
    path("drafts/", session.save_draft, name="save_draft"),
    path("session/", session.stay, name="stay"),
    path("session/left/", session.seconds_left, name="seconds_left"),
    path("theme/", session.set_theme, name="set_theme"),
    path("help/", session.help_page, name="help"),
    path("welcome/<str:secret>/", own.welcome, name="welcome"),
    path("away/", own.name_deputy, name="name_deputy"),
    path("away/back/", own.come_back, name="come_back"),
    path("keys/", own.own_keys, name="own_keys"),
    path("keys/<int:pk>/", own.collect_token, name="collect_token"),
    path("users/", people.user_list, name="user_list"),
    path("users/invite/", people.invite_user, name="invite_user"),
    path("users/invitations/<int:pk>/withdraw/", people.withdraw_invitation, name="withdraw_invitation"),
    path("users/<int:pk>/end/", people.end_access, name="end_access"),
    path("users/<int:pk>/codes/", people.reset_second_factor, name="reset_second_factor"),
    path("users/keys/", people.token_list, name="token_list"),
    path("users/keys/new/", people.give_token, name="give_token"),
    path("users/keys/<int:pk>/end/", people.end_token, name="end_token"),
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/new/", organisations.keep_organisation, name="keep_organisation"),
    path("organisations/<int:pk>/", organisations.keep_organisation, name="keep_organisation"),
    path("messages/", messages.notice_list, name="notice_list"),
    path("messages/read/", messages.read_all_notices, name="read_all_notices"),
    path("messages/<int:pk>/", messages.open_notice, name="open_notice"),
]
