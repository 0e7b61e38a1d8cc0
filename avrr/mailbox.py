"""The mail stand-in of a demo or development installation: takes every message, sends none, shows them.

It is a real SMTP server, so mail leaves the product exactly as in production. Loopback only; text is shown
escaped and under a policy that runs nothing. A message that comes again with its Message-ID is only counted.

    python -m avrr.mailbox --smtp-port 1025 --http-port 8001 --folder var/mailbox
"""

import argparse
import json
import mailbox as maildir
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

from aiosmtpd.controller import Controller

HOSTS = ("localhost", "127.0.0.1", "[::1]")
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: start; padding: .4rem .6rem .4rem 0 }
tr + tr td { border-top: 1px solid #8886 } pre { white-space: pre-wrap; overflow-wrap: anywhere }
small, td { overflow-wrap: anywhere }
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""


@dataclass
class Letter:
    """One message, however often it came."""

    message_id: str
    sender: str
    recipients: list
    subject: str
    text: str
    received: list = field(default_factory=list)

    @classmethod
    def read(cls, raw):
        """The message in these bytes; whatever cannot be decoded is shown as far as it can."""
        message = message_from_bytes(raw, policy=policy.default)
        part = message.get_body(("plain", "html"))
        return cls(
            message_id=str(message["Message-ID"] or "").strip() or "(none)",
            sender=str(message["From"] or ""),
            recipients=[part.strip() for part in str(message["To"] or "").split(",")],
            subject=str(message["Subject"] or ""),
            text=part.get_content().replace("\r\n", "\n") if part is not None else "",
        )

    def as_dict(self):
        return {**vars(self), "copies": len(self.received)}


class Mailbox:
    """The letters of one folder, kept on disk as a Maildir and in memory by Message-ID."""

    def __init__(self, folder):
        self._disk = maildir.Maildir(folder, create=True)
        self._lock = threading.Lock()
        self._letters = {}
        for message in sorted(self._disk, key=lambda message: message.get_date()):
            self._count(message.as_bytes(), datetime.fromtimestamp(message.get_date(), UTC))

    def add(self, raw):
        """Keeps a message that has come."""
        with self._lock:
            self._disk.add(maildir.MaildirMessage(raw))
            self._count(raw, datetime.now(UTC))

    def letters(self):
        """All letters, the newest first."""
        with self._lock:
            return sorted(self._letters.values(), key=lambda letter: letter.received[-1], reverse=True)

    def get(self, message_id):
        return self._letters.get(message_id)

    def _count(self, raw, at):
        letter = Letter.read(raw)
        key = letter.message_id if letter.message_id != "(none)" else f"(none {len(self._letters) + 1})"
        self._letters.setdefault(key, letter).received.append(at.isoformat(timespec="seconds"))
        self._letters[key].message_id = key

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (the name aiosmtpd calls)
        self.add(envelope.original_content)
        return "250 Kept"


def list_page(letters):
    rows = "".join(
        f'<tr><td><a href="/letter/{quote(letter.message_id, safe="")}">'
        f"{escape(letter.subject) or '(no subject)'}</a><br><small>{escape(letter.message_id)}</small></td>"
        f"<td>{escape(', '.join(letter.recipients))}</td>"
        f"<td>{escape(letter.received[-1])}</td><td>{len(letter.received)}</td></tr>"
        for letter in letters
    )
    head = "<tr><th>Subject, Message-ID</th><th>To</th><th>Last received</th><th>Times</th></tr>"
    body = f"<table>{head}{rows}</table>" if letters else "<p>No mail has been sent yet.</p>"
    return PAGE.format(title="Mail that was not sent", body=body)


def letter_page(letter):
    facts = "".join(
        f"<tr><th>{name}</th><td>{escape(value)}</td></tr>"
        for name, value in [
            ("From", letter.sender),
            ("To", ", ".join(letter.recipients)),
            ("Message-ID", letter.message_id),
            ("Received", ", ".join(letter.received)),
        ]
    )
    body = f'<p><a href="/">All mail</a></p><table>{facts}</table><pre>{escape(letter.text)}</pre>'
    return PAGE.format(title=escape(letter.subject) or "(no subject)", body=body)


def handler_for(box):
    """The request handler of the page that shows this mailbox."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802 (the name http.server calls)
            if self.headers.get("Host", "").rsplit(":", 1)[0] not in HOSTS:
                return self._answer(403, "text/plain", "Only on this machine.")
            if self.path == "/style.css":
                return self._answer(200, "text/css", STYLE)
            if self.path == "/ledger.json":
                ledger = [letter.as_dict() for letter in box.letters()]
                return self._answer(200, "application/json", json.dumps(ledger, ensure_ascii=False))
            if self.path == "/":
                return self._answer(200, "text/html", list_page(box.letters()))
            letter = box.get(unquote(self.path.removeprefix("/letter/")))
            if letter:
                return self._answer(200, "text/html", letter_page(letter))
            return self._answer(404, "text/plain", "Not there.")

        def _answer(self, status, kind, text):
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Says nothing: addresses and Message-IDs are nobody's business."""

    return Handler


def serve(folder, smtp_port, http_port):
    """Starts both servers on threads; gives (mailbox, stop), where stop() ends them.

    Port 0 takes any free HTTP port. Raises OSError when a port is in use.
    """
    box = Mailbox(folder)
    page = ThreadingHTTPServer(("127.0.0.1", http_port), handler_for(box))
    smtp = Controller(box, hostname="127.0.0.1", port=smtp_port, data_size_limit=30_000_000)
    smtp.start()
    threading.Thread(target=page.serve_forever, daemon=True).start()

    def stop():
        smtp.stop()
        page.shutdown()
        page.server_close()

    return box, stop


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--folder", required=True)
    asked = parser.parse_args()
    serve(asked.folder, asked.smtp_port, asked.http_port)
    threading.Event().wait()


if __name__ == "__main__":
    main()
