"""What the database itself refuses of help in kind and payments: triggers of reintegration.models.grant and payment."""

import pgtrigger

from .plan_rules import ENTITLED, FAILS

COMMITTED = "('approved', 'ordered', 'delivered', 'paid')"
WRITTEN = pgtrigger.Insert | pgtrigger.Update

# --- help in kind ---

# The last day is that of budgets.help_until.
asked_in_time = pgtrigger.Trigger(
    name="asked_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__late_reason=""),
    func=f"""
        IF EXISTS (
            SELECT FROM cases_case c
              JOIN cases_programme g ON g.id = c.programme_id
              JOIN accounts_organisation o ON o.id = coalesce(NEW.partner_id, c.organisation_id)
             WHERE c.id = NEW.case_id
               AND (NEW.requested_at AT TIME ZONE o.time_zone)::date >
                   (SELECT max(arrived_on) FROM cases_person WHERE case_id = c.id)
                   + make_interval(months => g.help_months)
        ) THEN
            RAISE EXCEPTION 'asked for late, and no word why' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

within_plan = pgtrigger.Trigger(
    name="within_plan",
    when=pgtrigger.Before,
    operation=WRITTEN,
    condition=pgtrigger.Q(new__status__in=["approved", "ordered", "delivered", "paid"]),
    declare=[("in_force", "bigint"), ("its_line", "int"), ("allowed", "numeric"), ("taken", "record")],
    func=f"""
        SELECT id INTO in_force FROM reintegration_plan
         WHERE case_id = NEW.case_id AND status = 'approved' FOR UPDATE;
        IF in_force IS NULL THEN
            RAISE EXCEPTION 'no approved plan for grant %', NEW.reference {FAILS};
        END IF;
        SELECT line INTO its_line FROM reintegration_activity WHERE id = NEW.activity_id;
        SELECT coalesce(sum(cost), 0) INTO allowed FROM reintegration_activity
         WHERE plan_id = in_force AND line = its_line;
        SELECT coalesce(sum(g.approved_amount), 0) AS of_case,
               coalesce(sum(g.approved_amount) FILTER (WHERE a.line = its_line), 0) AS of_line INTO taken
          FROM reintegration_grant g JOIN reintegration_activity a ON a.id = g.activity_id
         WHERE g.case_id = NEW.case_id AND g.id IS DISTINCT FROM NEW.id AND g.status IN {COMMITTED};
        IF taken.of_line + NEW.approved_amount > allowed THEN
            RAISE EXCEPTION 'grant % goes beyond its line of the plan', NEW.reference {FAILS};
        END IF;
        IF coalesce(OLD.status, '') NOT IN {COMMITTED} AND taken.of_case + NEW.approved_amount > {ENTITLED} THEN
            RAISE EXCEPTION 'grant % goes beyond what the people are entitled to', NEW.reference {FAILS};
        END IF;
        RETURN NEW;
    """,
)

as_quoted = pgtrigger.Trigger(
    name="as_quoted",
    when=pgtrigger.Before,
    operation=WRITTEN,
    condition=pgtrigger.Q(new__chosen__isnull=False),
    declare=[("quote", "record")],
    func=f"""
        SELECT q.grant_id, q.in_programme_currency AS price, p.small_purchase_limit, p.quotes_needed,
               (SELECT count(*) FROM reintegration_quote WHERE grant_id = NEW.id) AS quotes INTO quote
          FROM reintegration_quote q
          JOIN cases_case c ON c.id = NEW.case_id
          JOIN cases_programme p ON p.id = c.programme_id
         WHERE q.id = NEW.chosen_id;
        IF quote.grant_id <> NEW.id THEN
            RAISE EXCEPTION 'the quote of another grant' {FAILS};
        END IF;
        IF NEW.status = 'quoted' AND NEW.chosen_id IS DISTINCT FROM OLD.chosen_id
           AND quote.price > quote.small_purchase_limit AND quote.quotes < quote.quotes_needed THEN
            RAISE EXCEPTION '% quotes are needed for this price', quote.quotes_needed {FAILS};
        END IF;
        IF NEW.status IN {COMMITTED} AND NEW.approved_amount <> quote.price THEN
            RAISE EXCEPTION 'approved is the price of the chosen quote, no other' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

as_asked_and_approved = pgtrigger.Trigger(
    name="as_asked_and_approved",
    when=pgtrigger.Before,
    operation=WRITTEN,
    func=f"""
        IF OLD.status IN {COMMITTED} AND
           (NEW.chosen_id, NEW.approved_amount, NEW.approved_by_id, NEW.approved_at) IS DISTINCT FROM
           (OLD.chosen_id, OLD.approved_amount, OLD.approved_by_id, OLD.approved_at) THEN
            RAISE EXCEPTION 'what was approved is not changed' {FAILS};
        END IF;
        IF (NEW.case_id, NEW.plan_id, NEW.activity_id, NEW.currency) IS DISTINCT FROM
           (OLD.case_id, OLD.plan_id, OLD.activity_id, OLD.currency)
           AND (OLD.id IS NOT NULL OR NOT EXISTS (
                SELECT FROM reintegration_activity a JOIN reintegration_plan p ON p.id = a.plan_id
                 WHERE a.id = NEW.activity_id AND p.id = NEW.plan_id AND p.case_id = NEW.case_id)) THEN
            RAISE EXCEPTION 'help stays under the line it was asked for' {FAILS};
        END IF;
        IF NEW.status IS DISTINCT FROM OLD.status AND NEW.status <> 'cancelled'
           AND EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND stage = 'closed') THEN
            RAISE EXCEPTION 'the case is closed' {FAILS};
        END IF;
        IF NEW.status = 'paid' AND OLD.status IS DISTINCT FROM 'paid'
           AND NOT EXISTS (SELECT FROM reintegration_payment WHERE grant_id = NEW.id) THEN
            RAISE EXCEPTION 'paid without a payment' {FAILS};
        END IF;
        IF NEW.delivered_on > OLD.delivered_on
           AND EXISTS (SELECT FROM reintegration_payment WHERE grant_id = NEW.id AND paid_on < NEW.delivered_on) THEN
            RAISE EXCEPTION 'paid before the day of the delivery' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

of_its_programme = pgtrigger.Trigger(
    name="of_its_programme",
    when=pgtrigger.Before,
    operation=WRITTEN,
    func=f"""
        IF NEW.donor_line_id IS DISTINCT FROM OLD.donor_line_id AND NOT EXISTS (
            SELECT FROM cases_donorline l JOIN cases_case c ON c.programme_id = l.programme_id
             WHERE l.id = NEW.donor_line_id AND c.id = NEW.case_id
        ) THEN
            RAISE EXCEPTION 'the donor line of another programme' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

payments_follow_the_line = pgtrigger.Trigger(
    name="payments_follow_the_line",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__donor_line__df=pgtrigger.F("old__donor_line")),
    func="""
        UPDATE reintegration_payment SET donor_line_id = NEW.donor_line_id WHERE grant_id = NEW.id;
        RETURN NULL;
    """,
)

# --- amounts in two currencies ---


def converted(into: str, own: str) -> pgtrigger.Trigger:
    """The amount at its rate, half to the even cent, as budgets.convert rounds; `own` is the programme's currency."""
    return pgtrigger.Trigger(
        name="converted",
        when=pgtrigger.Before,
        operation=WRITTEN,
        condition=pgtrigger.Q(new__amount__gt=0, new__rate__gt=0),
        declare=[("cents", "numeric"), ("past_half", "numeric")],
        func=f"""
            cents := div(NEW.amount * 100, NEW.rate);
            past_half := 2 * (NEW.amount * 100 - cents * NEW.rate) - NEW.rate;
            IF past_half > 0 OR past_half = 0 AND cents % 2 = 1 THEN
                cents := cents + 1;
            END IF;
            IF NEW.{into} * 100 <> cents THEN
                RAISE EXCEPTION '% at % is not %', NEW.amount, NEW.rate, NEW.{into} {FAILS};
            END IF;
            IF NEW.rate <> 1 AND NEW.currency = ({own}) THEN
                RAISE EXCEPTION 'the rate between a currency and itself is 1' {FAILS};
            END IF;
            RETURN NEW;
        """,
    )


quote_kept = pgtrigger.Trigger(
    name="quote_kept",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    declare=[("help", "record")],
    func=f"""
        SELECT g.status, g.chosen_id, p.small_purchase_limit, p.quotes_needed,
               (SELECT count(*) FROM reintegration_quote WHERE grant_id = OLD.grant_id) AS quotes INTO help
          FROM reintegration_grant g
          JOIN cases_case c ON c.id = g.case_id
          JOIN cases_programme p ON p.id = c.programme_id
         WHERE g.id = OLD.grant_id;
        IF help.status = 'asked' AND (TG_OP = 'DELETE' OR NEW.grant_id = OLD.grant_id) THEN
            RETURN coalesce(NEW, OLD);
        END IF;
        IF TG_OP = 'DELETE' OR (NEW.grant_id, NEW.supplier_id) IS DISTINCT FROM (OLD.grant_id, OLD.supplier_id)
           OR help.status <> 'quoted' AND NEW.in_programme_currency <> OLD.in_programme_currency THEN
            RAISE EXCEPTION 'a quote that was chosen among stays as it is' {FAILS};
        END IF;
        IF NEW.id = help.chosen_id AND NEW.in_programme_currency > greatest(help.small_purchase_limit,
           OLD.in_programme_currency) AND help.quotes < help.quotes_needed THEN
            RAISE EXCEPTION '% quotes are needed for this price', help.quotes_needed {FAILS};
        END IF;
        RETURN NEW;
    """,
)
