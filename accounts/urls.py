"""Addresses of signing in, people and access, and of what every page asks for."""

from django.urls import include, path

from .views import messages, session

urlpatterns = [
    path("accounts/email/", session.not_there),  # addresses are given by invitation and not changed by oneself
    path("accounts/", include("allauth.urls")),
    path("i18n/", session.set_language, name="set_language"),
    path("drafts/", session.save_draft, name="save_draft"),
    path("session/", session.stay, name="stay"),
    path("session/left/", session.seconds_left, name="seconds_left"),
    path("theme/", session.set_theme, name="set_theme"),
    path("help/", session.help_page, name="help"),
    path("messages/", messages.notice_list, name="notice_list"),
    path("messages/read/", messages.read_all_notices, name="read_all_notices"),
    path("messages/<int:pk>/", messages.open_notice, name="open_notice"),
]
