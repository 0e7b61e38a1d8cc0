"""The shared pieces of pages, each with what it is given."""

from types import SimpleNamespace as Given

from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from cases.statuses import Stage
from cases.views.frame import steps


class Reason(forms.Form):
    reason = forms.CharField(label="Reason")
    signature = forms.CharField(widget=forms.HiddenInput, required=False)


def test_the_error_summary_leads_to_the_field():
    shown = render_to_string("_error_summary.html", {"form": Reason({})})
    assert '<a href="#id_reason">Reason – This field is required.</a>' in shown
    assert 'role="alert"' in shown and "autofocus" in shown
    assert render_to_string("_error_summary.html", {"form": Reason()}).strip() == ""


def test_a_pager_has_ways_but_no_numbers():
    shown = render_to_string("_pager.html", {"shown": "1 to 25", "next": "?after=7", "size": 25})
    assert 'href="?after=7" rel="next"' in shown and "Next 25" in shown and 'rel="prev"' not in shown
    assert render_to_string("_pager.html", {"shown": "1 to 3"}).strip() == ""


def test_an_empty_list_says_what_would_be_here():
    shown = render_to_string("_empty.html", {"sign": "airplane", "title": "No arrivals", "url": "/", "button": "All"})
    assert "#airplane" in shown and "No arrivals" in shown and ">All</a>" in shown


def test_stages_are_told_to_eye_and_ear():
    stages = steps((Stage.ENQUIRY, Stage.SCREENING), "screening")
    shown = render_to_string("_stages.html", {"stages": stages, "name": "Stages of the case"})
    assert 'class="past"' in shown and ", done</span>" in shown and 'aria-current="step"' in shown


def test_what_is_missing_comes_with_a_way_to_give_it():
    gates = [
        Given(label="Screening", is_met=False, restricted=False, hint="", url="/give/"),
        Given(label="Counselling", is_met=True, restricted=False, hint="12 November", url="/given/"),
        Given(label="One more check", is_met=False, restricted=True, hint=""),
    ]
    shown = render_to_string("_gates.html", {"gates": gates})
    assert 'href="/give/"' in shown and "/given/" not in shown and "Restricted:" in shown


def test_tabs_are_links():
    tabs = [Given(label="Story", url="/cases/1/story/", current="page")]
    shown = render_to_string("_tabs.html", {"tabs": tabs, "name": "Case", "who": "Awa Diallo"})
    assert '<a href="/cases/1/story/" aria-current="page">Story</a>' in shown


def test_a_thing_to_do_has_a_person_a_reason_and_one_button():
    row = Given(
        when="2 days late", tone="late", what="Confirm arrival", person="Nino Beridze", url="/cases/1/",
        why="No word yet.", button="Confirm", act_url="/cases/1/confirm/", since="for 4 days",
    )  # fmt: skip
    shown = render_to_string("_rows.html", {"rows": [row], "solid": True})
    assert "<bdi>Nino Beridze</bdi>" in shown and "btn-primary" in shown and ", Nino Beridze</span>" in shown


def test_a_signature_can_be_drawn_into_the_form():
    shown = render_to_string("_signature.html", {"field": Reason()["signature"], "name": "<b>Awa"})
    assert 'data-signature="id_signature"' in shown and "&lt;b&gt;Awa" in shown and "&amp;lt;" not in shown


def test_what_a_page_has_to_say_stays_and_is_announced():
    source = '{% include "_messages.html" with messages=messages only %}'
    shown = Template(source).render(Context({"messages": [Given(level_tag="success")]}))
    assert 'role="status"' in shown and "alert-success" in shown


def test_forbidden_and_not_there_look_alike(settings):
    folder = settings.BASE_DIR / "templates"
    assert (folder / "403.html").read_text() == (folder / "404.html").read_text()
