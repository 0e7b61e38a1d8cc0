"""Who tries passwords is stopped; the colleagues who sign in from the same office are not."""

import pytest
from django.test import Client, override_settings

from tests.people import PASSWORD

SIGN_IN = "/accounts/login/"


def sign_in(person, password, **facts):
    return Client(**facts).post(SIGN_IN, {"login": person.email, "password": password})


def test_five_wrong_passwords_close_one_account_for_a_while(amina, claire):
    for _time in range(5):
        assert sign_in(amina, "wrong").status_code == 200
    refused = sign_in(amina, PASSWORD)
    assert refused.status_code == 200 and "Too many failed" in refused.content.decode()
    assert sign_in(claire, PASSWORD).status_code == 302, "a colleague in the same office"


def test_a_whole_office_signs_in_within_a_minute(amina):
    assert {sign_in(amina, PASSWORD).status_code for _time in range(40)} == {302}


@override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
def test_who_goes_on_reads_a_page_of_ours(amina):
    codes = [sign_in(amina, "wrong").status_code for _time in range(3)]
    assert codes == [200, 200, 429]
    answer = sign_in(amina, "wrong")
    assert "Too many tries" in answer.content.decode() and "main" in answer.content.decode()


@pytest.mark.parametrize(("proxies", "believed"), [(0, False), (1, True)])
@override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
def test_an_address_is_believed_from_our_own_proxy_only(amina, proxies, believed):
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        codes = {sign_in(amina, "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code for n in range(4)}
    assert codes == ({200} if believed else {200, 429})
