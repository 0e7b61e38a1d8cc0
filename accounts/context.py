"""The frame around every page: product name, theme, and the navigation that belongs to the role."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from .roles import EVERY_CASE_ROLE, MAY, Role

MY_WORK = ("my_work", _("My work"), "inbox", "")
CASES = ("case_list", _("Cases"), "people", "")
PEOPLE = ("case_list", _("People"), "people", "")
ARRIVALS = ("arrivals", _("Arrivals"), "airplane", "")
REFERRALS = ("referral_list", _("Referrals"), "signpost-split", "")
GRANTS = ("grant_list", _("Plans and grants"), "clipboard-check", _("Grants"))
REPORTS = ("report_list", _("Reports"), "bar-chart", "")
PARTNER = (MY_WORK, PEOPLE, ARRIVALS, REFERRALS, ("grant_list", _("Grants"), "clipboard-check", ""))

# What each role finds in the navigation: URL name, words, sign, shorter words for the phone.
NAVIGATION = {
    Role.CASEWORKER: (MY_WORK, CASES, REFERRALS, GRANTS),
    Role.SUPERVISOR: (MY_WORK, CASES, REFERRALS, GRANTS, REPORTS),
    Role.PARTNER_WORKER: PARTNER,
    Role.PARTNER_COORDINATOR: PARTNER,
    Role.MANAGER: (REPORTS, CASES),  # their first page is the reports
    Role.FINANCE: (MY_WORK, ("grant_list", _("Grants"), "clipboard-check", ""), REPORTS),
    Role.ADMINISTRATOR: (
        ("user_list", _("People with access"), "person-check", _("Access")),
        ("organisation_list", _("Organisations"), "building", ""),
        ("programme_list", _("Programmes"), "briefcase", ""),
        ("service_list", _("Services"), "life-preserver", ""),
    ),
    Role.AUDITOR: (("audit_list", _("Audit"), "eye", ""),),
}
# What everybody may find behind the own name, if the address exists.
MENU = (
    ("notice_list", _("Messages to me"), "bell"),
    ("name_deputy", _("When I am away"), "calendar-event"),
    ("mfa_index", _("Sign-in codes"), "shield-lock"),
    ("account_change_password", _("Change password"), "key"),
)
THEMES = {"auto": _("As the device"), "light": _("Light"), "dark": _("Dark")}


@dataclass(frozen=True)
class Entry:
    """One place of the navigation. `current` is the value of aria-current: "page", "true" (further down) or empty."""

    label: str
    url: str
    icon: str
    short: str = ""
    current: str = ""
    count: int = 0


def address(name: str) -> str:
    """The address of a page, or nothing if this installation does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request) -> tuple[Entry, ...]:
    user = getattr(request, "user", None)
    places = NAVIGATION.get(user.role, ()) if user and user.is_authenticated else ()
    found = [(*place, url) for place in places if (url := address(place[0]))]
    # The longest address that the page's own begins with is where we are; "/" is only itself.
    here = [url for *_, url in found if request.path == url or request.path.startswith(url) and url != "/"]
    nearest = max(here, key=len, default=None)
    current = "page" if request.path == nearest else "true"
    waiting = getattr(user, "open_work_count", 0) or 0
    return tuple(
        Entry(
            str(label), url, icon, str(short), current if url == nearest else "", waiting if name == MY_WORK[0] else 0
        )
        for name, label, icon, short, url in found
    )


def own_menu(user) -> tuple[Entry, ...]:
    return tuple(
        Entry(str(label), url, icon)
        for name, label, icon in MENU
        if (url := address(name)) and (name not in MAY or user.may(name))
    )


def frame(request) -> dict:
    """Context processor: what templates/base.html needs. Nothing is asked of the database before it is shown."""
    theme, user = request.COOKIES.get("theme", ""), getattr(request, "user", None)
    return {
        "product_name": settings.PRODUCT_NAME,
        "nav": SimpleLazyObject(lambda: navigation(request)),
        "menu": SimpleLazyObject(lambda: own_menu(user)),
        "search_url": SimpleLazyObject(
            lambda: address("search") if getattr(user, "role", "") in EVERY_CASE_ROLE else ""
        ),
        "help_url": SimpleLazyObject(lambda: address("help")),
        "theme": theme if theme in THEMES else "auto",
        "themes": tuple(THEMES.items()),
        "theme_url": SimpleLazyObject(lambda: address("set_theme")),
        "session_seconds": settings.SESSION_COOKIE_AGE,
        "second_factor_required": settings.SECOND_FACTOR_REQUIRED,
    }
