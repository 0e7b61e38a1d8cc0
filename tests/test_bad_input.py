"""What people and networks do to forms: sent twice, sent late, sent by two, sent by strangers, sent with nonsense."""

import uuid

import pytest

import avrr.urls  # noqa: F401 (with the addresses come the acts)
from accounts.models import Notice
from cases.acting import ACTS
from cases.models import Event
from tests.doing import DOINGS


def test_every_verb_is_tried():
    kept_by_administrators = {verb for verb, act in ACTS.items() if act.does.__module__.startswith("accounts")}
    assert set(ACTS) - kept_by_administrators == set(DOINGS)


@pytest.mark.parametrize("verb", DOINGS)
def test_a_form_sent_twice_does_the_thing_once(verb, cast, client, nadia):
    doing = DOINGS[verb]
    record = doing.on(cast)
    address = doing.address(record)
    lines, notices = Event.objects.count(), Notice.objects.count()

    client.force_login(nadia)  # of another agency: there is nothing here for her, whatever she sends
    if record is not None:
        assert client.get(address).status_code == 404
        assert client.post(address, doing.answers(cast, record)).status_code == 404
        assert (Event.objects.count(), Notice.objects.count()) == (lines, notices)

    client.force_login(getattr(cast, doing.by))
    assert client.get(address).status_code == 200
    mark = {"_mark": str(uuid.uuid4())}
    answers = doing.answers(cast, record)
    once = client.post(address, answers | mark)
    assert once.status_code == 302, once.context["form"].errors if once.context else once.content
    after = Event.objects.count(), Notice.objects.count()
    twice = client.post(address, rewound(answers) | mark)
    assert (twice.status_code, twice.url) == (302, once.url)
    assert (Event.objects.count(), Notice.objects.count()) == after
    if verb not in WITHOUT_A_CASE:
        assert after[0] == lines + 1 and Event.objects.latest("at", "pk").verb == verb
    assert client.get(once.url).status_code == 200


WITHOUT_A_CASE = {"register_walk_in", "print_plan"}


def rewound(answers: dict) -> dict:
    """The same answers again; files are read from their beginning."""
    for value in answers.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return answers
