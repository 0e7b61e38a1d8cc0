"""What is kept of organisations, staff and their work (accounts.fields says what the words mean)."""

from .fields import (
    ACCOUNTS,
    C0,
    C1,
    C4,
    EVERYBODY,
    MESSAGES,
    NOBODY,
    OWN,
    SETTINGS,
    STAFF_ROOM,
    WORKBENCH,
    of,
)

of(
    "accounts.Organisation",
    C0,
    EVERYBODY,
    SETTINGS,
    "id name kind country city time_zone weekend is_active email phone",
)
of("accounts.Office", C0, EVERYBODY, SETTINGS, "id organisation name")
of("accounts.User", C1, EVERYBODY, ACCOUNTS, "id name role organisation office is_active")
of("accounts.User", C1, STAFF_ROOM, ACCOUNTS, "email language deputy away_from away_until joined_at last_login")
of("accounts.User", C4, NOBODY, ACCOUNTS, "password")
of("accounts.Invitation", C1, STAFF_ROOM, ACCOUNTS, "id email name role organisation office invited_by invited_at "
   "expires_at used_at mailed_at mail_attempts")  # fmt: skip
of("accounts.Invitation", C1, NOBODY, ACCOUNTS, "site")
of("accounts.Invitation", C4, NOBODY, ACCOUNTS, "secret_hash")
of("accounts.ApiToken", C1, STAFF_ROOM, ACCOUNTS, "id name user created_at expires_at ended_at")
of("accounts.ApiToken", C4, NOBODY, ACCOUNTS, "secret_hash")
of("accounts.AccountEvent", C1, STAFF_ROOM, ACCOUNTS, "id verb about user organisation by at")
of("accounts.Draft", C1, OWN, WORKBENCH, "id owner path saved_at")
of("accounts.Draft", C4, OWN, WORKBENCH, "fields")  # anything that can be typed into a form
of("accounts.Posting", C1, NOBODY, WORKBENCH, "mark by led_to at")
of("accounts.Notice", C1, OWN, MESSAGES, "id recipient kind context told_at read_at")
of("accounts.Notice", C1, NOBODY, MESSAGES, "key state not_before lease_until lease_owner attempts sent_at")
of("accounts.Heartbeat", C0, NOBODY, SETTINGS, "job last_ok")
