"""What is true about a person, their case and its story. One file for each part of the journey."""

from .case import Case, LegalDeadline, Outcome, Reason, Scenario
from .counselling import Consent, Counselling, CounsellingOutcome, Declaration, Given, Mode, Topic
from .document import Document, DocumentKind
from .person import (
    HOST_ONLY_VULNERABILITIES,
    Person,
    Precision,
    Relation,
    SafeContact,
    Sex,
    Vulnerability,
    searchable,
)
from .programme import CONSENT_SCOPES, Counter, DonorLine, LegalText, Programme, Scope, Suspension
from .screening import ChildDecision, Concern, Decision, Level, Screening
from .shared import WALK_IN_ANSWER, SharedCase, SharedPerson, WalkIn
from .story import Event, Job, JobState, Work
from .travel import FitToTravel, Itinerary, TravelDocument

__all__ = [
    "CONSENT_SCOPES",
    "HOST_ONLY_VULNERABILITIES",
    "WALK_IN_ANSWER",
    "Case",
    "ChildDecision",
    "Concern",
    "Consent",
    "Counselling",
    "CounsellingOutcome",
    "Counter",
    "Decision",
    "Declaration",
    "Document",
    "DocumentKind",
    "DonorLine",
    "Event",
    "FitToTravel",
    "Given",
    "Itinerary",
    "Job",
    "JobState",
    "LegalDeadline",
    "LegalText",
    "Level",
    "Mode",
    "Outcome",
    "Person",
    "Precision",
    "Programme",
    "Reason",
    "Relation",
    "SafeContact",
    "Scenario",
    "Scope",
    "Screening",
    "Sex",
    "SharedCase",
    "SharedPerson",
    "Suspension",
    "Topic",
    "TravelDocument",
    "Vulnerability",
    "WalkIn",
    "Work",
    "searchable",
]
