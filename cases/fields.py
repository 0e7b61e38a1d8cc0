"""What is kept of a case and its people, and who may read each field (accounts.fields says what the words mean).

What a partner reads before and after it accepts follows from here: `SHARED_FACTS` and `PREVIEW_FACTS`. Asylum history,
trafficking, violence, what was said alone and what a screening found have no partner among their readers.
"""

from accounts.fields import (
    AGENCY,
    BOTH,
    BOTH_COUNTED,
    C0,
    C1,
    C2,
    C3,
    C4,
    CASE,
    CONTACT,
    COUNTED,
    EVERYBODY,
    FIRST_COUNTED,
    FIRST_LOOK,
    HEALTH,
    IDENTITY,
    NOBODY,
    OWN,
    REVIEW,
    SAFETY,
    SETTINGS,
    TRACE,
    WISHES,
    WORKBENCH,
    Reader,
    of,
    readable,
)

# --- programmes: no person's data ---
of("cases.Programme", C0, EVERYBODY, SETTINGS, "id organisation name code host_country return_countries currency "
   "arrival_cash cap_adult cap_minor small_purchase_limit quotes_needed registration_days itinerary_working_days "
   "answer_working_days arrival_working_days help_months plan_days follow_up_months is_active")  # fmt: skip
of("cases.DonorLine", C0, EVERYBODY, SETTINGS, "id programme donor code name is_active")
of("cases.Suspension", C0, EVERYBODY, SETTINGS, "id country from_on until_on reason")
of("cases.LegalText", C0, EVERYBODY, SETTINGS, "id scope language version body if_no reviewed_by reviewed_on")
of("cases.Counter", C0, NOBODY, SETTINGS, "name last")

# --- the case ---
of("cases.Case", C1, FIRST_COUNTED, CASE, "reference stage")
of("cases.Case", C2, FIRST_COUNTED, CASE, "return_country return_place")
of("cases.Case", C3, FIRST_LOOK, CASE, "needs")
of("cases.Case", C1, BOTH_COUNTED, CASE, "id organisation programme")
of("cases.Case", C2, BOTH_COUNTED, CASE, "departed_on arrived_on outcome")
of("cases.Case", C1, COUNTED, CASE, "office owner host_country stage_since opened_at held_since resume_on closed_on "
   "next_due_on version stage_before_closing")  # fmt: skip
of("cases.Case", C2, COUNTED, CASE, "scenario reasons applied_on")
of("cases.Case", C3, AGENCY, CASE, "hold_reason")
of("cases.Case", C2, AGENCY, SAFETY, "legal_deadline legal_deadline_on")  # may tell of an asylum procedure

# --- its people: the host agency's ---
of("cases.Person", C4, BOTH, IDENTITY, "name known_as name_original")
of("cases.Person", C2, BOTH_COUNTED, IDENTITY, "sex")
of("cases.Person", C4, BOTH, IDENTITY, "born_on born_precision")
of("cases.Person", C2, BOTH, IDENTITY, "nationality relation languages")
of("cases.Person", C4, BOTH, CONTACT, "phone safe_contact safe_note")
of("cases.Person", C2, BOTH_COUNTED, CASE, "status departed_on arrived_on")
of("cases.Person", C1, AGENCY, CASE, "id case organisation number version tries_again")
of("cases.Person", C2, AGENCY, CASE, "interpreter_language withdrawn_at departure_confirmed_on")
of("cases.Person", C4, AGENCY, IDENTITY, "birth_place search_name")
of("cases.Person", C4, AGENCY, CONTACT, "stays_at")
of("cases.Person", C4, COUNTED, SAFETY, "vulnerabilities")  # counted with suppression, never by person

SHARED_FACTS = readable("cases.Person", Reader.PARTNER)
PREVIEW_FACTS = readable("cases.Case", Reader.PREVIEW)

# --- what a partner knows: copies ---
of("cases.SharedCase", C1, FIRST_LOOK, CASE, "id organisation partner programme status purpose agreement ends_on "
   "reference stage is_held sent_at answer_due_on seen_at answered_at")  # fmt: skip
of("cases.SharedCase", C2, FIRST_LOOK, CASE, "return_country return_place adults minors travel_from")
of("cases.SharedCase", C3, FIRST_LOOK, CASE, "needs")
of("cases.SharedCase", C1, BOTH, CASE, "case host_contact worker sent_by answered_by ended_at")
of("cases.SharedCase", C2, BOTH, CASE, "expected_on departed_on arrived_on")
of("cases.SharedCase", C3, BOTH, CASE, "answer_note")
of("cases.SharedCase", C4, BOTH, IDENTITY, "title title_original")
of("cases.SharedCase", C4, BOTH, HEALTH, "needs_list")
of("cases.SharedPerson", C1, BOTH, CASE, "id shared person organisation partner number")
of("cases.SharedPerson", C2, BOTH, IDENTITY, "sex nationality relation languages status departed_on arrived_on")
of("cases.SharedPerson", C4, BOTH, IDENTITY, "name known_as name_original born_on born_precision")
of("cases.SharedPerson", C4, BOTH, CONTACT, "phone safe_contact safe_note")
of("cases.WalkIn", C1, BOTH, CASE, "id partner organisation status asked_by asked_at answer_due_on answered_by "
   "answered_at led_to agreed_at")  # fmt: skip
