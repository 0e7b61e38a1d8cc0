"""What the database itself refuses of money that left the account: triggers of reintegration.models.payment."""

import pgtrigger

from .money_rules import WRITTEN
from .plan_rules import FAILS

within_approval = pgtrigger.Trigger(
    name="within_approval",
    when=pgtrigger.Before,
    operation=WRITTEN,
    condition=pgtrigger.Q(new__kind="grant"),
    declare=[("help", "record")],
    func=f"""
        SELECT * INTO help FROM reintegration_grant WHERE id = NEW.grant_id FOR UPDATE;
        IF help.approved_amount IS NULL OR NEW.programme_amount > help.approved_amount THEN
            RAISE EXCEPTION 'payment above what was approved' {FAILS};
        END IF;
        IF help.approved_by_id = NEW.paid_by_id THEN
            RAISE EXCEPTION 'approver and payer are one person' {FAILS};
        END IF;
        IF help.status NOT IN ('delivered', 'paid') OR TG_OP = 'INSERT' AND help.status <> 'delivered' THEN
            RAISE EXCEPTION 'paid before it was delivered' {FAILS};
        END IF;
        IF NEW.paid_on < help.delivered_on THEN
            RAISE EXCEPTION 'paid before the day of the delivery' {FAILS};
        END IF;
        IF (NEW.case_id, NEW.donor_line_id, NEW.programme_currency) IS DISTINCT FROM
           (help.case_id, help.donor_line_id, help.currency) THEN
            RAISE EXCEPTION 'charged to another line than the help itself' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

to_who_arrived = pgtrigger.Trigger(
    name="to_who_arrived",
    when=pgtrigger.Before,
    operation=WRITTEN,
    condition=pgtrigger.Q(new__kind="arrival_cash"),
    declare=[("most", "numeric"), ("own", "varchar"), ("came", "date")],
    func=f"""
        SELECT g.arrival_cash, g.currency INTO most, own
          FROM cases_case c JOIN cases_programme g ON g.id = c.programme_id WHERE c.id = NEW.case_id;
        SELECT arrived_on INTO came FROM cases_person WHERE id = NEW.person_id AND case_id = NEW.case_id;
        IF NEW.programme_amount IS DISTINCT FROM OLD.programme_amount AND NEW.programme_amount > most THEN
            RAISE EXCEPTION 'more cash than the programme gives' {FAILS};
        END IF;
        IF TG_OP = 'INSERT' AND (came IS NULL OR NEW.paid_on < came OR NEW.programme_currency <> own) THEN
            RAISE EXCEPTION 'cash on arrival is for those who arrived' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

while_open = pgtrigger.Trigger(
    name="while_open",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
        IF EXISTS (SELECT FROM cases_case WHERE id = NEW.case_id AND stage = 'closed') THEN
            RAISE EXCEPTION 'the case is closed' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

MAY_CHANGE = "{amount,rate,rate_on,rate_source,programme_amount,paid_on,donor_line_id}"

# Inside `happening` the verb is known to the database (pghistory.context); the history keeps both values.
only_corrected = pgtrigger.Trigger(
    name="only_corrected",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF TG_OP = 'DELETE'
           OR to_jsonb(NEW) - '{MAY_CHANGE}'::text[] <> to_jsonb(OLD) - '{MAY_CHANGE}'::text[] THEN
            RAISE EXCEPTION 'a payment stays' {FAILS};
        END IF;
        IF coalesce(current_setting('pghistory.context_metadata', true), '') NOT LIKE '%"verb": "correct_fact"%' THEN
            RAISE EXCEPTION 'a payment is corrected by its verb' {FAILS};
        END IF;
        RETURN NEW;
    """,
)
