"""What is kept of plans, help, money and visits (accounts.fields says what the words mean)."""

from accounts.fields import BOTH, BOTH_COUNTED, C1, C2, C3, C4, HELP, MONEY, of

SIDES = "id case shared organisation partner"

of("reintegration.Plan", C1, BOTH, HELP, f"{SIDES} version status drafted_by drafted_at agreed_by agreed_at signed_how "
   "approved_by approved_at row_version")  # fmt: skip
of("reintegration.Plan", C2, BOTH_COUNTED, HELP, "currency cap")
of("reintegration.Plan", C3, BOTH, HELP, "goal_economic goal_social structural_factors why_amended approval_note")
of("reintegration.Plan", C4, BOTH, HELP, "goal_psychosocial signature signature_witness")
of("reintegration.Activity", C2, BOTH_COUNTED, HELP, "id plan line dimension modality cost by_when")
of("reintegration.Activity", C3, BOTH, HELP, "title who")
of("reintegration.HarmAnswer", C1, BOTH, HELP, "id plan question")
of("reintegration.HarmAnswer", C4, BOTH, HELP, "is_risk mitigation")
of("reintegration.Supplier", C1, BOTH_COUNTED, MONEY, "id partner name town")
of("reintegration.Grant", C1, BOTH_COUNTED, MONEY, f"{SIDES} reference plan activity status status_since donor_line "
   "currency requested_by requested_at chosen chosen_by approved_by approved_at ordered_on order_number "
   "disputed_at")  # fmt: skip
of("reintegration.Grant", C2, BOTH_COUNTED, MONEY, "item expected_cost approved_amount delivered_on as_chosen")
of("reintegration.Grant", C3, BOTH, HELP, "specification late_reason choice_reason returnee_choice approval_note "
   "difference dispute cancel_reason delivery_place")  # fmt: skip
of("reintegration.Grant", C2, BOTH, MONEY, "delivery_proof")  # which document it is; what it shows is Document.file
of("reintegration.Grant", C4, BOTH, MONEY, "received_by")
of("reintegration.Quote", C1, BOTH_COUNTED, MONEY, "id grant supplier amount currency rate rate_on rate_source "
   "in_programme_currency dated valid_until by")  # fmt: skip
of("reintegration.Quote", C3, BOTH, MONEY, "guarantee delivery document")
of("reintegration.Payment", C1, BOTH_COUNTED, MONEY, f"{SIDES} kind grant donor_line amount currency rate rate_on "
   "rate_source programme_amount programme_currency paid_on paid_by recorded_at")  # fmt: skip
of("reintegration.Payment", C2, BOTH, MONEY, "person")
of("reintegration.Payment", C2, BOTH_COUNTED, MONEY, "proof")  # finance checks the receipt it pays for
of("reintegration.FollowUp", C1, BOTH_COUNTED, HELP, f"{SIDES} months due_on status held_on mode recorded_by "
   "recorded_at")  # fmt: skip
of("reintegration.FollowUp", C3, BOTH, HELP, "economic social psychosocial findings needs_attention reason")
of("reintegration.ContactAttempt", C1, BOTH, HELP, "id follow_up at mode result by")
of("reintegration.ContactAttempt", C3, BOTH, HELP, "note")
of("reintegration.Remigration", C1, BOTH_COUNTED, HELP, "id person by recorded_at")
of("reintegration.Remigration", C3, BOTH, HELP, "way known_on country source")
