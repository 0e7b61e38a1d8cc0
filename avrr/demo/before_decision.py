"""Stories from the first question to the decision: people who are still thinking, waiting or being asked."""

from cases import lifecycle as verbs
from cases.models import Scope

from .story import Story, person
from .when import about, aged, day


def awa_and_her_family(cast):
    """Screening, with three things missing; her husband wants to read before he agrees to anything."""
    story = Story(
        cast,
        person(
            "Awa Diallo", "female", aged(34), "SN", "snk", "fr", phone="+33639981207", safe_contact="voice",
            safe_note="Before 14:00. No text messages, the phone is shared.", stays_at="Shelter, Villeurbanne",
            interpreter_language="snk",
        ),
        person("Ibrahima Diallo", "male", aged(38), "SN", "snk", "fr", relation="spouse", phone="+33639984242"),
        person("Moussa Diallo", "male", aged(9), "SN", "fr", relation="child"),
        person("Fatou Diallo", "female", aged(4), "SN", "snk", relation="child"),
        return_country="SN", return_place="Tambacounda", reasons=["family", "enough"],
        legal_deadline="leave", legal_deadline_on=day(72),
        needs="A place at school for a child of 9, a clinic for a child of 4.",
    )  # fmt: skip
    story.days(2).counselled(interpreter="Mr Traoré").days(5).applied().declared(interpreter="Mr Traoré")
    story.consented(only=1, interpreter="Mr Traoré").consented(only=2, no={Scope.PARTNER}).days(2)
    verbs.start_screening(story.case, by=cast.amina)
    verbs.add_task(story.case, by=cast.amina, title="Health note for Fatou: ask the clinic again", due_on=day(4))
    story.days(1)
    note = (
        "Awa called: she would like to travel before January, so that Moussa can start the second term in Tambacounda."
    )
    verbs.add_note(story.case, by=cast.amina, note=note)


def tesfaye_waits_for_a_decision(cast):
    Story(
        cast,
        person("Tesfaye Bekele", "male", aged(29), "ET", "am", "en", name_original="ተስፋዬ በቀለ"),
        return_country="ET", return_place="Dire Dawa", partner="lantern", reasons=["plans", "no_work"],
        scenario="voluntary",
    ).days(5).counselled().days(4).applied().consented().declared().days(4).screened().days(1).asked(
        "His sister expects him; he has a driving licence for lorries."
    ).days(1)  # fmt: skip


def siobhan_thinks(cast):
    Story(
        cast,
        person("Siobhán N'Diaye", "female", aged(41), "SN", "en", "wo", known_as="Shiv"),
        return_country="SN", return_place="Rufisque", reasons=["enough", "plans"], scenario="voluntary",
    ).days(7).counselled(wish="think", note="She wishes to talk with her mother first.").days(5)  # fmt: skip


def samira_will_sign(cast):
    story = Story(
        cast,
        person("Samira Noori", "female", aged(31), "AF", "fa-AF", "en", name_original="سمیرا نوری",
               interpreter_language="fa-AF", safe_contact="neutral"),
        person("Daoud Noori", "male", aged(36), "AF", "fa-AF", relation="spouse", name_original="داوود نوری"),
        return_country="AF", return_place="Herat", partner="lantern",
    )  # fmt: skip
    story.days(6).counselled(interpreter="Mrs Karimi").days(3).applied().consented(interpreter="Mrs Karimi").days(1)


def demba_asks(cast):
    """Opened today."""
    Story(
        cast,
        person("Demba Cissé", "male", about(26, month=3), "SN", "wo", "fr", stays_at="With a cousin, Vénissieux"),
        return_country="SN", return_place="Thiès", reasons=["contract_end"], scenario="voluntary",
    )  # fmt: skip


def armen_has_waited(cast):
    """An enquiry that nobody has called back: late."""
    Story(
        cast,
        person("Armen Hakobyan", "male", about(58), "AM", "hy", "ru", name_original="Արմեն Հակոբյան"),
        return_country="AM", return_place="Gyumri", partner="lantern", owner=cast.claire, reviewer=cast.samuel,
    ).days(11)  # fmt: skip


