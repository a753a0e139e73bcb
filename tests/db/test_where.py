from backend.db.where import one_of, where_clause


def test_each_condition_has_the_number_of_its_value() -> None:
    conditions = [("a = $?::text", "x"), ("b > $? or c > $?", 2)]
    assert where_clause(conditions) == ("a = $1::text and b > $2 or c > $2", ["x", 2])


def test_switches_stand_behind_and_have_no_value() -> None:
    assert where_clause([("a = $?", 1)], ["b is null", "c"]) == ("a = $1 and b is null and c", [1])


def test_without_conditions_everything_is_meant() -> None:
    assert where_clause([]) == ("true", [])


def test_no_value_limits_nothing_and_one_is_compared_as_one() -> None:
    assert list(one_of("a", "bigint", ())) == []
    assert list(one_of("a", "bigint", (7,))) == [("a = $?::bigint", 7)]
    assert list(one_of("a", "bigint", (7, 8))) == [("a = any($?::bigint[])", [7, 8])]
