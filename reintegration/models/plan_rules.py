"""What the database itself refuses of plans, by whatever way it is written: triggers of reintegration.models.plan."""

import pgtrigger

FAILS = "USING ERRCODE = 'check_violation'"

# What the people of a case may have in kind; the same words as models.entitled.
ENTITLED = """(
            SELECT coalesce(sum(CASE WHEN p.born_on <= a.day - interval '18 years'
                                     THEN g.cap_adult ELSE g.cap_minor END), 0)
              FROM cases_case c
              JOIN cases_programme g ON g.id = c.programme_id
              JOIN accounts_organisation o ON o.id = c.organisation_id
             CROSS JOIN LATERAL (
                   SELECT coalesce(c.applied_on, (c.opened_at AT TIME ZONE o.time_zone)::date) AS day) a
              JOIN cases_person p ON p.case_id = c.id
             WHERE c.id = NEW.case_id
               AND (p.status IN ('departed', 'arrived')
                    OR c.arrived_on IS NULL AND (p.status = 'taking_part' OR p.tries_again)))"""

within_cap = pgtrigger.Trigger(
    name="within_cap",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__status__in=["agreed", "approved"]),
    declare=[("planned", "numeric")],
    func=f"""
        SELECT coalesce(sum(cost), 0) INTO planned FROM reintegration_activity WHERE plan_id = NEW.id;
        IF planned > NEW.cap THEN
            RAISE EXCEPTION 'plan of % is above its cap of %', planned, NEW.cap {FAILS};
        END IF;
        IF (NEW.status IS DISTINCT FROM OLD.status OR NEW.cap IS DISTINCT FROM OLD.cap) AND NEW.cap > {ENTITLED} THEN
            RAISE EXCEPTION 'cap of % is more than the people are entitled to', NEW.cap {FAILS};
        END IF;
        RETURN NEW;
    """,
)

covers_what_was_given = pgtrigger.Trigger(
    name="covers_what_was_given",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__status="approved"),
    func=f"""
        IF EXISTS (
            SELECT FROM reintegration_grant g
              JOIN reintegration_activity a ON a.id = g.activity_id
             WHERE g.case_id = NEW.case_id AND g.status IN ('approved', 'ordered', 'delivered', 'paid')
             GROUP BY a.line
            HAVING sum(g.approved_amount) > coalesce(
                   (SELECT cost FROM reintegration_activity WHERE plan_id = NEW.id AND line = a.line), 0)
        ) THEN
            RAISE EXCEPTION 'the plan does not cover what was approved under an earlier one' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

signed_is_signed = pgtrigger.Trigger(
    name="signed_is_signed",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=~pgtrigger.Q(old__status="draft") & ~pgtrigger.Q(new__status="draft"),
    func=f"""
        IF (NEW.case_id, NEW.version, NEW.currency, NEW.goal_economic, NEW.goal_social, NEW.goal_psychosocial,
            NEW.structural_factors, NEW.agreed_by_id, NEW.agreed_at, NEW.signed_how, NEW.signature,
            NEW.signature_witness) IS DISTINCT FROM
           (OLD.case_id, OLD.version, OLD.currency, OLD.goal_economic, OLD.goal_social, OLD.goal_psychosocial,
            OLD.structural_factors, OLD.agreed_by_id, OLD.agreed_at, OLD.signed_how, OLD.signature,
            OLD.signature_witness) THEN
            RAISE EXCEPTION 'a signed plan is not changed' {FAILS};
        END IF;
        IF NEW.cap <> OLD.cap AND NOT (OLD.status = 'agreed' AND NEW.status = 'approved') THEN
            RAISE EXCEPTION 'the cap of a signed plan is not changed' {FAILS};
        END IF;
        IF OLD.status <> 'agreed'
           AND (NEW.approved_by_id, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_at) THEN
            RAISE EXCEPTION 'an approval is not changed' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

approved_by_the_agency = pgtrigger.Trigger(
    name="approved_by_the_agency",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__approved_by__isnull=False),
    func=f"""
        IF NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id AND NOT EXISTS (
            SELECT FROM accounts_user
             WHERE id = NEW.approved_by_id AND organisation_id = NEW.organisation_id AND role = 'supervisor'
        ) THEN
            RAISE EXCEPTION 'approved by a supervisor of the agency, or not at all' {FAILS};
        END IF;
        RETURN NEW;
    """,
)

only_in_a_draft = pgtrigger.Trigger(
    name="only_in_a_draft",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF EXISTS (SELECT FROM reintegration_plan WHERE id IN (NEW.plan_id, OLD.plan_id) AND status <> 'draft') THEN
            RAISE EXCEPTION 'the lines and answers of a signed plan are not changed' {FAILS};
        END IF;
        RETURN coalesce(NEW, OLD);
    """,
)
