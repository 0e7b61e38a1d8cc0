"""What was agreed with the returnee, what was given, and how it goes."""

from .follow_up import ContactAttempt, FollowUp, Remigration, Situation
from .grant import Grant, Quote, Supplier
from .payment import Payment
from .plan import HARM_QUESTIONS, Activity, Dimension, HarmAnswer, Modality, Plan, entitled

__all__ = [
    "HARM_QUESTIONS",
    "Activity",
    "ContactAttempt",
    "Dimension",
    "FollowUp",
    "Grant",
    "HarmAnswer",
    "Modality",
    "Payment",
    "Plan",
    "Quote",
    "Remigration",
    "Situation",
    "Supplier",
    "entitled",
]
