"""A case is opened and its people are written down."""

from django.utils.translation import gettext_lazy as _

from .. import forms, lifecycle
from ..acting import act
from ..targets import CASE, NOTHING, PERSON
from .when import to_made

act(
    "open_case",
    does=lifecycle.open_case,
    on=NOTHING,
    asks=forms.OpenCaseForm,
    icon="person-plus",
    title=_("New enquiry"),
    button=_("Open the case"),
    told=_("Case opened"),
    leads_to=to_made,
    template="cases/new_person.html",
    lead=_("A case is the work with one person or one family. Members of the family are added next."),
)
act(
    "add_person",
    does=lifecycle.add_person,
    on=CASE,
    asks=forms.PersonForm,
    when=lambda c: c.is_before_departure or c.came_without_us,
    template="cases/new_person.html",
    icon="person-plus",
    title=_("Add a member of the family"),
    button=_("Add"),
    told=_("Member of the family added"),
)
act(
    "edit_case",
    does=lifecycle.edit_case,
    on=CASE,
    asks=forms.EditCaseForm,
    icon="pencil-square",
    title=_("Change facts of the case"),
    button=_("Save"),
    told=_("Facts of the case changed"),
)
act(
    "edit_person",
    does=lifecycle.edit_person,
    on=PERSON,
    asks=forms.EditPersonForm,
    icon="pencil-square",
    title=_("Change facts of this person"),
    button=_("Save"),
    told=_("Facts of a person changed"),
)
