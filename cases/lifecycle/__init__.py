"""What may happen to a case: the verbs, each one transaction through the door of cases.transitions."""

from ..gates import blocks_closing
from ..sharing import partners_agreed_to
from .closing import close_case, hold_case, outcomes_for, reopen_case, resume_case
from .counselling import (
    apply_for_return,
    record_consent,
    record_counselling,
    rejoin,
    sign_declaration,
    start_counselling,
    withdraw,
    withdraw_consent,
)
from .departing import (
    confirm_arrival,
    confirm_departure,
    record_departure,
    record_no_departure,
)
from .documents import keep_file
from .keeping import (
    add_document,
    add_note,
    add_task,
    assign_case,
    correct_fact,
    correctable,
    fields_to_correct,
    finish_task,
    kind_to_correct,
    right_values,
)
from .opening import add_person, edit_case, edit_person, open_case
from .reassigning import assign_share, hand_over
from .screening import (
    ask_decision,
    decide_case,
    raise_concern,
    record_child_decision,
    record_outside_decision,
    record_screening,
    release_concern,
    start_screening,
)
from .sharing import (
    accept_handover,
    decline_handover,
    end_sharing,
    partner_users,
    see_handover,
    send_handover,
)
from .travel import (
    acknowledge_travel,
    book_travel,
    cancel_travel,
    record_fit_to_travel,
    record_travel_document,
)
from .walk_ins import answer_walk_in, register_walk_in

__all__ = [
    "accept_handover",
    "acknowledge_travel",
    "add_document",
    "add_note",
    "add_person",
    "add_task",
    "answer_walk_in",
    "apply_for_return",
    "ask_decision",
    "assign_case",
    "assign_share",
    "blocks_closing",
    "book_travel",
    "cancel_travel",
    "close_case",
    "confirm_arrival",
    "confirm_departure",
    "correct_fact",
    "correctable",
    "decide_case",
    "decline_handover",
    "edit_case",
    "edit_person",
    "end_sharing",
    "fields_to_correct",
    "finish_task",
    "hand_over",
    "hold_case",
    "kind_to_correct",
    "keep_file",
    "open_case",
    "outcomes_for",
    "partner_users",
    "partners_agreed_to",
    "raise_concern",
    "record_child_decision",
    "record_consent",
    "record_counselling",
    "record_departure",
    "record_fit_to_travel",
    "record_no_departure",
    "record_outside_decision",
    "record_screening",
    "record_travel_document",
    "register_walk_in",
    "rejoin",
    "release_concern",
    "reopen_case",
    "resume_case",
    "right_values",
    "see_handover",
    "send_handover",
    "sign_declaration",
    "start_counselling",
    "start_screening",
    "withdraw",
    "withdraw_consent",
]
