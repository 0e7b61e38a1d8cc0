"""When an act makes sense: the moments that several acts share, and where they lead.

What holding and closing stop is in cases.rest, for every act alike.
"""

from ..statuses import Stage


def at(*stages):
    return lambda record: record.stage in stages


def before_departure(record):
    return record.is_before_departure


def is_closed(record):
    return record.stage == Stage.CLOSED


def to_made(record, result):
    return result.get_absolute_url()
