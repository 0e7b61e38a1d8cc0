"""Stories that are over: completed, withdrawn, refused, not departed, gone elsewhere. None of them is a failure."""

from decimal import Decimal

from cases import lifecycle as verbs
from reintegration import lifecycle as help_verbs

from .help import Help
from .papers import receipt
from .story import Story, person
from .when import aged, day


def fatoumata_is_settled(cast):
    """Thirteen months from the arrival to the last visit."""
    story = Story(
        cast,
        person("Fatoumata Gueye", "female", aged(37), "SN", "wo", "fr"),
        return_country="SN", return_place="Ziguinchor", reasons=["family", "plans"], scenario="voluntary",
    ).home(to="Dakar, Blaise Diagne")  # fmt: skip
    story.days(3).given_cash().days(15).drafted(
        {"economic": "Cashew nuts: buy, roast, sell in small bags.", "social": "A room of our own."},
        "Cashews are harvested from April to June only; money for buying is needed then.",
        [{"title": "Roasting oven and bags", "cost": Decimal(1500), "dimension": "economic"}],
    ).agreed().days(4).approved().days(5)  # fmt: skip
    oven = Help(story, line=1, item="Roasting oven", cost="490")
    oven.quoted(("Atelier Casamance", "Ziguinchor", "318139", "1 year", "Included"))
    oven.chosen("Atelier Casamance", "Small purchase; built in her street.").days(2).approved().days(2).ordered(
        "HZ-031"
    )
    oven.days(8).delivered(receipt("Atelier Casamance", "318139 XOF"), "Ziguinchor", "Fatoumata Gueye").days(7).paid()
    for months, pause, words in (
        (3, 48, "The oven works every day."),
        (6, 92, "She employs a cousin in the season."),
        (12, 184, "She pays school fees from the nuts."),
    ):
        story.days(pause)
        help_verbs.record_follow_up(
            story.visit(months), by=cast.horizon, held_on=day(), mode="in_person",
            economic="well", social="well", psychosocial="well", findings=words,
        )  # fmt: skip
    story.days(12)
    verbs.close_case(story.case, by=cast.amina, outcome="completed", note="She says: it is enough now, thank you.")


def ibrahim_works_in_canada(cast):
    """Regular re-migration: recorded, and a good end."""
    story = Story(
        cast,
        person("Ibrahim Sarr", "male", aged(29), "SN", "wo", "en"),
        return_country="SN", return_place="Dakar", owner=cast.claire, reviewer=cast.samuel,
    ).home(to="Dakar, Blaise Diagne").days(6).given_cash().days(70)  # fmt: skip
    help_verbs.record_remigration(
        story.shared, by=cast.horizon, person=story.people[0], known_on=day(), way="regular", country="CA",
        source="He showed us his work permit.",
    )  # fmt: skip
    help_verbs.stop_follow_up(story.shared, by=cast.horizon, note="He will write to us himself.")
    story.days(4)
    verbs.close_case(story.case, by=cast.claire, outcome="remigrated_regularly")


def elene_withdrew(cast):
    story = Story(
        cast,
        person("Elene Maisuradze", "female", aged(24), "GE", "ka", name_original="ელენე მაისურაძე"),
        return_country="GE", return_place="Gori", partner="lantern",
    ).eligible()  # fmt: skip
    story.days(1).handed_over().days(2).accepted().days(3)
    verbs.withdraw(story.case, by=cast.amina, people=story.people)
    story.days(9)


def victor_was_refused(cast):
    Story(
        cast,
        person("Victor Sahakyan", "male", aged(50), "AM", "hy", "ru"),
        return_country="AM", return_place="Yerevan", partner="lantern", owner=cast.claire, reviewer=cast.samuel,
    ).days(4).counselled().days(6).applied().consented().declared().days(5).screened().days(2).asked(
        "He was helped by this programme two years ago."
    ).days(6).decided(
        False, "The programme helps once in five years; he returned with it two years ago."
    ).days(20)  # fmt: skip


def jean_did_not_leave(cast):
    story = Story(
        cast,
        person("Jean-Désiré Kouamé", "male", aged(43), "CM", "fr"),
        return_country="CM", return_place="Bafoussam", partner="lantern",
    ).eligible()  # fmt: skip
    story.days(1).handed_over().days(3).accepted().days(5).papers().booked(in_days=9, to="Douala").days(1)
    story.acknowledged().days(9)
    note = "He was not at the airport and says he has found work; he thanks us."
    verbs.record_no_departure(story.case, by=cast.amina, people=story.people, note=note, try_again=False)
    story.days(3)


STORIES = [fatoumata_is_settled, ibrahim_works_in_canada, elene_withdrew, victor_was_refused, jean_did_not_leave]
