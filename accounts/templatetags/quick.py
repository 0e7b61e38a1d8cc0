"""Tags for pages that are asked for all day (docs/decisions/0006-fast-pages.md).

Django resolves every variable of every line of a list anew and renders what never changes again for each reader; on a
list page that is a third of all work.
"""

from functools import lru_cache
from html import escape
from operator import attrgetter

from django import template
from django.template import Context, TemplateSyntaxError
from django.template.base import TextNode, VariableNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .words import SentenceNode

register = template.Library()

SLOT = "\0"  # stands neither in a template nor in anything that PostgreSQL keeps


class _Slots:
    """Answers to every name with a place to be filled in."""

    def __getattr__(self, name: str) -> SafeString:
        if name.startswith("_"):
            raise AttributeError(name)
        return SafeString(f"{SLOT}{name}{SLOT}")


class LinesNode(template.Node):
    def __init__(self, rows, name: str, nodelist):
        self.rows, self.name, self.nodelist = rows, name, nodelist

    def render(self, context) -> str:
        rows = self.rows.resolve(context)
        with context.push(**{self.name: _Slots()}):
            form = self.nodelist.render(context).split(SLOT)
        texts, names = form[::2], form[1::2]
        if not names:
            return SafeString(form[0] * len(rows))
        values = attrgetter(*names) if len(names) > 1 else lambda row, one=attrgetter(names[0]): (one(row),)
        parts = [""] * len(form)
        parts[::2] = texts
        said = []
        for row in rows:
            parts[1::2] = [v if isinstance(v, SafeString) else escape(str(v)) for v in values(row)]
            said += parts
        return SafeString("".join(said))  # texts are rendered, values escaped above


@register.tag
def lines(parser, token):
    """`{% lines rows as line %}<li>{{ line.name }}</li>{% endlines %}`: one form, filled in for every row.

    The rows have all words ready: between the tags stand text, sentences and bare attributes of the row or of the
    page. Raises TemplateSyntaxError for a condition, a loop or a filter, which would be asked once instead of for
    each row.
    """
    try:
        _tag, rows, _as, name = token.split_contents()
    except ValueError:
        raise TemplateSyntaxError("It is written: {% lines rows as line %}.") from None
    nodelist = parser.parse(("endlines",))
    parser.delete_first_token()
    for node in nodelist:
        if not _is_ready(node, name):
            raise TemplateSyntaxError(f"{{% lines %}} fills in ready words; {node.token.contents!r} is for the row.")
    return LinesNode(parser.compile_filter(rows), name, nodelist)


def _is_ready(node: template.Node, name: str) -> bool:
    """Text, a sentence, or a variable just as it is: of the page, or one attribute of the row called `name`."""
    if not isinstance(node, VariableNode):
        return isinstance(node, TextNode | SentenceNode)
    asked = getattr(node.filter_expression.var, "lookups", None) or ()
    return not node.filter_expression.filters and (asked[:1] != (name,) or len(asked) == 2)


@register.simple_tag(takes_context=True)
def fixed(context, part: str, **facts) -> SafeString:
    """`{% fixed "_stages.html" stages=stages %}`: an include that says the same to everybody.

    Rendered once in each language for the same `facts`, which must be hashable and say all that the part depends on:
    never what somebody wrote.
    """
    facts = {name: tuple(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}  # out of lazy ones
    return _fixed(context.template.engine.get_template(part), get_language(), tuple(facts.items()))


@lru_cache(maxsize=512)
def _fixed(part: template.Template, language: str | None, facts: tuple) -> SafeString:
    return part.render(Context(dict(facts)))