def mercy_is_not_sent_on(cast):
    """A concern is open; only the reviewer and the caseworker know of it."""
    story = Story(
        cast,
        person("Mercy Adeyemi", "female", aged(23), "NG", "en", "yo", safe_contact="through",
               safe_note="Only through Sister Agnes at the shelter."),
        return_country="NG", return_place="Benin City", partner="lantern", reasons=["family"],
    )  # fmt: skip
    story.days(3).counselled().days(4).applied().consented().declared().days(3).screened(
        {1: ["trafficking"]},
        note="A man waits outside at every appointment. She says he paid for the journey and wants his money back.",
    ).days(1)


def hiba_cannot_be_sent(cast):
    """The country is suspended: screened, and held by nobody but the situation."""
    Story(
        cast,
        person("Hiba Osman", "female", aged(45), "SD", "ar", "en", name_original="هبة عثمان"),
        return_country="SD", return_place="Port Sudan", partner="lantern", reasons=["illness", "family"],
        owner=cast.claire, reviewer=cast.samuel,
    ).days(5).counselled().days(8).applied().consented().declared().days(3).screened(
        {1: ["health"]}, health="Diabetes, insulin; supply there is not sure."
    ).days(4)  # fmt: skip


def mamadou_is_sixteen(cast):
    """A child alone: everything waits for the best-interests determination."""
    story = Story(
        cast,
        person("Mamadou Alpha Barry", "male", aged(16), "GN", "ff", "fr", interpreter_language="ff",
               stays_at="Children's home, Bron", safe_contact="through", safe_note="Through the guardian, Mrs Roux."),
        return_country="GN", return_place="Labé", reasons=["family"], scenario="voluntary",
    )  # fmt: skip
    story.days(4).counselled(interpreter="Mr Bah", note="With his guardian, Mrs Roux.").days(6).applied()
    story.consented().declared(interpreter="Mr Bah").days(4).screened({1: ["unaccompanied"]}).days(2)


def paul_is_on_hold(cast):
    story = Story(
        cast,
        person("Paul Mbarga", "male", aged(37), "CM", "fr"),
        return_country="CM", return_place="Douala", partner="lantern", owner=cast.claire, reviewer=cast.samuel,
    )  # fmt: skip
    story.days(6).counselled().days(2)
    verbs.hold_case(
        story.case, by=cast.claire, reason="In hospital until the middle of next month; he asks us to wait."
    )


def oumou_goes_on_alone(cast):
    """Her husband withdrew; she goes on, and says so."""
    story = Story(
        cast,
        person("Oumou Kâ", "female", aged(28), "SN", "ff", "fr"),
        person("Sékou Kâ", "male", aged(33), "SN", "ff", "fr", relation="spouse"),
        return_country="SN", return_place="Matam", reasons=["family", "plans"], scenario="voluntary",
    )  # fmt: skip
    story.eligible()
    verbs.withdraw(story.case, by=cast.amina, people=[story.people[1]])
    story.days(1)


def mariam_is_ready(cast):
    """Decided yesterday: the hand-over is to be sent."""
    Story(
        cast,
        person("Mariam Okafor", "female", aged(33), "NG", "en", "ig"),
        person("Chidi Okafor", "male", aged(7), "NG", "en", relation="child"),
        person("Ada Okafor", "female", aged(3), "NG", "en", relation="child"),
        return_country="NG", return_place="Enugu", partner="lantern", reasons=["family"],
        needs="Two children; a place to stay for the first week.",
    ).eligible(needs={1: ["single_parent"]}).days(1)  # fmt: skip


def beatriz_is_declined(cast):
    story = Story(
        cast,
        person("Beatriz Mamani Condori", "female", about(50), "BO", "es"),
        return_country="BO", return_place="Uyuni", partner="lantern", owner=cast.claire, reviewer=cast.samuel,
    ).eligible()  # fmt: skip
    story.days(1).handed_over().days(3)
    verbs.decline_handover(story.shared, by=cast.levan, note="We have nobody within a day of Uyuni; La Paz would work.")
    story.days(1)


STORIES = [
    awa_and_her_family, tesfaye_waits_for_a_decision, siobhan_thinks, samira_will_sign, demba_asks, armen_has_waited,
    mercy_is_not_sent_on, hiba_cannot_be_sent, mamadou_is_sixteen, paul_is_on_hold, oumou_goes_on_alone,
    mariam_is_ready, beatriz_is_declined,
]  # fmt: skip
