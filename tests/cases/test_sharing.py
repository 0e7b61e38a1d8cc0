"""What a partner sees: nothing before, a preview, then exactly those who agreed; and what it never sees."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Notice
from accounts.notices import words_of
from cases.fields import SHARED_FACTS
from cases.lifecycle import (
    accept_handover,
    rejoin,
    send_handover,
    withdraw,
    withdraw_consent,
)
from cases.models import (
    HOST_ONLY_VULNERABILITIES,
    Case,
    Event,
    Person,
    SharedCase,
    SharedPerson,
    Vulnerability,
)
from cases.transitions import StepNotAllowed
from referrals.lifecycle import send_referral
from reintegration.models import Grant, Plan
from tests import make
from tests.make import AISSA, OUSMANE
from tests.seen import fresh, told

PAGES = ("", "story/", "plan/", "grants/", "referrals/", "documents/", "follow-ups/")
LISTS = ("/", "/cases/", "/cases/?q=sar", "/arrivals/", "/grants/", "/referrals/", "/messages/")


def read(client, user, reference: str) -> str:
    """Everything a partner can read of a case, in one text."""
    client.force_login(user)
    texts = [client.get(address) for address in (*LISTS, *(f"/cases/{reference}/{page}" for page in PAGES))]
    return "".join(text.content.decode() for text in texts if text.status_code == 200)


def test_a_partner_sees_no_case_and_no_person_of_the_host(cast, horizon, hawa):
    make.arrived(cast)
    for user in (horizon, hawa):
        assert not Case.objects.visible_to(user).exists() and not Person.objects.visible_to(user).exists()


def test_before_the_hand_over_the_partner_reads_nothing(cast, client, horizon):
    case = make.decided(cast)
    text = read(client, horizon, case.reference)
    assert case.reference not in text and "Sarr" not in text


def test_the_preview_shows_no_name(cast, client, horizon):
    shared = make.handed_over(cast, OUSMANE, AISSA)
    text = read(client, horizon, shared.reference)
    assert shared.reference in text and "Thiès" in text
    for name in ("Fatou", "Ousmane", "Aïssa", "Sarr", "+3363998", "Villeurbanne", "فاتو"):
        assert name not in text
    assert not SharedPerson.objects.visible_to(horizon).exists()


def test_before_accepting_the_other_pages_are_not_there(cast, client, horizon):
    shared = make.handed_over(cast)
    client.force_login(horizon)
    for page in PAGES[1:]:
        assert client.get(f"/cases/{shared.reference}/{page}").status_code == 404


def test_another_partner_reads_nothing_ever(cast, client, lantern):
    grant = make.quoted(cast)
    text = read(client, lantern, grant.case.reference)
    assert grant.reference not in text and "Sarr" not in text and grant.case.reference not in text
    for model in (SharedCase, SharedPerson, Plan, Grant, Event):
        assert not model.objects.visible_to(lantern).exists()


def test_trafficking_and_violence_never_reach_the_partner(cast, client, horizon):
    shared = make.preparing(cast)
    make.screen(shared.case.people.get(), "trafficking", "violence", "single_parent")
    shared = fresh(shared)
    assert shared.needs_list == ["single_parent"]
    text = read(client, horizon, shared.reference).lower()
    assert "trafficking" not in text and "violence" not in text and "torture" not in text
    assert str(Vulnerability.SINGLE_PARENT.label).lower() in text


def test_what_a_share_can_hold_is_a_list(cast):
    host_only = {"vulnerabilities", "stays_at", "birth_place", "interpreter_language", "search_name", "withdrawn_at"}
    assert not host_only & set(SHARED_FACTS)
    assert {v.value for v in HOST_ONLY_VULNERABILITIES} == {"trafficking", "violence"}
    columns = {field.name for field in SharedPerson._meta.fields} - {
        "id",
        "shared",
        "person",
        "organisation",
        "partner",
    }
    assert columns == {*SHARED_FACTS, "number"}


def test_what_was_said_alone_is_on_no_shared_page(cast, client, amina, claire, horizon):
    shared = make.arrived(cast, OUSMANE)
    case = shared.case
    fatou = case.people.first()
    early = make.counselled(cast, OUSMANE)
    make.talk(early, alone_with=early.people.first(), note="He took my papers", handed_out="Number of the shelter")
    client.force_login(claire)
    here = f"/cases/{early.reference}/"
    for page in (here, f"{here}story/", f"{here}people/2/", f"{here}documents/"):
        text = client.get(page).content.decode()
        assert "He took my papers" not in text and "shelter" not in text, page
    assert "He took my papers" in client.get(f"{here}people/1/").content.decode()
    lines = Event.objects.filter(case=case, private_to=fatou)
    assert lines.exists() and not lines.filter(pk__in=Event.objects.visible_to(horizon)).exists()


@pytest.mark.parametrize("end", ["consent", "withdrawal"])
def test_who_ends_it_is_gone_from_every_page_of_the_partner(cast, client, amina, horizon, end):
    shared = make.preparing(cast, OUSMANE)
    case = shared.case
    fatou = case.people.first()
    send_referral(shared, by=horizon, person=fatou, service=cast.service, need="Talk for Fatou", agreed=True)
    assert "Fatou" in read(client, horizon, shared.reference)
    if end == "consent":
        withdraw_consent(fatou.consents.get(), by=amina)
    else:
        withdraw(case, by=amina, people=[fatou])
    text = read(client, horizon, shared.reference)
    assert "Ousmane" in text and "Fatou" not in text and "فاتو" not in text


def test_the_hosts_referral_of_someone_who_did_not_agree_stays_with_the_host(cast, client, amina, horizon):
    shared = make.preparing(cast, OUSMANE)
    ousmane = shared.case.people.last()
    withdraw_consent(ousmane.consents.get(), by=amina)
    send_referral(shared.case, by=amina, person=ousmane, service=cast.service, need="Trauma of Ousmane", agreed=True)
    assert "Ousmane" not in read(client, horizon, shared.reference)


@pytest.mark.parametrize("end", ["consent", "withdrawal"])
def test_the_partner_is_told_without_a_name_that_it_knows_fewer_people(cast, amina, horizon, hawa, end):
    shared = make.preparing(cast, OUSMANE)
    fatou = shared.case.people.first()

    def leave():
        if end == "consent":
            withdraw_consent(fatou.consents.in_force().get(), by=amina)
        else:
            withdraw(shared.case, by=amina, people=[fatou])

    leave()
    assert told(horizon)[-1] == "share_narrowed" and "share_narrowed" not in told(hawa)
    notice = Notice.objects.get(recipient=horizon, kind="share_narrowed")
    assert notice.context == {"reference": shared.reference}
    subject, text = words_of(notice)
    assert "Fatou" not in subject + text and shared.reference in subject
    if end == "withdrawal":
        rejoin(fatou, by=amina)
    else:
        make.consent(fatou, cast.partner)
    leave()
    assert told(horizon).count("share_narrowed") == 2, "each time anew"


def test_the_end_of_all_sharing_is_told_once_not_as_fewer_people(cast, amina, horizon):
    shared = make.preparing(cast, OUSMANE)
    withdraw(shared.case, by=amina, people=list(shared.case.people.all()))
    assert told(horizon)[-1] == "sharing_ended" and "share_narrowed" not in told(horizon)


# --- any order of yes, no, withdrawal and return: the partner sees exactly those who agreed ---

STEPS = st.lists(
    st.tuples(st.sampled_from(["yes", "no", "end", "withdraw", "rejoin", "elsewhere"]), st.sampled_from([1, 2])),
    max_size=6,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_partner_sees_exactly_those_who_agreed(cast, amina, horizon, steps):
    shared = make.preparing(cast, OUSMANE, AISSA)
    case = shared.case
    agreed, inside = {1, 2}, {1, 2}
    for step, number in steps:
        person = case.people.get(number=number)
        if not SharedCase.objects.visible_to(horizon).filter(case=case).exists():
            break
        match step:
            case "yes" | "no":
                make.consent(person, cast.partner, agreed=step == "yes")
                agreed = agreed | {number} if step == "yes" else agreed - {number}
            case "elsewhere":
                make.consent(person, cast.other_partner)
            case "end":
                for consent in person.consents.in_force().filter(partner=cast.partner):
                    withdraw_consent(consent, by=amina)
                agreed -= {number}
            case "withdraw" if number in inside:
                withdraw(case, by=amina, people=[person])
                inside -= {number}
            case "rejoin" if number not in inside:
                rejoin(person, by=amina)
                inside |= {number}
        seen = set(SharedPerson.objects.visible_to(horizon).filter(shared__case=case).values_list("number", flat=True))
        expected = agreed & inside
        assert seen == (expected | {3} if expected else set())
        assert SharedCase.objects.visible_to(horizon).filter(case=case).exists() == bool(expected)


def test_a_share_is_accepted_only_while_someone_agrees(cast, amina, horizon):
    shared = make.handed_over(cast)
    withdraw_consent(shared.case.people.get().consents.get(), by=amina)
    with pytest.raises(StepNotAllowed):
        accept_handover(shared, by=horizon)


def test_children_follow_a_parent_who_agreed(cast, amina):
    case = make.decided(cast, AISSA)
    shared = send_handover(case, by=amina, partner=cast.partner, agreement="2026")
    assert (shared.adults, shared.minors) == (1, 1)


def test_a_no_during_the_sharing_is_like_an_end(cast, amina, horizon):
    shared = make.preparing(cast)
    person = shared.case.people.get()
    make.consent(person, cast.partner, agreed=False)
    assert not SharedCase.objects.visible_to(horizon).exists()
