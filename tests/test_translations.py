"""The screens speak one language at a time: French is complete, keeps to the glossary, and no English shows through."""

import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation import trans_real

import avrr.urls  # noqa: F401 (with the addresses come the acts and their words)
from avrr.assets import compile_messages
from cases import lifecycle as office
from cases.acting import ACTS
from cases.templatetags.case_words import changes_told, note_words
from tests import make
from tests.doing import DOINGS
from tests.seen import last_line

LOCALE = Path(__file__).parent.parent / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
FRENCH = polib.pofile(str(LOCALE / "fr" / "LC_MESSAGES" / "django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TURNING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ENGLISH = re.compile(
    r"(?<![\w/.@-])(the|of|with|this|that|is|are|your|you|has|not|and|or|by|waits|case|person)(?![\w/.@-])", re.I
)
FRENCH_WORDS = {"or", "person"}  # English words that may also stand in a French sentence or an identifier
MUTED = {"script", "style", "svg", "title", "blockquote"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr"}
GLOSSARY = {  # the words of docs/glossary.md: an English word, and what its French sentence must say
    r"hand(ed|s)?[ -]?over(?! the link)": r"transm",
    r"returnees?": r"personnes? de retour|venue|transmission",
    r"caseworkers?": r"charg[ée]s? de dossier|autre collègue",
    r"voluntary declaration": r"déclaration de retour volontaire|déclaration",
    r"fit-to-travel": r"aptitude au voyage",
    r"reintegration partner": r"partenaire de réintégration",
    r"(help|assistance) in kind|in-kind": r"aides?|en nature",
    r"best-interests|best interests": r"intérêt supérieur",
    r"vulnerability screening": r"évaluation de la vulnérabilité",
    r"follow-ups?": r"suivis?",
    r"referrals?": r"orientations?",
    r"country of return": r"pays de retour",
    r"host agency": r"agence d’accueil",
    r"withdr[ae]ws?": r"désist|retir|retrait",
    r"donor line": r"ligne de financement|celui d’une ligne",
    r"walk-in": r"présentation spontanée",
}
TYPED = {
    "Return and reintegration HN-26",
    "Return and reintegration BE-26",
    "None that matter.",
    "The best guarantee.",
}  # by tests/make.py, people.py
KEPT = re.compile(r"(Africa|America|Asia|Europe)/|(: )?(Payment|Delivery) of G-")  # zones; titles of documents
NEVER = re.compile(r"bénéficiaire|clandestin|illégal|sans-papiers|migrant|ex-détenu", re.I)


class Words(HTMLParser):
    """What a reader sees or hears of a page; parts that say they are in another language are left out."""

    def __init__(self, page):
        super().__init__()
        self.muted, self.said = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        quiet = tag in MUTED or tag == "bdi" or facts.get("lang", "fr") != "fr"
        if not self.muted and not quiet:
            self.said += [facts[name] for name in ("alt", "title", "aria-label", "placeholder") if facts.get(name)]
        if tag not in VOID and (self.muted or quiet):
            self.muted.append(tag)

    def handle_endtag(self, tag):
        if self.muted and tag not in VOID:
            self.muted.pop()

    def handle_data(self, data):
        if not self.muted and data.strip():
            self.said.append(" ".join(data.split()))


def english_in(page: str) -> list[str]:
    """The pieces of a French page that are not French."""
    pieces = [said for said in Words(page).said if said not in TYPED and not KEPT.match(said)]
    return [said for said in pieces if {word.lower() for word in ENGLISH.findall(said)} - FRENCH_WORDS]


def entries(catalogue):
    return [entry for entry in catalogue if not entry.obsolete]


def texts(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.fixture
def french(client):
    """A browser of somebody who reads French."""
    if compile_messages(LOCALE):
        trans_real._translations.clear()
    client.cookies["avrr_language"] = "fr"
    with translation.override("en"):
        yield client


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_entry_is_translated_with_its_placeholders(path):
    catalogue = polib.pofile(str(path))
    wrong = []
    for entry in entries(catalogue):
        asked = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        if entry.fuzzy or not all(texts(entry)):
            wrong.append(entry.msgid)
        if any(set(PLACEHOLDER.findall(text)) - asked for text in texts(entry)):
            wrong.append(entry.msgid)
        if not entry.msgid_plural and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(
            PLACEHOLDER.findall(entry.msgstr)
        ):
            wrong.append(entry.msgid)
    assert not wrong


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_no_sign_turns_the_reading_direction(path):
    catalogue = polib.pofile(str(path))
    assert not [entry.msgid for entry in entries(catalogue) if TURNING.search(entry.msgid + "".join(texts(entry)))]


def test_a_catalogue_names_no_person_and_no_machine():
    for path in CATALOGUES:
        assert "@" not in path.read_text().split("\n\n")[0] and "#: " not in path.read_text()


def test_arabic_papers_use_words_of_the_screens():
    papers = polib.pofile(str(LOCALE / "ar" / "LC_MESSAGES" / "django.po"))
    known = {entry.msgid for entry in entries(FRENCH)}
    assert not [entry.msgid for entry in entries(papers) if entry.msgid not in known]


def test_french_signs_keep_their_space():
    close = re.compile(r"[^\s\u00a0][;?!»]|[^\s\u00a0\d:]:(?![/\w])(?! Bearer)| [:;?!»]|«(?!\u00a0)")
    assert not [(entry.msgid, text) for entry in entries(FRENCH) for text in texts(entry) if close.search(text)]
    assert not [entry.msgid for entry in entries(FRENCH) for text in texts(entry) if re.search(r"\w'\w", text)]


def test_html_is_the_same_in_french():
    tags = re.compile(r"</?[a-z]+[^>]*>")
    assert not [e.msgid for e in entries(FRENCH) for t in texts(e) if tags.findall(e.msgid) != tags.findall(t)]


def test_buttons_stay_short():
    with translation.override("fr"):
        long = {str(act.button) for act in ACTS.values() if len(str(act.button)) > 30}
    assert not long


def test_people_come_first_and_words_keep_to_the_glossary():
    assert not [entry.msgid for entry in entries(FRENCH) for text in texts(entry) if NEVER.search(text)]
    strayed = []
    for english, wanted in GLOSSARY.items():
        for entry in entries(FRENCH):
            if re.search(rf"\b{english}\b", entry.msgid, re.I):
                strayed += [(entry.msgid, text) for text in texts(entry) if not re.search(wanted, text, re.I)]
    assert not strayed


def test_a_page_in_two_languages_would_be_seen():
    page = '<p>Dossier</p><p lang="en">The text</p><bdi>Bank of Thiès</bdi><p title="Waits for you">Rien</p>'
    assert english_in(page) == ["Waits for you"]


PAGES = {
    "amina": [
        "/", "/cases/", "/grants/", "/referrals/", "/messages/", "/away/", "/help/",
        "{case}", "{case}story/", "{case}documents/", "{case}history/", "{case}people/1/", "{case}plan/",
        "{case}grants/", "{case}follow-ups/", "{case}referrals/", "{grant}", "/accounts/2fa/",
        "/accounts/password/change/", "/accounts/logout/",
    ],
    "bashir": ["/", "/cases/", "/cases/reassign/", "/reports/", "{case}", "{case}decision/", "{case}journey/"],
    "mira": ["/reports/", "/reports/donor/"],
    "ada": [
        "/users/", "/users/invite/", "/users/keys/", "/organisations/", "/organisations/new/", "/services/",
        "/programmes/", "/programmes/{programme}/", "/programmes/suspensions/new/",
    ],
    "audit": ["/audit/", "/audit/access/"],
    "horizon": ["/", "/cases/", "/arrivals/", "/grants/", "/referrals/", "{case}", "{case}plan/", "{case}journey/",
                "{grant}"],
}  # fmt: skip


@pytest.mark.parametrize("who", PAGES)
def test_no_english_shows_on_a_french_page(french, cast, who):
    grant = make.paid(cast, make.OUSMANE, make.AISSA)
    office.edit_case(grant.case, by=cast.amina, changes={"return_place": "Kaolack"})
    french.force_login(getattr(cast, who))
    found = {}
    for page in PAGES[who]:
        address = page.format(
            case=grant.case.get_absolute_url(), grant=grant.get_absolute_url(), programme=cast.programme.pk
        )
        answer = french.get(address)
        if answer.status_code != 200:
            found[address] = answer.status_code
        elif words := english_in(answer.content.decode()):
            found[address] = words
    assert not found


@pytest.mark.parametrize("verb", DOINGS)
def test_no_english_shows_on_the_page_of_a_verb(french, cast, verb):
    doing = DOINGS[verb]
    record = doing.on(cast)
    french.force_login(getattr(cast, doing.by))
    page = french.get(doing.address(record)).content.decode()
    assert not english_in(page)


def test_the_door_is_french_too(french, db):
    for address in ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/nowhere/"):
        assert not english_in(french.get(address).content.decode()), address


def test_the_story_speaks_to_its_reader(cast, french):
    case = make.in_application(cast)
    person = case.people.get()
    make.consent(person, cast.partner)
    consented = last_line(person)
    make.declare(person)
    signed = last_line(person)
    office.edit_case(case, by=cast.amina, changes={"return_country": "GE", "reasons": ["illness"]})
    changed = last_line(case)
    with translation.override("fr"):
        assert note_words(consented) == "Partager mon dossier avec le partenaire de réintégration"
        assert note_words(signed) == "Texte, version 1, Français"
        assert changes_told(changed)[0] == ("Pays de retour", "Sénégal", "Géorgie")
        assert changes_told(changed)[1][0] == "Motifs du retour"
    assert consented.note == "Share my file with the reintegration partner"
