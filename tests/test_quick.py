"""The quick tags say the very same as the slow ones, only sooner."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import override

from accounts.context import Entry
from accounts.templatetags.words import SentenceNode

ROWS = "{% load quick %}{% lines rows as row %}"


def shown(text: str, **facts) -> str:
    return Template(text).render(Context(facts))


def test_each_row_fills_in_the_same_form():
    rows = [SimpleNamespace(name="Ada", url="/1/"), SimpleNamespace(name="Ben", url="/2/")]
    text = ROWS + '<a href="{{ row.url }}" title="{{ row.name }}">{{ row.name }}</a> {{ said }}{% endlines %}'
    assert shown(text, rows=rows, said="<b>") == (
        '<a href="/1/" title="Ada">Ada</a> &lt;b&gt;<a href="/2/" title="Ben">Ben</a> &lt;b&gt;'
    )


def test_what_people_typed_stays_text_and_what_is_ready_for_a_page_stays_as_it_is():
    rows = [SimpleNamespace(typed="""<script>"'&{{ x }}""", ready=SafeString("<bdi>A</bdi>"), number=7)]
    text = ROWS + "{{ row.typed }}|{{ row.ready }}|{{ row.number }}{% endlines %}"
    assert shown(text, rows=rows) == "&lt;script&gt;&quot;&#x27;&amp;{{ x }}|<bdi>A</bdi>|7"


def test_no_row_no_line_and_a_form_without_places_is_repeated():
    assert shown(ROWS + "<li>{{ row.name }}</li>{% endlines %}", rows=[]) == ""
    assert shown(ROWS + "<li>{% endlines %}", rows=[1, 2]) == "<li><li>"


@pytest.mark.parametrize(
    "inside",
    [
        "{{ row.name|upper }}",
        "{{ row }}",
        "{{ row.owner.name }}",
        "{% if row.name %}x{% endif %}",
        "{% for a in row %}{% endfor %}",
        "{% translate row.name %}",
    ],
)
def test_what_would_be_asked_once_for_all_rows_is_refused(inside):
    with pytest.raises(TemplateSyntaxError):
        Template(ROWS + inside + "{% endlines %}")


def test_lines_must_name_their_row():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load quick %}{% lines rows %}{% endlines %}")


def test_a_fixed_part_speaks_the_language_of_the_reader_and_knows_other_facts():
    text = '{% load quick %}{% fixed "_menu.html" menu=menu %}{% fixed "_dialogs.html" session_seconds=seconds %}'
    menu = (Entry("Keys & more", "/keys/", "keyboard"),)
    english = shown(text, menu=menu, seconds=900)
    assert 'href="/keys/"' in english and "Keys &amp; more" in english and "Stay signed in" in english
    assert english == shown(text, menu=menu, seconds=900)
    with override("fr"):
        french = shown(text, menu=menu, seconds=900)
    assert "Rester connecté" in french and "Stay signed in" not in french
    assert 'data-seconds="60"' in shown(text, menu=(), seconds=60)


def test_a_sentence_is_said_in_each_language():
    text = "{% load words %}{% translate 'Sign out' %}"
    assert shown(text) == "Sign out"
    with override("fr"):
        assert shown(text) == "Se déconnecter"
    assert shown(text) == "Sign out"


def test_every_sentence_of_the_pages_is_said_as_django_would_say_it():
    said = 0
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = path.read_text()
        for tag in set(re.findall(r'{% translate "[^"]+" %}', text)):
            ours, django = Template("{% load words %}" + tag), Template("{% load i18n %}" + tag)
            assert isinstance(ours.nodelist[1], SentenceNode)
            for language in ("en", "fr"):
                with override(language):
                    assert ours.render(Context()) == django.render(Context()), (path.name, tag)
            said += 1
    assert said > 500


def test_more_than_a_bare_sentence_is_left_to_django():
    text = "{% load words %}{% translate word %}|{% translate 'Cases' as kept %}{{ kept }}|{% translate 'a'|upper %}"
    assert shown(text, word="<Cases>") == "&lt;Cases&gt;|Cases|A"
    assert shown("{% load words %}{% translate '5 % of 100 %' %}") == "5 % of 100 %"
