"""What people and networks do to forms: sent twice, sent late, sent by two, sent by strangers, sent with nonsense."""

import re
import uuid
from contextvars import copy_context
from threading import Barrier, Thread
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

import avrr.urls  # noqa: F401 (with the addresses come the acts)
from accounts.models import Notice
from cases.acting import ACTS
from cases.lifecycle import accept_handover, decide_case, decline_handover
from cases.models import Case, Event, Job
from cases.transitions import StepNotAllowed
from reintegration.lifecycle import approve_grant
from reintegration.models import Grant
from tests import make
from tests.doing import DOINGS, as_seen


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
    mark = mark_on(client.get(address))
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


def mark_on(page, form="") -> dict:
    """The one-time mark that a page gives its form, or one of its forms, as a browser would send it along."""
    assert page.status_code == 200
    html = page.content.decode()
    marks = re.findall(r'name="_mark" value="([0-9a-f-]{36})"', html[html.index(form) :])
    assert marks, "a form without a mark"
    return {"_mark": marks[0]}


def test_the_same_page_with_other_words_is_another_sending(cast, client, amina):
    """The browser keeps a page: Back shows the form that was sent, and something else is typed into it."""
    case = make.opened(cast)
    address = f"/cases/{case.reference}/add_note/"
    client.force_login(amina)
    mark = mark_on(client.get(address))
    for words in ("Called", "Called", "Nobody answered", "Called"):
        assert client.post(address, {"note": words} | mark).url == case.get_absolute_url()
    assert sorted(Event.objects.filter(verb="add_note").values_list("note", flat=True)) == ["Called", "Nobody answered"]


def test_a_form_beside_others_on_a_page_is_sent_once_too(cast, client, horizon):
    plan = make.planned(cast)
    client.force_login(horizon)
    address = f"/cases/{plan.reference_of_case}/print_plan/"
    mark = mark_on(client.get(f"/cases/{plan.reference_of_case}/plan/"), f'action="{address}"')
    ways = [client.post(address, {"language": language} | mark).url for language in ("fr", "fr", "ar")]
    assert ways[0] == ways[1] != ways[2] and Job.objects.count() == 2
    assert Event.objects.filter(verb="print_plan").count() == 2


@pytest.mark.parametrize(("page", "address"), [
    ("/reports/cases/", "/reports/cases/export_cases/"),
    ("/reports/donor/?{asked}", "/reports/donor/export_report/"),
])  # fmt: skip
def test_a_report_asked_for_twice_is_made_once(page, address, cast, client, mira):
    make.granted(cast)
    asked = {"programme": cast.programme.pk, "start": "2026-01-01", "end": "2026-12-31", "version": "internal"}
    client.force_login(mira)
    sent = asked | {"purpose": "For the board"} | mark_on(client.get(page.format(asked=urlencode(asked))), address)
    ways = [client.post(address, sent | {"format": kind}).url for kind in ("xlsx", "xlsx", "csv")]
    assert ways[0] == ways[1] != ways[2] and Job.objects.count() == 2


WITHOUT_A_CASE = {"register_walk_in", "print_plan"}


def rewound(answers: dict) -> dict:
    """The same answers again; files are read from their beginning."""
    for value in answers.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return answers


# --- two at once ---


