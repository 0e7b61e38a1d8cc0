"""The words of what waits in a case: what it is, why, and the act that ends it. The rules are in cases.work."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .work import by_subject, work_kind

work_kind(
    "close_case",
    _("Close the case"),
    _("Nothing else waits in it: the help is over, or no partner is there any more."),
    "close_case",
    pgettext_lazy("button", "Close"),
)
work_kind(
    "look_again",
    _("On hold: look again"),
    _("The day has come that was chosen when it was put on hold."),
    "case",
    pgettext_lazy("button", "Open the case"),
)
work_kind(
    "start_counselling",
    _("Start counselling"),
    _("A first talk follows an enquiry within 5 working days."),
    "start_counselling",
    pgettext_lazy("button", "Start counselling"),
)
work_kind(
    "apply_for_return",
    _("Counsel, then take the application"),
    _("An application follows when every adult was counselled and wishes to go on."),
    "case",
    pgettext_lazy("button", "Open the case"),
)
work_kind(
    "start_screening",
    _("Start screening"),
    _("Screening starts when every adult has signed for themselves."),
    "case",
    pgettext_lazy("button", "Open the case"),
)
work_kind(
    "ask_decision",
    _("Screen, then ask for a decision"),
    _("Everyone is screened before a decision is asked for."),
    "case",
    pgettext_lazy("button", "Open the case"),
)
work_kind(
    "decide_case",
    _("Decide on eligibility"),
    _("A decision is due 10 working days after it was asked for."),
    "decide_case",
    pgettext_lazy("button", "Decide"),
)
work_kind(
    "release_concern",
    _("Review a concern"),
    _("You were named as the reviewer; the case is held until you answer."),
    "release_concern",
    pgettext_lazy("button", "Review"),
    by_subject("pk"),
)
work_kind(
    "send_handover",
    _("Hand over to the partner"),
    _("The partner sees nothing until you send it."),
    "send_handover",
    pgettext_lazy("button", "Hand over"),
)
work_kind(
    "accept_handover",
    _("Answer the hand-over"),
    _("The host agency waits for a yes or a no."),
    "case",
    pgettext_lazy("button", "Read and answer"),
)
work_kind(
    "book_travel",
    _("Book the journey"),
    _("Papers first, then the flight; the partner acknowledges it."),
    "book_travel",
    pgettext_lazy("button", "Book"),
)
work_kind(
    "acknowledge_travel",
    _("Acknowledge the journey"),
    _("Say that you have seen these flight details."),
    "acknowledge_travel",
    pgettext_lazy("button", "Acknowledge"),
)
work_kind(
    "record_departure",
    _("Record the departure"),
    _("Each person departed or did not."),
    "record_departure",
    pgettext_lazy("button", "Record"),
)
work_kind(
    "confirm_arrival",
    _("Confirm the arrival"),
    _("An arrival is confirmed within one day."),
    "confirm_arrival",
    pgettext_lazy("button", "Confirm"),
)
work_kind(
    "did_they_leave",
    _("Did they leave?"),
    _("Nobody has confirmed the arrival. Say after 30 days whether they left, and how you know."),
    "case",
    pgettext_lazy("button", "Open the case"),
)
work_kind(
    "answer_walk_in",
    _("A returnee stands before a partner"),
    _("Answer within 7 days; without an answer they wait."),
    "answer_walk_in",
    pgettext_lazy("button", "Answer"),
    by_subject("pk"),
)
