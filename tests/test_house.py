"""The rules of the house that a machine can check. Each exception stands here with its reason."""

import ast
import re
from itertools import chain
from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.urls import get_resolver
from django.utils.functional import Promise

import avrr.urls  # noqa: F401 (with the addresses come the acts)
from accounts.fields import C3, field
from accounts.roles import MAY, ROLES_OF, Role
from cases.acting import ACTS
from cases.models.person import PersonFacts
from cases.work import KINDS

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "cases", "reintegration", "referrals", "reports")
CODE = sorted(
    path
    for folder in (*APPS, "avrr", "bin")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TESTS = sorted(ROOT.glob("tests/**/*.py"))
WEB = [path for path in CODE if re.match(r"(.*_)?(views|api)(_.*)?$", path.stem) or "views" in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]


def named(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda path: str(path.relative_to(ROOT)))


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in APPS and "Event" not in model.__bases__]


def histories():
    return [
        model for model in apps.get_models() if model._meta.app_label in APPS and hasattr(model, "pgh_tracked_model")
    ]


def records():
    return [model for model in our_models() if model not in histories()]


# --- one name all the way down ---

NO_ACT = {  # keys of MAY that are no act: why, and which code asks for them
    "see_case": "what a page shows, not what it does",
    "see_money": "what a page shows, not what it does",
    "see_reports": "what a page shows, not what it does",
    "read_audit": "what a page shows, not what it does",
    "invite_user": "pages of people and access, which belong to no case",
    "end_access": "pages of people and access, which belong to no case",
    "give_token": "pages of people and access, which belong to no case",
    "collect_token": "pages of people and access, which belong to no case",
    "end_token": "pages of people and access, which belong to no case",
    "reset_second_factor": "pages of people and access, which belong to no case",
    "name_deputy": "pages of people and access, which belong to no case",
    "keep_organisation": "reference data, plain forms",
    "keep_programme": "reference data, plain forms",
    "keep_service": "reference data, plain forms",
    "export_report": "asked for on the page of a report, made by a job",
    "export_cases": "asked for on the case list, made by a job",
}


def test_every_key_of_the_access_table_is_an_act_or_says_why_not():
    assert set(MAY) - set(ACTS) <= set(NO_ACT), "neither an act nor an exception"
    assert not set(NO_ACT) & set(ACTS), "an exception that is an act by now"
    assert set(NO_ACT) <= set(MAY), "an exception for nothing"
    source = "".join(path.read_text() for path in CODE if path.name != "roles.py")
    assert [verb for verb in NO_ACT if f'"{verb}"' not in source] == [], "a right that nobody asks for"


@pytest.mark.parametrize("verb", ACTS)
def test_a_verb_is_one_word_all_the_way_down(verb):
    act = ACTS[verb]
    assert verb in MAY, "who may?"
    assert act.does.__name__ == verb
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", verb)
    assert verb in {pattern for pattern in get_resolver().reverse_dict if isinstance(pattern, str)}, "no address"
    assert all(isinstance(words, Promise) for words in (act.title, act.button, act.told)), (
        "words that cannot be translated"
    )


BY_ITSELF = {"end_sharing"}


def test_the_access_table_names_only_roles_that_exist_and_opens_to_the_system_only_what_it_does_by_itself():
    everybody = set(chain.from_iterable(ROLES_OF.values()))
    for verb, roles in MAY.items():
        assert roles and roles - {Role.SYSTEM} <= everybody, verb
    assert {verb for verb, roles in MAY.items() if Role.SYSTEM in roles} == BY_ITSELF
    assert everybody == set(Role) - {Role.SYSTEM}


def test_each_kind_of_work_leads_to_an_address():
    addresses = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {kind.act for kind in KINDS.values()} <= addresses


# --- doors ---

FREELY_READ = {"Organisation": "the address book of the programme is no secret among staff"}
DOORS = r"(?:visible_to|countable_by|auditable_by|open_for|waiting_for|none)\("


