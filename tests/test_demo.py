"""The demo loads whole, once, and has something to show at every stage."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from avrr.database.logins import as_owner
from avrr.demo.when import day
from avrr.management.commands.up import DEMO_LOGINS, DEMO_PASSWORD
from cases.models import Case, Concern, Counselling, Event, WalkIn, Work
from cases.statuses import Stage
from cases.work import settle
from reintegration.models import FollowUp, Grant, Payment

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once, at night, for all questions of this file, and taken back afterwards."""
    night = datetime.now(UTC).replace(hour=1, minute=30)
    travelling = time_machine.travel(night)
    with travelling, override_settings(DEMO=True), django_db_blocker.unblock(), as_owner(), transaction.atomic():
        call_command("seed_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("email", dict(DEMO_LOGINS))
def test_everybody_of_the_demo_can_sign_in(demo, email):
    user = User.objects.get(email=email)
    assert user.is_active and user.check_password(DEMO_PASSWORD)


def test_every_stage_has_a_case(demo):
    assert set(Case.objects.values_list("stage", flat=True)) == set(Stage)
    assert Case.objects.count() >= 25


def test_something_is_late_for_the_partner(demo):
    late = Work.objects.filter(kind__in=["accept_handover", "confirm_arrival", "record_follow_up"], done_at=None)
    assert len({work.kind for work in late.filter(due_on__lt=Event.objects.latest("at").at.date())}) == 3
    assert Work.objects.filter(kind="did_they_leave", done_at=None).exists()


def test_help_follow_ups_walk_ins_and_a_concern_are_there(demo):
    assert {"asked", "quoted", "delivered", "paid"} <= set(Grant.objects.values_list("status", flat=True))
    assert {"due", "done", "missed", "stopped"} <= set(FollowUp.objects.values_list("status", flat=True))
    assert {"completed", "withdrew", "refused", "not_departed", "remigrated_regularly"} == set(
        Case.objects.filter(stage=Stage.CLOSED).values_list("outcome", flat=True)
    )
    assert {"asked", "confirmed", "not_ours"} == set(WalkIn.objects.values_list("status", flat=True))
    assert {concern.kind for concern in Concern.objects.open()} == {"trafficking", "child"}
    payment = Payment.objects.filter(kind="grant").first()
    assert payment.proof.file.size == payment.proof.size > 1000


def test_the_rules_see_what_the_demo_shows(demo):
    for case in Case.objects.still_open():
        before = list(Work.objects.filter(case=case, done_at=None).order_by("pk").values())
        settle(Case.objects.select_for_update().get(pk=case.pk))
        assert list(Work.objects.filter(case=case, done_at=None).order_by("pk").values()) == before


def test_talks_were_held_before_they_were_written_down_and_by_day(demo):
    long_ago = Counselling.objects.filter(held_at__lt=timezone.now() - timedelta(days=2))
    assert long_ago.count() > 20
    for talk in long_ago:
        assert 6 <= timezone.localtime(talk.held_at).hour < 18, talk.held_at
        assert timedelta() <= talk.recorded_at - talk.held_at < timedelta(hours=4)


def test_the_demo_is_made_once(demo):
    before = Case.objects.count()
    call_command("seed_demo", verbosity=0)
    assert Case.objects.count() == before


def test_a_day_of_the_demo_has_begun_at_every_organisation():
    """Half an hour before midnight in Dakar it is tomorrow in Paris: nobody there may have arrived already."""
    with time_machine.travel(datetime(2026, 3, 10, 23, 30, tzinfo=UTC)):
        assert day() == date(2026, 3, 10)


@pytest.mark.parametrize("command", [["seed_demo"], ["prepare", "--demo"]], ids=" ".join)
def test_an_installation_that_is_no_demo_invents_nobody(db, settings, command):
    settings.DEMO = False
    before = User.objects.count(), Case.objects.count()
    with pytest.raises(CommandError, match="This installation is no demo"):
        call_command(*command, verbosity=0)
    assert (User.objects.count(), Case.objects.count()) == before
