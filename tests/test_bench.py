"""`make bench` and `make seed` on a few cases and a database of their own: that they work, never how fast."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parent.parent
MEASURED = [
    "case list", "filtered list", "name search", "case page", "donor report", "case CSV", "case XLSX", "plan PDF",
]  # fmt: skip


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """What a bench on a few cases says and writes; and the address of its database."""
    address = urlsplit(os.environ["DATABASE_URL"])
    results, name = tmp_path_factory.mktemp("bench") / "results.json", f"bench_{os.getpid()}"
    with contextlib.closing(psycopg2.connect(address.geturl())) as connection:
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {name}")
        own = address._replace(path=f"/{name}").geturl()
        few = ["--cases", "300", "--runs", "1", "--file-runs", "1", "--results", str(results)]
        done = subprocess.run(
            [sys.executable, "-m", "bench.pages", *few],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": own},
            capture_output=True,
            text=True,
            timeout=300,
        )
        yield done, results, own
        connection.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_every_measure_has_its_line_and_its_figures(bench):
    done, results, _address = bench
    assert done.returncode == 0, done.stderr
    lines = json.loads(results.read_text())
    assert [line["name"] for line in lines] == MEASURED
    for line in lines:
        assert set(line) == {"name", "cases", "ours_ms", "floor_ms", "ratio"}
        assert line["cases"] == 300 and line["ours_ms"] > 0 and line["floor_ms"] > 0
        assert line["ratio"] == pytest.approx(line["ours_ms"] / line["floor_ms"], abs=0.3), line
        assert f"{line['name']:16}" in done.stdout


def test_nothing_is_said_where_something_went_wrong(bench):
    done, _results, _address = bench
    assert "Exception ignored" not in done.stderr and "Traceback" not in done.stderr, done.stderr


def test_what_was_invented_is_a_whole_caseload(bench):
    """Families, every stage, several countries, names in several scripts, lost contacts, withdrawals, re-migration."""
    _done, _results, address = bench
    with contextlib.closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:

        def one(sql):
            cursor.execute(sql)
            return cursor.fetchone()[0]

        assert one("SELECT count(DISTINCT stage) FROM cases_case") >= 9
        assert one("SELECT count(DISTINCT return_country) FROM cases_case") >= 5
        assert one("SELECT count(*) FROM (SELECT FROM cases_person GROUP BY case_id HAVING count(*) > 2) f") > 10
        assert one("SELECT count(*) FROM cases_person WHERE name_original ~ '[\\u0600-\\u06ff]'") > 0
        assert one("SELECT count(*) FROM cases_person WHERE name_original ~ '[\\u1200-\\u137f]'") > 0
        assert {"withdrew", "unreachable"} <= set(one("SELECT array_agg(DISTINCT outcome) FROM cases_case"))
        assert one("SELECT count(*) FROM reintegration_remigration") > 0