@named(WEB)
def test_rows_reach_the_web_through_one_door(path):
    text = path.read_text()
    for found in re.finditer(r"\b(\w+)\.objects\b(?!\s*\.?\s*(?:" + DOORS + r"))", text):
        line = text[: found.start()].count("\n") + 1
        assert found[1] in FREELY_READ | THE_FRAMEWORKS_OWN, f"line {line}: {found[1]}.objects without a door"


THE_FRAMEWORKS_OWN = {"Authenticator": "whether a second factor is set up, of allauth"}


@named(WEB)
def test_the_web_writes_nothing_itself(path):
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    wrong = [ast.unparse(call) for call in calls if call.func.attr in ("save", "delete", "bulk_create", "create")]
    assert [call for call in wrong if not call.startswith(("request.session", "SESSION"))] == []


NO_CASE_YET = {"cases/lifecycle/walk_ins.py": "a walk-in belongs to no case until it is answered"}


@named([path for path in CODE if "/seed/" not in str(path)])
def test_a_status_is_written_by_one_door_only(path):
    """Neither by assignment nor by an update of rows: only `move` (cases/transitions.py), which the story tells."""
    if str(path.relative_to(ROOT)) in NO_CASE_YET:
        return
    names, wrong = {"status", "stage"}, []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            wrong += [one.lineno for one in targets if isinstance(one, ast.Attribute) and one.attr in names]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            wrong += [node.lineno for word in node.keywords if word.arg in names]
    assert wrong == []


def test_no_signal_receivers():
    for path in CODE:
        assert not re.search(r"@receiver|(pre|post)_(save|delete)\.connect", path.read_text()), path


@named([path for path in CODE if "lifecycle" in str(path)])
def test_verbs_know_nothing_of_the_web(path):
    assert not re.search(r"django\.(http|shortcuts|forms)|rest_framework|request\.", path.read_text())


def test_every_status_has_its_copy_in_the_database():
    with_steps = [model for model in records() if hasattr(model, "STEPS")]
    assert len(with_steps) >= 9
    for model in with_steps:
        if model._meta.label == "cases.SharedPerson":
            continue  # a copy of a person, drawn anew by cases.sharing
        assert any(isinstance(trigger, pgtrigger.FSM) for trigger in model._meta.triggers), model


def test_the_story_is_only_ever_added_to():
    for model in histories():
        names = {trigger.name for trigger in model._meta.triggers}
        assert "append_only" in names, model


def test_every_record_a_page_can_show_has_a_door_for_sight():
    """Records without one hang on a record that has one and are read through it alone."""
    inside = {
        *("CounsellingOutcome", "Declaration", "FitToTravel"),
        *("Activity", "HarmAnswer", "ContactAttempt"),
        *("Counter", "Heartbeat", "Posting"),  # no person's data
    }
    without = {model.__name__ for model in records() if not hasattr(model._default_manager.all(), "visible_to")}
    assert {name for name in without if name not in inside} <= {"AccountEvent", "User"}  # auditable_by; its manager
    assert inside & {model.__name__ for model in records()} <= without, "an exception for nothing"


# --- people's data ---


def test_history_keeps_codes_and_dates_and_no_words_about_anybody():
    """The table of fields decides: what could do harm is in no copy that nothing can erase."""
    for model in histories():
        tracked = model.pgh_tracked_model._meta
        columns = {one.name for one in model._meta.fields} & {one.name for one in tracked.fields}
        harmful = [name for name in columns if field(tracked.label, name).harm >= C3]
        assert not harmful, (model, harmful)


def test_no_record_says_a_persons_name():
    personal = ("self.name", "display_name", "known_as", "name_original", "self.title")
    of_a_case = {model.__name__ for model in records() if hasattr(model, "case") or issubclass(model, PersonFacts)}
    for path in (path for path in CODE if "models" in path.parts):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and node.name in of_a_case | {"WalkIn", "PersonFacts"}:
                for said in (part for part in node.body if getattr(part, "name", "") == "__str__"):
                    assert not any(words in ast.unparse(said) for words in personal), node.name


