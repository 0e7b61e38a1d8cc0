"""Who acts, for which organisation, and what the product has to tell them."""

from .access import AccountEvent, ApiToken, Invitation
from .form import Draft, Posting
from .kinds import of_kind
from .notice import Heartbeat, Notice, NoticeState
from .organisation import Office, Organisation
from .user import User
from .words import ChoiceWords

__all__ = [
    "AccountEvent",
    "ApiToken",
    "ChoiceWords",
    "Draft",
    "Heartbeat",
    "Invitation",
    "Notice",
    "NoticeState",
    "Office",
    "Organisation",
    "Posting",
    "User",
    "of_kind",
]
