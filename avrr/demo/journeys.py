"""Stories between the decision and the arrival: hand-overs, flights, and people nobody has heard of since."""

from cases import lifecycle as verbs

from .days import let_pass, let_pass_for
from .story import Story, person
from .when import aged, day


def behrouz_waits_for_an_answer(cast):
    """Handed over and not answered: late by the partner's own calendar, and silence is no answer."""
    Story(
        cast,
        person("Behrouz Ahmadi", "male", aged(47), "AF", "fa-AF", name_original="بهروز احمدی"),
        person("Parwin Ahmadi", "female", aged(44), "AF", "fa-AF", relation="spouse", name_original="پروین احمدی"),
        return_country="AF", return_place="Kabul", partner="lantern", needs="Onward journey by road.",
    ).eligible(talk={"interpreter": "Mrs Karimi"}).days(1).handed_over().days(13)  # fmt: skip


def the_secks_are_announced(cast):
    """Sent yesterday: Horizon sees a preview without a name."""
    Story(
        cast,
        person("Abdou Khadre Seck", "male", aged(39), "SN", "wo", "fr"),
        person("Ndeye Seck", "female", aged(35), "SN", "wo", relation="spouse"),
        person("Serigne Seck", "male", aged(12), "SN", "fr", relation="child"),
        return_country="SN", return_place="Touba", owner=cast.claire, reviewer=cast.samuel,
        needs="A place at school for a boy of 12.",
    ).eligible().days(1).handed_over().days(1)  # fmt: skip


def lucia_needs_a_ticket(cast):
    story = Story(
        cast,
        person("Lucía Quispe", "female", aged(26), "BO", "es", "fr"),
        return_country="BO", return_place="Cochabamba", partner="lantern", reasons=["plans"], scenario="voluntary",
    ).eligible()  # fmt: skip
    story.days(1).handed_over().days(2).accepted("Gladly. Our colleague in Cochabamba will meet her.").days(8)
    verbs.record_travel_document(story.people[0], by=cast.amina, kind="passport", asked_on=day(-6))
    verbs.add_task(story.case, by=cast.amina, title="Papers to the airline", due_on=day(1))


def yusuf_flies_later(cast):
    """The flight was cancelled: a second version of the journey waits to be acknowledged."""
    story = Story(
        cast,
        person("Yusuf al-Haddad", "male", aged(42), "IQ", "ar", "ckb", name_original="يوسف الحداد"),
        person("Karim al-Haddad", "male", aged(11), "IQ", "ar", relation="child", name_original="كريم الحداد"),
        return_country="IQ", return_place="Erbil", partner="lantern", reasons=["family", "illness"],
    ).eligible(needs={1: ["single_parent"]})  # fmt: skip
    story.days(1).handed_over().days(3).accepted().days(5).papers("laissez_passer")
    story.booked(in_days=5, to="Erbil", flight="TK 1808 / TK 802", hours=9).days(1).acknowledged().days(2)
    why = "The airline cancelled the first flight."
    story.booked(in_days=8, to="Erbil", flight="TK 1812 / TK 802", hours=9, why=why).days(1)


def mamadou_lands_soon(cast):
    Story(
        cast,
        person("Mamadou Ba", "male", aged(30), "SN", "ff", "fr", safe_contact="neutral"),
        return_country="SN", return_place="Dakar",
    ).eligible().days(1).handed_over().days(2).accepted().days(7).papers().booked(
        in_days=8, to="Dakar, Blaise Diagne"
    ).days(2).acknowledged().days(1)  # fmt: skip


def khady_is_on_the_way(cast):
    """Departed yesterday with two children; the arrival is expected."""
    Story(
        cast,
        person("Khady Faye", "female", aged(32), "SN", "wo", "fr"),
        person("Aminata Faye", "female", aged(8), "SN", "fr", relation="child"),
        person("Cheikh Faye", "male", aged(2), "SN", "wo", relation="child"),
        return_country="SN", return_place="Mbour", reasons=["family"], scenario="voluntary",
        needs="A cot for the first nights; a taxi to Mbour.",
    ).eligible(needs={1: ["single_parent"]}).days(1).handed_over().days(3).accepted().days(6).papers().booked(
        in_days=11, to="Dakar, Blaise Diagne", flight="SN 203", help_needed="Meet at the exit, child seat"
    ).days(1).acknowledged().days(9).departed()  # fmt: skip


def nino_has_landed_surely(cast):
    """Departed four days ago; Lantern has not said a word."""
    Story(
        cast,
        person("Nino Beridze", "female", aged(36), "GE", "ka", "ru", name_original="ნინო ბერიძე"),
        return_country="GE", return_place="Kutaisi", partner="lantern", reasons=["enough"], scenario="voluntary",
    ).eligible().days(1).handed_over().days(2).accepted().days(5).papers().booked(
        in_days=9, to="Tbilisi", flight="W6 6424", hours=5
    ).days(1).acknowledged().days(8).departed().days(4)  # fmt: skip


def did_giorgi_leave(cast):
    """Departed 34 days ago and seen by nobody."""
    Story(
        cast,
        person("Giorgi Tsereteli", "male", aged(27), "GE", "ka", name_original="გიორგი წერეთელი"),
        return_country="GE", return_place="Batumi", partner="lantern", owner=cast.claire, reviewer=cast.samuel,
    ).eligible().days(1).handed_over().days(2).accepted().days(5).papers().booked(
        in_days=7, to="Tbilisi", flight="W6 6424", hours=5
    ).days(1).acknowledged().days(6).departed().days(30).looked_at().days(4)  # fmt: skip


def three_walk_in(cast):
    """Returnees who stood before the partner without a case: one answer is open, one was yes, one was no."""
    common = {"sex": "male", "nationality": "SN", "return_country": "SN", "languages": ["wo"]}
    known = verbs.register_walk_in(
        by=cast.hawa, organisation=cast.agency, name="Adama Sarr", born_on=aged(40), return_place="Fatick",
        departed_on=day(-20), arrived_on=day(-20), told="He flew with the agency's help but nobody had written to us.",
        **common,
    )  # fmt: skip
    let_pass_for(known, 3)
    case = verbs.answer_walk_in(known, by=cast.amina, ours=True, programme=cast.programme, scenario="unavoidable")
    let_pass_for(known, 2)
    let_pass(case, 2, case.opened_at)
    unknown = verbs.register_walk_in(
        by=cast.horizon, organisation=cast.agency, name="Pape Gueye", born_on=aged(35), return_place="Louga",
        departed_on=day(-60), arrived_on=day(-59), told="He thinks it was an office in Lyon.", **common,
    )  # fmt: skip
    let_pass_for(unknown, 4)
    verbs.answer_walk_in(unknown, by=cast.bashir, ours=False, note="He returned from Belgium; please ask there.")
    let_pass_for(unknown, 6)
    asked = verbs.register_walk_in(
        by=cast.horizon, organisation=cast.agency, name="Cheikh Anta Mbaye", born_on=aged(24), return_place="Louga",
        departed_on=day(-9), arrived_on=day(-8), told="He has a letter of the Lyon office with him.", **common,
    )  # fmt: skip
    let_pass_for(asked, 5)


STORIES = [
    behrouz_waits_for_an_answer, the_secks_are_announced, lucia_needs_a_ticket, yusuf_flies_later, mamadou_lands_soon,
    khady_is_on_the_way, nino_has_landed_surely, did_giorgi_leave, three_walk_in,
]  # fmt: skip
