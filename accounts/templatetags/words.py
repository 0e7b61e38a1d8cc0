"""Django's `i18n` tags with a quicker `translate` (docs/decisions/0006-fast-pages.md): templates load `words`.

A page says thirty or more fixed sentences; Django resolves each as if it were a variable, in some seventy calls.
"""

from functools import cache

from django import template
from django.templatetags import i18n
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()
register.filters = i18n.register.filters
register.tags = i18n.register.tags.copy()


class SentenceNode(template.Node):
    """A sentence that stands in the template itself."""

    child_nodelists = ()

    def __init__(self, sentence: str):
        self.sentence = sentence

    def render(self, context) -> SafeString:
        return _said(self.sentence, get_language())


@cache  # as many as the templates hold, in each language
def _said(sentence: str, language: str | None) -> SafeString:
    return SafeString(gettext(sentence.replace("%", "%%")).replace("%%", "%"))  # catalogues double percent signs


@register.tag("translate")
def translate(parser, token):
    """`{% translate "Sign out" %}`; anything more than a bare sentence is left to Django."""
    words = token.split_contents()
    node = i18n.do_translate(parser, token)
    sentence = node.filter_expression.var.literal
    if len(words) == 2 and isinstance(sentence, SafeString) and not node.filter_expression.filters:
        return SentenceNode(sentence)
    return node