of("cases.WalkIn", C2, BOTH, CASE, "sex nationality languages return_country return_place departed_on arrived_on")
of("cases.WalkIn", C3, BOTH, CASE, "told answer_note")
of("cases.WalkIn", C4, BOTH, IDENTITY, "name born_on born_precision phone")

# --- talks, wishes, decisions ---
of("cases.Counselling", C1, AGENCY, WISHES, "id case mode language by recorded_at held_at")
of("cases.Counselling", C4, AGENCY, WISHES, "alone_with interpreter others_present topics handed_out note")
of("cases.CounsellingOutcome", C4, AGENCY, WISHES, "id session person wish")
of("cases.Consent", C1, AGENCY, WISHES, "id person scope partner text read_in how given_at by withdrawn_at")
of("cases.Consent", C4, AGENCY, WISHES, "agreed interpreter witness document")
of("cases.Declaration", C1, AGENCY, WISHES, "id person text read_in how signed_at by ended_at")
of("cases.Declaration", C4, AGENCY, WISHES, "strokes witness interpreter document")
of("cases.Screening", C1, AGENCY, SAFETY, "id person held_on alone by recorded_at")
of("cases.Screening", C4, AGENCY, SAFETY, "individual family community structural vulnerabilities note")
of("cases.Screening", C4, AGENCY, HEALTH, "health_followed")
of("cases.Concern", C4, REVIEW, SAFETY, "id case person kind detail reviewer raised_by raised_at released_at "
   "released_by release_reason")  # fmt: skip
of("cases.ChildDecision", C1, AGENCY, SAFETY, "id person decided_on by recorded_at")
of("cases.ChildDecision", C4, AGENCY, SAFETY, "result authority receiving_adult receiving_relation receiving_contact")
of("cases.Decision", C1, AGENCY, WISHES, "id case status asked_by asked_at decided_by decided_at authority_date")
of("cases.Decision", C3, AGENCY, WISHES, "ask_note reason complaint_information authority authority_reference")

# --- papers and the way ---
of("cases.TravelDocument", C1, AGENCY, IDENTITY, "id person kind asked_on issued_on valid_until recorded_at")
of("cases.TravelDocument", C4, AGENCY, IDENTITY, "number kept_where")
of("cases.FitToTravel", C1, AGENCY, HEALTH, "id person by recorded_at")
of("cases.FitToTravel", C4, AGENCY, HEALTH, "is_fit examined_on valid_until conditions")
of("cases.Itinerary", C1, BOTH, CASE, "id case shared organisation partner version booked_by booked_at "
   "acknowledged_at acknowledged_by cancelled_at")  # fmt: skip
of("cases.Itinerary", C3, BOTH, CASE, "flight departs_from departs_at arrives_in arrives_at why_changed why_cancelled")
of("cases.Itinerary", C4, BOTH, HEALTH, "help_needed")

# --- story, work, files ---
of("cases.Event", C1, BOTH, TRACE, "id case shared organisation partner verb subject person by at")
of("cases.Event", C4, BOTH, TRACE, "note changes")  # what people wrote, and both values of what was put right
of("cases.Event", C4, AGENCY, TRACE, "private_to")
of("cases.Event", C4, REVIEW, TRACE, "concern")
of("cases.Work", C1, BOTH_COUNTED, CASE, "id case shared organisation partner kind subject for_role for_user since "
   "due_on done_at by")  # fmt: skip
of("cases.Work", C3, BOTH, CASE, "title")
of("cases.Work", C4, REVIEW, CASE, "restricted")
of("cases.Document", C1, BOTH, CASE, "id case shared organisation partner kind content_type size sha256 by added_at")
of("cases.Document", C3, BOTH, CASE, "title made_on place")
of("cases.Document", C4, BOTH, IDENTITY, "file")
of("cases.Document", C4, AGENCY, WISHES, "private_to")
of("cases.Job", C1, OWN, WORKBENCH, "id owner kind shared parameters state asked_at done total attempts finished_at "
   "filename content_type sha256 rows failure expires_at")  # fmt: skip
of("cases.Job", C1, NOBODY, WORKBENCH, "lease_until taken_at")
of("cases.Job", C4, OWN, WORKBENCH, "file")
