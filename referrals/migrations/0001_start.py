"""Everything as it stood when the first installations were made; takes the place of the steps before it."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [("referrals", "0001_initial"), ("referrals", "0002_provider_of_its_kind")]

    dependencies = [
        ("accounts", "0001_start"),
        ("cases", "0001_start"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sent", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("done", "Done"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("need", models.TextField(verbose_name="what is needed, in words the service may read")),
                ("agreed", models.BooleanField(verbose_name="the person agrees to this referral")),
                ("answer_due_on", models.DateField(verbose_name="answer expected by")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_note", models.CharField(blank=True, max_length=300)),
                ("finished_on", models.DateField(null=True, verbose_name="finished on")),
                ("outcome", models.TextField(blank=True, verbose_name="what came of it")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="cases.person",
                        verbose_name="for whom",
                    ),
                ),
                (
                    "sent_by",
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
                "ordering": ["-sent_at"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("agreed", True)), name="referral_agreed"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["sent", "withdrawn"]), ("answered_at__isnull", False), _connector="OR"
                        ),
                        name="referral_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), _negated=True),
                            models.Q(("finished_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="referral_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            models.Q(("answer_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_declined_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="service")),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("health", "Health"),
                            ("psychosocial", "Mental health and psychosocial support"),
                            ("education", "Education"),
                            ("training", "Training and recognition of skills"),
                            ("employment", "Employment"),
                            ("finance", "Finance and business"),
                            ("housing", "Housing"),
                            ("legal", "Legal help and papers"),
                            ("social", "Social protection"),
                        ],
                        max_length=14,
                        verbose_name="sector",
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "provider",
                    models.ForeignKey(
                        limit_choices_to={"kind__in": ("provider", "partner", "host")},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="accounts.organisation",
                        verbose_name="provider",
                    ),
                ),
            ],
            options={
                "ordering": ["sector", "name"],
                "constraints": [models.UniqueConstraint(fields=("provider", "name", "place"), name="service_once")],
            },
        ),
        migrations.CreateModel(
            name="ReferralHistory",
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
                            ("done", "Done"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("finished_on", models.DateField(null=True, verbose_name="finished on")),
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
                        to="referrals.referral",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="referrals.service",
                verbose_name="service",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="provider_of_its_kind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF NEW.provider_id IS NOT NULL AND NOT EXISTS\n               (SELECT FROM accounts_organisation WHERE id = NEW.provider_id AND kind IN ('provider', 'partner', 'host')) THEN\n                RAISE EXCEPTION 'an organisation of another kind' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a5f0be39e9dc3959cf1f05d64c968132beb9c5f2",
                    operation='INSERT OR UPDATE OF "provider_id"',
                    pgid="pgtrigger_provider_of_its_kind_24e0f",
                    table="referrals_service",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referralhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="32274b83fd32f9ccc41c11a8efa42a6dceee9e47",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5359a",
                    table="referrals_referralhistory",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{sent:accepted,sent:declined,sent:withdrawn,accepted:done,accepted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="eed7351316648d2bdae3a07fa88e3fe5efea21e1",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_b013e",
                    table="referrals_referral",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "referrals_referralhistory" ("answered_at", "case_id", "finished_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "service_id", "status") VALUES (NEW."answered_at", NEW."case_id", NEW."finished_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."service_id", NEW."status"); RETURN NULL;',
                    hash="44d4ccc3021ffee2ad53bf7f30f38fec9d5bf107",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a74c8",
                    table="referrals_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="referral",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."finished_on" IS DISTINCT FROM (NEW."finished_on") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                    func='INSERT INTO "referrals_referralhistory" ("answered_at", "case_id", "finished_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "service_id", "status") VALUES (NEW."answered_at", NEW."case_id", NEW."finished_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."service_id", NEW."status"); RETURN NULL;',
                    hash="876be283cf7a4756377d9ae08c00f49d6718731d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_223e7",
                    table="referrals_referral",
                    when="AFTER",
                ),
            ),
        ),
    ]
