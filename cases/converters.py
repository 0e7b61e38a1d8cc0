"""What a reference may look like in an address; anything else is no address at all."""

from django.urls import register_converter


class Reference:
    regex = r"[A-Z][A-Z0-9-]{2,23}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(Reference, "ref")
