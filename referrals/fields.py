"""What is kept of services and referrals (accounts.fields says what the words mean)."""

from accounts.fields import BOTH, C0, C1, C2, C3, C4, EVERYBODY, HEALTH, SETTINGS, of

of("referrals.Service", C0, EVERYBODY, SETTINGS, "id provider name sector country place contact verified_on is_active")
of("referrals.Referral", C1, BOTH, HEALTH, "id case shared organisation partner status answer_due_on sent_by sent_at "
   "answered_at finished_on agreed")  # fmt: skip
of("referrals.Referral", C2, BOTH, HEALTH, "service")
of("referrals.Referral", C4, BOTH, HEALTH, "person need outcome")
of("referrals.Referral", C3, BOTH, HEALTH, "answer_note")
