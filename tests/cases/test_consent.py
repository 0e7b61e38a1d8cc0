"""Consent, declaration and withdrawal: each adult alone, proof kept, the end at once and without a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts.models import Notice
from cases.lifecycle import (
    close_case,
    hold_case,
    record_consent,
    record_departure,
    rejoin,
    sign_declaration,
    start_screening,
    withdraw,
    withdraw_consent,
)
from cases.models import Consent, Declaration, Event, LegalText, Scope, SharedCase, SharedPerson
from cases.transitions import Missing, StepNotAllowed
from tests import make
from tests.doing import SIGNED
from tests.make import AISSA, FATOU, OUSMANE, STROKES
from tests.seen import fresh, last_line, stage, told, waits


def test_a_yes_is_kept_with_the_words_it_was_asked_in(cast):
    person = make.in_application(cast).people.get()
    consent = make.consent(person, cast.partner)
    assert (consent.text.scope, consent.text.language, consent.how) == ("partner", "fr", "signed")
    assert last_line(person).verb == "record_consent" and last_line(person).private_to == person


def test_a_language_without_a_text_falls_back_to_english(cast):
    person = make.in_application(cast).people.get()
    assert make.consent(person, cast.partner, read_in="wo").text.language == "en"


def shown(client, user, person, verb):
    """The form of a verb as its page shows it: the texts on it, and what it sends of them."""
    client.force_login(user)
    answer = client.get(f"{person.get_absolute_url()}{verb}/")
    return answer, [theirs for theirs, _ours in answer.context["texts"]]


def test_the_text_that_was_shown_is_the_text_that_is_kept(cast, client, amina):
    """Wolof and French are spoken; there is no Wolof text, so the French one is shown and an interpreter reads it."""
    case = make.in_application(cast, applicant=FATOU | {"languages": ["wo", "fr"]})
    person = case.people.get()
    page, texts = shown(client, amina, person, "record_consent")
    assert [text.language for text in texts] == ["fr"] * 3 and page.context["form"].initial["read_in"] == "wo"
    for text in texts:
        assert f'value="{text.pk}"' in page.content.decode()
    page, (text,) = shown(client, amina, person, "sign_declaration")
    assert f'name="text" value="{text.pk}"' in page.content.decode()
    answers = SIGNED | {"text": text.pk, "read_in": "wo"}
    assert client.post(f"{person.get_absolute_url()}sign_declaration/", answers).status_code == 302
    declared = Declaration.objects.get()
    assert (declared.text, declared.text.language, declared.read_in) == (text, "fr", "wo")
    own = client.get(person.get_absolute_url()).content.decode()
    assert "text in French, version 1, read out in Wolof" in own


def test_a_text_that_was_shown_stays_when_a_newer_one_comes(cast, client, amina):
    person = make.in_application(cast).people.get()
    _page, (old,) = shown(client, amina, person, "sign_declaration")
    facts = {"scope": old.scope, "language": "fr", "version": 2, "reviewed_by": "Agency", "reviewed_on": "2026-03-01"}
    new = LegalText.objects.create(body="New words", **facts)
    address = f"{person.get_absolute_url()}sign_declaration/"
    again = client.post(address, SIGNED | {"text": old.pk, "read_in": ""})
    assert again.status_code == 422 and again.context["texts"][0][0] == old, "the page comes back with its words"
    assert client.post(address, SIGNED | {"text": old.pk}).status_code == 302
    assert Declaration.objects.get().text == old
    assert shown(client, amina, person, "sign_declaration")[1] == [new]


def test_a_text_of_something_else_is_no_answer(cast, amina):
    person = make.in_application(cast).people.get()
    declaration, partner = (LegalText.objects.current(scope, ["fr"]) for scope in ("declaration", "partner"))
    with pytest.raises(ValidationError, match="not a text of consent"):
        record_consent(person, by=amina, text=declaration, read_in="fr", agreed=True, how="signed")
    with pytest.raises(ValidationError, match="not the voluntary declaration"):
        sign_declaration(person, by=amina, text=partner, read_in="fr", how="drawn", strokes=STROKES)
    make.consent(person, cast.partner)
    with pytest.raises(DatabaseError, match="the text of another consent"), transaction.atomic():
        person.consents.update(text=declaration)


def test_the_texts_are_read_by_programs_too(cast, client, amina):
    client.force_login(amina)
    found = client.get("/api/v1/texts/").json()["results"]
    assert {text["scope"] for text in found} == set(Scope) and found[0]["body"]


def test_consent_is_never_given_to_any_partner(cast):
    person = make.in_application(cast).people.get()
    with pytest.raises(ValidationError, match="never given to «any partner»"):
        make.consent(person, None)


@pytest.mark.parametrize(("how", "missing"), [("oral", "witness"), ("mark", "witness"), ("paper", "scan")])
def test_a_yes_needs_its_proof(cast, how, missing):
    person = make.in_application(cast).people.get()
    with pytest.raises(ValidationError, match=missing):
        make.consent(person, cast.partner, how=how)


def test_a_new_answer_takes_the_place_of_the_earlier(cast):
    person = make.in_application(cast).people.get()
    yes, no = make.consent(person, cast.partner), make.consent(person, cast.partner, agreed=False)
    assert fresh(yes).withdrawn_at and list(person.consents.in_force()) == [no]


def test_a_no_is_an_answer_too(cast, amina):
    case = make.in_application(cast)
    person = case.people.get()
    make.declare(person)
    with pytest.raises(Missing, match="Consent of Fatou Sarr"):
        start_screening(case, by=amina)
    make.consent(person, cast.partner, agreed=False)
    start_screening(case, by=amina)
    assert stage(case) == "screening"


def test_a_spouse_cannot_sign_for_the_other(cast, amina):
    case = make.in_application(cast, OUSMANE)
    fatou, ousmane = case.people.all()
    for adult in (fatou, ousmane):
        make.consent(adult, cast.partner)
    make.declare(fatou)
    with pytest.raises(Missing, match="Voluntary declaration of Ousmane Sarr"):
        start_screening(case, by=amina)


@pytest.mark.parametrize(("facts", "missing"), [
    ({"how": "drawn"}, "no signature yet"),
    ({"how": "mark"}, "witness"),
    ({"how": "paper"}, "scan"),
])  # fmt: skip
def test_a_declaration_needs_its_proof(cast, amina, facts, missing):
    person = make.in_application(cast).people.get()
    with pytest.raises(ValidationError, match=missing):
        make.declare(person, **facts)
    assert not Declaration.objects.exists()


def test_a_declaration_can_be_drawn_marked_or_on_paper(cast, amina):
    person = make.in_application(cast).people.get()
    for proof in (
        {"how": "drawn", "strokes": STROKES},
        {"how": "mark", "witness": "Dr Diatta"},
        {"how": "paper", "upload": make.photo()},
    ):
        make.declare(person, **proof)
    assert [(d.how, d.ended_at is None) for d in person.declarations.order_by("pk")] == [
        ("drawn", False),
        ("mark", False),
        ("paper", True),
    ]
    assert last_line(person).note == "Text version 1, fr"


def test_nobody_signs_before_counselling_or_after_the_departure(cast):
    with pytest.raises(StepNotAllowed, match="after counselling"):
        make.declare(make.opened(cast).people.get())
    with pytest.raises(StepNotAllowed, match="before the departure"):
        make.declare(make.departed(cast).case.people.get())


def test_a_partner_records_no_consent(cast, horizon):
    person = make.preparing(cast).case.people.get()
    with pytest.raises(PermissionDenied):
        make.consent(person, cast.partner, by=horizon)
    with pytest.raises(PermissionDenied):
        withdraw_consent(person.consents.get(), by=horizon)


# --- the end of a consent ---


def test_the_end_of_the_only_consent_ends_the_sharing_at_once(cast, amina, horizon):
    shared = make.booked(cast)
    withdraw_consent(shared.case.people.get().consents.get(), by=amina)
    assert not SharedCase.objects.visible_to(horizon).exists() and not SharedPerson.objects.exists()
    shared = fresh(shared)
    assert (shared.status, shared.title, shared.needs, shared.host_contact) == ("ended", "", "", "")
    assert stage(shared) == "decided" and "sharing_ended" in told(horizon)
    assert "Sarr" not in str(list(Notice.objects.values_list("context", flat=True)))


def test_the_end_of_the_sharing_is_told_to_all_and_whose_answer_it_was_to_nobody(cast, client, amina, claire, nadia):
    shared = make.preparing(cast)
    person = shared.case.people.get()
    withdraw_consent(person.consents.get(), by=claire)
    line = Event.objects.for_everybody().filter(case=shared.case).first()
    assert (line.verb, line.person, line.private_to, line.note) == ("end_sharing", None, None, "")
    assert told(amina)[-1] == "sharing_stopped" and "sharing_stopped" not in told(claire)
    client.force_login(amina)
    page = client.get(f"{shared.case.get_absolute_url()}story/").content.decode()
    assert "Sharing with the partner ended" in page and "Consent ended" not in page


def test_those_who_still_agree_go_on(cast, amina):
    shared = make.preparing(cast, OUSMANE, AISSA)
    fatou = shared.case.people.first()
    withdraw_consent(fatou.consents.get(), by=amina)
    shared = fresh(shared)
    assert [copy.name for copy in shared.people.all()] == ["Ousmane Sarr", "Aïssa Sarr"]
    assert (shared.title, shared.title_original, shared.adults, shared.minors) == ("Ousmane Sarr", "", 1, 1)


def test_a_consent_ends_once(cast, amina):
    consent = make.applied(cast).people.get().consents.get()
    withdraw_consent(consent, by=amina)
    with pytest.raises(StepNotAllowed, match="already ended"):
        withdraw_consent(consent, by=amina)


def test_a_case_on_hold_does_not_hold_up_the_end_of_a_consent(cast, amina, horizon):
    shared = make.preparing(cast)
    hold_case(shared.case, by=amina, reason="Waits for a paper")
    withdraw_consent(shared.case.people.get().consents.get(), by=amina)
    assert not SharedCase.objects.visible_to(horizon).exists() and stage(shared) == "decided"


def test_a_no_to_another_scope_takes_nothing_away(cast):
    shared = make.preparing(cast)
    make.consent(shared.case.people.get(), agreed=False, scope=Scope.CONSULAR)
    assert fresh(shared).people.count() == 1


# --- withdrawal ---


def test_anyone_may_withdraw_and_the_others_go_on(cast, amina):
    case = make.preparing(cast, OUSMANE, AISSA).case
    ousmane = case.people.get(number=2)
    withdraw(case, by=amina, people=[ousmane])
    assert fresh(ousmane).status == "withdrawn" and not ousmane.declarations.filter(ended_at=None).exists()
    assert [copy.name for copy in case.shared.people.all()] == ["Fatou Sarr", "Aïssa Sarr"]
    assert stage(case) == "preparing" and last_line(case).note == "2"


def test_children_go_with_the_last_adult_and_the_case_closes(cast, amina, horizon):
    case = make.preparing(cast, AISSA).case
    withdraw(case, by=amina, people=[case.people.first()])
    case = fresh(case)
    assert (case.stage, case.outcome, case.stage_before_closing) == ("closed", "withdrew", "preparing")
    assert {person.status for person in case.people.all()} == {"withdrawn"}
    assert not SharedCase.objects.visible_to(horizon).exists() and waits(case) == set()


def test_withdrawal_takes_effect_while_the_case_is_on_hold(cast, amina):
    case = make.preparing(cast, OUSMANE, unwilling=()).case
    hold_case(case, by=amina, reason="Waits for a paper")
    withdraw(case, by=amina, people=list(case.people.all()))
    assert stage(case) == "closed"


def test_nobody_withdraws_another_family(cast, amina):
    case, other = make.counselled(cast), make.counselled(cast)
    with pytest.raises(ValidationError, match="not in this case"):
        withdraw(case, by=amina, people=list(other.people.all()))
    with pytest.raises(ValidationError, match="Choose who withdraws"):
        withdraw(case, by=amina, people=[])


def test_who_has_departed_cannot_withdraw(cast, amina):
    case = make.booked(cast, OUSMANE).case
    fatou, ousmane = case.people.all()
    record_departure(case, by=amina, people=[fatou], departed_on=make.today(amina))
    with pytest.raises(StepNotAllowed):
        withdraw(case, by=amina, people=[fatou])
    withdraw(case, by=amina, people=[ousmane])
    assert (stage(case), fresh(ousmane).status) == ("travelling", "withdrawn")


def test_whoever_has_not_left_finds_the_way_to_withdraw(cast, client, amina):
    case = make.booked(cast, OUSMANE).case
    client.force_login(amina)
    make.depart(case, case.people.first())
    assert f"/cases/{case.reference}/withdraw/" in client.get(f"/cases/{case.reference}/").content.decode()
    make.depart(case, case.people.last())
    assert f"/cases/{case.reference}/withdraw/" not in client.get(f"/cases/{case.reference}/").content.decode()


def test_nobody_withdraws_from_a_closed_case(cast, amina):
    case = make.counselled(cast, OUSMANE)
    close_case(case, by=amina, outcome="stopped")
    with pytest.raises(StepNotAllowed, match="closed"):
        withdraw(case, by=amina, people=[case.people.last()])
    assert fresh(case.people.last()).status == "taking_part"


def test_who_comes_back_signs_anew(cast, amina):
    case = make.applied(cast, OUSMANE)
    ousmane = case.people.last()
    withdraw(case, by=amina, people=[ousmane])
    rejoin(ousmane, by=amina)
    assert fresh(ousmane).status == "taking_part"
    with pytest.raises(Missing, match="Voluntary declaration of Ousmane Sarr"):
        start_screening(case, by=amina)
    assert Consent.objects.in_force().filter(person=ousmane).exists()


def test_nobody_rejoins_a_family_that_has_left(cast, amina):
    case = make.booked(cast, OUSMANE).case
    fatou, ousmane = case.people.all()
    withdraw(case, by=amina, people=[ousmane])
    make.depart(case, fatou)
    with pytest.raises(StepNotAllowed, match="The others have left"):
        rejoin(fresh(ousmane), by=amina)
