"""How the donor report counts: what one thing counted is, written once, for the sums and for the list behind each.

Four relations say what is counted; each has a case and one text column per axis. 100,000 cases take about a second.
"""

import re

AXES = {
    "returns": ("to", "host"),
    "ages": ("band", "sex"),
    "vulnerability": ("need",),
    "stages": ("stage",),
    "activities": ("dimension", "modality"),
    "money": ("line", "kind", "step"),
}
RELATION = {
    "returns": "people",
    "ages": "people",
    "vulnerability": "people",
    "stages": "scope",
    "activities": "activities",
    "money": "money",
}
NAMED = re.compile(r"%\((\w+)\)s")
COLUMNS = {"to": "return_country", "host": "host_country"}

SCOPE = "scope(case_id, host_country, return_country, stage) AS ({scope})"
# A person counts on the day of their departure; age is that of the same day.
PEOPLE = """people AS (
    SELECT p.id, p.case_id, s.host_country, s.return_country, p.sex,
           CASE WHEN age < 5 THEN '0-4' WHEN age < 14 THEN '5-13' WHEN age < 18 THEN '14-17' WHEN age < 25 THEN '18-24'
                WHEN age < 35 THEN '25-34' WHEN age < 60 THEN '35-59' ELSE '60+' END AS band,
           CASE cardinality(p.vulnerabilities) WHEN 0 THEN 'none' WHEN 1 THEN p.vulnerabilities[1] ELSE 'several' END
               AS need
      FROM scope s JOIN cases_person p ON p.case_id = s.case_id,
           LATERAL (SELECT date_part('year', age(p.departed_on::timestamp, p.born_on::timestamp))) a(age)
     WHERE p.departed_on BETWEEN %(start)s AND %(end)s AND p.status IN ('departed', 'arrived'))"""
# A line of a plan counts on the day on which it was first agreed to, in whichever version.
ACTIVITIES = """activities AS (
    SELECT case_id, dimension, modality
      FROM (SELECT v.case_id, v.status, a.dimension, a.modality,
                   (min(v.agreed_at) OVER (PARTITION BY v.case_id, a.line) AT TIME ZONE %(zone)s)::date AS day
              FROM scope s JOIN reintegration_plan v ON v.case_id = s.case_id
              JOIN reintegration_activity a ON a.plan_id = v.id) l
     WHERE status = 'approved' AND day BETWEEN %(start)s AND %(end)s)"""
# Each step of a grant counts by its own date; a cancelled grant never.
MONEY = """money AS (
    SELECT g.case_id, g.donor_line_id::text AS line, 'grant' AS kind, steps.step, g.approved_amount AS amount
      FROM scope s JOIN reintegration_grant g ON g.case_id = s.case_id,
           LATERAL (VALUES ('approved', (g.approved_at AT TIME ZONE %(zone)s)::date), ('ordered', g.ordered_on),
                           ('delivered', g.delivered_on)) steps(step, day)
     WHERE g.status IN ('approved', 'ordered', 'delivered', 'paid') AND steps.day BETWEEN %(start)s AND %(end)s
       AND (%(line)s::bigint IS NULL OR g.donor_line_id = %(line)s)
    UNION ALL
    SELECT y.case_id, y.donor_line_id::text, y.kind, 'paid', y.programme_amount
      FROM scope s JOIN reintegration_payment y ON y.case_id = s.case_id
     WHERE y.paid_on BETWEEN %(start)s AND %(end)s AND (%(line)s::bigint IS NULL OR y.donor_line_id = %(line)s))"""
# The same totals without the joins above: what the report is held against.
CONTROLS = """
SELECT 'control people', '', '', '', count(*) FROM cases_person
 WHERE case_id IN (SELECT case_id FROM scope) AND departed_on >= %(start)s AND departed_on <= %(end)s
   AND status IN ('departed', 'arrived')
UNION ALL SELECT 'control stages', '', '', '', count(*) FROM scope
UNION ALL SELECT 'control activities', '', '', '', count(*) FROM (
    SELECT v.case_id, a.line FROM reintegration_plan v JOIN reintegration_activity a ON a.plan_id = v.id
     WHERE v.case_id IN (SELECT case_id FROM scope)
     GROUP BY v.case_id, a.line
    HAVING bool_or(v.status = 'approved')
       AND (min(v.agreed_at) AT TIME ZONE %(zone)s)::date BETWEEN %(start)s AND %(end)s) agreed
UNION ALL SELECT 'control money', '', '', '', coalesce(sum(programme_amount), 0) FROM reintegration_payment
 WHERE case_id IN (SELECT case_id FROM scope) AND paid_on >= %(start)s AND paid_on <= %(end)s
   AND (%(line)s::bigint IS NULL OR donor_line_id = %(line)s)"""

Sql = tuple[str, dict]


def everything(scope: tuple[str, list], parameters: dict) -> Sql:
    """One statement giving (table, axis, axis, axis, value) for every cell of every table, and the controls."""
    parts = [_counted(name, axes) for name, axes in AXES.items()]
    with_, named = _relations(scope)
    return f"{with_} {' UNION ALL '.join(parts)} UNION ALL {CONTROLS}", parameters | named


def behind(table: str, cell: dict[str, str], scope: tuple[str, list], parameters: dict) -> tuple[str, list]:
    """The statement that gives the cases counted in a cell: {axis: value}, axes left out are summed over.

    Its parameters are a list in order of place, because it becomes part of a larger query.
    """
    with_, named = _relations(scope)
    tests = [f"{COLUMNS.get(axis, axis)} = %(cell_{axis})s" for axis in AXES[table] if axis in cell]
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    named |= {f"cell_{axis}": value for axis, value in cell.items()}
    sql, values = f"{with_} SELECT case_id FROM {RELATION[table]}{where}", parameters | named  # noqa: S608
    return NAMED.sub("%s", sql), [values[name] for name in NAMED.findall(sql)]


def _counted(name: str, axes: tuple[str, ...]) -> str:
    columns = [COLUMNS.get(axis, axis) for axis in axes]
    shown = columns + ["''"] * (3 - len(columns))
    value = "sum(amount)" if name == "money" else "count(*)"
    return f"SELECT '{name}', {', '.join(shown)}, {value} FROM {RELATION[name]} GROUP BY {', '.join(columns)}"  # noqa: S608


def _relations(scope: tuple[str, list]) -> Sql:
    """WITH ...; the parameters of the scope get names, as ours have."""
    sql, values = scope
    names = [f"scope_{number}" for number in range(len(values))]
    named = sql % tuple(f"%({name})s" for name in names)
    with_ = f"WITH {SCOPE.format(scope=named)}, {PEOPLE}, {ACTIVITIES}, {MONEY}"
    return with_, dict(zip(names, values, strict=True))
