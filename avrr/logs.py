"""What the product writes about itself: one JSON object a line on stderr, without anything about a person.

A log lives longer, and is read by more people, than a case file. So a message is written as its template,
without values; of values only numbers and codes pass; an exception tells type and place, not what it says.
"""

import logging.config
import re
import sys
import time
import uuid
from pathlib import Path

import structlog

ROOT = Path(__file__).resolve().parent.parent
CODE = re.compile(r"[A-Za-z0-9_.:\[\]{}<>=+-]{1,120}")  # no spaces, no @, no slash, no question mark
EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
QUERY = re.compile(r"\?[^\s\"']+")
PERSONAL = {
    "name",
    "email",
    "e_mail",
    "phone",
    "subject",
    "body",
    "text",
    "data",
    "post",
    "cookies",
    "password",
}
OURS = {"timestamp", "level", "logger", "event", "exception", "method", "route"}
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
FRAMES = 30

Formatter = structlog.stdlib.ProcessorFormatter
log = structlog.get_logger("avrr.request")


def passes(value):
    """Whether a value may stand in a log: a number, a yes or no, nothing, or a code."""
    return value is None or isinstance(value, (bool, int, float)) or bool(CODE.fullmatch(str(value)))


def add_values(_logger, _method, event):
    """Takes over what a record of the standard library carries besides its template, as far as it passes."""
    if event["_from_structlog"]:
        return event
    extras = {key: value for key, value in vars(event["_record"]).items() if key not in STANDARD}
    event.update({key: value for key, value in extras.items() if isinstance(value, (str, int, float))})
    values = event.pop("positional_args", None)
    if isinstance(values, dict):
        event["values"] = {
            key: value for key, value in values.items() if passes(value) and (key == "name" or key not in PERSONAL)
        }
    elif values:
        event["values"] = [value if passes(value) else "[withheld]" for value in values]
    return event


def redact(_logger, _method, event):
    """Drops or withholds every value that could be about a person."""
    for key, value in list(event.items()):
        if key in PERSONAL:
            del event[key]
        elif key == "event":
            event[key] = QUERY.sub("?[withheld]", EMAIL.sub("[withheld]", str(value)))
        elif key not in OURS | {"values"} and not key.startswith("_") and not passes(value):
            event[key] = "[withheld]"
    return event


def describe_exception(_logger, _method, event):
    """Types and places of an exception and its causes; never the message, which quotes what people typed."""
    error = event.pop("exc_info", None)
    if error is True:  # log.exception(...) means the one being handled
        error = sys.exception()
    elif isinstance(error, tuple):
        error = error[1]
    event.pop("stack_info", None)
    chain = []
    while isinstance(error, BaseException) and len(chain) < 5:
        kind = type(error)
        chain.append({"type": f"{kind.__module__}.{kind.__qualname__}", "frames": _frames(error)})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if chain:
        event["exception"] = chain
    return event


def _frames(error):
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.removeprefix(f'{ROOT}/')}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-FRAMES:]


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(config):
    """What Django calls with settings.LOGGING: `config` is {"level": "INFO"}."""
    structlog.configure(
        processors=[*SHARED, Formatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": Formatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            add_values,
            describe_exception,
            redact,
            Formatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        "use_get_message": False,
        "pass_foreign_args": True,
    }
    plain = {"handlers": [], "propagate": True}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": config["level"]},
            "loggers": {
                "django": plain,
                "django.server": plain,
                "django.request": {**plain, "level": "ERROR"},  # 4xx stand in our own line
                "gunicorn.error": plain,
                "fontTools": {"level": "WARNING"},
                "weasyprint": {"level": "ERROR"},
                "pikepdf": {"level": "WARNING"},
            },
        }
    )


class RequestLogMiddleware:
    """One line per request, and its number in the answer as X-Request-ID: by it the lines are found again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request.id):
            response = self.get_response(request)
            match = request.resolver_match
            log.info(
                "request",
                method=request.method,
                route=match.view_name if match else None,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
                # The user as already looked up for this request: asking here would cost a query.
                user=getattr(getattr(request, "_cached_user", None), "pk", None),
            )
        response["X-Request-ID"] = request.id
        return response
