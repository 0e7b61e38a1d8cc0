"""The floor under each page: the same data by plain psycopg2, COPY, bare xlsxwriter, bare WeasyPrint.

Nothing here uses our own code but to find out what to ask for: the statements are written by hand as the leanest way
to the rows that the page shows.
"""

from io import BytesIO
from pathlib import Path

import psycopg2
from django.db import connection

from avrr.database.logins import as_owner

LIST = """
SELECT c.id, c.reference, c.stage, c.stage_since, c.return_country, c.next_due_on, c.held_since, u.name, o.name
  FROM cases_case c JOIN accounts_user u ON u.id = c.owner_id LEFT JOIN accounts_office o ON o.id = c.office_id
 WHERE c.organisation_id = %(organisation)s AND {where}
 ORDER BY c.next_due_on ASC NULLS LAST, c.id LIMIT 26"""
PEOPLE = """
SELECT case_id, number, name, known_as, name_original, status FROM cases_person
 WHERE case_id = ANY(%(ids)s) ORDER BY case_id, number"""
WORK = """
SELECT DISTINCT ON (w.case_id) w.case_id, w.kind, w.subject, w.title, w.since, w.due_on, u.name, p.name
  FROM cases_work w LEFT JOIN accounts_user u ON u.id = w.for_user_id
  LEFT JOIN accounts_organisation p ON p.id = w.partner_id
 WHERE w.case_id = ANY(%(ids)s) AND w.done_at IS NULL AND NOT w.restricted ORDER BY w.case_id, w.due_on, w.id"""
WHO = [  # who asks: the session, and the person with organisation and office whom every page names
    "SELECT session_data FROM django_session WHERE session_key = %(session)s AND expire_date > now()",
    """SELECT u.*, o.*, f.* FROM accounts_user u LEFT JOIN accounts_organisation o ON o.id = u.organisation_id
         LEFT JOIN accounts_office f ON f.id = u.office_id WHERE u.id = %(user)s""",
]
CHOICES = [  # what the filters above the list offer
    "SELECT return_countries FROM cases_programme WHERE organisation_id = %(organisation)s",
    """SELECT id, name FROM accounts_user
        WHERE organisation_id = %(organisation)s AND role IN ('caseworker', 'supervisor') ORDER BY name""",
]
OPEN = "c.stage <> 'closed'"
FILTERED = "c.stage = %(stage)s AND c.return_country = %(country)s"
NAMED = """c.id IN (SELECT case_id FROM cases_person WHERE organisation_id = %(organisation)s
             AND (search_name LIKE %(like)s OR %(name)s <%% search_name))"""
CASE = [
    """SELECT c.*, p.name, u.name, o.name FROM cases_case c JOIN cases_programme p ON p.id = c.programme_id
         JOIN accounts_user u ON u.id = c.owner_id JOIN accounts_organisation o ON o.id = c.organisation_id
        WHERE c.reference = %(reference)s AND c.organisation_id = %(organisation)s""",
    "SELECT * FROM cases_person WHERE case_id = %(id)s ORDER BY number",
    """SELECT w.*, u.name, p.name FROM cases_work w LEFT JOIN accounts_user u ON u.id = w.for_user_id
         LEFT JOIN accounts_organisation p ON p.id = w.partner_id WHERE w.case_id = %(id)s AND w.done_at IS NULL""",
    """SELECT d.*, a.name, b.name FROM cases_decision d JOIN accounts_user a ON a.id = d.asked_by_id
         LEFT JOIN accounts_user b ON b.id = d.decided_by_id
        WHERE d.case_id = %(id)s ORDER BY d.asked_at DESC LIMIT 1""",
    """SELECT e.*, u.name FROM cases_event e JOIN accounts_user u ON u.id = e.by_id LEFT JOIN cases_concern k
         ON k.id = e.concern_id WHERE e.case_id = %(id)s AND e.private_to_id IS NULL
        ORDER BY e.at DESC, e.id DESC LIMIT 6""",
    "SELECT * FROM cases_itinerary WHERE case_id = %(id)s ORDER BY version DESC LIMIT 1",
    """SELECT s.*, p.name FROM cases_sharedcase s JOIN accounts_organisation p ON p.id = s.partner_id
        WHERE s.case_id = %(id)s""",
    """SELECT reference, status FROM reintegration_grant
        WHERE case_id = %(id)s AND status IN ('approved', 'ordered', 'delivered')""",
]


def connect():
    """A connection of our own to the same database, as plain psycopg2 makes it: behind no wall."""
    with as_owner():
        facts = connection.get_connection_params()
    raw = psycopg2.connect(**{k: v for k, v in facts.items() if k not in ("cursor_factory", "context")})
    raw.autocommit = True
    return raw


def rows(cursor, sql: str, facts: dict) -> list[tuple]:
    cursor.execute(sql, facts)
    return cursor.fetchall()


def case_list(raw, where: str, **facts) -> None:
    """One page of the list: who asks, what its filters offer, the cases, their people, what each waits for."""
    with raw.cursor() as cursor:
        for sql in WHO + CHOICES:
            rows(cursor, sql, facts)
        ids = [row[0] for row in rows(cursor, LIST.format(where=where), facts)]
        rows(cursor, PEOPLE, {"ids": ids})
        rows(cursor, WORK, {"ids": ids})


def case_page(raw, **facts) -> None:
    """One case for who asks, with its people, work, decision, story, journey, shares and help under way."""
    with raw.cursor() as cursor:
        for sql in WHO + CASE:
            rows(cursor, sql, facts)


def statements(raw, captured: list[str]) -> None:
    """The very statements of a report, by plain psycopg2."""
    with raw.cursor() as cursor:
        for sql in captured:
            cursor.execute(sql)
            cursor.fetchall()


def copy(raw, sql: str) -> None:
    with raw.cursor() as cursor:
        cursor.copy_expert(f"COPY ({sql}) TO STDOUT WITH (FORMAT csv)", BytesIO())


def workbook(raw, sql: str, path: Path) -> None:
    """The same rows through bare xlsxwriter in constant memory, each cell by the writer of its type."""
    from datetime import date
    from decimal import Decimal

    import xlsxwriter

    with raw.cursor() as cursor, xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        cursor.execute(sql)
        for number, line in enumerate(cursor.fetchall()):
            for column, value in enumerate(line):
                if isinstance(value, str) and value:
                    sheet.write_string(number, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, int | Decimal):
                    sheet.write_number(number, column, value)


class Paper:
    """Bare WeasyPrint, warm: fonts and style sheet parsed once, the same page, pictures and PDF variant."""

    def __init__(self, html: str, css: str, pictures: dict[str, bytes]):
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        from cases import paper

        self.html, self.base, self.fetch = html, paper.PLACE, paper.fetcher(pictures)
        self.fonts = FontConfiguration()
        text = paper._own(css).decode()
        self.sheet = CSS(string=text, base_url=self.base, url_fetcher=self.fetch, font_config=self.fonts)

    def print(self) -> None:
        from weasyprint import HTML

        page = HTML(string=self.html, base_url=self.base, url_fetcher=self.fetch)
        page.write_pdf(stylesheets=[self.sheet], font_config=self.fonts, pdf_variant="pdf/ua-1")
