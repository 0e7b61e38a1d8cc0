"""Everything as it stood when the first installations were made; takes the place of the steps before it."""

import datetime
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("reintegration", "0001_initial"),
        ("reintegration", "0002_money_keeps_its_rules"),
        ("reintegration", "0003_follow_up_in_its_time"),
        ("reintegration", "0004_help_in_its_time"),
    ]

    dependencies = [
        ("accounts", "0001_start"),
        ("cases", "0001_start"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveSmallIntegerField()),
                (
                    "dimension",
                    models.CharField(
                        choices=[("economic", "Economic"), ("social", "Social"), ("psychosocial", "Psychosocial")],
                        max_length=12,
                        verbose_name="dimension",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="what is done")),
                (
                    "modality",
                    models.CharField(
                        choices=[("in_kind", "In kind"), ("service", "Service"), ("cash", "Cash")],
                        default="in_kind",
                        max_length=8,
                        verbose_name="how it is given",
                    ),
                ),
                (
                    "cost",
                    models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12, verbose_name="cost"),
                ),
                ("by_when", models.DateField(blank=True, null=True, verbose_name="by when")),
                ("who", models.CharField(blank=True, max_length=120, verbose_name="who does it")),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["dimension", "line"],
                "constraints": [models.CheckConstraint(condition=models.Q(("cost__gte", 0)), name="activity_cost")],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("months", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("due", "Due"), ("done", "Done"), ("missed", "Missed"), ("stopped", "Not wished")],
                        default="due",
                        max_length=8,
                    ),
                ),
                ("held_on", models.DateField(null=True, verbose_name="date")),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "Face to face"), ("video", "By video"), ("phone", "By phone")],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "economic",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("well", "Going well"),
                            ("mixed", "Mixed"),
                            ("hard", "Hard"),
                            ("not_said", "Did not wish to answer"),
                        ],
                        max_length=8,
                        verbose_name="economic situation",
                    ),
                ),
                (
                    "social",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("well", "Going well"),
                            ("mixed", "Mixed"),
                            ("hard", "Hard"),
                            ("not_said", "Did not wish to answer"),
                        ],
                        max_length=8,
                        verbose_name="social situation",
                    ),
                ),
                (
                    "psychosocial",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("well", "Going well"),
                            ("mixed", "Mixed"),
                            ("hard", "Hard"),
                            ("not_said", "Did not wish to answer"),
                        ],
                        max_length=8,
                        verbose_name="psychosocial situation",
                    ),
                ),
                ("findings", models.TextField(blank=True, verbose_name="what they told and what was seen")),
                (
                    "needs_attention",
                    models.BooleanField(default=False, verbose_name="the host agency should look at this"),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="cases.case"
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cases.sharedcase",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "due")), fields=["partner", "due_on"], name="follow_up_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "months"), name="follow_up_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), _negated=True),
                            models.Q(
                                ("held_on__isnull", False),
                                ("recorded_by__isnull", False),
                                models.Q(("mode", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_on", None),
                            (
                                "held_on__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("due_on"), "-", models.Value(datetime.timedelta(days=31))
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_in_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "missed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="follow_up_missed_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "stopped"), _negated=True),
                            ("recorded_at__isnull", False),
                            _connector="OR",
                        ),
                        name="follow_up_stopped_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "mode",
                    models.CharField(
                        choices=[("in_person", "Face to face"), ("video", "By video"), ("phone", "By phone")],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("no_answer", "No answer"),
                            ("wrong_number", "Number does not work"),
                            ("moved", "Has moved"),
                            ("not_now", "Asked to be called later"),
                            ("not_wished", "Does not wish contact"),
                        ],
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="reintegration.followup",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="FollowUpHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("months", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("due", "Due"), ("done", "Done"), ("missed", "Missed"), ("stopped", "Not wished")],
                        default="due",
                        max_length=8,
                    ),
                ),
                ("held_on", models.DateField(null=True, verbose_name="date")),
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
                        to="reintegration.followup",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=16, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("quoted", "Quote chosen, waiting for approval"),
                            ("approved", "Approved"),
                            ("ordered", "Ordered"),
                            ("delivered", "Delivered"),
                            ("paid", "Paid"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("status_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("item", models.CharField(max_length=160, verbose_name="what is needed")),
                ("specification", models.TextField(blank=True, verbose_name="exactly what, and why this")),
                (
                    "expected_cost",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="expected cost",
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is asked for so late"),
                ),
                ("choice_reason", models.TextField(blank=True, verbose_name="why this quote")),
                (
                    "returnee_choice",
                    models.CharField(blank=True, max_length=200, verbose_name="the returnee's own wish"),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("approval_note", models.TextField(blank=True)),
                ("ordered_on", models.DateField(null=True, verbose_name="ordered on")),
                ("order_number", models.CharField(blank=True, max_length=40, verbose_name="order number")),
                ("delivered_on", models.DateField(null=True, verbose_name="delivered on")),
                ("delivery_place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("as_chosen", models.BooleanField(null=True, verbose_name="the goods are what was chosen")),
                ("difference", models.CharField(blank=True, max_length=300, verbose_name="what differs")),
                ("received_by", models.CharField(blank=True, max_length=120, verbose_name="received by")),
                ("disputed_at", models.DateTimeField(null=True)),
                ("dispute", models.CharField(blank=True, max_length=300)),
                ("cancel_reason", models.CharField(blank=True, max_length=300)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="reintegration.activity"
                    ),
                ),
                (
                    "approved_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="cases.case"
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delivery_proof",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "donor_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="cases.donorline",
                        verbose_name="donor line",
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
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cases.sharedcase",
                    ),
                ),
            ],
            options={
                "ordering": ["-requested_at", "-pk"],
                "indexes": [
                    models.Index(fields=["partner", "-requested_at"], name="grant_of_partner"),
                    models.Index(fields=["organisation", "-requested_at"], name="grant_of_organisation"),
                    models.Index(fields=["donor_line", "status"], name="grant_of_line"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("expected_cost__gt", 0)), name="grant_expected"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["asked", "quoted", "cancelled"]),
                            models.Q(
                                ("approved_amount__gt", 0),
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="grant_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["asked", "quoted", "approved", "cancelled"]),
                            ("ordered_on__isnull", False),
                            _connector="OR",
                        ),
                        name="grant_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "cancelled"), _negated=True),
                            models.Q(("cancel_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="grant_cancelled_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("grant", "In-kind help"), ("arrival_cash", "Cash on arrival")], max_length=12
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="amount",
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("rate", models.DecimalField(decimal_places=8, max_digits=18, verbose_name="rate")),
                ("rate_on", models.DateField(verbose_name="date of the rate")),
                ("rate_source", models.CharField(max_length=80, verbose_name="source of the rate")),
                ("programme_amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("programme_currency", models.CharField(max_length=3)),
                ("paid_on", models.DateField(verbose_name="paid on")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="cases.case"
                    ),
                ),
                (
                    "donor_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="cases.donorline",
                        verbose_name="donor line",
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="reintegration.grant",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "paid_by",
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
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="cases.person",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="cases.sharedcase",
                    ),
                ),
            ],
            options={
                "ordering": ["-paid_on", "-pk"],
                "indexes": [models.Index(fields=["donor_line", "paid_on"], name="payment_of_line")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("programme_amount__gt", 0), ("rate__gt", 0)),
                        name="payment_amounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grant__isnull", False), ("kind", "grant")),
                            models.Q(("grant", None), ("kind", "arrival_cash"), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="payment_for_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "arrival_cash")),
                        fields=("person",),
                        name="arrival_cash_once_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rate_on__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("paid_on"), "-", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="payment_rate_of_its_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "grant")), fields=("grant",), name="grant_paid_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("grant", "In-kind help"), ("arrival_cash", "Cash on arrival")], max_length=12
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="amount",
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("rate", models.DecimalField(decimal_places=8, max_digits=18, verbose_name="rate")),
                ("rate_on", models.DateField(verbose_name="date of the rate")),
                ("rate_source", models.CharField(max_length=80, verbose_name="source of the rate")),
                ("programme_amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("programme_currency", models.CharField(max_length=3)),
                ("paid_on", models.DateField(verbose_name="paid on")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "donor_line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.donorline",
                        verbose_name="donor line",
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reintegration.grant",
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
                    "paid_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.person",
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
                        to="reintegration.payment",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.document",
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.sharedcase",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("agreed", "Agreed with the returnee, waiting for approval"),
                            ("approved", "Approved"),
                            ("replaced", "Replaced by a newer version"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("goal_economic", models.TextField(blank=True, verbose_name="economic goals, in their own words")),
                ("goal_social", models.TextField(blank=True, verbose_name="social goals, in their own words")),
                (
                    "goal_psychosocial",
                    models.TextField(blank=True, verbose_name="psychosocial goals, in their own words"),
                ),
                (
                    "structural_factors",
                    models.TextField(
                        blank=True, verbose_name="local factors that matter, and how the plan answers them"
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("cap", models.DecimalField(decimal_places=2, max_digits=12)),
                ("why_amended", models.CharField(blank=True, max_length=300)),
                ("drafted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("signed_how", models.CharField(blank=True, max_length=5)),
                ("signature", models.JSONField(null=True)),
                ("signature_witness", models.CharField(blank=True, max_length=120)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approval_note", models.TextField(blank=True)),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="cases.case"
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                        related_name="%(class)ss",
                        to="cases.sharedcase",
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "version"), name="plan_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["draft", "agreed"])),
                        fields=("case",),
                        name="one_plan_in_work",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "approved")), fields=("case",), name="one_plan_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "replaced"]),
                            models.Q(("agreed_at__isnull", False), models.Q(("signed_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="plan_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            ("agreed_by", None),
                            models.Q(("approved_by", models.F("agreed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_four_eyes",
                    ),
                    models.CheckConstraint(condition=models.Q(("cap__gte", 0)), name="plan_cap"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HarmAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("visible", "Could help that others see put the person at risk?"),
                            ("jealousy", "Could it cause jealousy or tension in the community?"),
                            ("debt", "Are there creditors, smugglers or others who would press for it?"),
                            ("cash", "Would money or goods be unsafe to hold?"),
                            ("supplier", "Is there doubt about a supplier's honesty?"),
                            ("control", "Would somebody else in the family take control of it?"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_risk", models.BooleanField()),
                ("mitigation", models.CharField(blank=True, max_length=300)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="harm_answers",
                        to="reintegration.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "question"), name="harm_question_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_risk", False), models.Q(("mitigation", ""), _negated=True), _connector="OR"
                        ),
                        name="harm_mitigated",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="reintegration.plan"
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="activities", to="reintegration.plan"
            ),
        ),
        migrations.CreateModel(
            name="PlanHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("agreed", "Agreed with the returnee, waiting for approval"),
                            ("approved", "Approved"),
                            ("replaced", "Replaced by a newer version"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("cap", models.DecimalField(decimal_places=2, max_digits=12)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "agreed_by",
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
                    "approved_by",
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
                        to="reintegration.plan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="price",
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("rate", models.DecimalField(decimal_places=8, max_digits=18, verbose_name="rate")),
                ("rate_on", models.DateField(verbose_name="date of the rate")),
                ("rate_source", models.CharField(max_length=80, verbose_name="source of the rate")),
                ("in_programme_currency", models.DecimalField(decimal_places=2, max_digits=12)),
                ("dated", models.DateField(verbose_name="date of the quote")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("guarantee", models.CharField(blank=True, max_length=80, verbose_name="guarantee")),
                ("delivery", models.CharField(blank=True, max_length=80, verbose_name="delivery")),
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
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quotes", to="reintegration.grant"
                    ),
                ),
            ],
            options={
                "ordering": ["in_programme_currency", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("in_programme_currency__gt", 0), ("rate__gt", 0)),
                        name="quote_amounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="quote_currency"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gte", models.F("dated")), _connector="OR"
                        ),
                        name="quote_validity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rate_on__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("dated"), "-", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="quote_rate_of_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=16)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("quoted", "Quote chosen, waiting for approval"),
                            ("approved", "Approved"),
                            ("ordered", "Ordered"),
                            ("delivered", "Delivered"),
                            ("paid", "Paid"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("status_since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "expected_cost",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="expected cost",
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("ordered_on", models.DateField(null=True, verbose_name="ordered on")),
                ("order_number", models.CharField(blank=True, max_length=40, verbose_name="order number")),
                ("delivered_on", models.DateField(null=True, verbose_name="delivered on")),
                ("as_chosen", models.BooleanField(null=True, verbose_name="the goods are what was chosen")),
                ("disputed_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reintegration.activity",
                    ),
                ),
                (
                    "approved_by",
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
                    "chosen_by",
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
                    "delivery_proof",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.document",
                    ),
                ),
                (
                    "donor_line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.donorline",
                        verbose_name="donor line",
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
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
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
                        to="reintegration.grant",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shared",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.sharedcase",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reintegration.plan",
                    ),
                ),
                (
                    "chosen",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reintegration.quote",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="chosen",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reintegration.quote"
            ),
        ),
        migrations.CreateModel(
            name="Remigration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("regular", "By a regular way"),
                            ("irregular", "By another way"),
                            ("unknown", "Not known"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("known_on", models.DateField(verbose_name="since when")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="to which country")),
                ("source", models.CharField(max_length=120, verbose_name="who said so")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remigration", to="cases.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Supplier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="supplier")),
                ("town", models.CharField(blank=True, max_length=80, verbose_name="town")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("partner", "name", "town"), name="supplier_once")],
            },
        ),
        migrations.AddField(
            model_name="quote",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="quotes", to="reintegration.supplier"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(fields=("plan", "line"), name="activity_line_once"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["asked", "cancelled"]),
                    models.Q(("chosen__isnull", False), models.Q(("choice_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="grant_chosen",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(
                        models.Q(("approved_by", models.F("requested_by")), _negated=True),
                        models.Q(
                            ("chosen_by", None),
                            models.Q(("approved_by", models.F("chosen_by")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="grant_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["delivered", "paid"]), _negated=True),
                    models.Q(
                        ("as_chosen__isnull", False),
                        ("delivered_on__gte", models.F("ordered_on")),
                        ("delivery_proof__isnull", False),
                        models.Q(("received_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="grant_delivered",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("as_chosen", False), _negated=True),
                    models.Q(("difference", ""), _negated=True),
                    _connector="OR",
                ),
                name="grant_difference_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.UniqueConstraint(fields=("grant", "supplier"), name="one_quote_per_supplier"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{due:done,due:missed,due:stopped,missed:done,stopped:due}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="bfa94dcf99eb9c471608d18d0cb8a9e959266eeb",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_72b87",
                    table="reintegration_followup",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="tried_before_missed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'missed')",
                    func="\n        IF NOT EXISTS (SELECT FROM reintegration_contactattempt WHERE follow_up_id = NEW.id) THEN\n            RAISE EXCEPTION 'missed, and nobody tried' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="e2d83f46ebaa56cc528ad08224baa1ca0fa03f25",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_tried_before_missed_937f7",
                    table="reintegration_followup",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reintegration_followuphistory" ("case_id", "due_on", "held_on", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."case_id", NEW."due_on", NEW."held_on", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status"); RETURN NULL;',
                    hash="18e74b7c41462aa8e27e1c81c673437a214648da",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_24543",
                    table="reintegration_followup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followup",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."months" IS DISTINCT FROM (NEW."months") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                    func='INSERT INTO "reintegration_followuphistory" ("case_id", "due_on", "held_on", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status") VALUES (NEW."case_id", NEW."due_on", NEW."held_on", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status"); RETURN NULL;',
                    hash="7bdf3f7e9d0c99658c5292869f71f9a143648abf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3c37e",
                    table="reintegration_followup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="followuphistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="986f02195260264bba701efb7c2986b60b1fe3db",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_02085",
                    table="reintegration_followuphistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="within_approval",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"kind\" = 'grant')",
                    declare="DECLARE help record;",
                    func="\n        SELECT * INTO help FROM reintegration_grant WHERE id = NEW.grant_id FOR UPDATE;\n        IF help.approved_amount IS NULL OR NEW.programme_amount > help.approved_amount THEN\n            RAISE EXCEPTION 'payment above what was approved' USING ERRCODE = 'check_violation';\n        END IF;\n        IF help.approved_by_id = NEW.paid_by_id THEN\n            RAISE EXCEPTION 'approver and payer are one person' USING ERRCODE = 'check_violation';\n        END IF;\n        IF help.status NOT IN ('delivered', 'paid') OR TG_OP = 'INSERT' AND help.status <> 'delivered' THEN\n            RAISE EXCEPTION 'paid before it was delivered' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.paid_on < help.delivered_on THEN\n            RAISE EXCEPTION 'paid before the day of the delivery' USING ERRCODE = 'check_violation';\n        END IF;\n        IF (NEW.case_id, NEW.donor_line_id, NEW.programme_currency) IS DISTINCT FROM\n           (help.case_id, help.donor_line_id, help.currency) THEN\n            RAISE EXCEPTION 'charged to another line than the help itself' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="3857067ef3b98e938267d2c54eef78b8fd3b1140",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_within_approval_407ad",
                    table="reintegration_payment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="to_who_arrived",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"kind\" = 'arrival_cash')",
                    declare="DECLARE most numeric; own varchar; came date;",
                    func="\n        SELECT g.arrival_cash, g.currency INTO most, own\n          FROM cases_case c JOIN cases_programme g ON g.id = c.programme_id WHERE c.id = NEW.case_id;\n        SELECT arrived_on INTO came FROM cases_person WHERE id = NEW.person_id AND case_id = NEW.case_id;\n        IF NEW.programme_amount IS DISTINCT FROM OLD.programme_amount AND NEW.programme_amount > most THEN\n            RAISE EXCEPTION 'more cash than the programme gives' USING ERRCODE = 'check_violation';\n        END IF;\n        IF TG_OP = 'INSERT' AND (came IS NULL OR NEW.paid_on < came OR NEW.programme_currency <> own) THEN\n            RAISE EXCEPTION 'cash on arrival is for those who arrived' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="f7820a3cdde982de4af554b16ba443dc1d86774b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_to_who_arrived_2ab92",
                    table="reintegration_payment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="while_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND stage = 'closed') THEN\n            RAISE EXCEPTION 'the case is closed' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="e88c075bb3dacb41b67bffc42cac699eb1464fd0",
                    operation="INSERT",
                    pgid="pgtrigger_while_open_19f46",
                    table="reintegration_payment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="only_corrected",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF TG_OP = 'DELETE'\n           OR to_jsonb(NEW) - '{amount,rate,rate_on,rate_source,programme_amount,paid_on,donor_line_id}'::text[] <> to_jsonb(OLD) - '{amount,rate,rate_on,rate_source,programme_amount,paid_on,donor_line_id}'::text[] THEN\n            RAISE EXCEPTION 'a payment stays' USING ERRCODE = 'check_violation';\n        END IF;\n        IF coalesce(current_setting('pghistory.context_metadata', true), '') NOT LIKE '%\"verb\": \"correct_fact\"%' THEN\n            RAISE EXCEPTION 'a payment is corrected by its verb' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="43dea5aa1aadc5d72973990dc303e27eb654eb38",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_only_corrected_acc81",
                    table="reintegration_payment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="of_its_programme",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.donor_line_id IS DISTINCT FROM OLD.donor_line_id AND NOT EXISTS (\n            SELECT FROM cases_donorline l JOIN cases_case c ON c.programme_id = l.programme_id\n             WHERE l.id = NEW.donor_line_id AND c.id = NEW.case_id\n        ) THEN\n            RAISE EXCEPTION 'the donor line of another programme' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="3c5a6e3d178678558de5b9e32a813f58a0fbf139",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_of_its_programme_ce7ed",
                    table="reintegration_payment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="converted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."amount" > 0 AND NEW."rate" > 0)',
                    declare="DECLARE cents numeric; past_half numeric;",
                    func="\n            cents := div(NEW.amount * 100, NEW.rate);\n            past_half := 2 * (NEW.amount * 100 - cents * NEW.rate) - NEW.rate;\n            IF past_half > 0 OR past_half = 0 AND cents % 2 = 1 THEN\n                cents := cents + 1;\n            END IF;\n            IF NEW.programme_amount * 100 <> cents THEN\n                RAISE EXCEPTION '% at % is not %', NEW.amount, NEW.rate, NEW.programme_amount USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.rate <> 1 AND NEW.currency = (NEW.programme_currency) THEN\n                RAISE EXCEPTION 'the rate between a currency and itself is 1' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="3f497310b6f0aa4cd8509655fa45aef990680501",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_converted_ee889",
                    table="reintegration_payment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reintegration_paymenthistory" ("amount", "case_id", "currency", "donor_line_id", "grant_id", "id", "kind", "organisation_id", "paid_by_id", "paid_on", "partner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_amount", "programme_currency", "proof_id", "rate", "rate_on", "rate_source", "recorded_at", "shared_id") VALUES (NEW."amount", NEW."case_id", NEW."currency", NEW."donor_line_id", NEW."grant_id", NEW."id", NEW."kind", NEW."organisation_id", NEW."paid_by_id", NEW."paid_on", NEW."partner_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_amount", NEW."programme_currency", NEW."proof_id", NEW."rate", NEW."rate_on", NEW."rate_source", NEW."recorded_at", NEW."shared_id"); RETURN NULL;',
                    hash="12919a3b3398103754d52a8c171bda7213474029",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8cae5",
                    table="reintegration_payment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "reintegration_paymenthistory" ("amount", "case_id", "currency", "donor_line_id", "grant_id", "id", "kind", "organisation_id", "paid_by_id", "paid_on", "partner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_amount", "programme_currency", "proof_id", "rate", "rate_on", "rate_source", "recorded_at", "shared_id") VALUES (NEW."amount", NEW."case_id", NEW."currency", NEW."donor_line_id", NEW."grant_id", NEW."id", NEW."kind", NEW."organisation_id", NEW."paid_by_id", NEW."paid_on", NEW."partner_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_amount", NEW."programme_currency", NEW."proof_id", NEW."rate", NEW."rate_on", NEW."rate_source", NEW."recorded_at", NEW."shared_id"); RETURN NULL;',
                    hash="bd320b13781f38342060f4c013a8ed7262f105f9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c1cda",
                    table="reintegration_payment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymenthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d8ee9e255427eb49ddadc8478142b8e0bb8a2038",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e7429",
                    table="reintegration_paymenthistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:agreed,draft:replaced,agreed:approved,agreed:draft,agreed:replaced,approved:replaced}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="f6db4274792b6562a05c56d720fcd46c736b7d0f",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_94f4a",
                    table="reintegration_plan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="within_cap",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" IN ('agreed', 'approved'))",
                    declare="DECLARE planned numeric;",
                    func="\n        SELECT coalesce(sum(cost), 0) INTO planned FROM reintegration_activity WHERE plan_id = NEW.id;\n        IF planned > NEW.cap THEN\n            RAISE EXCEPTION 'plan of % is above its cap of %', planned, NEW.cap USING ERRCODE = 'check_violation';\n        END IF;\n        IF (NEW.status IS DISTINCT FROM OLD.status OR NEW.cap IS DISTINCT FROM OLD.cap) AND NEW.cap > (\n            SELECT coalesce(sum(CASE WHEN p.born_on <= a.day - interval '18 years'\n                                     THEN g.cap_adult ELSE g.cap_minor END), 0)\n              FROM cases_case c\n              JOIN cases_programme g ON g.id = c.programme_id\n              JOIN accounts_organisation o ON o.id = c.organisation_id\n             CROSS JOIN LATERAL (\n                   SELECT coalesce(c.applied_on, (c.opened_at AT TIME ZONE o.time_zone)::date) AS day) a\n              JOIN cases_person p ON p.case_id = c.id\n             WHERE c.id = NEW.case_id\n               AND (p.status IN ('departed', 'arrived')\n                    OR c.arrived_on IS NULL AND (p.status = 'taking_part' OR p.tries_again))) THEN\n            RAISE EXCEPTION 'cap of % is more than the people are entitled to', NEW.cap USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="59ba8993516211b48577405ef1870e73f8aa9b1d",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_within_cap_7692c",
                    table="reintegration_plan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="covers_what_was_given",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'approved')",
                    func="\n        IF EXISTS (\n            SELECT FROM reintegration_grant g\n              JOIN reintegration_activity a ON a.id = g.activity_id\n             WHERE g.case_id = NEW.case_id AND g.status IN ('approved', 'ordered', 'delivered', 'paid')\n             GROUP BY a.line\n            HAVING sum(g.approved_amount) > coalesce(\n                   (SELECT cost FROM reintegration_activity WHERE plan_id = NEW.id AND line = a.line), 0)\n        ) THEN\n            RAISE EXCEPTION 'the plan does not cover what was approved under an earlier one' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="32f69660ae3639f0061400c3e82463da04242506",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_covers_what_was_given_7fcf3",
                    table="reintegration_plan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_is_signed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"status\" = 'draft') AND NOT (NEW.\"status\" = 'draft'))",
                    func="\n        IF (NEW.case_id, NEW.version, NEW.currency, NEW.goal_economic, NEW.goal_social, NEW.goal_psychosocial,\n            NEW.structural_factors, NEW.agreed_by_id, NEW.agreed_at, NEW.signed_how, NEW.signature,\n            NEW.signature_witness) IS DISTINCT FROM\n           (OLD.case_id, OLD.version, OLD.currency, OLD.goal_economic, OLD.goal_social, OLD.goal_psychosocial,\n            OLD.structural_factors, OLD.agreed_by_id, OLD.agreed_at, OLD.signed_how, OLD.signature,\n            OLD.signature_witness) THEN\n            RAISE EXCEPTION 'a signed plan is not changed' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.cap <> OLD.cap AND NOT (OLD.status = 'agreed' AND NEW.status = 'approved') THEN\n            RAISE EXCEPTION 'the cap of a signed plan is not changed' USING ERRCODE = 'check_violation';\n        END IF;\n        IF OLD.status <> 'agreed'\n           AND (NEW.approved_by_id, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_at) THEN\n            RAISE EXCEPTION 'an approval is not changed' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="55cf3b9b9d1bc3121ccd38f9f3ed596bff845d7a",
                    operation="UPDATE",
                    pgid="pgtrigger_signed_is_signed_2efa8",
                    table="reintegration_plan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_by_the_agency",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."approved_by_id" IS NOT NULL)',
                    func="\n        IF NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id AND NOT EXISTS (\n            SELECT FROM accounts_user\n             WHERE id = NEW.approved_by_id AND organisation_id = NEW.organisation_id AND role = 'supervisor'\n        ) THEN\n            RAISE EXCEPTION 'approved by a supervisor of the agency, or not at all' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="cf64fa72cbacb3d5f4aa02269b07fceb632905d7",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_approved_by_the_agency_eb1ef",
                    table="reintegration_plan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reintegration_planhistory" ("agreed_at", "agreed_by_id", "approved_at", "approved_by_id", "cap", "case_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "version") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."approved_at", NEW."approved_by_id", NEW."cap", NEW."case_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status", NEW."version"); RETURN NULL;',
                    hash="cd02457bfa0804cc061bb8aafd22d9221f141b3d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_843c2",
                    table="reintegration_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agreed_at" IS DISTINCT FROM (NEW."agreed_at") OR OLD."agreed_by_id" IS DISTINCT FROM (NEW."agreed_by_id") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."cap" IS DISTINCT FROM (NEW."cap") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "reintegration_planhistory" ("agreed_at", "agreed_by_id", "approved_at", "approved_by_id", "cap", "case_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "version") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."approved_at", NEW."approved_by_id", NEW."cap", NEW."case_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status", NEW."version"); RETURN NULL;',
                    hash="82500141daaaf792311df896341c2dd96a4b0692",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2acb8",
                    table="reintegration_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="harmanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="only_in_a_draft",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT FROM reintegration_plan WHERE id IN (NEW.plan_id, OLD.plan_id) AND status <> 'draft') THEN\n            RAISE EXCEPTION 'the lines and answers of a signed plan are not changed' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN coalesce(NEW, OLD);\n    ",
                    hash="2d1cfc4809a6cf9e9e0bfb91e6ade653aed33fdf",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_only_in_a_draft_b79af",
                    table="reintegration_harmanswer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="only_in_a_draft",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF EXISTS (SELECT FROM reintegration_plan WHERE id IN (NEW.plan_id, OLD.plan_id) AND status <> 'draft') THEN\n            RAISE EXCEPTION 'the lines and answers of a signed plan are not changed' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN coalesce(NEW, OLD);\n    ",
                    hash="fe9e039f03cbada5877b2d86c2fa48df2b803f2f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_only_in_a_draft_167c3",
                    table="reintegration_activity",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f0c0e13724d5e5b4323cb513a852fb399eaefbed",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_543c5",
                    table="reintegration_planhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="granthistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ccf6a18109542c27cda8c0cb5c86eff3e54ae73e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f47a7",
                    table="reintegration_granthistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{asked:quoted,asked:cancelled,quoted:approved,quoted:asked,quoted:cancelled,approved:ordered,approved:cancelled,ordered:delivered,ordered:cancelled,delivered:paid}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="8c1aff10949674f31b37e219811b36fb398d4064",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_a4e61",
                    table="reintegration_grant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="asked_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"late_reason\" = '')",
                    func="\n        IF EXISTS (\n            SELECT FROM cases_case c\n              JOIN cases_programme g ON g.id = c.programme_id\n              JOIN accounts_organisation o ON o.id = coalesce(NEW.partner_id, c.organisation_id)\n             WHERE c.id = NEW.case_id\n               AND (NEW.requested_at AT TIME ZONE o.time_zone)::date >\n                   (SELECT max(arrived_on) FROM cases_person WHERE case_id = c.id)\n                   + make_interval(months => g.help_months)\n        ) THEN\n            RAISE EXCEPTION 'asked for late, and no word why' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="5b25764752e6f8520372f4c07c6247dfce94165d",
                    operation="INSERT",
                    pgid="pgtrigger_asked_in_time_b34a8",
                    table="reintegration_grant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="within_plan",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" IN ('approved', 'ordered', 'delivered', 'paid'))",
                    declare="DECLARE in_force bigint; its_line int; allowed numeric; taken record;",
                    func="\n        SELECT id INTO in_force FROM reintegration_plan\n         WHERE case_id = NEW.case_id AND status = 'approved' FOR UPDATE;\n        IF in_force IS NULL THEN\n            RAISE EXCEPTION 'no approved plan for grant %', NEW.reference USING ERRCODE = 'check_violation';\n        END IF;\n        SELECT line INTO its_line FROM reintegration_activity WHERE id = NEW.activity_id;\n        SELECT coalesce(sum(cost), 0) INTO allowed FROM reintegration_activity\n         WHERE plan_id = in_force AND line = its_line;\n        SELECT coalesce(sum(g.approved_amount), 0) AS of_case,\n               coalesce(sum(g.approved_amount) FILTER (WHERE a.line = its_line), 0) AS of_line INTO taken\n          FROM reintegration_grant g JOIN reintegration_activity a ON a.id = g.activity_id\n         WHERE g.case_id = NEW.case_id AND g.id IS DISTINCT FROM NEW.id AND g.status IN ('approved', 'ordered', 'delivered', 'paid');\n        IF taken.of_line + NEW.approved_amount > allowed THEN\n            RAISE EXCEPTION 'grant % goes beyond its line of the plan', NEW.reference USING ERRCODE = 'check_violation';\n        END IF;\n        IF coalesce(OLD.status, '') NOT IN ('approved', 'ordered', 'delivered', 'paid') AND taken.of_case + NEW.approved_amount > (\n            SELECT coalesce(sum(CASE WHEN p.born_on <= a.day - interval '18 years'\n                                     THEN g.cap_adult ELSE g.cap_minor END), 0)\n              FROM cases_case c\n              JOIN cases_programme g ON g.id = c.programme_id\n              JOIN accounts_organisation o ON o.id = c.organisation_id\n             CROSS JOIN LATERAL (\n                   SELECT coalesce(c.applied_on, (c.opened_at AT TIME ZONE o.time_zone)::date) AS day) a\n              JOIN cases_person p ON p.case_id = c.id\n             WHERE c.id = NEW.case_id\n               AND (p.status IN ('departed', 'arrived')\n                    OR c.arrived_on IS NULL AND (p.status = 'taking_part' OR p.tries_again))) THEN\n            RAISE EXCEPTION 'grant % goes beyond what the people are entitled to', NEW.reference USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="a5705ea7f1f576ce858b6ae559e02ced974a460a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_within_plan_c3461",
                    table="reintegration_grant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="as_quoted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."chosen_id" IS NOT NULL)',
                    declare="DECLARE quote record;",
                    func="\n        SELECT q.grant_id, q.in_programme_currency AS price, p.small_purchase_limit, p.quotes_needed,\n               (SELECT count(*) FROM reintegration_quote WHERE grant_id = NEW.id) AS quotes INTO quote\n          FROM reintegration_quote q\n          JOIN cases_case c ON c.id = NEW.case_id\n          JOIN cases_programme p ON p.id = c.programme_id\n         WHERE q.id = NEW.chosen_id;\n        IF quote.grant_id <> NEW.id THEN\n            RAISE EXCEPTION 'the quote of another grant' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.status = 'quoted' AND NEW.chosen_id IS DISTINCT FROM OLD.chosen_id\n           AND quote.price > quote.small_purchase_limit AND quote.quotes < quote.quotes_needed THEN\n            RAISE EXCEPTION '% quotes are needed for this price', quote.quotes_needed USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.status IN ('approved', 'ordered', 'delivered', 'paid') AND NEW.approved_amount <> quote.price THEN\n            RAISE EXCEPTION 'approved is the price of the chosen quote, no other' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="6dd95c08a694fe4b90067b930915d0cc26f76244",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_as_quoted_d5e55",
                    table="reintegration_grant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="as_asked_and_approved",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF OLD.status IN ('approved', 'ordered', 'delivered', 'paid') AND\n           (NEW.chosen_id, NEW.approved_amount, NEW.approved_by_id, NEW.approved_at) IS DISTINCT FROM\n           (OLD.chosen_id, OLD.approved_amount, OLD.approved_by_id, OLD.approved_at) THEN\n            RAISE EXCEPTION 'what was approved is not changed' USING ERRCODE = 'check_violation';\n        END IF;\n        IF (NEW.case_id, NEW.plan_id, NEW.activity_id, NEW.currency) IS DISTINCT FROM\n           (OLD.case_id, OLD.plan_id, OLD.activity_id, OLD.currency)\n           AND (OLD.id IS NOT NULL OR NOT EXISTS (\n                SELECT FROM reintegration_activity a JOIN reintegration_plan p ON p.id = a.plan_id\n                 WHERE a.id = NEW.activity_id AND p.id = NEW.plan_id AND p.case_id = NEW.case_id)) THEN\n            RAISE EXCEPTION 'help stays under the line it was asked for' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.status IS DISTINCT FROM OLD.status AND NEW.status <> 'cancelled'\n           AND EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND stage = 'closed') THEN\n            RAISE EXCEPTION 'the case is closed' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.status = 'paid' AND OLD.status IS DISTINCT FROM 'paid'\n           AND NOT EXISTS (SELECT FROM reintegration_payment WHERE grant_id = NEW.id) THEN\n            RAISE EXCEPTION 'paid without a payment' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.delivered_on > OLD.delivered_on\n           AND EXISTS (SELECT FROM reintegration_payment WHERE grant_id = NEW.id AND paid_on < NEW.delivered_on) THEN\n            RAISE EXCEPTION 'paid before the day of the delivery' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="7be9eedaa71f39456cc2e95e5d56da1ec233d162",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_as_asked_and_approved_dd492",
                    table="reintegration_grant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_by_the_agency",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."approved_by_id" IS NOT NULL)',
                    func="\n        IF NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id AND NOT EXISTS (\n            SELECT FROM accounts_user\n             WHERE id = NEW.approved_by_id AND organisation_id = NEW.organisation_id AND role = 'supervisor'\n        ) THEN\n            RAISE EXCEPTION 'approved by a supervisor of the agency, or not at all' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="dad27e5121c9f33e7ba724ea2f3ccfcc03a5ebff",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_approved_by_the_agency_f188f",
                    table="reintegration_grant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="of_its_programme",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.donor_line_id IS DISTINCT FROM OLD.donor_line_id AND NOT EXISTS (\n            SELECT FROM cases_donorline l JOIN cases_case c ON c.programme_id = l.programme_id\n             WHERE l.id = NEW.donor_line_id AND c.id = NEW.case_id\n        ) THEN\n            RAISE EXCEPTION 'the donor line of another programme' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="b496ecafb19487e0ef145298260b83d484089d69",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_of_its_programme_0583f",
                    table="reintegration_grant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="payments_follow_the_line",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."donor_line_id" IS DISTINCT FROM (OLD."donor_line_id"))',
                    func="\n        UPDATE reintegration_payment SET donor_line_id = NEW.donor_line_id WHERE grant_id = NEW.id;\n        RETURN NULL;\n    ",
                    hash="b5cb5a4b4aa1b7e183e880822ce49cef3d15e5d4",
                    operation="UPDATE",
                    pgid="pgtrigger_payments_follow_the_line_7641b",
                    table="reintegration_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "reintegration_granthistory" ("activity_id", "approved_amount", "approved_at", "approved_by_id", "as_chosen", "case_id", "chosen_by_id", "chosen_id", "currency", "delivered_on", "delivery_proof_id", "disputed_at", "donor_line_id", "expected_cost", "id", "order_number", "ordered_on", "organisation_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reference", "requested_at", "requested_by_id", "shared_id", "status", "status_since") VALUES (NEW."activity_id", NEW."approved_amount", NEW."approved_at", NEW."approved_by_id", NEW."as_chosen", NEW."case_id", NEW."chosen_by_id", NEW."chosen_id", NEW."currency", NEW."delivered_on", NEW."delivery_proof_id", NEW."disputed_at", NEW."donor_line_id", NEW."expected_cost", NEW."id", NEW."order_number", NEW."ordered_on", NEW."organisation_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."reference", NEW."requested_at", NEW."requested_by_id", NEW."shared_id", NEW."status", NEW."status_since"); RETURN NULL;',
                    hash="4f95f9699075f762a648086f5c1e3e47cf4a511d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_26e9f",
                    table="reintegration_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."activity_id" IS DISTINCT FROM (NEW."activity_id") OR OLD."approved_amount" IS DISTINCT FROM (NEW."approved_amount") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."as_chosen" IS DISTINCT FROM (NEW."as_chosen") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."chosen_id" IS DISTINCT FROM (NEW."chosen_id") OR OLD."chosen_by_id" IS DISTINCT FROM (NEW."chosen_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."delivered_on" IS DISTINCT FROM (NEW."delivered_on") OR OLD."delivery_proof_id" IS DISTINCT FROM (NEW."delivery_proof_id") OR OLD."disputed_at" IS DISTINCT FROM (NEW."disputed_at") OR OLD."donor_line_id" IS DISTINCT FROM (NEW."donor_line_id") OR OLD."expected_cost" IS DISTINCT FROM (NEW."expected_cost") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."order_number" IS DISTINCT FROM (NEW."order_number") OR OLD."ordered_on" IS DISTINCT FROM (NEW."ordered_on") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."shared_id" IS DISTINCT FROM (NEW."shared_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."status_since" IS DISTINCT FROM (NEW."status_since"))',
                    func='INSERT INTO "reintegration_granthistory" ("activity_id", "approved_amount", "approved_at", "approved_by_id", "as_chosen", "case_id", "chosen_by_id", "chosen_id", "currency", "delivered_on", "delivery_proof_id", "disputed_at", "donor_line_id", "expected_cost", "id", "order_number", "ordered_on", "organisation_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reference", "requested_at", "requested_by_id", "shared_id", "status", "status_since") VALUES (NEW."activity_id", NEW."approved_amount", NEW."approved_at", NEW."approved_by_id", NEW."as_chosen", NEW."case_id", NEW."chosen_by_id", NEW."chosen_id", NEW."currency", NEW."delivered_on", NEW."delivery_proof_id", NEW."disputed_at", NEW."donor_line_id", NEW."expected_cost", NEW."id", NEW."order_number", NEW."ordered_on", NEW."organisation_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."reference", NEW."requested_at", NEW."requested_by_id", NEW."shared_id", NEW."status", NEW."status_since"); RETURN NULL;',
                    hash="88939705420f698039ebb9a805923b1b7fbb3018",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_37095",
                    table="reintegration_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="converted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."amount" > 0 AND NEW."rate" > 0)',
                    declare="DECLARE cents numeric; past_half numeric;",
                    func="\n            cents := div(NEW.amount * 100, NEW.rate);\n            past_half := 2 * (NEW.amount * 100 - cents * NEW.rate) - NEW.rate;\n            IF past_half > 0 OR past_half = 0 AND cents % 2 = 1 THEN\n                cents := cents + 1;\n            END IF;\n            IF NEW.in_programme_currency * 100 <> cents THEN\n                RAISE EXCEPTION '% at % is not %', NEW.amount, NEW.rate, NEW.in_programme_currency USING ERRCODE = 'check_violation';\n            END IF;\n            IF NEW.rate <> 1 AND NEW.currency = (SELECT currency FROM reintegration_grant WHERE id = NEW.grant_id) THEN\n                RAISE EXCEPTION 'the rate between a currency and itself is 1' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="2559b135bf69505324baec8e6f7c14ad075aa631",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_converted_7f643",
                    table="reintegration_quote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="quote_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE help record;",
                    func="\n        SELECT g.status, g.chosen_id, p.small_purchase_limit, p.quotes_needed,\n               (SELECT count(*) FROM reintegration_quote WHERE grant_id = OLD.grant_id) AS quotes INTO help\n          FROM reintegration_grant g\n          JOIN cases_case c ON c.id = g.case_id\n          JOIN cases_programme p ON p.id = c.programme_id\n         WHERE g.id = OLD.grant_id;\n        IF help.status = 'asked' AND (TG_OP = 'DELETE' OR NEW.grant_id = OLD.grant_id) THEN\n            RETURN coalesce(NEW, OLD);\n        END IF;\n        IF TG_OP = 'DELETE' OR (NEW.grant_id, NEW.supplier_id) IS DISTINCT FROM (OLD.grant_id, OLD.supplier_id)\n           OR help.status <> 'quoted' AND NEW.in_programme_currency <> OLD.in_programme_currency THEN\n            RAISE EXCEPTION 'a quote that was chosen among stays as it is' USING ERRCODE = 'check_violation';\n        END IF;\n        IF NEW.id = help.chosen_id AND NEW.in_programme_currency > greatest(help.small_purchase_limit,\n           OLD.in_programme_currency) AND help.quotes < help.quotes_needed THEN\n            RAISE EXCEPTION '% quotes are needed for this price', help.quotes_needed USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="c039665597b45503362638b43c0f48501dadfa5f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_quote_kept_b9718",
                    table="reintegration_quote",
                    when="BEFORE",
                ),
            ),
        ),
    ]
