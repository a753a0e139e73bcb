r"""Patterns of input fields, each with the words for whoever breaks it, who should not have to read an expression.

`(?![\s\S])` is the end of the text; a Python `$` would let a last line break pass.
"""

import re

_WORDS: dict[str, str] = {}
_MESSAGE = re.compile(r"Expected `str(?: \| null)?` matching regex (?P<pattern>.+)", re.DOTALL)


def pattern(expression: str, words: str) -> str:
    """The expression, for a field's Meta; an error names the field and says `words`."""
    _WORDS[repr(expression)] = words
    return expression


def in_words(message: str) -> str:
    """A validation message of msgspec's with the words of its pattern; any other as it is."""
    found = _MESSAGE.fullmatch(message)
    return _WORDS.get(found["pattern"], message) if found else message


LINE = pattern(
    r"^[^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\xa0][^\x00-\x1f\x7f-\x9f]*(?![\s\S])",
    "must be one line of text, not blank and without control characters",
)
# Tab and line breaks allowed.
TEXT = pattern(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$", "must be text without control characters")
NO_CONTROL = pattern(r"^[^\x00-\x1f\x7f-\x9f]*(?![\s\S])", "must be one line, without control characters")
EMAIL = pattern(
    r"^[^\s@\x00-\x1f\x7f-\x9f]+@[^\s@\x00-\x1f\x7f-\x9f]+(?![\s\S])",
    "is not an e-mail address, as in ops@example.com",
)
WEB_ADDRESS = pattern(
    r"^https?://[^\s\x00-\x1f\x7f-\x9f]+(?![\s\S])", "is not a web address, as in https://example.com/feed.csv"
)
