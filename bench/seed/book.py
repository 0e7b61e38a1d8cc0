"""The tables that a seeding fills, with the columns it gives, and the running numbers of references."""

from django.db import connection

from cases import models as cases
from cases.references import compose
from referrals.models import Referral
from reintegration import models as help_models

from .tables import Copier, Table

FACTS = (
    "name", "known_as", "name_original", "sex", "born_on", "born_precision", "nationality", "relation", "languages",
    "phone", "safe_contact", "safe_note", "status", "departed_on", "arrived_on",
)  # fmt: skip
SIDES = ("case_id", "shared_id", "organisation_id", "partner_id")
COLUMNS = {
    "case": (cases.Case, "reference", "organisation_id", "office_id", "owner_id", "programme_id", "host_country",
             "return_country", "return_place", "scenario", "reasons", "legal_deadline", "legal_deadline_on", "needs",
             "stage", "stage_since", "stage_before_closing", "opened_at", "applied_on", "departed_on", "arrived_on",
             "held_since", "hold_reason", "resume_on", "outcome", "closed_on", "next_due_on", "version"),
    "person": (cases.Person, *FACTS, "case_id", "organisation_id", "number", "stays_at", "vulnerabilities",
               "withdrawn_at", "search_name"),
    "talk": (cases.Counselling, "case_id", "alone_with_id", "held_at", "mode", "language", "interpreter", "topics",
             "handed_out", "by_id", "recorded_at"),
    "present": (cases.Counselling.present.through, "counselling_id", "person_id"),
    "wish": (cases.CounsellingOutcome, "session_id", "person_id", "wish"),
    "consent": (cases.Consent, "person_id", "scope", "partner_id", "agreed", "text_id", "read_in", "how", "witness",
                "given_at", "by_id"),
    "declaration": (cases.Declaration, "person_id", "text_id", "read_in", "how", "strokes", "witness", "signed_at",
                    "by_id", "ended_at"),
    "concern": (cases.Concern, "case_id", "person_id", "kind", "detail", "reviewer_id", "raised_by_id", "raised_at",
                "released_at", "released_by_id", "release_reason"),
    "screening": (cases.Screening, "person_id", "held_on", "alone", "individual", "family", "community", "structural",
                  "vulnerabilities", "health_followed", "by_id", "recorded_at"),
    "child": (cases.ChildDecision, "person_id", "result", "authority", "decided_on", "receiving_adult",
              "receiving_relation", "receiving_contact", "by_id", "recorded_at"),
    "decision": (cases.Decision, "case_id", "status", "asked_by_id", "asked_at", "decided_by_id", "decided_at",
                 "reason", "complaint_information", "authority", "authority_reference", "authority_date"),
    "share": (cases.SharedCase, "case_id", "organisation_id", "partner_id", "programme_id", "status", "purpose",
              "agreement", "ends_on", "reference", "return_country", "return_place", "adults", "minors", "needs",
              "title", "title_original", "stage", "is_held", "host_contact", "needs_list", "expected_on", "departed_on",
              "arrived_on", "worker_id", "sent_at", "sent_by_id", "answer_due_on", "seen_at", "answered_at",
              "answered_by_id", "answer_note", "ended_at"),
    "copy": (cases.SharedPerson, *FACTS, "shared_id", "person_id", "organisation_id", "partner_id", "number"),
    "paper": (cases.TravelDocument, "person_id", "kind", "number", "asked_on", "issued_on", "valid_until",
              "recorded_at"),
    "fitness": (cases.FitToTravel, "person_id", "is_fit", "examined_on", "valid_until", "by_id", "recorded_at"),
    "itinerary": (cases.Itinerary, *SIDES, "version", "flight", "departs_from", "departs_at", "arrives_in",
                  "arrives_at", "why_changed", "booked_by_id", "booked_at", "acknowledged_at", "acknowledged_by_id"),
    "document": (cases.Document, *SIDES, "kind", "title", "file", "content_type", "size", "sha256", "made_on", "by_id",
                 "added_at"),
    "event": (cases.Event, *SIDES, "verb", "subject", "note", "person_id", "private_to_id", "concern_id", "by_id",
              "at"),
    "work": (cases.Work, *SIDES, "kind", "subject", "title", "for_role", "for_user_id", "restricted", "since", "due_on",
             "by_id"),
    "plan": (help_models.Plan, *SIDES, "version", "status", "goal_economic", "goal_social", "structural_factors",
             "currency", "cap", "why_amended", "drafted_by_id", "drafted_at", "agreed_by_id", "agreed_at", "signed_how",
             "signature", "approved_by_id", "approved_at"),
    "activity": (help_models.Activity, "plan_id", "line", "dimension", "title", "modality", "cost", "by_when"),
    "harm": (help_models.HarmAnswer, "plan_id", "question", "is_risk", "mitigation"),
    "grant": (help_models.Grant, *SIDES, "reference", "plan_id", "activity_id", "status", "status_since", "item",
              "expected_cost", "donor_line_id", "currency", "requested_by_id", "requested_at", "chosen_id",
              "choice_reason", "chosen_by_id", "approved_by_id", "approved_at", "approved_amount", "ordered_on",
              "order_number", "delivered_on", "delivery_place", "delivery_proof_id", "as_chosen", "difference",
              "received_by", "cancel_reason"),
    "quote": (help_models.Quote, "grant_id", "supplier_id", "amount", "currency", "rate", "rate_on", "rate_source",
              "in_programme_currency", "dated", "by_id"),
    "payment": (help_models.Payment, *SIDES, "kind", "grant_id", "person_id", "donor_line_id", "amount", "currency",
                "rate", "rate_on", "rate_source", "programme_amount", "programme_currency", "paid_on", "proof_id",
                "paid_by_id", "recorded_at"),
    "followup": (help_models.FollowUp, *SIDES, "months", "due_on", "status", "held_on", "mode", "economic", "social",
                 "psychosocial", "findings", "needs_attention", "reason", "recorded_by_id", "recorded_at"),
    "attempt": (help_models.ContactAttempt, "follow_up_id", "at", "mode", "result", "by_id"),
    "remigration": (help_models.Remigration, "person_id", "way", "known_on", "country", "source", "by_id",
                    "recorded_at"),
    "referral": (Referral, *SIDES, "person_id", "service_id", "status", "need", "agreed", "answer_due_on", "sent_by_id",
                 "sent_at", "answered_at", "answer_note", "finished_on", "outcome"),
}  # fmt: skip


class Book:
    """One Table for each name of COLUMNS, as attributes; `reference` counts like cases.references."""

    def __init__(self):
        self.tables, self.copier = [], Copier()
        for name, (model, *columns) in COLUMNS.items():
            table = Table(self.copier, model, *columns)
            setattr(self, name, table)
            self.tables.append(table)
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, last FROM cases_counter")
            self.counters = dict(cursor.fetchall())

    def reference(self, prefix: str, year: int | None = None) -> str:
        counter = f"{prefix}-{year}" if year else prefix
        self.counters[counter] = self.counters.get(counter, 0) + 1
        return compose(prefix, self.counters[counter], year)

    def flush(self) -> None:
        for table in self.tables:
            table.flush()
        self.copier.wait()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # indexes and triggers cannot be changed before

    def finish(self) -> None:
        """After all rows: keys and references go on where these end."""
        for table in self.tables:
            table.finish()
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO cases_counter (name, last) VALUES (%s, %s) "
                "ON CONFLICT (name) DO UPDATE SET last = excluded.last",
                list(self.counters.items()),
            )
