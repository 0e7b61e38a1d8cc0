"""When an act makes sense: the moments that several acts share, and where they lead."""

from ..statuses import Stage


def at(*stages):
    return lambda record: record.stage in stages and not getattr(record, "is_held", False)


def before_departure(record):
    return record.is_before_departure


def is_open(record):
    return record.stage != Stage.CLOSED


def to_made(record, result):
    return result.get_absolute_url()
