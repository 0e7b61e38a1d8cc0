"""What a person is asked, one form for each verb; forms never write."""

from .base import ActForm, EditForm, NoteForm, ReasonForm, side
from .counselling import (
    ConsentForm,
    CounsellingForm,
    DeclarationForm,
    PeopleForm,
    WithdrawForm,
)
from .keeping import (
    AssignForm,
    CloseForm,
    CorrectForm,
    DocumentForm,
    HoldForm,
    NewNoteForm,
    TaskForm,
)
from .opening import EditCaseForm, EditPersonForm, OpenCaseForm, PersonForm
from .reassign import AssignShareForm
from .screening import (
    AskDecisionForm,
    ChildDecisionForm,
    ConcernForm,
    DecideForm,
    OutsideDecisionForm,
    ReleaseForm,
    ScreeningForm,
)
from .travel import (
    AnswerWalkInForm,
    ArrivalForm,
    BookTravelForm,
    DepartureConfirmedForm,
    DepartureForm,
    FitToTravelForm,
    HandoverForm,
    NoDepartureForm,
    TravelDocumentForm,
    WalkInForm,
)

__all__ = [
    "ActForm",
    "AnswerWalkInForm",
    "ArrivalForm",
    "AskDecisionForm",
    "AssignForm",
    "AssignShareForm",
    "BookTravelForm",
    "ChildDecisionForm",
    "CloseForm",
    "ConcernForm",
    "ConsentForm",
    "CorrectForm",
    "CounsellingForm",
    "DecideForm",
    "DeclarationForm",
    "DepartureConfirmedForm",
    "DepartureForm",
    "DocumentForm",
    "EditCaseForm",
    "EditForm",
    "EditPersonForm",
    "FitToTravelForm",
    "HandoverForm",
    "HoldForm",
    "NewNoteForm",
    "NoDepartureForm",
    "NoteForm",
    "OpenCaseForm",
    "OutsideDecisionForm",
    "PeopleForm",
    "PersonForm",
    "ReasonForm",
    "ReleaseForm",
    "ScreeningForm",
    "TaskForm",
    "TravelDocumentForm",
    "WalkInForm",
    "WithdrawForm",
    "side",
]
