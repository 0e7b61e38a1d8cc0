"""Who may do what: every verb of the product and the roles that may do it. The whole access policy on one screen.

A verb is one word all the way down: URL name, act, lifecycle function, story line and this table carry the same name.
What a role may *see* is not here but in each model's `visible_to`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    CASEWORKER = "caseworker", _("Caseworker")
    SUPERVISOR = "supervisor", _("Supervisor")
    FINANCE = "finance", _("Finance")
    MANAGER = "manager", _("Manager")
    PARTNER_WORKER = "partner_worker", _("Partner worker")
    PARTNER_COORDINATOR = "partner_coordinator", _("Partner coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM = "system", _("The system")


class OrganisationKind(TextChoices):
    HOST = "host", _("Host agency")
    PARTNER = "partner", _("Reintegration partner")
    PROVIDER = "provider", _("Service provider")
    DONOR = "donor", _("Donor")
    AUTHORITY = "authority", _("Origin authority")


CASEWORKERS = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
SUPERVISORS = frozenset({Role.SUPERVISOR})
HOST = frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.FINANCE, Role.MANAGER})
PARTNERS = frozenset({Role.PARTNER_WORKER, Role.PARTNER_COORDINATOR})
COORDINATORS = frozenset({Role.PARTNER_COORDINATOR})
MANAGERS = frozenset({Role.MANAGER, Role.SUPERVISOR})
MONEY = frozenset({Role.FINANCE}) | PARTNERS
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
AUDITORS = frozenset({Role.AUDITOR})
ALSO_FOR = {Role.SUPERVISOR: (Role.CASEWORKER,), Role.PARTNER_COORDINATOR: (Role.PARTNER_WORKER,)}
EVERY_CASE_ROLE = CASEWORKERS | PARTNERS

# Which roles a person of each kind of organisation can have. Donors and origin authorities have no users.
ROLES_OF = {
    OrganisationKind.HOST: HOST | ADMINISTRATORS | AUDITORS,
    OrganisationKind.PARTNER: PARTNERS,
    OrganisationKind.PROVIDER: frozenset(),
    OrganisationKind.DONOR: frozenset(),
    OrganisationKind.AUTHORITY: frozenset(),
}

MAY: dict[str, frozenset[str]] = {
    # accounts
    "invite_user": ADMINISTRATORS,
    "end_access": ADMINISTRATORS,
    "reset_second_factor": ADMINISTRATORS,
    "give_token": ADMINISTRATORS,
    "end_token": ADMINISTRATORS,
    "collect_token": frozenset(Role) - {Role.SYSTEM},
    "keep_organisation": ADMINISTRATORS,
    "keep_programme": ADMINISTRATORS,
    "keep_service": ADMINISTRATORS,
    "name_deputy": EVERY_CASE_ROLE | {Role.FINANCE, Role.MANAGER, Role.ADMINISTRATOR},
    "read_audit": AUDITORS,
    # a case, from enquiry to decision
    "see_case": CASEWORKERS,
    "open_case": CASEWORKERS,
    "add_person": CASEWORKERS,
    "edit_person": CASEWORKERS,
    "edit_case": CASEWORKERS,
    "start_counselling": CASEWORKERS,
    "record_counselling": CASEWORKERS,
    "apply_for_return": CASEWORKERS,
    "record_consent": CASEWORKERS,
    "withdraw_consent": CASEWORKERS,
    "sign_declaration": CASEWORKERS,
    "withdraw": CASEWORKERS,
    "rejoin": CASEWORKERS,
    "start_screening": CASEWORKERS,
    "record_screening": CASEWORKERS,
    "raise_concern": CASEWORKERS,
    "release_concern": SUPERVISORS,
    "record_child_decision": CASEWORKERS,
    "ask_decision": CASEWORKERS,
    "decide_case": SUPERVISORS,
    "record_outside_decision": CASEWORKERS,
    # hand-over
    "send_handover": CASEWORKERS,
    "accept_handover": COORDINATORS | {Role.PARTNER_WORKER},
    "decline_handover": COORDINATORS | {Role.PARTNER_WORKER},
    "end_sharing": CASEWORKERS | {Role.SYSTEM},  # the system on its last day, as agreed
    # travel
    "record_travel_document": CASEWORKERS,
    "record_fit_to_travel": CASEWORKERS,
    "book_travel": CASEWORKERS,
    "cancel_travel": CASEWORKERS,
    "acknowledge_travel": PARTNERS,
    "record_departure": CASEWORKERS,
    "record_no_departure": CASEWORKERS,
    "confirm_departure": CASEWORKERS,
    "confirm_arrival": PARTNERS,
    "register_walk_in": PARTNERS,
    "answer_walk_in": CASEWORKERS,
    # any time
    "hold_case": CASEWORKERS,
    "resume_case": CASEWORKERS,
    "close_case": CASEWORKERS,
    "reopen_case": SUPERVISORS,
    "assign_case": SUPERVISORS,
    "assign_share": COORDINATORS,
    "correct_fact": EVERY_CASE_ROLE,
    "add_note": EVERY_CASE_ROLE,
    "add_document": EVERY_CASE_ROLE,
    "add_task": EVERY_CASE_ROLE,
    "finish_task": EVERY_CASE_ROLE,
    # reintegration
    "draft_plan": EVERY_CASE_ROLE,
    "write_plan": EVERY_CASE_ROLE,
    "add_activity": EVERY_CASE_ROLE,
    "drop_activity": EVERY_CASE_ROLE,
    "agree_plan": PARTNERS,
    "approve_plan": SUPERVISORS,
    "send_back_plan": SUPERVISORS,
    "amend_plan": EVERY_CASE_ROLE,
    "print_plan": EVERY_CASE_ROLE,
    "request_grant": PARTNERS,
    "add_quote": PARTNERS,
    "choose_quote": PARTNERS,
    "approve_grant": SUPERVISORS,
    "send_back_grant": SUPERVISORS,
    "cancel_grant": EVERY_CASE_ROLE,
    "order_grant": PARTNERS,
    "deliver_grant": PARTNERS,
    "dispute_delivery": EVERY_CASE_ROLE,
    "pay_grant": MONEY,
    "pay_arrival_cash": PARTNERS,
    "record_attempt": EVERY_CASE_ROLE,
    "record_follow_up": PARTNERS,
    "miss_follow_up": EVERY_CASE_ROLE,
    "stop_follow_up": EVERY_CASE_ROLE,
    "resume_follow_up": EVERY_CASE_ROLE,
    "record_remigration": EVERY_CASE_ROLE,
    # referrals
    "send_referral": EVERY_CASE_ROLE,
    "accept_referral": EVERY_CASE_ROLE,
    "decline_referral": EVERY_CASE_ROLE,
    "complete_referral": EVERY_CASE_ROLE,
    "withdraw_referral": EVERY_CASE_ROLE,
    # reports
    "see_money": CASEWORKERS | MONEY,
    "see_reports": MANAGERS | {Role.FINANCE},
    "export_report": MANAGERS | {Role.FINANCE},
    "export_cases": MANAGERS,
}


def may(role: str, verb: str) -> bool:
    """Is `verb` open to `role`? An unknown verb is a programming error (KeyError), never a silent no."""
    return role in MAY[verb]