def both(*verbs) -> list[str]:
    """Carry out the verbs at the same moment, each with a connection of its own; how each ended, in any order."""
    barrier, ends = Barrier(len(verbs)), []

    def run(verb):
        barrier.wait()
        try:
            verb()
            ends.append("done")
        except StepNotAllowed:
            ends.append("told")
        finally:
            connection.close()

    threads = [Thread(target=copy_context().run, args=[run, verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(committed):
    decision = make.asked(committed)
    mine, yours = (type(decision).objects.get(pk=decision.pk) for _ in range(2))
    assert both(
        lambda: decide_case(mine, by=committed.bashir, eligible=True),
        lambda: decide_case(yours, by=committed.samuel, eligible=False, reason="No", complaint_information="Write"),
    ) == ["done", "told"]
    assert Event.objects.filter(verb="decide_case").count() == 1


def test_of_two_partners_who_answer_at_once_one_wins(committed):
    shared = make.handed_over(committed)
    mine, yours = (type(shared).objects.get(pk=shared.pk) for _ in range(2))
    ends = both(
        lambda: accept_handover(mine, by=committed.horizon),
        lambda: decline_handover(yours, by=committed.hawa, note="No staff"),
    )
    assert ends == ["done", "told"] and Event.objects.filter(verb__endswith="_handover").count() == 2


def test_two_grants_approved_at_once_stay_within_the_plan(committed):
    plan = make.planned(committed)
    grants = [make.request(committed, plan, "900", item) for item in ("Machine", "Table")]
    for grant in grants:
        make.choose(grant, make.quote(grant, "450"))
    ends = both(*(lambda g=g: approve_grant(g, by=committed.bashir) for g in grants))
    assert ends == ["done", "done"] and Grant.objects.committed().count() == 2


def test_one_form_sent_twice_at_once_is_done_once(committed):
    case, mark = make.opened(committed), str(uuid.uuid4())
    codes = []

    def send():
        client = Client()
        client.force_login(committed.amina)
        codes.append(client.post(f"/cases/{case.reference}/add_note/", {"note": "Called", "_mark": mark}).status_code)

    assert both(send, send) == ["done", "done"]
    assert codes == [302, 302] and Event.objects.filter(verb="add_note").count() == 1


# --- stale pages, two who edit ---


def test_a_stale_page_is_told_what_happened_and_keeps_what_was_typed(cast, client, samuel):
    decision = make.asked(cast)
    address = ACTS["decide_case"].address(decision)
    client.force_login(samuel)
    assert client.get(address).status_code == 200
    decide_case(decision, by=cast.bashir, eligible=True)
    answer = client.post(address, {"eligible": "no", "reason": "Typed with care", "complaint_information": "Write"})
    assert answer.status_code == 409 and b"Typed with care" in answer.content and "Eligible" in answer.content.decode()


def test_a_gate_that_is_not_passed_says_what_is_missing(cast, client, amina):
    case = make.in_application(cast)
    client.force_login(amina)
    answer = client.post(ACTS["start_screening"].address(case), {})
    assert answer.status_code == 409 and b"Voluntary declaration of Fatou Sarr" in answer.content


def edit(person, **typed) -> dict:
    return as_seen(person) | typed


def test_two_who_edit_different_facts_both_keep_theirs(cast, client, amina, claire):
    person = make.opened(cast).people.get()
    address = ACTS["edit_person"].address(person)
    seen = edit(person)
    for user, typed in ((amina, {"known_as": "Fatoumata"}), (claire, {"stays_at": "With her sister"})):
        client.force_login(user)
        assert client.post(address, seen | typed).status_code == 302
    person.refresh_from_db()
    assert (person.known_as, person.stays_at) == ("Fatoumata", "With her sister")


def test_the_second_of_two_who_edit_the_same_fact_sees_the_first(cast, client, amina, claire):
    person = make.opened(cast).people.get()
    address = ACTS["edit_person"].address(person)
    seen = edit(person)
    client.force_login(amina)
    client.post(address, seen | {"known_as": "Fatoumata"})
    client.force_login(claire)
    answer = client.post(address, seen | {"known_as": "Tata"})
    assert answer.status_code == 422 and "«Fatoumata»" in answer.content.decode()
    person.refresh_from_db()
    assert person.known_as == "Fatoumata", "nothing is overwritten silently"
    again = seen | {"known_as": "Tata", "initial-known_as": "Fatoumata"}  # as the page that came back shows it
    assert client.post(address, again).status_code == 302
    person.refresh_from_db()
    assert person.known_as == "Tata"


# --- nonsense ---

NAMES = [
    "محمد عبد الرحمن",
    "ሰላም ተስፋዬ",
    "N'Diaye-O’Brien",
    "Б" * 300,
    "\u202eevil\u202c",
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE cases_person;--",
    "Zoë 👩‍👩‍👧",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_kept_and_shown_as_text(name, cast, client, amina):
    client.force_login(amina)
    answers = DOINGS["open_case"].answers(cast, None) | {"name": name}
    page = client.post("/cases/open_case/", answers, follow=True)
    assert page.status_code == 200 and Case.objects.get().people.get().name == name
    assert "<script>alert" not in page.content.decode()
    for address in ("/", "/cases/?stage=open", f"/cases/?q={quote(name[:40])}"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["", " ", "x" * 301, "Fa\x00tou"])
def test_a_name_that_is_none_is_refused_beside_its_field(name, cast, client, amina):
    client.force_login(amina)
    answer = client.post("/cases/open_case/", DOINGS["open_case"].answers(cast, None) | {"name": name})
    assert answer.status_code == 422 and answer.context["form"].errors.keys() == {"name"}
    assert not Case.objects.exists()


AMOUNTS = ["-1", "0", "NaN", "sNaN", "Infinity", "-Infinity", "1e30", "9" * 31, "1,5,0", "٣٠٠x", "\x00", ""]


@pytest.mark.parametrize(
    ("verb", "field"), [("add_quote", "amount"), ("add_quote", "rate"), ("request_grant", "expected_cost")]
)
def test_an_amount_that_is_none_is_refused(verb, field, cast, client):
    doing = DOINGS[verb]
    record = doing.on(cast)
    client.force_login(cast.horizon)
    lines = Event.objects.count()
    foreign = {"currency": "XOF"} if field == "rate" else {}  # only another currency than the programme's asks for one
    for amount in (*AMOUNTS, "0.000000001" if field == "rate" else "0.001"):
        answer = client.post(doing.address(record), doing.answers(cast, record) | foreign | {field: amount})
        assert answer.status_code == 422 and Event.objects.count() == lines, amount


@pytest.mark.parametrize(("verb", "answers"), [
    ("open_case", {"birth_year": "2027"}),
    ("open_case", {"birth_year": "1850"}),
    ("open_case", {"birth_year": "2001", "birth_month": "2", "birth_day": "30"}),
    ("open_case", {"birth_year": "2001", "birth_day": "3"}),
    ("open_case", {"scenario": "forced"}),
    ("open_case", {"return_country": "FR"}),
    ("open_case", {"return_country": "XX"}),
    ("open_case", {"phone": "call me"}),
    ("open_case", {"legal_deadline": "leave"}),
    ("open_case", {"programme": "999999999999999999999"}),
    ("book_travel", {"arrives_at": "2026-03-20T09:59"}),
    ("book_travel", {"departs_at": "2020-01-01T10:00"}),
    ("book_travel", {"departs_at": "+10000-01-01T10:00"}),
    ("record_departure", {"departed_on": "1980-01-01"}),
    ("record_departure", {"departed_on": "0000-00-00"}),
    ("confirm_arrival", {"arrived_on": "2026-03-09"}),
    ("confirm_arrival", {"people": ["0", "abc"]}),
    ("register_walk_in", {"arrived_on": "2026-01-01"}),
    ("register_walk_in", {"birth_year": "2026", "birth_month": "3", "birth_day": "5"}),
    ("record_counselling", {"held_at": "1900-01-01T10:00"}),
    ("record_counselling", {"held_at": "2027-01-01T10:00"}),
    ("record_screening", {"held_on": "1900-01-01"}),
    ("record_screening", {"held_on": "1985-01-01"}),
    ("record_screening", {"held_on": "2026-03-12"}),
    ("record_travel_document", {"issued_on": "1900-01-01"}),
    ("record_travel_document", {"issued_on": "2026-03-12"}),
    ("record_fit_to_travel", {"examined_on": "1900-01-01"}),
    ("record_fit_to_travel", {"examined_on": "2026-03-12"}),
    ("record_child_decision", {"decided_on": "1900-01-01"}),
    ("record_child_decision", {"decided_on": "2026-03-12"}),
    ("add_quote", {"currency": "XXQ"}),
    ("add_quote", {"currency": "€€€"}),
    ("add_quote", {"dated": "1900-01-01"}),
    ("add_quote", {"dated": "2026-03-11"}),
    ("add_quote", {"rate_on": "2026-03-11"}),
    ("add_quote", {"currency": "XOF", "rate": "655.957", "rate_on": "1900-01-01"}),
    ("order_grant", {"ordered_on": "1900-01-01"}),
    ("deliver_grant", {"delivered_on": "1900-01-01"}),
    ("pay_grant", {"currency": "USD", "rate": "0.00000001"}),
    ("pay_grant", {"paid_on": "1900-01-01"}),
    ("pay_grant", {"rate_on": "1900-01-01"}),
    ("pay_grant", {"rate_on": "2026-03-11"}),
    ("pay_arrival_cash", {"paid_on": "1900-01-01"}),
    ("pay_arrival_cash", {"rate_on": "2100-01-01"}),
    ("add_activity", {"by_when": "1900-01-01"}),
    ("record_follow_up", {"held_on": "1900-01-01"}),
    ("record_remigration", {"known_on": "1900-01-01"}),
    ("complete_referral", {"finished_on": "1900-01-01"}),
    ("sign_declaration", {"strokes": '{"strokes": [[["NaN", 1]]], "width": 1, "height": 1}'}),
    ("sign_declaration", {"strokes": "[" * 5000}),
    ("add_document", {"upload": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")}),
    ("edit_case", {"scenario": "forced"}),
], ids=lambda value: value if isinstance(value, str) else next(iter(value)))  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_half_written(verb, answers, cast, client):
    doing = DOINGS[verb]
    record = doing.on(cast)
    client.force_login(getattr(cast, doing.by))
    lines, notices = Event.objects.count(), Notice.objects.count()
    answer = client.post(doing.address(record), doing.answers(cast, record) | answers)
    assert answer.status_code == 422 and answer.context["form"].errors
    assert (Event.objects.count(), Notice.objects.count()) == (lines, notices)


@pytest.mark.parametrize("address", [
    "/cases/?q=%00", "/search/?q=%00", "/cases/?stage=nonsense&owner=x&waiting=1e30", "/cases/?after=%00%ff",
    "/cases/?after=WyIyMDI2LTAxLTAxVDAwOjAwIiwgMV0", "/cases/AVRR%00/", "/cases/../../etc/passwd",
    "/grants/?status=%00",
    "/cases/?q=" + "9" * 5000, "/cases/?q=%25%5f%27", "/grants/?after=WzEsMl0", "/referrals/?after=bnVsbA",
    "/cases/?waiting=NaN", "/plans/99999999999999999999999/approve_plan/", "/messages/?after=WyIwMDAxLTAxLTAxIiwgMV0",
    "/jobs/?after=WyIwMDAxLTAxLTAxIiwgMV0",
])  # fmt: skip
def test_no_address_breaks_a_page(address, cast, client, bashir):
    make.opened(cast)
    client.force_login(bashir)
    assert client.get(address, follow=True).status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "fields", [{"note": "\x00"}, {"note": "x" * 100_000}, {"_mark": "nonsense"}, {"note": "\ud800"}]
)
def test_no_draft_breaks_a_page(fields, cast, client, amina):
    case = make.opened(cast)
    path = f"/cases/{case.reference}/add_note/"
    client.force_login(amina)
    safe = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
    assert client.post("/drafts/", {"_path": path, "path": path} | safe).status_code < 500
    assert client.get(path).status_code == 200
