"""Hand-over: the partner sees nothing before, a preview without names, then what was agreed; silence is no answer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.lifecycle import (
    accept_handover,
    assign_share,
    decline_handover,
    end_sharing,
    hold_case,
    see_handover,
    send_handover,
    withdraw_consent,
)
from cases.models import SharedCase, SharedPerson
from cases.night import last_days_of_sharing
from cases.transitions import Missing, StepNotAllowed
from tests import make
from tests.make import AISSA, OUSMANE
from tests.seen import fresh, last_line, stage, told, waits


def send(case, by, partner):
    return send_handover(case, by=by, partner=partner, agreement="Agreement of 2026")


def test_a_case_is_handed_over_before_travel(cast, amina, horizon, hawa):
    case = make.decided(cast)
    shared = send(case, amina, cast.partner)
    assert (stage(case), shared.status, waits(case)) == ("handed_over", "sent", {"accept_handover"})
    assert last_line(case).note == "Horizon"
    assert told(horizon) == told(hawa) == ["handover_sent"]


def test_the_answer_is_due_in_the_partners_own_working_days(cast, amina):
    cast.partner.weekend = "45"  # rests on Friday and Saturday
    cast.partner.save()
    assert make.handed_over(cast).answer_due_on == date(2026, 3, 17)


def test_only_a_partner_that_was_agreed_to_receives_it(cast, amina):
    case = make.decided(cast)
    with pytest.raises(ValidationError, match="Nobody in this case has agreed"):
        send(case, amina, cast.other_partner)
    assert not SharedCase.objects.exists()


def test_without_a_yes_nothing_is_handed_over(cast, amina):
    case = make.decided(cast, unwilling=(1,))
    with pytest.raises(Missing, match="agrees to share"):
        send(case, amina, cast.partner)


def test_it_is_not_handed_over_twice_or_too_early(cast, amina):
    shared = make.handed_over(cast)
    with pytest.raises((StepNotAllowed, ValidationError)):
        send(shared.case, amina, cast.partner)
    early = make.screened(cast)
    with pytest.raises(StepNotAllowed):
        send(early, amina, cast.partner)
    assert not SharedCase.objects.filter(case=early).exists()


def test_who_does_not_counsel_hands_nothing_over(cast, mira, horizon):
    case = make.decided(cast)
    for stranger in (mira, horizon):
        with pytest.raises(PermissionDenied):
            send(case, stranger, cast.partner)


def test_the_preview_has_no_name_and_counts_only_those_who_agreed(cast, amina):
    case = make.decided(cast, OUSMANE, AISSA)
    ousmane = case.people.get(number=2)
    withdraw_consent(ousmane.consents.get(), by=amina)
    make.consent(ousmane, cast.other_partner)
    shared = send(case, amina, cast.partner)
    assert (shared.adults, shared.minors, shared.title, shared.display_name) == (1, 1, "", case.reference)
    assert not SharedPerson.objects.exists()


def test_the_host_sees_when_the_partner_opened_it(cast, amina, horizon, clock):
    shared = make.handed_over(cast)
    see_handover(shared, by=amina)
    assert fresh(shared).seen_at is None
    see_handover(shared, by=horizon)
    seen = fresh(shared).seen_at
    clock.shift(timedelta(days=1))
    see_handover(fresh(shared), by=horizon)
    assert seen and fresh(shared).seen_at == seen


@pytest.mark.parametrize("address", ["/api/v1/shared/", "/api/v1/shared/{}/"])
def test_a_program_that_reads_the_preview_has_seen_it(cast, client, horizon, amina, address):
    shared = make.handed_over(cast)
    for user, has_seen in ((amina, False), (horizon, True)):
        client.force_login(user)
        assert client.get(address.format(shared.reference)).status_code == 200
        assert (fresh(shared).seen_at is not None) is has_seen


def test_when_the_partner_accepts_it_sees_what_was_agreed(cast, amina, horizon):
    shared = make.handed_over(cast, OUSMANE, AISSA)
    accept_handover(shared, by=horizon)
    shared = fresh(shared)
    assert (shared.status, shared.worker, shared.title) == ("accepted", horizon, "Fatou Sarr")
    assert [copy.name for copy in shared.people.all()] == ["Fatou Sarr", "Ousmane Sarr", "Aïssa Sarr"]
    assert stage(shared) == "preparing" and told(amina)[-1] == "handover_accepted"
    assert last_line(shared).shared == shared


def test_a_partner_declines_with_a_reason(cast, amina, hawa):
    shared = make.handed_over(cast)
    with pytest.raises(ValidationError, match="Say why"):
        decline_handover(shared, by=hawa, note=" ")
    decline_handover(shared, by=hawa, note="No staff in this region")
    assert (stage(shared), told(amina)[-1]) == ("decided", "handover_declined")
    assert not SharedCase.objects.visible_to(hawa).exists() and waits(shared) == {"send_handover"}


def test_an_answer_is_given_once(cast, horizon, hawa):
    shared = make.handed_over(cast)
    accept_handover(shared, by=horizon)
    with pytest.raises(StepNotAllowed):
        decline_handover(shared, by=hawa, note="Too late")
    with pytest.raises(StepNotAllowed):
        accept_handover(shared, by=hawa)
    assert fresh(shared).worker == horizon


def test_the_host_cannot_answer_for_the_partner(cast, amina):
    shared = make.handed_over(cast)
    for answer in (accept_handover, decline_handover):
        with pytest.raises(PermissionDenied):
            answer(shared, by=amina, note="They said yes on the phone")


def test_the_coordinator_gives_it_to_a_colleague(cast, horizon, hawa, lantern):
    shared = make.preparing(cast)
    assign_share(shared, by=hawa, worker=hawa)
    assert fresh(shared).worker == hawa
    with pytest.raises(ValidationError):
        assign_share(shared, by=hawa, worker=lantern)
    with pytest.raises(PermissionDenied):
        assign_share(shared, by=horizon, worker=horizon)


def test_the_end_of_sharing_leaves_nothing_with_the_partner(cast, amina, horizon):
    shared = make.booked(cast)
    end_sharing(shared.case, by=amina, note="She moves to another region")
    assert not SharedCase.objects.visible_to(horizon).exists() and not SharedPerson.objects.exists()
    assert stage(shared) == "decided" and told(horizon)[-1] == "sharing_ended"
    with pytest.raises(StepNotAllowed, match="not shared with anybody"):
        end_sharing(shared.case, by=amina)


def test_sharing_ends_on_a_case_on_hold_too(cast, amina, horizon):
    shared = make.preparing(cast)
    hold_case(shared.case, by=amina, reason="Waits for a paper")
    end_sharing(shared.case, by=amina)
    assert not SharedCase.objects.visible_to(horizon).exists()


def test_the_last_day_of_sharing_ends_it_and_the_owner_hears_of_it_once(cast, amina, horizon):
    shared = make.arrived(cast)
    assert last_days_of_sharing(shared.ends_on) == 0
    day_after = shared.ends_on + timedelta(days=1)
    assert last_days_of_sharing(day_after) == 1 and last_days_of_sharing(day_after) == 0
    assert not SharedCase.objects.visible_to(horizon).exists() and told(horizon)[-1] == "sharing_ended"
    assert told(amina)[-1] == "sharing_ran_out" and waits(shared) == {"close_case"}
    line = last_line(shared)
    assert (line.verb, line.by.role, line.note) == ("end_sharing", "system", "The agreed last day has passed.")


def test_sharing_lasts_as_long_as_the_visits_it_serves(cast, horizon, clock):
    """A journey that took place months later than planned moves the last day along."""
    shared = make.booked(cast)
    before = shared.ends_on
    clock.shift(timedelta(days=60))
    make.arrive(shared)
    assert fresh(shared).ends_on == before + timedelta(days=60)


def test_after_a_no_another_partner_can_be_asked(cast, amina, hawa, lantern):
    shared = make.handed_over(cast)
    decline_handover(shared, by=hawa, note="No staff")
    make.consent(shared.case.people.get(), cast.other_partner)
    send(shared.case, amina, cast.other_partner)
    assert SharedCase.objects.visible_to(lantern).count() == 1 and not SharedCase.objects.visible_to(hawa).exists()
