"""What a list is limited to, as SQL with $1, $2 ... and their values."""

from collections.abc import Iterable, Sequence

# A piece of SQL with `$?` where its value stands.
Condition = tuple[str, object]


def one_of(column: str, sql_type: str, values: Sequence[object]) -> Iterable[Condition]:
    """Nothing when `values` is empty, which limits nothing.

    One value is compared as one: only then does an index give the rows in the order of the list.
    """
    if len(values) == 1:
        yield f"{column} = $?::{sql_type}", values[0]
    elif values:
        yield f"{column} = any($?::{sql_type}[])", list(values)


def where_clause(conditions: Iterable[Condition], switches: Iterable[str] = ()) -> tuple[str, list[object]]:
    """All of it joined by `and`; `switches` are conditions without a value."""
    fragments: list[str] = []
    values: list[object] = []
    for fragment, value in conditions:
        values.append(value)
        fragments.append(fragment.replace("$?", f"${len(values)}"))
    return " and ".join([*fragments, *switches]) or "true", values
