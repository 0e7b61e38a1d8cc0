"""Everything as it stood when the first installations were made; takes the place of the steps before it."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import cases.models.document
import cases.models.programme


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_rules_between_rows"),
        ("cases", "0003_people_leave_each_for_themselves"),
        ("cases", "0004_what_stays_private"),
        ("cases", "0005_what_ends_with_the_sharing"),
        ("cases", "0006_parts_of_their_kind"),
        ("cases", "0007_what_is_seen_holds"),
    ]

    dependencies = [
        ("accounts", "0001_start"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=24, unique=True)),
                ("host_country", models.CharField(max_length=2, verbose_name="host country")),
                ("return_country", models.CharField(max_length=2, verbose_name="country of return")),
                ("return_place", models.CharField(blank=True, max_length=120, verbose_name="place of return")),
                (
                    "scenario",
                    models.CharField(
                        choices=[
                            ("voluntary", "Voluntary, the right to stay is untouched"),
                            ("unavoidable", "Voluntary but unavoidable, no right to stay remains"),
                            ("forced", "Forced return or removal"),
                        ],
                        max_length=12,
                        verbose_name="kind of return",
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("family", "Family"),
                                ("illness", "Illness, own or in the family"),
                                ("no_status", "No right to stay"),
                                ("contract_end", "Work contract ended"),
                                ("no_work", "No work or income here"),
                                ("crisis", "Crisis in the host country"),
                                ("plans", "Plans in the country of return"),
                                ("enough", "Wish to be home"),
                                ("other", "Another reason"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                        verbose_name="reasons for return",
                    ),
                ),
                (
                    "legal_deadline",
                    models.CharField(
                        blank=True,
                        choices=[("leave", "Deadline to leave"), ("appeal", "Deadline to appeal")],
                        max_length=8,
                        verbose_name="legal deadline",
                    ),
                ),
                ("legal_deadline_on", models.DateField(blank=True, null=True, verbose_name="date of the deadline")),
                ("needs", models.TextField(blank=True, verbose_name="what the partner should prepare")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("enquiry", "Enquiry"),
                            ("counselling", "Counselling"),
                            ("application", "Application"),
                            ("screening", "Screening"),
                            ("decided", "Decided"),
                            ("handed_over", "Handed over"),
                            ("preparing", "Preparing travel"),
                            ("travelling", "Travelling"),
                            ("reintegration", "Reintegration"),
                            ("closed", "Closed"),
                        ],
                        default="enquiry",
                        max_length=14,
                    ),
                ),
                ("stage_since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "stage_before_closing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enquiry", "Enquiry"),
                            ("counselling", "Counselling"),
                            ("application", "Application"),
                            ("screening", "Screening"),
                            ("decided", "Decided"),
                            ("handed_over", "Handed over"),
                            ("preparing", "Preparing travel"),
                            ("travelling", "Travelling"),
                            ("reintegration", "Reintegration"),
                            ("closed", "Closed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("applied_on", models.DateField(null=True, verbose_name="applied on")),
                ("departed_on", models.DateField(null=True, verbose_name="departed on")),
                ("arrived_on", models.DateField(null=True, verbose_name="arrived on")),
                ("held_since", models.DateTimeField(null=True)),
                ("hold_reason", models.CharField(blank=True, max_length=300)),
                ("resume_on", models.DateField(null=True, verbose_name="look again on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Help completed"),
                            ("withdrew", "Withdrew before departure"),
                            ("refused", "Not eligible"),
                            ("not_departed", "Did not depart"),
                            ("remigrated_regularly", "Migrated again, by a regular way"),
                            ("remigrated_other", "Migrated again, other or not known how"),
                            ("unreachable", "Contact lost"),
                            ("stopped", "Wished to end the help"),
                            ("transferred", "Went on in another programme"),
                            ("died", "Died"),
                        ],
                        max_length=20,
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
                ("next_due_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="accounts.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_cases",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage", "closed"), _negated=True),
                        fields=["organisation", "next_due_on", "id"],
                        name="case_open_due",
                    ),
                    models.Index(
                        condition=models.Q(("stage", "closed"), _negated=True),
                        fields=["owner", "next_due_on", "id"],
                        name="case_owner_due",
                    ),
                    models.Index(
                        fields=["organisation", "stage", "return_country", "next_due_on", "id"], name="case_filtered"
                    ),
                    models.Index(fields=["organisation", "-opened_at", "-id"], name="case_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scenario__in", ("voluntary", "unavoidable"))), name="case_never_forced"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "enquiry",
                                    "counselling",
                                    "application",
                                    "screening",
                                    "decided",
                                    "handed_over",
                                    "preparing",
                                    "travelling",
                                    "reintegration",
                                    "closed",
                                ],
                            )
                        ),
                        name="case_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False),
                                ("stage", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("stage", "closed"), _negated=True), ("closed_on", None), ("outcome", "")
                            ),
                            _connector="OR",
                        ),
                        name="case_closed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived_on", None),
                            ("departed_on", None),
                            ("arrived_on__gte", models.F("departed_on")),
                            _connector="OR",
                        ),
                        name="case_arrival_after_departure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applied_on", None),
                            ("departed_on", None),
                            ("departed_on__gte", models.F("applied_on")),
                            _connector="OR",
                        ),
                        name="case_departure_after_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_deadline", ""), ("legal_deadline_on", None)),
                            models.Q(
                                models.Q(("legal_deadline", ""), _negated=True), ("legal_deadline_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="case_deadline_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_since", None), ("hold_reason", ""), ("resume_on", None)),
                            models.Q(
                                ("held_since__isnull", False),
                                ("resume_on__isnull", False),
                                models.Q(("hold_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_hold_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("host_country", models.F("return_country")), _negated=True),
                        name="case_return_elsewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counselling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_at", models.DateTimeField(verbose_name="date and time")),
                (
                    "mode",
                    models.CharField(
                        choices=[("in_person", "Face to face"), ("video", "By video"), ("phone", "By phone")],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("interpreter", models.CharField(blank=True, max_length=120, verbose_name="interpreter")),
                ("others_present", models.CharField(blank=True, max_length=200, verbose_name="other people present")),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("situation", "Situation and wishes"),
                                ("staying", "Ways to stay, asylum, regular migration"),
                                ("programme", "Programme, amounts, conditions, entry bans"),
                                ("country", "Situation in the country of return"),
                                ("safety", "Safety and fears"),
                                ("journey", "Documents and journey"),
                                ("reintegration", "Ideas for reintegration"),
                                ("health", "Health and medicines"),
                                ("rights", "Right to withdraw, complaints, data protection"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                        verbose_name="topics",
                    ),
                ),
                ("handed_out", models.CharField(blank=True, max_length=300, verbose_name="information handed out")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counsellings", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["-held_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for a decision"),
                            ("eligible", "Eligible"),
                            ("refused", "Refused"),
                            ("dropped", "No longer asked"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ask_note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("complaint_information", models.TextField(blank=True, verbose_name="how to complain")),
                ("authority", models.CharField(blank=True, max_length=200, verbose_name="authority")),
                ("authority_reference", models.CharField(blank=True, max_length=80, verbose_name="its reference")),
                ("authority_date", models.DateField(null=True, verbose_name="its date")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="cases.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")), fields=("case",), name="one_open_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            models.Q(("authority", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["asked", "dropped"]),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("complaint_information", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="refusal_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authority", ""),
                            models.Q(
                                models.Q(("authority_reference", ""), _negated=True), ("authority_date__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="outside_decision_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for a decision"),
                            ("eligible", "Eligible"),
                            ("refused", "Refused"),
                            ("dropped", "No longer asked"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("authority_date", models.DateField(null=True, verbose_name="its date")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        related_query_name="history",
                        to="cases.decision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("declaration", "Declaration of voluntary return"),
                            ("partner", "Share my file with the reintegration partner"),
                            ("consular", "Contact my consulate for a travel document"),
                            ("follow_up", "Contact me after my return"),
                        ],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("version", models.PositiveSmallIntegerField()),
                ("body", models.TextField()),
                ("if_no", models.TextField(blank=True)),
                ("reviewed_by", models.CharField(max_length=120)),
                ("reviewed_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scope", "language", "version"), name="legal_text_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="name as in the document")),
                ("known_as", models.CharField(blank=True, max_length=120, verbose_name="known as")),
                ("name_original", models.CharField(blank=True, max_length=300, verbose_name="name in its own script")),
                (
                    "sex",
                    models.CharField(
                        choices=[("female", "Female"), ("male", "Male"), ("not_stated", "Other or not stated")],
                        max_length=10,
                        verbose_name="sex",
                    ),
                ),
                ("born_on", models.DateField(verbose_name="date of birth")),
                (
                    "born_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day is known"),
                            ("month", "Only the month is known"),
                            ("year", "Only the year is known"),
                        ],
                        default="day",
                        max_length=5,
                    ),
                ),
                ("nationality", models.CharField(max_length=2, verbose_name="nationality")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("applicant", "Applicant"),
                            ("spouse", "Spouse or partner"),
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("sibling", "Brother or sister"),
                            ("other", "Other relation"),
                        ],
                        max_length=10,
                        verbose_name="relation to the applicant",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        default=list,
                        size=None,
                        verbose_name="languages spoken",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=32, verbose_name="phone")),
                (
                    "safe_contact",
                    models.CharField(
                        choices=[
                            ("any", "Any way"),
                            ("voice", "Voice call only, no messages"),
                            ("neutral", "Neutral message only: please call us"),
                            ("through", "Only through a trusted person"),
                            ("none", "Do not contact, they come to us"),
                        ],
                        default="any",
                        max_length=8,
                        verbose_name="safe way of contact",
                    ),
                ),
                ("safe_note", models.CharField(blank=True, max_length=200, verbose_name="when and through whom")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("taking_part", "Takes part"),
                            ("withdrawn", "Withdrew"),
                            ("departed", "Departed"),
                            ("not_departed", "Did not depart"),
                            ("arrived", "Arrived"),
                        ],
                        default="taking_part",
                        max_length=12,
                    ),
                ),
                ("departed_on", models.DateField(blank=True, null=True, verbose_name="departed on")),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="arrived on")),
                ("number", models.PositiveSmallIntegerField()),
                ("birth_place", models.CharField(blank=True, max_length=120, verbose_name="place of birth")),
                (
                    "interpreter_language",
                    models.CharField(blank=True, max_length=12, verbose_name="interpreter needed for"),
                ),
                ("stays_at", models.CharField(blank=True, max_length=200, verbose_name="stays at")),
                (
                    "vulnerabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("unaccompanied", "Unaccompanied or separated child"),
                                ("trafficking", "Victim of trafficking"),
                                ("health", "Health-related needs"),
                                ("disability", "Disability"),
                                ("pregnant", "Pregnant"),
                                ("single_parent", "Single parent"),
                                ("elderly", "Elderly"),
                                ("violence", "Survivor of violence or torture"),
                            ],
                            max_length=16,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("tries_again", models.BooleanField(default=False)),
                ("departure_confirmed_on", models.DateField(null=True)),
                ("search_name", models.TextField(editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="cases.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["case", "number"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_name"], name="person_search_name", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(fields=["organisation", "born_on"], name="person_born"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="person_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("relation", "applicant")), fields=("case",), name="one_applicant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tries_again", False), ("status", "not_departed"), _connector="OR"),
                        name="person_tries_again",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["taking_part", "withdrawn", "departed", "not_departed", "arrived"])
                        ),
                        name="person_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["departed", "arrived"]), _negated=True),
                            ("departed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="person_departed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arrived_on__isnull", False), ("status", "arrived")),
                            models.Q(models.Q(("status", "arrived"), _negated=True), ("arrived_on", None)),
                            _connector="OR",
                        ),
                        name="person_arrived_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived_on", None), ("arrived_on__gte", models.F("departed_on")), _connector="OR"
                        ),
                        name="person_arrival_after_departure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("departed_on", None),
                            ("departed_on__gte", models.F("born_on")),
                            models.Q(("born_precision", "day"), _negated=True),
                            _connector="OR",
                        ),
                        name="person_born_before_departure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FitToTravel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_fit", models.BooleanField(verbose_name="fit to travel")),
                ("examined_on", models.DateField(verbose_name="examined on")),
                ("valid_until", models.DateField(verbose_name="valid until")),
                (
                    "conditions",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="conditions, for example a wheelchair or escort"
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fitness", to="cases.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-examined_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("examined_on"))), name="fitness_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identity", "Identity or travel document"),
                            ("declaration", "Declaration or consent on paper"),
                            ("medical", "Medical certificate"),
                            ("decision", "Decision"),
                            ("ticket", "Ticket or itinerary"),
                            ("quote", "Quote"),
                            ("receipt", "Receipt"),
                            ("photo", "Photo"),
                            ("invoice", "Invoice"),
                            ("plan", "Reintegration plan"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("file", models.FileField(max_length=120, upload_to=cases.models.document.stored_name)),
                ("content_type", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_on", models.DateField(blank=True, null=True, verbose_name="date of the document or photo")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="cases.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "private_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_papers",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-added_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "read_in",
                    models.CharField(blank=True, max_length=12, verbose_name="language in which it was read out"),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("drawn", "Signed on the screen"),
                            ("mark", "Mark, before a witness"),
                            ("paper", "Signed on paper, scan attached"),
                        ],
                        max_length=5,
                    ),
                ),
                ("strokes", models.JSONField(null=True)),
                ("witness", models.CharField(blank=True, max_length=120)),
                ("interpreter", models.CharField(blank=True, max_length=120)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.legaltext"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="declarations", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("person",), name="one_declaration_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "drawn"), ("strokes__isnull", False)),
                            models.Q(("how", "mark"), models.Q(("witness", ""), _negated=True)),
                            models.Q(("document__isnull", False), ("how", "paper")),
                            _connector="OR",
                        ),
                        name="declaration_proof",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CounsellingOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("go_on", "Wishes to go on"),
                            ("think", "Wishes to think"),
                            ("stop", "Wishes to stop"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="cases.counselling"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counselling_outcomes",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "person"), name="one_outcome_per_session"),
                    models.CheckConstraint(
                        condition=models.Q(("wish__in", ["go_on", "think", "stop"])), name="outcome_wish"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="counselling",
            name="alone_with",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="talks_alone", to="cases.person"
            ),
        ),
        migrations.AddField(
            model_name="counselling",
            name="present",
            field=models.ManyToManyField(related_name="talks", to="cases.person", verbose_name="who was present"),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("declaration", "Declaration of voluntary return"),
                            ("partner", "Share my file with the reintegration partner"),
                            ("consular", "Contact my consulate for a travel document"),
                            ("follow_up", "Contact me after my return"),
                        ],
                        max_length=12,
                        verbose_name="what it is about",
                    ),
                ),
                ("agreed", models.BooleanField(verbose_name="answer")),
                (
                    "read_in",
                    models.CharField(blank=True, max_length=12, verbose_name="language in which it was read out"),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("oral", "Said, before a witness"),
                            ("signed", "Signed"),
                            ("mark", "Mark, before a witness"),
                            ("paper", "On paper, scan attached"),
                        ],
                        max_length=8,
                        verbose_name="given how",
                    ),
                ),
                ("interpreter", models.CharField(blank=True, max_length=120, verbose_name="interpreter")),
                ("witness", models.CharField(blank=True, max_length=120, verbose_name="witness")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="named partner",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.legaltext"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="cases.person"
                    ),
                ),
            ],
            options={
                "ordering": ["scope", "-given_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("person", "scope", "partner"),
                        name="one_consent_in_force",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scope", "partner"), _negated=True), ("partner__isnull", False), _connector="OR"
                        ),
                        name="consent_partner_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope", "declaration"), _negated=True), name="consent_not_declaration"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how__in", ["oral", "mark"]), _negated=True),
                            models.Q(("witness", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consent_witnessed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fear", "Fear of return"),
                            ("trafficking", "Signs of trafficking"),
                            ("child", "Unaccompanied or separated child"),
                            ("pressure", "The wish to return may not be free"),
                            ("health", "Not safe to travel or without care there"),
                        ],
                        max_length=12,
                        verbose_name="kind of concern",
                    ),
                ),
                ("detail", models.TextField(verbose_name="what was said or seen")),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("released_at", models.DateTimeField(null=True)),
                ("release_reason", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="concerns", to="cases.case"
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        limit_choices_to={"role": "supervisor"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="concerns", to="cases.person"
                    ),
                ),
            ],
            options={
                "ordering": ["raised_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at", None), ("released_by", None)),
                            models.Q(
                                ("released_at__isnull", False),
                                ("released_by", models.F("reviewer")),
                                models.Q(("release_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="concern_released_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewer", models.F("raised_by")), _negated=True), name="concern_four_eyes"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("return", "Return is in the child's best interests"),
                            ("stay", "Return is not in the child's best interests"),
                        ],
                        max_length=6,
                        verbose_name="result",
                    ),
                ),
                ("authority", models.CharField(max_length=200, verbose_name="who determined it")),
                ("decided_on", models.DateField(verbose_name="date")),
                (
                    "receiving_adult",
                    models.CharField(blank=True, max_length=200, verbose_name="adult who receives the child"),
                ),
                (
                    "receiving_relation",
                    models.CharField(blank=True, max_length=100, verbose_name="relation to the child"),
                ),
                ("receiving_contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="child_decisions", to="cases.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "return"), _negated=True),
                            models.Q(
                                models.Q(("receiving_adult", ""), _negated=True),
                                models.Q(("receiving_contact", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="child_received_by_named_adult",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("applicant", "Applicant"),
                            ("spouse", "Spouse or partner"),
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("sibling", "Brother or sister"),
                            ("other", "Other relation"),
                        ],
                        max_length=10,
                        verbose_name="relation to the applicant",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("taking_part", "Takes part"),
                            ("withdrawn", "Withdrew"),
                            ("departed", "Departed"),
                            ("not_departed", "Did not depart"),
                            ("arrived", "Arrived"),
                        ],
                        default="taking_part",
                        max_length=12,
                    ),
                ),
                ("departed_on", models.DateField(blank=True, null=True, verbose_name="departed on")),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="arrived on")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        related_query_name="history",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("host_country", models.CharField(max_length=2, verbose_name="host country")),
                (
                    "return_countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), size=None, verbose_name="countries of return"
                    ),
                ),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
                (
                    "arrival_cash",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="cash on arrival, per person",
                    ),
                ),
                (
                    "cap_adult",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="in-kind help, per adult",
                    ),
                ),
                (
                    "cap_minor",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="in-kind help, per minor",
                    ),
                ),
                (
                    "small_purchase_limit",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="one quote is enough up to",
                    ),
                ),
                ("quotes_needed", models.PositiveSmallIntegerField(default=3, verbose_name="quotes needed above that")),
                (
                    "registration_days",
                    models.PositiveSmallIntegerField(default=19, verbose_name="days from hand-over to departure"),
                ),
                (
                    "itinerary_working_days",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="working days from flight details to departure"
                    ),
                ),
                (
                    "answer_working_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="partner's working days to answer"),
                ),
                (
                    "arrival_working_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="working days for help on arrival"),
                ),
                (
                    "help_months",
                    models.PositiveSmallIntegerField(default=12, verbose_name="months in which help is given"),
                ),
                (
                    "plan_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="days from arrival to the agreed plan"),
                ),
                (
                    "follow_up_months",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=cases.models.programme.follow_up_months,
                        size=None,
                        verbose_name="follow-ups, months after arrival",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="open for new cases")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="accounts.organisation",
                        verbose_name="agency",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrival_cash__gte", 0),
                            ("cap_adult__gte", 0),
                            ("cap_minor__gte", 0),
                            ("small_purchase_limit__gte", 0),
                        ),
                        name="programme_amounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="programme_currency"
                    ),
                    models.CheckConstraint(condition=models.Q(("quotes_needed__gte", 1)), name="programme_quotes"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DonorLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="open for new spending")),
                (
                    "donor",
                    models.ForeignKey(
                        limit_choices_to={"kind": "donor"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="donor_lines", to="cases.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [models.UniqueConstraint(fields=("programme", "code"), name="donor_line_once")],
            },
        ),
        migrations.CreateModel(
            name="CaseHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=24)),
                ("host_country", models.CharField(max_length=2, verbose_name="host country")),
                ("return_country", models.CharField(max_length=2, verbose_name="country of return")),
                (
                    "scenario",
                    models.CharField(
                        choices=[
                            ("voluntary", "Voluntary, the right to stay is untouched"),
                            ("unavoidable", "Voluntary but unavoidable, no right to stay remains"),
                            ("forced", "Forced return or removal"),
                        ],
                        max_length=12,
                        verbose_name="kind of return",
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("family", "Family"),
                                ("illness", "Illness, own or in the family"),
                                ("no_status", "No right to stay"),
                                ("contract_end", "Work contract ended"),
                                ("no_work", "No work or income here"),
                                ("crisis", "Crisis in the host country"),
                                ("plans", "Plans in the country of return"),
                                ("enough", "Wish to be home"),
                                ("other", "Another reason"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                        verbose_name="reasons for return",
                    ),
                ),
                (
                    "legal_deadline",
                    models.CharField(
                        blank=True,
                        choices=[("leave", "Deadline to leave"), ("appeal", "Deadline to appeal")],
                        max_length=8,
                        verbose_name="legal deadline",
                    ),
                ),
                ("legal_deadline_on", models.DateField(blank=True, null=True, verbose_name="date of the deadline")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("enquiry", "Enquiry"),
                            ("counselling", "Counselling"),
                            ("application", "Application"),
                            ("screening", "Screening"),
                            ("decided", "Decided"),
                            ("handed_over", "Handed over"),
                            ("preparing", "Preparing travel"),
                            ("travelling", "Travelling"),
                            ("reintegration", "Reintegration"),
                            ("closed", "Closed"),
                        ],
                        default="enquiry",
                        max_length=14,
                    ),
                ),
                ("stage_since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "stage_before_closing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enquiry", "Enquiry"),
                            ("counselling", "Counselling"),
                            ("application", "Application"),
                            ("screening", "Screening"),
                            ("decided", "Decided"),
                            ("handed_over", "Handed over"),
                            ("preparing", "Preparing travel"),
                            ("travelling", "Travelling"),
                            ("reintegration", "Reintegration"),
                            ("closed", "Closed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("applied_on", models.DateField(null=True, verbose_name="applied on")),
                ("departed_on", models.DateField(null=True, verbose_name="departed on")),
                ("arrived_on", models.DateField(null=True, verbose_name="arrived on")),
                ("held_since", models.DateTimeField(null=True)),
                ("resume_on", models.DateField(null=True, verbose_name="look again on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Help completed"),
                            ("withdrew", "Withdrew before departure"),
                            ("refused", "Not eligible"),
                            ("not_departed", "Did not depart"),
                            ("remigrated_regularly", "Migrated again, by a regular way"),
                            ("remigrated_other", "Migrated again, other or not known how"),
                            ("unreachable", "Contact lost"),
                            ("stopped", "Wished to end the help"),
                            ("transferred", "Went on in another programme"),
                            ("died", "Died"),
                        ],
                        max_length=20,
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
                ("next_due_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        related_query_name="history",
                        to="cases.case",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.programme",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="case",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="cases.programme",
                verbose_name="programme",
            ),
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="date")),
                ("alone", models.BooleanField(verbose_name="held alone")),
                (
                    "individual",
                    models.CharField(
                        choices=[("none", "No need seen"), ("some", "Some need"), ("high", "High need")],
                        max_length=4,
                        verbose_name="individual",
                    ),
                ),
                (
                    "family",
                    models.CharField(
                        choices=[("none", "No need seen"), ("some", "Some need"), ("high", "High need")],
                        max_length=4,
                        verbose_name="family and household",
                    ),
                ),
                (
                    "community",
                    models.CharField(
                        choices=[("none", "No need seen"), ("some", "Some need"), ("high", "High need")],
                        max_length=4,
                        verbose_name="community of return",
                    ),
                ),
                (
                    "structural",
                    models.CharField(
                        choices=[("none", "No need seen"), ("some", "Some need"), ("high", "High need")],
                        max_length=4,
                        verbose_name="services and rights there",
                    ),
                ),
                (
                    "vulnerabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("unaccompanied", "Unaccompanied or separated child"),
                                ("trafficking", "Victim of trafficking"),
                                ("health", "Health-related needs"),
                                ("disability", "Disability"),
                                ("pregnant", "Pregnant"),
                                ("single_parent", "Single parent"),
                                ("elderly", "Elderly"),
                                ("violence", "Survivor of violence or torture"),
                            ],
                            max_length=16,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "health_followed",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="health care needed there, and is it available"
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="screenings", to="cases.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="SharedCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sent", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("ended", "Sharing ended"),
                        ],
                        default="sent",
                        max_length=8,
                    ),
                ),
                ("purpose", models.CharField(max_length=200)),
                ("agreement", models.CharField(max_length=120)),
                ("ends_on", models.DateField(verbose_name="sharing ends on")),
                ("reference", models.CharField(max_length=24)),
                ("return_country", models.CharField(max_length=2)),
                ("return_place", models.CharField(blank=True, max_length=120)),
                ("adults", models.PositiveSmallIntegerField()),
                ("minors", models.PositiveSmallIntegerField()),
                ("needs", models.TextField(blank=True)),
                ("travel_from", models.DateField(null=True)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("title_original", models.CharField(blank=True, max_length=300)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("enquiry", "Enquiry"),
                            ("counselling", "Counselling"),
                            ("application", "Application"),
                            ("screening", "Screening"),
                            ("decided", "Decided"),
                            ("handed_over", "Handed over"),
                            ("preparing", "Preparing travel"),
                            ("travelling", "Travelling"),
                            ("reintegration", "Reintegration"),
                            ("closed", "Closed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("is_held", models.BooleanField(default=False)),
                ("host_contact", models.CharField(blank=True, max_length=200)),
                (
                    "needs_list",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("expected_on", models.DateField(null=True)),
                ("departed_on", models.DateField(null=True)),
                ("arrived_on", models.DateField(null=True)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer_due_on", models.DateField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_note", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="cases.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="accounts.organisation"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.programme"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "accepted")),
                        fields=["partner", "expected_on"],
                        name="share_arrivals",
                    ),
                    models.Index(fields=["partner", "status", "reference"], name="share_of_partner"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("sent", "accepted"))),
                        fields=("case",),
                        name="one_live_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", ""), _negated=True), models.Q(("agreement", ""), _negated=True)
                        ),
                        name="share_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["accepted", "declined"]), _negated=True),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="share_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            models.Q(("answer_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="share_declined_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("status", "sent"), _negated=True), ("title", ""), _connector="OR"),
                        name="share_preview_bare",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("parameters", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to start"),
                            ("running", "Being prepared"),
                            ("done", "Ready"),
                            ("failed", "Could not be prepared"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lease_until", models.DateTimeField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                ("file", models.FileField(blank=True, max_length=120, upload_to="jobs")),
                ("filename", models.CharField(blank=True, max_length=120)),
                ("content_type", models.CharField(blank=True, max_length=80)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("taken_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="jobs", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.sharedcase"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "running"])), fields=["asked_at"], name="job_open"
                    ),
                    models.Index(fields=["owner", "-asked_at"], name="job_of"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("finished_at__isnull", False), models.Q(("file", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="job_done_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Itinerary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("flight", models.CharField(max_length=120, verbose_name="flight or transport")),
                ("departs_from", models.CharField(max_length=120, verbose_name="from")),
                ("departs_at", models.DateTimeField(verbose_name="departs at")),
                ("arrives_in", models.CharField(max_length=120, verbose_name="arrives in")),
                ("arrives_at", models.DateTimeField(verbose_name="arrives at")),
                (
                    "help_needed",
                    models.CharField(blank=True, max_length=300, verbose_name="help on the way and at arrival"),
                ),
                ("why_changed", models.CharField(blank=True, max_length=200, verbose_name="why it changed")),
                ("booked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("why_cancelled", models.CharField(blank=True, max_length=300, verbose_name="why it was cancelled")),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "booked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="itineraries", to="cases.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="itineraries", to="cases.sharedcase"
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "version"), name="itinerary_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("arrives_at__gt", models.F("departs_at"))), name="itinerary_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version", 1), models.Q(("why_changed", ""), _negated=True), _connector="OR"
                        ),
                        name="itinerary_change_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at", None), ("why_cancelled", "")),
                            models.Q(("cancelled_at__isnull", False), models.Q(("why_cancelled", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="itinerary_cancelled_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=80)),
                ("note", models.TextField(blank=True)),
                ("changes", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="cases.case"
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.concern"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="cases.person"
                    ),
                ),
                (
                    "private_to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="cases.sharedcase",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["case", "-at", "-id"], name="event_of_case"),
                    models.Index(
                        condition=models.Q(("shared__isnull", False)),
                        fields=["shared", "-at", "-id"],
                        name="event_of_share",
                    ),
                    models.Index(fields=["organisation", "-at", "-id"], name="event_of_organisation"),
                ],
            },
        ),
        migrations.AddField(
            model_name="document",
            name="shared",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="cases.sharedcase"
            ),
        ),
        migrations.CreateModel(
            name="SharedCaseHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sent", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("ended", "Sharing ended"),
                        ],
                        default="sent",
                        max_length=8,
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ends_on", models.DateField(verbose_name="sharing ends on")),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        related_query_name="history",
                        to="cases.sharedcase",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SharedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="name as in the document")),
                ("known_as", models.CharField(blank=True, max_length=120, verbose_name="known as")),
                ("name_original", models.CharField(blank=True, max_length=300, verbose_name="name in its own script")),
                (
                    "sex",
                    models.CharField(
                        choices=[("female", "Female"), ("male", "Male"), ("not_stated", "Other or not stated")],
                        max_length=10,
                        verbose_name="sex",
                    ),
                ),
                ("born_on", models.DateField(verbose_name="date of birth")),
                (
                    "born_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day is known"),
                            ("month", "Only the month is known"),
                            ("year", "Only the year is known"),
                        ],
                        default="day",
                        max_length=5,
                    ),
                ),
                ("nationality", models.CharField(max_length=2, verbose_name="nationality")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("applicant", "Applicant"),
                            ("spouse", "Spouse or partner"),
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("sibling", "Brother or sister"),
                            ("other", "Other relation"),
                        ],
                        max_length=10,
                        verbose_name="relation to the applicant",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        default=list,
                        size=None,
                        verbose_name="languages spoken",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=32, verbose_name="phone")),
                (
                    "safe_contact",
                    models.CharField(
                        choices=[
                            ("any", "Any way"),
                            ("voice", "Voice call only, no messages"),
                            ("neutral", "Neutral message only: please call us"),
                            ("through", "Only through a trusted person"),
                            ("none", "Do not contact, they come to us"),
                        ],
                        default="any",
                        max_length=8,
                        verbose_name="safe way of contact",
                    ),
                ),
                ("safe_note", models.CharField(blank=True, max_length=200, verbose_name="when and through whom")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("taking_part", "Takes part"),
                            ("withdrawn", "Withdrew"),
                            ("departed", "Departed"),
                            ("not_departed", "Did not depart"),
                            ("arrived", "Arrived"),
                        ],
                        default="taking_part",
                        max_length=12,
                    ),
                ),
                ("departed_on", models.DateField(blank=True, null=True, verbose_name="departed on")),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="arrived on")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="cases.person"
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="cases.sharedcase"
                    ),
                ),
            ],
            options={
                "ordering": ["shared", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("shared", "person"), name="shared_person_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["taking_part", "withdrawn", "departed", "not_departed", "arrived"])
                        ),
                        name="shared_person_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["departed", "arrived"]), _negated=True),
                            ("departed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="shared_person_departed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arrived_on__isnull", False), ("status", "arrived")),
                            models.Q(models.Q(("status", "arrived"), _negated=True), ("arrived_on", None)),
                            _connector="OR",
                        ),
                        name="shared_person_arrived_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived_on", None), ("arrived_on__gte", models.F("departed_on")), _connector="OR"
                        ),
                        name="shared_person_arrival_after_departure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("departed_on", None),
                            ("departed_on__gte", models.F("born_on")),
                            models.Q(("born_precision", "day"), _negated=True),
                            _connector="OR",
                        ),
                        name="shared_person_born_before_departure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"),
                        name="suspension_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TravelDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("passport", "Passport"),
                            ("laissez_passer", "Laissez-passer"),
                            ("identity_card", "Identity card"),
                            ("entered", "Entered in a parent's document"),
                        ],
                        max_length=14,
                        verbose_name="document",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="number")),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="asked for on")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("kept_where", models.CharField(blank=True, max_length=120, verbose_name="where the original is")),
                ("recorded_at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="travel_document", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_on", None),
                                ("issued_on", None),
                                ("issued_on__gte", models.F("asked_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("issued_on", None),
                                ("valid_until", None),
                                ("valid_until__gt", models.F("issued_on")),
                                _connector="OR",
                            ),
                        ),
                        name="travel_document_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on", None),
                            models.Q(("valid_until__isnull", False), models.Q(("number", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="travel_document_issued_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WalkIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for the host agency"),
                            ("confirmed", "Confirmed"),
                            ("not_ours", "Not known to the host agency"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name as in the document")),
                ("sex", models.CharField(max_length=10, verbose_name="sex")),
                ("born_on", models.DateField(verbose_name="date of birth")),
                ("born_precision", models.CharField(default="day", max_length=5)),
                ("nationality", models.CharField(max_length=2, verbose_name="nationality")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=32, verbose_name="phone")),
                ("return_country", models.CharField(max_length=2, verbose_name="country of return")),
                ("return_place", models.CharField(blank=True, max_length=120, verbose_name="place of return")),
                ("departed_on", models.DateField(verbose_name="departed on")),
                ("arrived_on", models.DateField(verbose_name="arrived on")),
                ("told", models.TextField(blank=True, verbose_name="what they told")),
                ("agreed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer_due_on", models.DateField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_note", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "led_to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.sharedcase"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="host agency",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived_on__gte", models.F("departed_on")),
                            models.Q(
                                ("departed_on__gte", models.F("born_on")),
                                models.Q(("born_precision", "day"), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="walk_in_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "asked"),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="walk_in_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "confirmed"), _negated=True), ("led_to__isnull", False), _connector="OR"
                        ),
                        name="walk_in_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_ours"), _negated=True),
                            models.Q(("answer_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="walk_in_not_ours_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("subject", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="what is to be done")),
                (
                    "for_role",
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
                    ),
                ),
                ("restricted", models.BooleanField(default=False)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(verbose_name="due on")),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="work", to="cases.case"
                    ),
                ),
                (
                    "for_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="for",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work",
                        to="cases.sharedcase",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["for_user", "due_on"], name="work_of_user"
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["organisation", "for_role", "due_on"],
                        name="work_of_role",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["partner", "due_on"], name="work_of_partner"
                    ),
                    models.Index(condition=models.Q(("done_at", None)), fields=["case"], name="work_of_case"),
                    models.Index(condition=models.Q(("done_at", None)), fields=["due_on", "id"], name="work_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), models.Q(("kind", "task"), _negated=True)),
                        fields=("case", "kind", "subject"),
                        name="work_once",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["programme", "departed_on"], name="case_programme_departed"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("private_to", None), models.Q(("partner", None), ("shared", None)), _connector="OR"
                ),
                name="private_paper_not_shared",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{asked:eligible,asked:refused,asked:dropped}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="385f8af05d4a1730e43e2bceda9e5e7827d795cd",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_01bc2",
                    table="cases_decision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="nothing_is_held",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'eligible')",
                    func="\n            IF NOT (NOT EXISTS (SELECT FROM cases_concern WHERE case_id = NEW.case_id AND released_at IS NULL)) THEN\n                RAISE EXCEPTION 'nothing is decided over an open concern' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="8d6b4847d3d81c292bf2142b5a8257de2e9eadf7",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_nothing_is_held_c993a",
                    table="cases_decision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_decisionhistory" ("asked_by_id", "authority_date", "case_id", "decided_at", "decided_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."asked_by_id", NEW."authority_date", NEW."case_id", NEW."decided_at", NEW."decided_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status"); RETURN NULL;',
                    hash="5bdeff5929f3ca9173781e8a01b68b646e8c0c17",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5e7ef",
                    table="cases_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."authority_date" IS DISTINCT FROM (NEW."authority_date") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                    func='INSERT INTO "cases_decisionhistory" ("asked_by_id", "authority_date", "case_id", "decided_at", "decided_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."asked_by_id", NEW."authority_date", NEW."case_id", NEW."decided_at", NEW."decided_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status"); RETURN NULL;',
                    hash="747b68e54409e15671d7efbc20718b45471fb6c0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_19250",
                    table="cases_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decisionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b0a483f187503c8aa3806a99e4261696d348f93f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_63009",
                    table="cases_decisionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{taking_part:withdrawn,taking_part:departed,taking_part:not_departed,not_departed:taking_part,not_departed:withdrawn,not_departed:departed,departed:arrived,departed:not_departed,withdrawn:taking_part}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="8e9190c0436c1663b4175b2203f5f2fb2db0aa1d",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_f5eea",
                    table="cases_person",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_by_own_wish",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."status" = \'departed\' AND OLD."status" IS DISTINCT FROM (NEW."status"))',
                    declare="DECLARE grown_born_by DATE;",
                    func="\n        SELECT COALESCE(applied_on, NEW.departed_on) - interval '18 years' INTO grown_born_by\n          FROM cases_case WHERE id = NEW.case_id;\n        IF NEW.born_on <= grown_born_by THEN\n            IF NOT EXISTS (SELECT FROM cases_declaration WHERE person_id = NEW.id AND ended_at IS NULL) THEN\n                RAISE EXCEPTION 'an adult leaves with a declaration in force' USING ERRCODE = 'check_violation';\n            END IF;\n        ELSIF NOT EXISTS (SELECT FROM cases_person WHERE case_id = NEW.case_id AND id <> NEW.id\n                             AND status IN ('departed', 'arrived') AND born_on <= grown_born_by)\n            AND 'return' IS DISTINCT FROM (SELECT result FROM cases_childdecision WHERE person_id = NEW.id\n                                            ORDER BY recorded_at DESC, id DESC LIMIT 1) THEN\n            RAISE EXCEPTION 'a child leaves with or after an adult, or by a determination that says so'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="024ef7ed63c917d08c285bcd0e42a288d9bf61da",
                    operation='UPDATE OF "status"',
                    pgid="pgtrigger_leaves_by_own_wish_a0abd",
                    table="cases_person",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_personhistory" ("arrived_on", "case_id", "departed_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "status", "version") VALUES (NEW."arrived_on", NEW."case_id", NEW."departed_on", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation", NEW."status", NEW."version"); RETURN NULL;',
                    hash="ae931fc72c3010e768caeb7a3eba16e7c3981cde",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eb0b4",
                    table="cases_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."arrived_on" IS DISTINCT FROM (NEW."arrived_on") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."departed_on" IS DISTINCT FROM (NEW."departed_on") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "cases_personhistory" ("arrived_on", "case_id", "departed_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "status", "version") VALUES (NEW."arrived_on", NEW."case_id", NEW."departed_on", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation", NEW."status", NEW."version"); RETURN NULL;',
                    hash="1f8fa845d7e3fee77633e0a15e05343cf462b05f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6804f",
                    table="cases_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="text_of_its_scope",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NOT EXISTS (SELECT FROM cases_legaltext WHERE id = NEW.text_id AND scope = 'declaration') THEN\n            RAISE EXCEPTION 'the text of another declaration' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n        ",
                    hash="3fe02c4607704dbde64336a863a469a5cd2bac7e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_text_of_its_scope_dab28",
                    table="cases_declaration",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="text_of_its_scope",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NOT EXISTS (SELECT FROM cases_legaltext WHERE id = NEW.text_id AND scope = NEW.scope) THEN\n            RAISE EXCEPTION 'the text of another consent' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n        ",
                    hash="50103404d3e518d4846f9d0b23ead4bd78ce082c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_text_of_its_scope_cd9e4",
                    table="cases_consent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="return_is_put_before_a_reviewer",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"result\" = 'return')",
                    func="\n            IF NOT (EXISTS (SELECT FROM cases_concern WHERE person_id = NEW.person_id AND kind = 'child')) THEN\n                RAISE EXCEPTION 'a determination for a return is read by a reviewer' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="cb4146e4e542bd03efe604d195be612e0befe309",
                    operation="INSERT",
                    pgid="pgtrigger_return_is_put_before_a_reviewer_fb10f",
                    table="cases_childdecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9c7d95df4f2c03561038ffabc8dcdc5056394fdd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_25f41",
                    table="cases_personhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_of_its_kind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.organisation_id IS NOT NULL AND NOT EXISTS\n               (SELECT FROM accounts_organisation WHERE id = NEW.organisation_id AND kind IN ('host')) THEN\n                RAISE EXCEPTION 'an organisation of another kind' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="5cf3e286484478873228e7f0ef8b09a4668bf5fa",
                    operation='INSERT OR UPDATE OF "organisation_id"',
                    pgid="pgtrigger_organisation_of_its_kind_c8f0f",
                    table="cases_programme",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="donorline",
            trigger=pgtrigger.compiler.Trigger(
                name="donor_of_its_kind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.donor_id IS NOT NULL AND NOT EXISTS\n               (SELECT FROM accounts_organisation WHERE id = NEW.donor_id AND kind IN ('donor')) THEN\n                RAISE EXCEPTION 'an organisation of another kind' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="5d0ba2d1a0e527ead3aa42f8e14c1ae7ffe37b3f",
                    operation='INSERT OR UPDATE OF "donor_id"',
                    pgid="pgtrigger_donor_of_its_kind_dcc04",
                    table="cases_donorline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="81390c1f956b512da9abead14717d653b632e133",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_40a51",
                    table="cases_casehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_stage",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."stage", \':\', NEW."stage") = ANY(\'{enquiry:counselling,enquiry:closed,counselling:application,counselling:closed,application:screening,application:closed,screening:decided,screening:closed,decided:handed_over,decided:closed,handed_over:preparing,handed_over:decided,handed_over:closed,preparing:travelling,preparing:decided,preparing:closed,travelling:reintegration,travelling:preparing,travelling:handed_over,travelling:decided,travelling:closed,reintegration:closed,closed:enquiry,closed:counselling,closed:application,closed:screening,closed:decided,closed:handed_over,closed:preparing,closed:travelling,closed:reintegration}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."stage" IS DISTINCT FROM NEW."stage") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "stage" from "%" to "%" on table %\', OLD."stage", NEW."stage", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="2c45cd2e44f19f1bdd5e29e19fdfb1ad34980f20",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_stage_ff3f4",
                    table="cases_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="of_its_agency",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NOT EXISTS (SELECT FROM cases_programme\n                        WHERE id = NEW.programme_id AND organisation_id = NEW.organisation_id) THEN\n            RAISE EXCEPTION 'a programme of another agency' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="bf1505669c7a0991857c2e3f0eec322723e142d1",
                    operation='INSERT OR UPDATE OF "programme_id", "organisation_id"',
                    pgid="pgtrigger_of_its_agency_29f97",
                    table="cases_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="held_goes_no_further",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN ((NEW."held_since" IS NOT NULL AND NEW."stage" = \'counselling\' AND OLD."held_since" IS NOT NULL AND OLD."stage" = \'enquiry\') OR (NEW."held_since" IS NOT NULL AND NEW."stage" = \'application\' AND OLD."held_since" IS NOT NULL AND OLD."stage" = \'counselling\') OR (NEW."held_since" IS NOT NULL AND NEW."stage" = \'screening\' AND OLD."held_since" IS NOT NULL AND OLD."stage" = \'application\') OR (NEW."held_since" IS NOT NULL AND NEW."stage" = \'decided\' AND OLD."held_since" IS NOT NULL AND OLD."stage" = \'screening\') OR (NEW."held_since" IS NOT NULL AND NEW."stage" = \'handed_over\' AND OLD."held_since" IS NOT NULL AND OLD."stage" = \'decided\') OR (NEW."held_since" IS NOT NULL AND NEW."stage" = \'preparing\' AND OLD."held_since" IS NOT NULL AND OLD."stage" = \'handed_over\'))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="269f20a33bbf0168f7b879f1e197e136edc9060f",
                    operation="UPDATE",
                    pgid="pgtrigger_held_goes_no_further_8f3ac",
                    table="cases_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="stages_are_earned",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome"))',
                    func="\n        IF NEW.stage IN ('decided', 'handed_over', 'preparing', 'travelling')\n           AND NOT EXISTS (SELECT FROM cases_decision WHERE case_id = NEW.id AND status = 'eligible') THEN\n            RAISE EXCEPTION 'a decision comes first' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.stage = 'handed_over' AND NOT EXISTS\n           (SELECT FROM cases_sharedcase WHERE case_id = NEW.id AND status = 'sent') THEN\n            RAISE EXCEPTION 'a hand-over is sent first' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.stage = 'preparing' AND NOT EXISTS\n           (SELECT FROM cases_sharedcase WHERE case_id = NEW.id AND status = 'accepted') THEN\n            RAISE EXCEPTION 'the yes of a partner comes first' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.outcome = 'refused' AND NOT EXISTS\n           (SELECT FROM cases_decision WHERE case_id = NEW.id AND status = 'refused') THEN\n            RAISE EXCEPTION 'only a decision refuses' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="53736cf54e87f8c43eab7b9398852dfcfa016dfa",
                    operation='UPDATE OF "stage", "outcome"',
                    pgid="pgtrigger_stages_are_earned_18979",
                    table="cases_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_casehistory" ("applied_on", "arrived_on", "closed_on", "departed_on", "held_since", "host_country", "id", "legal_deadline", "legal_deadline_on", "next_due_on", "office_id", "opened_at", "organisation_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reasons", "reference", "resume_on", "return_country", "scenario", "stage", "stage_before_closing", "stage_since", "version") VALUES (NEW."applied_on", NEW."arrived_on", NEW."closed_on", NEW."departed_on", NEW."held_since", NEW."host_country", NEW."id", NEW."legal_deadline", NEW."legal_deadline_on", NEW."next_due_on", NEW."office_id", NEW."opened_at", NEW."organisation_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."reasons", NEW."reference", NEW."resume_on", NEW."return_country", NEW."scenario", NEW."stage", NEW."stage_before_closing", NEW."stage_since", NEW."version"); RETURN NULL;',
                    hash="63ab7a364d89e5076dac37e07873964239055c7c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0b483",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."applied_on" IS DISTINCT FROM (NEW."applied_on") OR OLD."arrived_on" IS DISTINCT FROM (NEW."arrived_on") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."departed_on" IS DISTINCT FROM (NEW."departed_on") OR OLD."held_since" IS DISTINCT FROM (NEW."held_since") OR OLD."host_country" IS DISTINCT FROM (NEW."host_country") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."legal_deadline" IS DISTINCT FROM (NEW."legal_deadline") OR OLD."legal_deadline_on" IS DISTINCT FROM (NEW."legal_deadline_on") OR OLD."next_due_on" IS DISTINCT FROM (NEW."next_due_on") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."resume_on" IS DISTINCT FROM (NEW."resume_on") OR OLD."return_country" IS DISTINCT FROM (NEW."return_country") OR OLD."scenario" IS DISTINCT FROM (NEW."scenario") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."stage_before_closing" IS DISTINCT FROM (NEW."stage_before_closing") OR OLD."stage_since" IS DISTINCT FROM (NEW."stage_since") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "cases_casehistory" ("applied_on", "arrived_on", "closed_on", "departed_on", "held_since", "host_country", "id", "legal_deadline", "legal_deadline_on", "next_due_on", "office_id", "opened_at", "organisation_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reasons", "reference", "resume_on", "return_country", "scenario", "stage", "stage_before_closing", "stage_since", "version") VALUES (NEW."applied_on", NEW."arrived_on", NEW."closed_on", NEW."departed_on", NEW."held_since", NEW."host_country", NEW."id", NEW."legal_deadline", NEW."legal_deadline_on", NEW."next_due_on", NEW."office_id", NEW."opened_at", NEW."organisation_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."reasons", NEW."reference", NEW."resume_on", NEW."return_country", NEW."scenario", NEW."stage", NEW."stage_before_closing", NEW."stage_since", NEW."version"); RETURN NULL;',
                    hash="98b4ed6146cc382c8e503602504b0d525756da44",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f5146",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="screening",
            trigger=pgtrigger.compiler.Trigger(
                name="trafficking_is_put_before_a_reviewer",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NOT (NOT 'trafficking' = ANY(NEW.vulnerabilities) OR EXISTS (SELECT FROM cases_concern WHERE person_id = NEW.person_id AND kind = 'trafficking')) THEN\n                RAISE EXCEPTION 'what was seen holds the case' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="4f81f6b23e78468893a987388b2d3051753d27ef",
                    operation="INSERT",
                    pgid="pgtrigger_trafficking_is_put_before_a_reviewer_eac9d",
                    table="cases_screening",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="screening",
            trigger=pgtrigger.compiler.Trigger(
                name="child_is_put_before_a_reviewer",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NOT (NOT 'unaccompanied' = ANY(NEW.vulnerabilities) OR EXISTS (SELECT FROM cases_concern WHERE person_id = NEW.person_id AND kind = 'child')) THEN\n                RAISE EXCEPTION 'what was seen holds the case' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="3e7acdd7c54055d5b5a3c31c6d8aadfa865b6f7c",
                    operation="INSERT",
                    pgid="pgtrigger_child_is_put_before_a_reviewer_3c892",
                    table="cases_screening",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sharedcase",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{sent:accepted,sent:declined,sent:ended,accepted:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="a193f532dd12423919fe2d995ee7cc2bf91e2354",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_27ebb",
                    table="cases_sharedcase",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sharedcase",
            trigger=pgtrigger.compiler.Trigger(
                name="of_its_case",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NOT EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND organisation_id = NEW.organisation_id\n                          AND programme_id = NEW.programme_id) THEN\n            RAISE EXCEPTION 'shared by another agency than that of the case' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="553b2372dab6edf4efccee0b34faa99f5c6d1dd5",
                    operation='INSERT OR UPDATE OF "case_id", "organisation_id", "programme_id"',
                    pgid="pgtrigger_of_its_case_474b4",
                    table="cases_sharedcase",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sharedcase",
            trigger=pgtrigger.compiler.Trigger(
                name="partner_of_its_kind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.partner_id IS NOT NULL AND NOT EXISTS\n               (SELECT FROM accounts_organisation WHERE id = NEW.partner_id AND kind IN ('partner')) THEN\n                RAISE EXCEPTION 'an organisation of another kind' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="ce3d778c4bc4e47e47e09ddfb804cc18559d44c6",
                    operation='INSERT OR UPDATE OF "partner_id"',
                    pgid="pgtrigger_partner_of_its_kind_3c642",
                    table="cases_sharedcase",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sharedcase",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_sharedcasehistory" ("answered_at", "answered_by_id", "case_id", "ended_at", "ends_on", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "status") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."case_id", NEW."ended_at", NEW."ends_on", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."status"); RETURN NULL;',
                    hash="80b925cd6bdc5221d926fba738542ad2a4c778a8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_24c8b",
                    table="cases_sharedcase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sharedcase",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                    func='INSERT INTO "cases_sharedcasehistory" ("answered_at", "answered_by_id", "case_id", "ended_at", "ends_on", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "status") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."case_id", NEW."ended_at", NEW."ends_on", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."status"); RETURN NULL;',
                    hash="d5213daa9e3e3fd457f310449f61f2d053cf019a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d0b20",
                    table="cases_sharedcase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6da6c696218a049a2212a5a887b4b07a92d15638",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6207c",
                    table="cases_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sharedcasehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e140b95ce563888540306bfc3ca0c3d30bc49640",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_080c4",
                    table="cases_sharedcasehistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="traveldocument",
            trigger=pgtrigger.compiler.Trigger(
                name="asked_with_a_yes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."asked_on" IS NOT NULL)',
                    func="\n        IF OLD.asked_on IS NOT DISTINCT FROM NEW.asked_on THEN\n            RETURN NEW;\n        END IF;\n        IF NOT EXISTS (SELECT FROM cases_person person\n                         JOIN cases_case file ON file.id = person.case_id\n                         JOIN cases_person giver ON giver.case_id = file.id\n                         JOIN cases_consent yes ON yes.person_id = giver.id\n                        WHERE person.id = NEW.person_id\n                          AND yes.scope = 'consular' AND yes.agreed AND yes.withdrawn_at IS NULL\n                          AND (giver.id = person.id OR person.born_on > file.opened_at - interval '18 years')) THEN\n            RAISE EXCEPTION 'no consulate is asked without a yes' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="b2557f8cf14db72711b76ffffb5f8b6740b54d16",
                    operation='INSERT OR UPDATE OF "asked_on"',
                    pgid="pgtrigger_asked_with_a_yes_bb19c",
                    table="cases_traveldocument",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="walkin",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{asked:confirmed,asked:not_ours}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="1ed18b60d11a1c9ec8cdc05a137fd80ed5154e25",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_89c1a",
                    table="cases_walkin",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="walkin",
            trigger=pgtrigger.compiler.Trigger(
                name="led_to_those_who_asked",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."led_to_id" IS NOT NULL)',
                    func="\n        IF NOT EXISTS (SELECT FROM cases_sharedcase\n                        WHERE id = NEW.led_to_id AND organisation_id = NEW.organisation_id\n                          AND partner_id = NEW.partner_id) THEN\n            RAISE EXCEPTION 'a walk-in leads to a case between the two who spoke' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="1a5820942de61980915be34b983d42688b7281e4",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_led_to_those_who_asked_25de6",
                    table="cases_walkin",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="walkin",
            trigger=pgtrigger.compiler.Trigger(
                name="partner_of_its_kind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.partner_id IS NOT NULL AND NOT EXISTS\n               (SELECT FROM accounts_organisation WHERE id = NEW.partner_id AND kind IN ('partner')) THEN\n                RAISE EXCEPTION 'an organisation of another kind' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="02c35e4519d6dc6cbe4dec35c075219c2c9f0147",
                    operation='INSERT OR UPDATE OF "partner_id"',
                    pgid="pgtrigger_partner_of_its_kind_f17d0",
                    table="cases_walkin",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="walkin",
            trigger=pgtrigger.compiler.Trigger(
                name="organisation_of_its_kind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.organisation_id IS NOT NULL AND NOT EXISTS\n               (SELECT FROM accounts_organisation WHERE id = NEW.organisation_id AND kind IN ('host')) THEN\n                RAISE EXCEPTION 'an organisation of another kind' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="77e90a940693739df7ee8ef1af7f35fe4037678c",
                    operation='INSERT OR UPDATE OF "organisation_id"',
                    pgid="pgtrigger_organisation_of_its_kind_8616f",
                    table="cases_walkin",
                    when="BEFORE",
                ),
            ),
        ),
    ]
