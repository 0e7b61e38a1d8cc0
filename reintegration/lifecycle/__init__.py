"""What may happen after the arrival: plans, grants, follow-ups."""

from . import corrections  # noqa: F401  says what may be corrected
from .follow_ups import (
    miss_follow_up,
    record_attempt,
    record_follow_up,
    record_remigration,
    resume_follow_up,
    stop_follow_up,
)
from .grants import (
    add_quote,
    approve_grant,
    cancel_grant,
    choose_quote,
    deliver_grant,
    dispute_delivery,
    order_grant,
    request_grant,
    send_back_grant,
)
from .payments import pay_arrival_cash, pay_grant
from .plans import (
    add_activity,
    agree_plan,
    amend_plan,
    approve_plan,
    draft_plan,
    drop_activity,
    send_back_plan,
    still_missing,
    write_plan,
)

__all__ = [
    "add_activity",
    "add_quote",
    "agree_plan",
    "amend_plan",
    "approve_grant",
    "approve_plan",
    "cancel_grant",
    "choose_quote",
    "deliver_grant",
    "dispute_delivery",
    "draft_plan",
    "drop_activity",
    "miss_follow_up",
    "order_grant",
    "pay_arrival_cash",
    "pay_grant",
    "record_attempt",
    "record_follow_up",
    "record_remigration",
    "request_grant",
    "resume_follow_up",
    "send_back_grant",
    "send_back_plan",
    "still_missing",
    "stop_follow_up",
    "write_plan",
]