# --- shape ---


@named(CODE + TESTS)
def test_files_stay_short(path):
    most = 300 if path in CODE else 400  # a test file holds one record's whole story
    assert len(path.read_text().splitlines()) <= most


@named([*CODE, *(path for path in TESTS if path.read_text().strip())])
def test_every_module_says_why_it_exists(path):
    text = path.read_text()
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no docstring"


@named(CODE)
def test_functions_stay_short(path):
    most = 60 if "demo" in path.parts else 40  # a story of the demo is told in one go
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert length <= most, f"{node.name} has {length} lines"


def test_settings_and_scripts_stay_short():
    assert len((ROOT / "avrr/settings.py").read_text().splitlines()) <= 250
    for script in (ROOT / "static").glob("*.js"):
        assert len(script.read_text().splitlines()) <= 150, script


def test_a_form_of_a_verb_never_sits_on_a_record():
    for path in CODE:
        if path.parts[-2] != "accounts" and "forms" in str(path):
            assert "ModelForm)" not in path.read_text(), path


# --- templates and looks ---

A_WHOLE_PAPER = 160  # a printed document is read from top to bottom


@named(PAGES)
def test_templates_stay_short_and_carry_no_script_or_style(path):
    text = path.read_text()
    assert len(text.splitlines()) <= (A_WHOLE_PAPER if path.name.endswith(".pdf.html") else 120)
    assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"(src|href)=\"(https?:)?//", text), "another site's address"


@named(PAGES)
def test_pages_load_the_quick_words_and_not_djangos(path):
    assert not re.search(r"{% load [^%]*\bi18n\b", path.read_text()), "accounts/templatetags/words.py has all of i18n"


@named(PAGES)
def test_includes_say_what_they_are_given(path):
    for found in re.findall(r"{% include ([^%]*)%}", path.read_text()):
        assert found.rstrip().endswith(" only"), found


WITHOUT_A_MARK = {  # forms that may be sent twice: the second time changes nothing
    **dict.fromkeys(["entrance.html", "mfa/authenticate.html", "_me.html", "_languages.html"], "who and how one looks"),
    **dict.fromkeys(
        ["accounts/notice_list.html", "accounts/away.html"], "what is read stays read, who is back is back"
    ),
}


def test_every_form_carries_a_one_time_mark():
    posts = {path for path in PAGES if 'method="post"' in path.read_text()}
    without = {path for path in posts if not re.search(r"_mark|{% mark %}", path.read_text())}
    assert {str(path.relative_to(ROOT / "templates")) for path in without} == set(WITHOUT_A_MARK)


def test_no_template_is_unused():
    sources = [path.read_text() for path in chain(CODE, TEMPLATES)]
    text = "\n".join(sources)
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        if name.startswith(KNOWN_BY_NAME) or re.fullmatch(r"\d{3}\.html", name):
            continue
        assert f'"{name}"' in text or f'"{name}#' in text or f"'{name}'" in text, name


# Looked up by packages, by kind, by the name of a report's page.
KNOWN_BY_NAME = ("account/", "allauth/", "mfa/", "notices/", "forms/", "django/", "reports/")


def test_every_notice_has_its_words_and_no_words_are_idle():
    code = "\n".join(path.read_text() for path in CODE)
    for path in (ROOT / "templates/notices").glob("*.txt"):
        assert f'"{path.stem}"' in code or f'"{path.stem.rsplit("_", 1)[0]}' in code, path


def test_one_sheet_serves_both_directions_of_reading():
    for name in ("avrr.css", "print.css"):
        css = re.sub(r"/\*.*?\*/", "", (ROOT / "static" / name).read_text(), flags=re.S)
        sides = r"(?:left|right)"
        physical = (
            rf"(?:margin|padding|border)-{sides}\b|(?:^|[;{{\s]){sides}\s*:|(?:float|text-align|clear):\s*{sides}\b"
        )
        assert re.findall(physical, css, re.M) == [], name
