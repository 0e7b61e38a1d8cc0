"""Who comes together: one to six people with the facts that host and partner know of them."""

from dataclasses import dataclass, field

from cases.calendars import latest_birth
from cases.models import HOST_ONLY_VULNERABILITIES

SIZES, SIZE_WEIGHTS = (1, 2, 3, 4, 5, 6), (60, 13, 10, 9, 5, 3)


@dataclass
class Member:
    pk: int
    number: int
    relation: str
    sex: str
    name: object
    born: str
    precision: str
    is_adult: bool
    is_in: bool = True
    status: str = "taking_part"
    needs: list[str] = field(default_factory=list)
    known_as: str = ""
    languages: str = "{}"
    language: str = "en"
    phone: str = ""
    safe: str = "any"
    refuses_contact: bool = False  # said no to calls and visits after the return

    @property
    def search_name(self) -> str:
        known = self.name.plain.split()[0] if self.known_as else ""
        return " ".join(filter(None, (self.name.plain, known, self.name.plain_own)))


def make_family(rng, days, land, opened: int, new_key) -> list[Member]:
    """Members in the order of their numbers; ages keep clear of the border between child and adult."""
    size = rng.choices(SIZES, SIZE_WEIGHTS)[0]
    alone_child = size == 1 and rng.random() < 0.012
    members = []
    for number in range(1, size + 1):
        relation = "applicant" if number == 1 else _relation(rng, number, members)
        is_adult = relation != "child" and not alone_child
        sex = "female" if rng.random() < 0.44 else "male"
        if relation == "spouse":
            sex = "male" if members[0].sex == "female" else "female"
        member = _member(rng, days, land, opened, new_key(), number, relation, sex, is_adult)
        if alone_child:
            member.needs.append("unaccompanied")
        members.append(member)
    grown = [m for m in members if m.is_adult]
    if len(grown) == 1 and size > 1:
        grown[0].needs.append("single_parent")
    return members


def _relation(rng, number: int, members) -> str:
    if number == 2 and rng.random() < 0.6:
        return "spouse"
    if rng.random() < 0.06 and all(m.relation != "parent" for m in members):
        return "parent"
    return "child"


def _member(rng, days, land, opened, pk, number, relation, sex, is_adult) -> Member:
    if relation == "parent":
        years = rng.uniform(58, 80)
    elif is_adult:
        years = 20 + 45 * rng.betavariate(1.4, 3)
    else:
        years = rng.uniform(0.2, 15.5) if number > 1 else rng.uniform(14, 16)
    born, precision = days.date(opened - int(years * 365.25)), "day"
    if (is_adult and years < 75 or years > 4) and (chance := rng.random()) < 0.1:
        born, precision = latest_birth(born.year, None if chance < 0.05 else born.month)
    name = rng.choice(land.female if sex == "female" else land.male)
    member = Member(pk, number, relation, sex, name, born.isoformat(), precision, is_adult)
    if is_adult or number == 1:
        member.phone = f"+3363998{rng.randrange(10000):04}"
        member.safe = rng.choices(("any", "voice", "neutral", "through"), (80, 10, 6, 4))[0]
        member.needs = _needs(rng, sex, years)
    member.known_as = name.latin.split()[0] if rng.random() < 0.06 else ""
    member.languages = "{" + ",".join(land.languages[: rng.randint(1, len(land.languages))]) + "}"
    member.language = land.languages[0]
    return member


def _needs(rng, sex: str, years: float) -> list[str]:
    chance, needs = rng.random(), []
    if chance < 0.07:
        needs.append("health")
    elif chance < 0.09:
        needs.append("disability")
    elif chance < 0.12:
        needs.append("violence")
    elif sex == "female" and chance < 0.15:
        needs.append("trafficking")
    elif sex == "female" and years < 42 and chance < 0.19:
        needs.append("pregnant")
    if years >= 62:
        needs.append("elderly")
    return needs


def shared_needs(members: list[Member]) -> list[str]:
    """What the partner is told, as cases.sharing says it."""
    return sorted({need for member in members for need in member.needs} - HOST_ONLY_VULNERABILITIES)
