"""`make bench`: how long the main pages and files take on many invented cases, beside the floor of the same run.

Times depend on the machine, ratios hardly: ours and the floor are measured in turn, so that both see the same load.
Writes bench/results.json: a list of {"name", "cases", "ours_ms", "floor_ms", "ratio"}, medians.
"""

import argparse
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avrr.settings")
RESULTS = Path(__file__).parent / "results.json"
WARM_UP = 3


def prepared(cases: int):
    """Django set up on a database with at least `cases` seeded cases."""
    from django.conf import settings
    from django.core.management import call_command

    from avrr import wsgi  # noqa: F401 (sets Django up, as the web server does)

    for handler in logging.getLogger().handlers:  # each request is logged as always, to nowhere
        handler.setStream(open(os.devnull, "w"))  # noqa: SIM115 (for as long as the process lives)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    from cases.models import Case

    there = Case.objects.count()
    if there < cases:
        print(f"Inventing {cases - there} cases first.", flush=True)
        call_command("seed", cases=cases - there, seed=1)
    return Case.objects.count()


def in_turn(ours, floor, runs: int) -> tuple[float, float]:
    """Medians in milliseconds of two functions called in turn, after a warm-up."""
    times = {ours: [], floor: []}
    for number in range(WARM_UP + runs):
        for function in (floor, ours):
            began = time.perf_counter()
            function()
            if number >= WARM_UP:
                times[function].append((time.perf_counter() - began) * 1000)
    return statistics.median(times[ours]), statistics.median(times[floor])


def page(client, address: str):
    """A page as the web server asks for it: through avrr.wsgi with all middleware, without the network.

    `client` lends its session. The function gives the bytes of the page.
    """
    from avrr.wsgi import application

    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    path, _mark, query = address.partition("?")
    asked = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost", "HTTP_COOKIE": cookies}

    def get():
        environ, told = dict(asked), []
        setup_testing_defaults(environ)
        answer = application(environ, lambda status, headers: told.append(status))
        content = b"".join(answer)
        answer.close()
        assert told == ["200 OK"], (address, told)
        return content

    return get


def measures(runs: int, file_runs: int):
    """Yields (name, ours, floor, runs) for everything that is measured."""
    from django.test import Client

    from accounts.models import User
    from accounts.roles import Role
    from cases.models import Case

    from . import files, floors

    worker = User.objects.filter(email__endswith="@seed.example", role=Role.CASEWORKER).first()
    manager = User.objects.filter(organisation=worker.organisation, role=Role.MANAGER).first()
    client, raw = Client(headers={"host": "localhost"}), floors.connect()
    client.force_login(worker)
    asks = {"user": worker.pk, "session": client.session.session_key}
    facts = asks | {"organisation": worker.organisation_id, "stage": "reintegration", "country": "SN"}
    name = middle(Case.objects.visible_to(worker)).people.first().search_name.split()[-1][:6]
    named = facts | {"like": f"%{name}%", "name": name}
    at_home = spread(Case.objects.visible_to(worker).filter(stage="reintegration"))
    pages = cycle([page(client, case.get_absolute_url()) for case in at_home])
    bare = cycle([facts | {"reference": case.reference, "id": case.pk} for case in at_home])

    yield "case list", page(client, "/cases/?stage=open"), lambda: floors.case_list(raw, floors.OPEN, **facts), runs
    filtered = page(client, "/cases/?stage=reintegration&return_country=SN")
    yield "filtered list", filtered, lambda: floors.case_list(raw, floors.FILTERED, **facts), runs
    search = page(client, f"/cases/?q={quote(name)}&stage=")
    yield "name search", search, lambda: floors.case_list(raw, floors.NAMED, **named), runs
    yield "case page", lambda: next(pages)(), lambda: floors.case_page(raw, **next(bare)), runs
    yield from files.measures(manager, worker, raw, runs, file_runs)


def middle(found):
    """The one in the middle of what is found, by age: neither the first nor the last that was invented."""
    return found.order_by("pk")[found.count() // 2]


def spread(found, number: int = 10) -> list:
    """So many of what is found, evenly by age: no measure hangs on what happened to one of them."""
    found, count = found.order_by("pk"), found.count()
    return [found[count * place // number] for place in range(number)]


def weights() -> list[str]:
    """How heavy the two main pages are, in kB of HTML."""
    from django.test import Client

    from accounts.models import User
    from accounts.roles import Role
    from cases.models import Case

    worker = User.objects.filter(email__endswith="@seed.example", role=Role.CASEWORKER).first()
    client = Client(headers={"host": "localhost"})
    client.force_login(worker)
    case = Case.objects.visible_to(worker).filter(stage="screening").first()
    pages = {"case list": "/cases/?stage=open", "case page": case.get_absolute_url()}
    return [f"{name}: {len(page(client, address)()) / 1000:.1f} kB" for name, address in pages.items()]


def keep(path: Path, results: list[dict], partly: bool) -> None:
    """Write what was measured; when that is only a part, the other lines stay as they were."""
    before = json.loads(path.read_text()) if partly and path.exists() else []
    by_name = {line["name"]: line for line in [*before, *results]}
    path.write_text(json.dumps([*by_name.values()], indent=1) + "\n")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--runs", type=int, default=30)
    asked.add_argument("--file-runs", type=int, default=20)
    asked.add_argument("--results", type=Path, default=RESULTS, help="where the figures are written")
    asked.add_argument("--only", default="", help="only measures whose name holds this")
    asked = asked.parse_args()
    cases, results = prepared(asked.cases), []
    print(f"{cases} cases, medians of {asked.runs} runs (files: {asked.file_runs})\n")
    print(f"{'':16}{'ours ms':>10}{'floor ms':>10}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["BENCH_SCRATCH"] = scratch
        for name, ours, floor, runs in measures(asked.runs, asked.file_runs):
            if asked.only not in name:
                continue
            mine, bare = in_turn(ours, floor, runs)
            ratio = round(mine / bare, 2)
            results.append(
                {"name": name, "cases": cases, "ours_ms": round(mine, 2), "floor_ms": round(bare, 2), "ratio": ratio}
            )
            print(f"{name:16}{mine:>10.1f}{bare:>10.1f}{ratio:>8.2f}", flush=True)
    print("\n" + "\n".join(weights()))
    keep(asked.results, results, partly=bool(asked.only))


if __name__ == "__main__":
    from accounts.principal import acting_as, the_system

    with acting_as(the_system):
        sys.exit(main())
