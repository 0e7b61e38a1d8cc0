"""What may happen to people and access. Each function asks the role table, does it whole, and notes who did it."""

from .access import (
    NotYet,
    collect_token,
    come_back,
    deputies_for,
    end_access,
    end_token,
    give_token,
    holdings,
    holds,
    name_deputy,
    reset_second_factor,
)
from .invitations import (
    accept_invitation,
    first_link,
    invite_user,
    mail_invitations,
    open_invitation,
    withdraw_invitation,
)
from .organisations import keep_organisation

__all__ = [
    "NotYet",
    "accept_invitation",
    "collect_token",
    "come_back",
    "deputies_for",
    "end_access",
    "end_token",
    "first_link",
    "give_token",
    "holdings",
    "holds",
    "invite_user",
    "keep_organisation",
    "mail_invitations",
    "name_deputy",
    "open_invitation",
    "reset_second_factor",
    "withdraw_invitation",
]
