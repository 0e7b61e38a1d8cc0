"""What one person has in hand is given to another, many things at once, by those who may."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.lifecycle import end_access
from accounts.models import Notice
from cases import lifecycle as office
from cases.models import Case, Concern, Work
from tests import make


def in_hand(cast, amina):
    """Two cases, a task in a colleague's case, a concern to review is Bashir's."""
    first, second = make.opened(cast), make.opened(cast)
    other = make.opened(cast, by=cast.claire)
    day = make.today(amina)
    office.add_task(other, by=cast.claire, title="Interpreter", due_on=day + timedelta(days=2), for_user=amina)
    return first, second, other


def give(client, giver, to, **answers):
    return client.post(f"/cases/reassign/?from={giver.pk}", {"to": to.pk, **answers})


def test_a_supervisor_gives_chosen_cases(cast, client, amina, claire, bashir):
    first, second, other = in_hand(cast, amina)
    client.force_login(bashir)
    assert "Amina Rahmani" in client.get("/cases/reassign/").content.decode()
    page = client.get(f"/cases/reassign/?from={amina.pk}").content.decode()
    assert first.reference in page and second.reference in page and other.reference not in page
    assert give(client, amina, claire, case=[first.pk]).status_code == 302
    owners = dict(Case.objects.values_list("pk", "owner"))
    assert (owners[first.pk], owners[second.pk]) == (claire.pk, amina.pk)
    assert (
        Notice.objects.filter(recipient=claire, kind="case_assigned", context__reference=first.reference).count() == 1
    )
    assert not Work.objects.open().filter(case=first, for_user=amina).exists()


def test_sending_twice_gives_once(cast, client, amina, claire, bashir):
    first, *_others = in_hand(cast, amina)
    client.force_login(bashir)
    mark = str(client.get(f"/cases/reassign/?from={amina.pk}").context["mark"])
    for _time in range(2):
        assert give(client, amina, claire, case=[first.pk], _mark=mark).status_code == 302
    assert first.events.filter(verb="assign_case").count() == 1
    told = client.get("/cases/reassign/").context["messages"]
    assert [str(one) for one in told] == ["1 thing was given."], "and it is told once"


def test_when_everything_is_given_access_can_end(cast, client, amina, claire, bashir):
    first, second, _other = in_hand(cast, amina)
    client.force_login(bashir)
    give(client, amina, claire, case=[first.pk, second.pk], tasks="on")
    assert "Nothing in hand" in client.get(f"/cases/reassign/?from={amina.pk}").content.decode()
    end_access(amina, by=cast.ada)
    assert not Work.objects.open().filter(for_user=amina).exists()


def test_reviews_go_to_another_supervisor_only(cast, bashir, samuel, claire):
    case = make.in_screening(cast)
    office.raise_concern(case.people.first(), by=cast.amina, kind="fear", detail="A threat.", reviewer=bashir)
    with pytest.raises(ValidationError):
        office.hand_over(bashir, by=samuel, to=claire, reviews=True)
    assert office.hand_over(bashir, by=samuel, to=samuel, reviews=True) == 1
    assert Concern.objects.get().reviewer == samuel
    assert Work.objects.open().get(kind="release_concern").for_user == samuel
    end_access(bashir, by=cast.ada)


def test_a_coordinator_gives_what_a_worker_took_on(cast, client, hawa, horizon):
    shared = make.preparing(cast)
    client.force_login(hawa)
    assert shared.reference in client.get(f"/cases/reassign/?from={horizon.pk}").content.decode()
    assert give(client, horizon, hawa, case=[shared.pk]).status_code == 302
    shared.refresh_from_db()
    assert shared.worker == hawa
    end_access(horizon, by=cast.ada)
    assert shared.events.filter(verb="assign_share").count() == 1


def test_what_belongs_to_others_is_out_of_reach(cast, client, amina, bashir, nadia, horizon):
    foreign = make.opened(cast, by=nadia, programme=cast.other_programme)
    own = make.opened(cast)
    client.force_login(bashir)
    assert client.get(f"/cases/reassign/?from={nadia.pk}").status_code == 404
    assert give(client, amina, cast.claire, case=[foreign.pk]).status_code == 302
    foreign.refresh_from_db()
    assert foreign.owner == nadia
    assert give(client, amina, nadia, case=[own.pk]).status_code == 422
    with pytest.raises((PermissionDenied, ValidationError)):
        office.hand_over(amina, by=amina, to=cast.claire, cases=[own.pk])
    for stranger in (amina, cast.mira, cast.ada, horizon):
        client.force_login(stranger)
        assert client.get("/cases/reassign/").status_code == 404, stranger


@pytest.mark.parametrize("chosen", ["x", "-1", "9" * 40, "1e3", ""])
def test_nonsense_in_the_address_shows_the_list(cast, client, bashir, chosen):
    client.force_login(bashir)
    assert client.get(f"/cases/reassign/?from={chosen}").status_code in (200, 404)
