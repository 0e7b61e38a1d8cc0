"""`manage.py up`: starts everything the product needs, in order, watches it, and stops it in order.

The command itself touches no data: it starts servers, then `prepare`, then web, worker, clock and mail stand-in as
programs of their own. Web server and worker run as in production: DEBUG is off, static files come hashed.
"""

import os
import signal
import sys
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from avrr.folder import free_port, in_use, open_folder, secret_key
from avrr.processes import Process, Trouble, end_all, keep_alive
from avrr.servers import Servers

from .prepare import FIRST_LINK

DEMO_LOGINS = [
    ("amina@demo.example", "caseworker"),
    ("bashir@demo.example", "supervisor"),
    ("mira@demo.example", "manager"),
    ("horizon@demo.example", "partner worker"),
    ("hawa@demo.example", "partner coordinator"),
    ("lantern@demo.example", "worker of another partner"),
    ("admin@demo.example", "administrator"),
    ("audit@demo.example", "auditor"),
]
DEMO_PASSWORD = "retour-2026"  # noqa: S105 (of invented people)
PATIENCE = 60  # seconds until the web server must answer


class Command(BaseCommand):
    help = "Starts the product with all it needs, and stops it on Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="invent people and cases on the first start")

    def handle(self, *, demo, **_):
        self.began = time.monotonic()
        self.data, self.port = settings.DATA, int(os.environ.get("PORT") or 8000)
        self.programs, self.first_link = [], None
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self.leave)
        try:
            self.check()
            with Servers(self.data) as servers:
                try:
                    self.run(servers, demo)
                finally:
                    self.stop()
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None
        except KeyboardInterrupt:
            self.say("Everything has stopped.")

    def leave(self, *_):
        """Ends the wait, once: what follows is the orderly stop, which nothing interrupts."""
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        raise KeyboardInterrupt

    def check(self):
        if settings.PRODUCTION and not os.environ.get("DATABASE_URL"):
            raise Trouble("In production, DATABASE_URL must name a database server.")
        if in_use(self.port):
            raise Trouble(f"Port {self.port} is in use: stop what runs there, or choose another with PORT=8100.")
        os.umask(0o077)
        open_folder(self.data)

    def run(self, servers, demo):
        """From running servers to an answering product, which is then watched until we are told to leave."""
        env = {**os.environ, **servers.urls, "AVRR_DATA": str(self.data)}
        env.setdefault("AVRR_BIND", f"127.0.0.1:{self.port}")
        env.setdefault("AVRR_ADDRESS", f"http://localhost:{self.port}")
        if not env.get("SECRET_KEY"):
            env["SECRET_KEY"] = secret_key(self.data)
        mailbox = self.mailbox(env)
        self.prepare(env, demo)
        self.programs = [*mailbox, *self.product(env)]
        for program in self.programs:
            program.start()
            if program.name == "web":  # alone at first: it is what people wait for
                self.wait_until_ready(program)
        self.tell(demo)
        while True:
            keep_alive([*servers.processes, *self.programs], self.say)
            time.sleep(0.5)

    def mailbox(self, env):
        """The mail stand-in, unless EMAIL_URL names a real mail server."""
        self.mailbox_port = None
        if env.get("EMAIL_URL"):
            return []
        wanted = int(env.get("AVRR_MAILBOX_PORT") or self.port + 1)
        self.mailbox_port = free_port() if in_use(wanted) else wanted
        smtp_port = free_port()
        env["EMAIL_URL"] = f"smtp://127.0.0.1:{smtp_port}"
        ports = ["--smtp-port", smtp_port, "--http-port", self.mailbox_port]
        return [self.program("mailbox", ["-m", "avrr.mailbox", *ports, "--folder", self.data / "mailbox"], env)]

    def product(self, env):
        celery = ["-m", "celery", "-A", "avrr"]
        schedule = self.data / "beat" / "schedule"
        return [
            self.program("web", ["-m", "gunicorn", "-c", "python:avrr.web", "avrr.wsgi"], env),
            self.program("worker", [*celery, "worker", "-c", "2", "--without-gossip", "--without-mingle"], env),
            self.program("beat", [*celery, "beat", "-s", schedule, "--pidfile="], env),
        ]

    def program(self, name, arguments, env):
        log = self.data / "logs" / f"{name}.log"
        return Process(name, [sys.executable, *arguments], log=log, env=env)

    def prepare(self, env, demo):
        """Database and files, by `manage.py prepare`, whose words we pass on; raises Trouble when it fails."""
        argv = [sys.executable, sys.argv[0], "prepare", *(["--demo"] if demo else [])]
        process = Process("prepare", argv, env=env, listen=True)
        self.programs = [process]
        process.start()
        for line in process.popen.stdout:
            if line.startswith(FIRST_LINK):
                self.first_link = line.removeprefix(FIRST_LINK).strip()
            else:
                self.say(line.rstrip())
        if process.popen.wait():
            raise Trouble("The start was given up.")

    def wait_until_ready(self, web):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not web.alive:
                raise Trouble(f"The web server did not start; its last words: {web.last_words()}")
            try:
                with urllib.request.urlopen(f"http://localhost:{self.port}/readyz", timeout=5) as answer:  # noqa: S310
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise Trouble(f"The web server did not become ready in {PATIENCE} seconds; see {web.log}.")

    def tell(self, demo):
        """Where the product is, and who may sign in."""
        lines = [f"{settings.PRODUCT_NAME} runs at http://localhost:{self.port}"]
        if self.mailbox_port:
            lines.append(f"Its mail is kept at http://localhost:{self.mailbox_port}")
        if demo:
            lines += ["", f"Demo logins, password {DEMO_PASSWORD}:"]
            lines += [f"  {email:24}{role}" for email, role in DEMO_LOGINS]
        if self.first_link:
            link = self.first_link
            link = link if link.startswith("http") else f"http://localhost:{self.port}{link}"
            lines += ["", "Nobody can sign in yet. This link makes the first administrator, once:", f"  {link}"]
        seconds = time.monotonic() - self.began
        lines += ["", f"Ready in {seconds:.0f} s. Data and logs are in {self.data}. Ctrl-C stops everything."]
        self.say("\n".join(lines))

    def stop(self):
        end_all(self.programs, 6)
        self.programs = []

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()
