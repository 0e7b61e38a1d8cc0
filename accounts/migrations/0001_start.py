"""Everything as it stood when the first installations were made; takes the place of the steps before it."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def make_the_system(apps, schema_editor):
    """The user in whose name the clock acts."""
    apps.get_model("accounts", "User").objects.get_or_create(
        role="system", defaults={"email": "system@invalid", "name": "Homeward", "password": "!", "is_active": True}
    )


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_the_system"),
        ("accounts", "0003_people_and_access"),
        ("accounts", "0004_notices_given_up"),
        ("accounts", "0005_keys_and_kinds"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("job", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("last_ok", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("caseworker", "Caseworker"),
                            ("supervisor", "Supervisor"),
                            ("finance", "Finance"),
                            ("manager", "Manager"),
                            ("partner_worker", "Partner worker"),
                            ("partner_coordinator", "Partner coordinator"),
                            ("administrator", "Administrator"),
                            ("auditor", "Auditor"),
                            ("system", "The system"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French")],
                        default="en",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("away_from", models.DateField(blank=True, null=True, verbose_name="away from")),
                ("away_until", models.DateField(blank=True, null=True, verbose_name="away until")),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="users",
                        to="accounts.office",
                        verbose_name="office",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "caseworker",
                                    "supervisor",
                                    "finance",
                                    "manager",
                                    "partner_worker",
                                    "partner_coordinator",
                                    "administrator",
                                    "auditor",
                                    "system",
                                ],
                            )
                        ),
                        name="user_role",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "system")), fields=("role",), name="one_system"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("away_from", None), ("away_until", None), ("deputy", None)),
                            models.Q(
                                ("away_from__isnull", False),
                                ("away_until__gte", models.F("away_from")),
                                ("deputy__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="user_absence_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("host", "Host agency"),
                            ("partner", "Reintegration partner"),
                            ("provider", "Service provider"),
                            ("donor", "Donor"),
                            ("authority", "Origin authority"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.CharField(help_text="ISO code, for example FR", max_length=2, verbose_name="country"),
                ),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="town")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="office e-mail")),
                ("phone", models.CharField(blank=True, max_length=32, verbose_name="office phone")),
                ("time_zone", models.CharField(default="UTC", max_length=40, verbose_name="time zone")),
                (
                    "weekend",
                    models.CharField(
                        default="56",
                        help_text="0 is Monday and 6 is Sunday: 56 rests on Saturday and Sunday, 45 on Friday and Saturday",
                        max_length=7,
                        verbose_name="days of rest",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["host", "partner", "provider", "donor", "authority"])),
                        name="organisation_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")), name="organisation_country"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekend__regex", "^[0-6]{0,6}$")), name="organisation_weekend"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="office",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="offices", to="accounts.organisation"
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("caseworker", "Caseworker"),
                            ("supervisor", "Supervisor"),
                            ("finance", "Finance"),
                            ("manager", "Manager"),
                            ("partner_worker", "Partner worker"),
                            ("partner_coordinator", "Partner coordinator"),
                            ("administrator", "Administrator"),
                            ("auditor", "Auditor"),
                            ("system", "The system"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("site", models.CharField(blank=True, max_length=200)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("used_at", None)),
                        fields=("email",),
                        name="one_open_invitation",
                        violation_error_message="There is an open invitation for this address.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=40)),
                ("about", models.CharField(max_length=160)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["-at", "-id"], name="account_event_newest")],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="users",
                to="accounts.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("mark", models.UUIDField(primary_key=True, serialize=False)),
                ("led_to", models.CharField(max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="system")),
                ("secret_hash", models.CharField(max_length=64, null=True, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["name", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expires_at", None), ("secret_hash", None)),
                            models.Q(("expires_at__isnull", False), ("secret_hash__isnull", False)),
                            _connector="OR",
                        ),
                        name="token_collected_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=200)),
                ("fields", models.JSONField()),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("owner", "path"), name="one_draft_per_form")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=160, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("context", models.JSONField(default=dict)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "Waiting to be sent"), ("sent", "Sent"), ("dead", "Could not be sent")],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_owner", models.CharField(blank=True, max_length=80)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-told_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")), fields=["not_before", "id"], name="notice_pending"
                    ),
                    models.Index(
                        condition=models.Q(("read_at", None), ("state", "dead")),
                        fields=["recipient"],
                        name="notice_given_up",
                    ),
                    models.Index(fields=["recipient", "-told_at"], name="notice_of"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="notice_sent",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="office_once"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("role", "system"), ("organisation__isnull", False), _connector="OR"),
                name="user_has_organisation",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="kind_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update of \"kind\" rows from % table', TG_TABLE_NAME;",
                    hash="ef0b2030d0546a5febaeb3099b28a953469353ed",
                    operation='UPDATE OF "kind"',
                    pgid="pgtrigger_kind_is_kept_94f2f",
                    table="accounts_organisation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accountevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b2fcc0ac097507fbc8f168c4af9b0fbdec311f8f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a5014",
                    table="accounts_accountevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="role_fits_the_kind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.role <> 'system' AND NOT EXISTS\n           (SELECT FROM accounts_organisation\n             WHERE id = NEW.organisation_id AND (kind, NEW.role) IN (('host', 'administrator'), ('host', 'auditor'), ('host', 'caseworker'), ('host', 'finance'), ('host', 'manager'), ('host', 'supervisor'), ('partner', 'partner_coordinator'), ('partner', 'partner_worker'))) THEN\n            RAISE EXCEPTION 'no such role in this kind of organisation' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="991354bfbe6e01ec811c451e13ee995ef8e72d68",
                    operation='INSERT OR UPDATE OF "role", "organisation_id"',
                    pgid="pgtrigger_role_fits_the_kind_76257",
                    table="accounts_user",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(make_the_system, migrations.RunPython.noop),
    ]
