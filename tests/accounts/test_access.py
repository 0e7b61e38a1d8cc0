"""Access changes safely: work is handed over before it ends, deputies stand in, codes and keys are somebody's own."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts.lifecycle import NotYet, come_back, end_access, name_deputy
from accounts.models import AccountEvent, Notice
from cases import lifecycle as office
from tests import make
from tests.people import PASSWORD

TODAY = date(2026, 3, 10)


def test_access_ends_at_the_next_click(cast, client, claire):
    client.force_login(claire)
    assert client.get("/messages/").status_code == 200
    end_access(claire, by=cast.ada)
    assert client.get("/messages/").url.startswith("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": claire.email, "password": PASSWORD})
    assert answer.status_code == 200 and "alert-danger" in answer.content.decode()
    assert client.get("/messages/").status_code == 302


def test_the_system_never_signs_in(cast, client):
    from accounts.models import User

    system = User.objects.the_system()
    system.set_password(PASSWORD)
    system.save()
    client.post("/accounts/login/", {"login": system.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_access_with_work_in_hand_does_not_end(cast, client, amina):
    case = make.opened(cast)
    office.add_task(case, by=amina, title="Call the school of Aïssa", due_on=TODAY)
    with pytest.raises(NotYet) as refusal:
        end_access(amina, by=cast.ada)
    assert [holding.words for holding in refusal.value.holdings] == ["1 open case", "1 task"]
    client.force_login(cast.ada)
    for answer in (client.get(f"/users/{amina.pk}/end/"), client.post(f"/users/{amina.pk}/end/")):
        page = answer.content.decode()
        assert case.reference in page and "Bashir Tahir" in page and f"/cases/reassign/?from={amina.pk}" in page
        assert "Fatou" not in page and "school" not in page, "an administrator has no case content"
    amina.refresh_from_db()
    assert amina.is_active


def test_a_partner_worker_hands_over_first_too(cast):
    make.preparing(cast)
    with pytest.raises(NotYet) as refusal:
        end_access(cast.horizon, by=cast.ada)
    assert refusal.value.holdings[0].words == "1 case taken on as partner"


def test_nobody_ends_their_own_access_and_only_administrators_end_others(cast):
    with pytest.raises(ValidationError):
        end_access(cast.ada, by=cast.ada)
    for other in (cast.bashir, cast.mira, cast.hawa):
        with pytest.raises(PermissionDenied):
            end_access(cast.claire, by=other)


def test_when_a_deputy_leaves_the_absent_are_told(cast, amina, claire):
    name_deputy(amina, deputy=claire, away_from=TODAY, away_until=TODAY + timedelta(days=5))
    end_access(claire, by=cast.ada)
    amina.refresh_from_db()
    assert amina.deputy is None and Notice.objects.filter(recipient=amina, kind="deputy_gone").count() == 1


def test_a_deputy_is_named_and_told_and_the_absence_ends(cast, client, amina, claire):
    client.force_login(amina)
    answers = {"deputy": claire.pk, "away_from": "2026-03-11", "away_until": "2026-03-15"}
    assert client.post("/away/", answers).status_code == 302
    amina.refresh_from_db()
    assert amina.is_away(date(2026, 3, 15)) and not amina.is_away(date(2026, 3, 16))
    assert Notice.objects.filter(recipient=claire, kind="deputy_named").count() == 1
    assert "Claire Vasseur will stand in for you" in client.get("/away/").content.decode()
    client.post("/away/back/")
    amina.refresh_from_db()
    assert amina.deputy is None


def test_who_can_be_deputy(cast, amina, claire, bashir):
    days = {"away_from": TODAY, "away_until": TODAY + timedelta(days=2)}
    for stranger in (amina, cast.nadia, cast.mira, cast.horizon):
        with pytest.raises(ValidationError):
            name_deputy(amina, deputy=stranger, **days)
    name_deputy(claire, deputy=bashir, **days)
    with pytest.raises(ValidationError, match="is away in this time"):
        name_deputy(amina, deputy=claire, **days)
    with pytest.raises(ValidationError):
        name_deputy(amina, deputy=bashir, away_from=TODAY, away_until=TODAY - timedelta(days=1))
    come_back(claire)
    claire.refresh_from_db()
    name_deputy(amina, deputy=claire, **days)


def test_without_codes_nobody_gets_on_where_they_are_required(client, amina, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(amina)
    for address in ("/", "/messages/", "/cases/", "/api/v1/"):
        answer = client.get(address)
        assert answer.status_code == 302 and answer.url == "/accounts/2fa/totp/activate/", address
    assert client.get("/healthz").status_code == 200
    Authenticator.objects.create(user=amina, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/messages/").status_code == 200


def test_the_codes_of_a_lost_telephone_are_removed(cast, client, amina):
    Authenticator.objects.create(user=amina, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(cast.ada)
    assert "Remove codes" in client.get("/users/").content.decode()
    assert client.post(f"/users/{amina.pk}/codes/").status_code == 302
    assert not Authenticator.objects.filter(user=amina).exists()
    assert Notice.objects.filter(recipient=amina, kind="second_factor_reset").exists()
    client.force_login(cast.bashir)
    assert client.post(f"/users/{amina.pk}/codes/").status_code == 404


def test_the_log_of_people_is_only_added_to_and_read_by_auditors(cast, claire):
    end_access(claire, by=cast.ada)
    line = AccountEvent.objects.auditable_by(cast.audit).get()
    assert (line.verb, line.about) == ("end_access", claire.email)
    for other in (cast.ada, cast.bashir, cast.mira):
        assert not AccountEvent.objects.auditable_by(other).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        AccountEvent.objects.update(about="nothing")
    with pytest.raises(DatabaseError), transaction.atomic():
        AccountEvent.objects.all().delete()
