"""What may still happen to a case on hold, and to a closed one. What is not named here waits until it goes on.

A hold stops what is prepared: every step forward that somebody decides. What happened outside happened all the same
and is always written down: a departure, an arrival, a withdrawal, a signature, a delivery, a call that nobody answered.
"""

from django.utils.translation import gettext as _

from .statuses import Stage

WHILE_HELD = frozenset({
    # the hold itself, and what is kept of a case at any time
    "resume_case", "close_case", "add_note", "add_document", "add_task", "finish_task", "correct_fact", "edit_case",
    "edit_person", "add_person", "assign_case", "assign_share", "end_sharing", "print_plan",
    # what people say and sign, what is seen and feared
    "record_counselling", "record_consent", "withdraw_consent", "sign_declaration", "withdraw", "rejoin",
    "record_screening", "raise_concern", "release_concern", "record_child_decision",
    # papers and the way
    "record_travel_document", "record_fit_to_travel", "acknowledge_travel", "cancel_travel", "confirm_departure",
    "record_departure", "record_no_departure",
    "confirm_arrival",
    # help that was given or is no longer wanted
    "cancel_grant", "deliver_grant", "dispute_delivery", "pay_grant", "pay_arrival_cash", "record_attempt",
    "record_follow_up", "miss_follow_up", "stop_follow_up", "resume_follow_up", "record_remigration",
    "send_referral", "accept_referral", "decline_referral", "complete_referral", "withdraw_referral",
})  # fmt: skip

WHEN_CLOSED = frozenset({
    "reopen_case", "add_note", "add_document", "correct_fact", "edit_person", "assign_case", "withdraw_consent",
    "print_plan", "record_remigration", "complete_referral",
})  # fmt: skip


def may_happen(file, verb: str) -> bool:
    """May `verb` happen to this case now, or to this share of one, as far as holding and closing go?"""
    if file.stage == Stage.CLOSED:
        return verb in WHEN_CLOSED
    return not file.is_held or verb in WHILE_HELD


def why_not(case, by) -> str:
    """The words of the refusal; the reason of a hold is the host agency's own and is not told to a partner."""
    if case.stage == Stage.CLOSED:
        return _("This case is closed.")
    if by.is_partner:
        return rests()
    return _("The case is on hold: %s") % case.hold_reason


def rests() -> str:
    """What a partner reads, in the same words whatever the reason."""
    return _("The host agency has put this case on hold. Nothing is lost: it can be done when the case goes on.")
