"""The one table of what every field is: how much harm it can do, who may read it, what it is kept for and how long.

Each app lists its own fields (cases/fields.py and so on) in the words of this file, and the doors ask it: what a share
can hold, what a preview says, what an export and the API may show, what history may keep. A field that is not listed is
refused, and fails the tests. Classes and readers are decided in docs/decisions/0010-fields.md.

    of("cases.Person", C4, BOTH, IDENTITY, "name known_as born_on")
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Harm(IntEnum):
    """How much harm a field can do in the wrong hands. What a class forbids is in the docstring of its line."""

    C0 = 0  # published, or nobody behind it
    C1 = 1  # the work itself: states, steps, references, who did it
    C2 = 2  # about a person, as a code, a date of a step or an amount; may be counted and exported without a name
    C3 = 3  # about a person in somebody's words; in no history, no export, no mail, no log
    C4 = 4  # the safety of a person: who and where they are, what they fear or suffer; as C3, and encrypted at rest


C0, C1, C2, C3, C4 = Harm


class Reader(StrEnum):
    """Who reads a field on a page, through the API or on paper. Rows are another question: `visible_to`."""

    EVERYBODY = "everybody who is signed in"
    OWN = "the user whom it is about"
    AGENCY = "caseworkers and supervisors of the host agency"
    REVIEW = "the two people of a concern"
    PREVIEW = "the partner, before it answers"
    PARTNER = "the partner, after it has accepted"
    COUNTING = "managers and finance, coded"
    ADMINISTRATOR = "administrators"
    AUDITOR = "auditors"


NOBODY: frozenset[Reader] = frozenset()
EVERYBODY = frozenset({Reader.EVERYBODY})
OWN = frozenset({Reader.OWN})
AGENCY = frozenset({Reader.AGENCY})
REVIEW = frozenset({Reader.REVIEW})
BOTH = AGENCY | {Reader.PARTNER}
FIRST_LOOK = BOTH | {Reader.PREVIEW}
COUNTED = AGENCY | {Reader.COUNTING}
BOTH_COUNTED = BOTH | {Reader.COUNTING}
FIRST_COUNTED = FIRST_LOOK | {Reader.COUNTING}
STAFF_ROOM = frozenset({Reader.ADMINISTRATOR, Reader.AUDITOR, Reader.OWN})


@dataclass(frozen=True)
class Record:
    """A line of the record of processing (GDPR art. 30): what fields are kept for, on what basis, and how long."""

    name: str
    purpose: str
    basis: str
    keep: str


SETTINGS = Record("settings", "Running the programme", "no personal data", "as long as the programme runs")
ACCOUNTS = Record("accounts", "Letting staff in, and only staff", "work contract", "access and 3 years after its end")
WORKBENCH = Record("workbench", "What a member of staff is in the middle of", "work contract", "30 days")
MESSAGES = Record("messages", "Telling staff what waits, with references only", "public task", "13 months")
TRACE = Record("trace", "Proving what happened to a case", "public task", "5 years, then without the actor's name")
CASE = Record("case", "Preparing and accompanying a return", "public task", "24 months after closing, then coded")
IDENTITY = Record("identity", "Knowing who returns and who arrives", "public task", "24 months after closing")
CONTACT = Record("contact", "Reaching a person without harm", "public task", "3 months after the last follow-up")
WISHES = Record("wishes", "Proving a free and informed decision", "public task", "24 months after closing")
HEALTH = Record(
    "health", "Travelling and arriving safely", "explicit consent, vital interest", "12 months after closing"
)
SAFETY = Record("safety", "Protecting a person from a return into danger", "vital interest", "12 months after closing")
MONEY = Record(
    "money", "Accounting for help that was given", "legal duty of accounts", "5 years after the last payment"
)
HELP = Record("help", "Agreeing and giving help in the country of return", "public task", "24 months after closing")

TABLE: dict[str, dict[str, "Field"]] = {}


@dataclass(frozen=True)
class Field:
    """What is decided about one field of a model."""

    harm: Harm
    readers: frozenset[Reader]
    record: Record


def of(model: str, harm: Harm, readers: frozenset[Reader], record: Record, names: str) -> None:
    """List fields of `model` («cases.Person») by their names; a second listing is a programming error."""
    known = TABLE.setdefault(model, {})
    for name in names.split():
        assert name not in known, f"{model}.{name} is listed twice"
        known[name] = Field(harm, readers, record)


def field(model: str, name: str) -> Field:
    """What is decided about a field. Raises LookupError for one that nobody decided about: it is shown nowhere."""
    try:
        return TABLE[model][name]
    except KeyError:
        raise LookupError(f"{model}.{name} is not in the table of fields") from None


def readable(model: str, reader: Reader, most: Harm = C4) -> list[str]:
    """The fields of a model that `reader` may read, up to a class of harm, in the order of the table."""
    return [n for n, one in TABLE[model].items() if one.readers & {reader, Reader.EVERYBODY} and one.harm <= most]


def beyond(model: str, names: Iterable[str], reader: Reader, most: Harm = C4) -> list[str]:
    """Those of `names` that `reader` may not read, or that can do more harm than `most`. Raises as `field` does."""
    found = [(name, field(model, name)) for name in names]
    return [n for n, one in found if not one.readers & {reader, Reader.EVERYBODY} or one.harm > most]
