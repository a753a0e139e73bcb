import msgspec
import pytest

from backend.core.errors import FieldError
from backend.core.fields import Line
from backend.core.validation import field_error


class NoteIn(msgspec.Struct):
    line: Line


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ("Expected `str`, got `int` - at `$.alerts[3].title`", "alerts.3.title"),
        ("Object missing required field `title` - at `$.alerts[3]`", "alerts.3.title"),
        ("Object contains unknown field `nick's`", "nick's"),
        ("Object contains unknown field ``", "body"),
        ("Missing required query parameter 'host' for path /api/v1/admin/domains/resolve", "host"),
        ("Input is not an object", "body"),
    ],
)
def test_the_field_that_is_wrong_is_named(message: str, path: str) -> None:
    assert field_error(message).path == path


def test_a_broken_pattern_is_told_in_words() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"line": " \n"}, NoteIn)
    assert field_error(str(caught.value)) == FieldError(
        "line", "must be one line of text, not blank and without control characters"
    )
