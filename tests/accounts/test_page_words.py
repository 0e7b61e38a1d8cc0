"""Names, dates, amounts and states come out in the words of the reader."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from accounts.templatetags import page

TODAY = date(2026, 11, 24)


def show(source, **context):
    return Template(source).render(Context(context))


def test_an_icon_is_drawn_from_the_sprite_and_silent_for_screen_readers():
    assert show('{% icon "check" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#check"/></svg>'
    )
    assert 'class="icon late"' in show('{% icon "clock" "late" %}')


def test_a_state_has_a_word_and_a_sign_and_escapes_what_it_is_given():
    shown = show('{% state "late" words %}', words="<2 late>")
    assert shown.startswith('<span class="state late"><svg class="icon"')
    assert "#exclamation-circle" in shown and "&lt;2 late&gt;" in shown
    assert show('{% state "" "Lowest price" %}') == '<span class="state">Lowest price</span>'


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Awa Diallo", "<bdi>Awa Diallo</bdi>"),
        ("يوسف الحداد", '<bdi lang="und-Arab" dir="rtl">يوسف الحداد</bdi>'),
        ("דוד כהן", '<bdi lang="und-Hebr" dir="rtl">דוד כהן</bdi>'),
        ("ነጋ ተስፋዬ", "<bdi>ነጋ ተስፋዬ</bdi>"),
        ("O'Neil <b>", "<bdi>O&#x27;Neil &lt;b&gt;</bdi>"),
        ("Ana\u202egnirtS", "<bdi>AnagnirtS</bdi>"),
        ("1 محمد", '<bdi lang="und-Arab" dir="rtl">1 محمد</bdi>'),
        (None, "<bdi></bdi>"),
    ],
)
def test_a_name_keeps_its_direction_and_cannot_turn_the_page(name, shown):
    assert page.person_name(name) == shown


@pytest.mark.parametrize(
    ("language", "amount", "currency", "words"),
    [
        ("en", Decimal("2205"), "GEL", "2,205.00 GEL"),
        ("fr", Decimal("2205.5"), "EUR", "2\u202f205,50 EUR"),
        ("en", 150000, "XOF", "150,000 XOF"),
        ("en", Decimal("1.5"), "TND", "1.500 TND"),
        ("en", Decimal("-0.005"), "EUR", "-0.00 EUR"),
        ("en", None, "EUR", ""),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency_and_the_separators_of_the_reader(language, amount, currency, words):
    with translation.override(language):
        assert page.money_words(amount, currency) == words.replace(" ", page.NO_BREAK)


def test_an_amount_stands_by_itself_in_a_line_of_another_direction():
    assert page.money(Decimal(5), "EUR") == f"<bdi>5.00{page.NO_BREAK}EUR</bdi>"
    assert page.money(None, "EUR") == ""


def test_days_in_english_french_and_arabic(clock):
    clock.move_to(datetime(2026, 11, 3, 10, tzinfo=UTC))
    wednesday = date(2026, 11, 25)
    assert page.day(wednesday) == "Wed 25 Nov 2026"
    assert page.day(wednesday, "full") == "Wednesday 25 November 2026"
    assert page.day(wednesday, "short") == "Wed 25 Nov"
    assert page.day(None) == ""
    assert page.day(date(2027, 2, 3), "short") == "Wed 3 Feb"
    assert page.day(date(2027, 2, 4), "short") == "Thu 4 Feb 2027"  # 93 days on
    assert page.day(date(2026, 8, 2), "short") == "Sun 2 Aug 2026"
    with translation.override("fr"):
        assert page.day(wednesday) == "mer. 25 nov. 2026"
        assert page.day(wednesday, "date") == "25 novembre 2026"
    with translation.override("ar"):
        assert "نوفمبر" in page.day(wednesday)


def test_a_moment_is_told_in_the_time_zone_of_the_page(settings):
    settings.TIME_ZONE = "Europe/Paris"
    late_evening = datetime(2026, 11, 23, 23, 10, tzinfo=UTC)
    assert page.moment(late_evening) == "Tue 24 Nov 2026, 00:10"
    assert page.clock(late_evening) == "00:10"
    assert page.day(late_evening) == "Tue 24 Nov 2026"


@pytest.mark.parametrize(
    ("when", "words", "tone"),
    [
        (date(2026, 11, 22), "2 days late", "late"),
        (date(2026, 11, 23), "1 day late", "late"),
        (date(2026, 11, 24), "today", "soon"),
        (date(2026, 11, 27), "in 3 days", "soon"),
        (date(2026, 11, 28), "in 4 days", ""),
        (None, "", ""),
    ],
)
def test_how_far_a_due_date_is(when, words, tone):
    due = page.when_due(when, TODAY)
    assert (str(due), due.tone) == (words, tone)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (date(2026, 11, 24), "since today"),
        (date(2026, 11, 23), "for 1 day"),
        (date(2026, 11, 18), "for 6 days"),
        (date(2026, 8, 24), "for 3 months"),
        (date(2023, 11, 24), "for 3 years"),
    ],
)
def test_how_long_something_has_waited(start, words):
    assert page.since(start, TODAY) == words


def test_countries_and_languages_are_named_in_the_language_of_the_reader():
    assert page.country_name("SN") == "Senegal"
    assert page.country_name("??") == "??"
    assert page.language_name("snk") == "Soninke"
    with translation.override("fr"):
        assert page.country_name("sn") == "Sénégal"
        assert page.language_name("ti") == "Tigrigna"
        names = [name for _, name in page.countries()]
        assert names.index("Égypte") < names.index("Espagne") < names.index("Sénégal")
    codes = {code for code, _ in page.countries()}
    assert {"SN", "GE", "XK", "PS", "TW"} <= codes and not codes & {"EU", "ZZ", "UN"} and len(codes) > 240


def test_every_language_we_list_has_a_name():
    assert [code for code, name in page.languages() if name.lower() == code] == []


def test_a_reference_can_be_copied_and_stays_on_one_line():
    assert page.ref("AVRR-FR-2026-000123-7") == '<bdi class="ref">AVRR-FR-2026-000123-7</bdi>'
    assert page.ref("") == ""


def test_words_in_a_row_are_set_apart_as_the_language_does():
    assert page.listed(["Family", "No work"]) == "Family; No work" and page.listed([]) == ""
    with translation.override("fr"):
        assert page.listed(["Famille", "Travail"]) == "Famille\u00a0; Travail"
