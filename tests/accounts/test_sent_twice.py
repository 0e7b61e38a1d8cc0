"""Every form of administration sent twice, by a double click or a slow network: the thing is done and told once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AccountEvent, ApiToken, Invitation, Notice, Organisation
from cases.models import DonorLine, Event, Programme, Suspension
from referrals.models import Service
from tests import make
from tests.accounts.test_administration import ORGANISATION, PROGRAMME

COUNTED = (AccountEvent, ApiToken, DonorLine, Event, Invitation, Notice, Organisation, Programme, Service, Suspension)
LINE = {"donor": "@donor", "code": "HN-26-X", "name": "Training", "is_active": "on"}
SUSPENDED = {"country": "SD", "from_on": "2026-03-10", "reason": "War"}
SERVICE = {"provider": "@provider", "name": "Legal advice", "sector": "legal", "country": "SN", "is_active": "on"}
INVITED = {"email": "new@demo.example", "name": "New Person", "role": "caseworker", "organisation": "@agency"}
FORMS = {
    "/organisations/new/": ORGANISATION,
    "/organisations/{partner}/": ORGANISATION,
    "/programmes/new/": PROGRAMME | {"organisation": "@agency"},
    "/programmes/{programme}/": PROGRAMME | {"code": "HN-26", "organisation": "@agency"},
    "/programmes/{programme}/lines/new/": LINE,
    "/programmes/{programme}/lines/{line}/": LINE,
    "/programmes/suspensions/new/": SUSPENDED,
    "/programmes/suspensions/{suspension}/": SUSPENDED | {"until_on": "2026-04-01"},
    "/services/new/": SERVICE,
    "/services/{service}/": SERVICE,
    "/users/invite/": INVITED,
    "/users/invitations/{invitation}/withdraw/": {},
    "/users/{nadia}/end/": {},
    "/users/{claire}/codes/": {},
    "/users/keys/new/": {"name": "Archive", "user": "@amina"},
    "/users/keys/{key}/end/": {},
}


@pytest.fixture
def there(cast):
    """By its word in the addresses: what is changed or ended here."""
    due = timezone.now() + timedelta(days=7)
    facts = {
        "organisation": cast.agency,
        "invited_by": cast.ada,
        "expires_at": due,
        "name": "Old",
        "role": "caseworker",
    }
    suspension = Suspension.objects.create(country="SD", from_on=make.today(cast.amina), reason="Fighting")
    invitation = Invitation.objects.create(secret_hash="0" * 64, email="old@demo.example", **facts)
    key = ApiToken.objects.create(name="Old", user=cast.amina)
    return {name: getattr(cast, name) for name in CAST} | {
        "suspension": suspension,
        "invitation": invitation,
        "key": key,
    }


CAST = ("agency", "partner", "donor", "provider", "programme", "line", "service", "amina", "claire", "nadia")


@pytest.mark.parametrize("form", FORMS)
def test_it_is_done_once(client, ada, there, form):
    address = form.format(**{name: one.pk for name, one in there.items()})
    client.force_login(ada)
    page = client.get(address)
    assert page.status_code == 200
    sent = {name: there[value[1:]].pk if str(value).startswith("@") else value for name, value in FORMS[form].items()}
    sent["_mark"] = str(page.context["mark"])
    first = client.post(address, sent)
    assert first.status_code in (200, 302), first.context["form"].errors
    once = [model.objects.count() for model in COUNTED]
    second = client.post(address, sent)
    assert second.status_code == 302, "and it leads where the first one led"
    assert [model.objects.count() for model in COUNTED] == once
