"""The table of fields: everything that is kept stands in it, and every door asks it."""

import pytest
from django.apps import apps
from rest_framework.serializers import ModelSerializer

import reintegration.api  # noqa: F401  the serializers of the API are all known now
from accounts.fields import C2, C3, C4, NOBODY, TABLE, Reader, beyond, field, of
from cases.fields import PREVIEW_FACTS, SHARED_FACTS
from cases.models import SharedCase, SharedPerson
from cases.sharing import preview
from reports.catalogue.cases import COLUMNS, Column
from tests import make

APPS = ("accounts", "cases", "reintegration", "referrals", "reports")
HOST_ONLY = {  # never a partner's, whatever a programme wishes (domain/dataprotection.md 4)
    "cases.Person": {"vulnerabilities", "stays_at", "birth_place", "search_name", "interpreter_language"},
    "cases.Case": {"legal_deadline", "legal_deadline_on", "reasons", "scenario", "hold_reason"},
    "cases.Counselling": {"note", "alone_with", "topics", "others_present", "handed_out"},
    "cases.CounsellingOutcome": {"wish"},
    "cases.Screening": {
        "individual",
        "family",
        "community",
        "structural",
        "vulnerabilities",
        "note",
        "health_followed",
    },
    "cases.Concern": {"kind", "detail", "person", "release_reason"},
    "cases.ChildDecision": {"result", "authority", "receiving_adult", "receiving_contact"},
    "cases.Decision": {"reason", "ask_note", "authority", "complaint_information"},
    "cases.TravelDocument": {"number", "kept_where"},
    "cases.FitToTravel": {"is_fit", "conditions"},
    "cases.Consent": {"agreed", "document", "witness"},
    "cases.Declaration": {"strokes", "document", "witness"},
}


def kept() -> dict[str, set[str]]:
    """Every model of ours and its columns, without the copies that the database keeps of them."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    own = [model for model in models if not hasattr(model, "pgh_tracked_model")]
    return {model._meta.label: {one.name for one in model._meta.concrete_fields} for model in own}


def serializers(of_class=ModelSerializer):
    for one in of_class.__subclasses__():
        if one.__module__.split(".")[0] in APPS:
            yield one
        yield from serializers(one)


def test_everything_that_is_kept_stands_in_the_table_and_nothing_else():
    listed = {model: set(fields) for model, fields in TABLE.items()}
    assert listed == kept()


def test_a_field_that_is_not_listed_is_refused():
    with pytest.raises(LookupError, match=r"cases.Person.religion is not in the table"):
        field("cases.Person", "religion")
    with pytest.raises(LookupError):
        beyond("cases.Person", ["name", "religion"], Reader.AGENCY)
    with pytest.raises(AssertionError, match="listed twice"):
        of("cases.Person", C4, NOBODY, field("cases.Person", "name").record, "name")


@pytest.mark.parametrize("model", HOST_ONLY)
def test_what_stays_with_the_host_agency_has_no_partner_among_its_readers(model):
    theirs = {Reader.PARTNER, Reader.PREVIEW, Reader.EVERYBODY}
    assert not {name for name in HOST_ONLY[model] if field(model, name).readers & theirs}


def test_who_may_read_the_first_look_may_read_the_rest():
    for model, fields in TABLE.items():
        for name, one in fields.items():
            if Reader.PREVIEW in one.readers:
                assert {Reader.PARTNER, Reader.AGENCY} <= one.readers and one.harm < C4, f"{model}.{name}"


def test_secrets_are_for_nobody():
    for model, name in (("accounts.User", "password"), ("accounts.ApiToken", "secret_hash"),
                        ("accounts.Invitation", "secret_hash")):  # fmt: skip
        assert field(model, name).readers == NOBODY and field(model, name).harm == C4


def test_a_copy_is_read_by_no_more_people_than_what_it_copies():
    for name in SHARED_FACTS:
        copy, own = field("cases.SharedPerson", name), field("cases.Person", name)
        assert copy.harm >= own.harm and copy.readers <= own.readers, name


# --- the doors that ask it ---


def test_a_share_holds_what_a_partner_may_read_and_its_own_keys(cast):
    columns = {one.name for one in SharedPerson._meta.fields}
    assert columns - {"id", "shared", "person", "organisation", "partner", "number"} == set(SHARED_FACTS)
    assert not beyond("cases.SharedCase", [one.name for one in SharedCase._meta.fields], Reader.PARTNER)
    case = make.decided(cast)
    assert set(preview(case, cast.partner)) == {*PREVIEW_FACTS, "adults", "minors"}
    assert not beyond("cases.Case", PREVIEW_FACTS, Reader.PREVIEW, C3)


def test_the_api_shows_to_each_side_what_it_may_read():
    found = list(serializers())
    assert len(found) >= 12
    for one in found:
        model = one.Meta.model._meta.label
        reader = Reader.AGENCY if model in ("cases.Case", "cases.Person") else Reader.PARTNER
        names = [name for name in one.Meta.fields if name in TABLE[model]]
        assert not beyond(model, names, reader), one


def test_an_export_takes_codes_and_no_words():
    assert {column.tells.split(".")[0] for column in COLUMNS} <= set(APPS)
    for tells in ("cases.Person.name", "cases.Case.needs", "cases.Case.legal_deadline", "cases.Event.note"):
        with pytest.raises(ValueError, match="is not for an export"):
            Column("leak", "Leak", "c.leak", tells)
    assert not beyond(
        "cases.Case", [c.tells.split(".")[2] for c in COLUMNS if ".Case." in c.tells], Reader.COUNTING, C2
    )


def test_who_counts_reads_no_names(cast):
    """And what a record calls itself, in logs and errors, is a reference or a key."""
    for label, fields in TABLE.items():
        words = [name for name, one in fields.items() if one.harm == C4 and Reader.COUNTING in one.readers]
        assert set(words) <= {"vulnerabilities"}, label
    shared = make.preparing(cast)
    records = [shared.case, shared.case.people.get(), shared, shared.people.get(), shared.case.decisions.get()]
    for record in records:
        assert "Sarr" not in str(record) + repr(record)
