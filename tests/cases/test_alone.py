"""What one person says alone stays on their own page: no list, gate or paper for the others tells it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from cases.gates import gates
from cases.lifecycle import start_counselling
from cases.models import Document
from tests import make
from tests.make import OUSMANE
from tests.seen import fresh

TALK = {
    "note": "NOTE-OF-TALK", "handed_out": "LEAFLET", "interpreter": "Mr Traoré", "others_present": "Her sister",
    "mode": "video",
}  # fmt: skip


def read(client, user, case, page="") -> str:
    client.force_login(user)
    answer = client.get(f"/cases/{case.reference}/{page}")
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page: str) -> str:
    return page[page.index('id="gates"') : page.index("<h2>Family</h2>")]


def couple(cast):
    case = make.opened(cast, OUSMANE)
    start_counselling(case, by=cast.amina)
    return case, *case.people.all()


def test_a_talk_together_is_read_with_everything_that_was_kept(cast, client, claire):
    case, fatou, ousmane = couple(cast)
    make.talk(case, present=[fatou, ousmane], wish="think", **TALK)
    text = read(client, claire, case, "counselling/")
    for words in ("NOTE-OF-TALK", "LEAFLET", "Mr Traoré", "Her sister", "By video", "French", "Wishes to think"):
        assert words in text, words
    for words in ("Situation and wishes", "Right to withdraw", "Fatou Sarr", "Ousmane Sarr"):
        assert words in text, words


def test_a_talk_alone_is_read_on_the_own_page_with_everything_that_was_kept(cast, client, claire):
    case, fatou, ousmane = couple(cast)
    make.talk(case, alone_with=fatou, wish="stop", **TALK)
    own = read(client, claire, case, "people/1/")
    for words in ("NOTE-OF-TALK", "LEAFLET", "Her sister", "By video", "Right to withdraw", "Wishes to stop"):
        assert words in own, words
    for page in ("", "story/", "counselling/", "documents/", "people/2/", "history/"):
        text = read(client, claire, case, page)
        assert "NOTE-OF-TALK" not in text and "LEAFLET" not in text and "Wishes to stop" not in text, page


@pytest.mark.parametrize("name", ["horizon", "lantern", "nadia", "mira", "ada", "audit", "faye"])
def test_talks_are_the_agencys_caseworkers_alone(cast, client, name):
    shared = make.preparing(cast)
    client.force_login(getattr(cast, name))
    assert client.get(f"/cases/{shared.reference}/counselling/").status_code == 404
    assert "counselling/" not in client.get(f"/cases/{shared.reference}/").content.decode()


def test_the_gate_does_not_say_what_was_said_alone(cast, client, claire):
    case, fatou, ousmane = couple(cast)
    make.talk(case, present=[fatou, ousmane])
    make.talk(case, alone_with=fatou)
    make.talk(case, alone_with=ousmane)
    before, page = gates(fresh(case)), words_of(read(client, claire, case))
    assert [gate.is_met for gate in before] == [True] * 3
    make.talk(case, alone_with=fatou, wish="stop")
    assert gates(fresh(case)) == before and words_of(read(client, claire, case)) == page
    answer = client.post(f"/cases/{case.reference}/apply_for_return/")
    assert answer.status_code == 409 and answer.context["gates"] == []
    assert answer.context["explanation"] == (
        "A talk is still needed before this step. Whose it is stands on their own page."
    )
    needed = "A talk with this person is still needed"
    assert [needed in read(client, claire, case, f"people/{number}/") for number in (1, 2)] == [True, False]
    make.talk(case, alone_with=fatou)
    assert needed not in read(client, claire, case, "people/1/")
    assert client.post(f"/cases/{case.reference}/apply_for_return/").status_code == 302


def test_every_journey_asks_for_a_health_check_and_only_the_own_page_says_why(cast, client, claire):
    case = make.booked(cast, OUSMANE).case
    make.screen(case.people.first(), "pregnant")
    asked = [gate for gate in gates(fresh(case)) if gate.act == "record_fit_to_travel"]
    assert [gate.label for gate in asked] == [
        "Health check for the journey of Fatou Sarr",
        "Health check for the journey of Ousmane Sarr",
    ]
    assert [gate.is_met for gate in asked] == [False, True]
    assert "Pregnant" not in read(client, claire, case) and "Pregnant" in read(client, claire, case, "people/1/")


def test_a_no_on_paper_is_filed_on_the_own_page(cast, client, claire, amina):
    case = make.in_application(cast, OUSMANE)
    fatou = case.people.first()
    make.consent(fatou, cast.partner, agreed=False, how="paper", upload=make.photo())
    paper = Document.objects.get()
    assert paper.private_to == fatou and f"/documents/{paper.pk}/" in read(client, claire, case, "people/1/")
    for page in ("documents/", "people/2/"):
        assert f"/documents/{paper.pk}/" not in read(client, claire, case, page)
    assert client.get(f"/documents/{paper.pk}/file/").status_code == 200


def test_the_database_shares_no_private_paper(cast):
    shared = make.preparing(cast)
    person = shared.case.people.get()
    make.consent(person, cast.other_partner, how="paper", upload=make.photo())
    with pytest.raises(DatabaseError, match="private_paper_not_shared"), transaction.atomic():
        Document.objects.update(shared=shared, partner=cast.partner)


def test_a_talk_names_somebody_who_was_there(cast):
    case, *_people = couple(cast)
    other = make.opened(cast)
    with pytest.raises(ValidationError, match="not in this case"):
        make.talk(case, alone_with=other.people.get())
