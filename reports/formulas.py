"""Text that no spreadsheet takes for a formula: one rule, for cells written here and for cells the database writes.

Which sign parts the cells of a CSV file is chosen by whoever opens it: in much of Europe the semicolon. So a formula is
disarmed wherever a cell might begin: at the start of the text and after each sign that may part cells.
"""

import re

PARTS = r";,|\t\uFF1B\uFF0C\uFF5C"
SKIPPED = r"\s'\"\u00A0\u2000-\u200F\u2028-\u202F\u2060\u3000\uFEFF"  # seen through by some: blanks, quotes, marks
BEGINS = r"=+@\-\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20"  # with the small and the wide forms
FORMULA = re.compile(rf"(^|[{PARTS}])([{SKIPPED}]*[{BEGINS}])")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def guarded(text: str) -> str:
    """The text on one line; where a formula could begin an apostrophe stands before it."""
    return FORMULA.sub(r"\1'\2", CONTROL.sub(" ", text))


def guarded_sql(text: str) -> str:
    """The same rule as an SQL expression over the expression `text`."""
    pattern = FORMULA.pattern.replace("'", "''")
    return rf"regexp_replace(regexp_replace({text}, '[\x01-\x1f\x7f]+', ' ', 'g'), '{pattern}', '\1''\2', 'g')"
