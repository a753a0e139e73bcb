from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.catalog.decoding import NotTextError
from backend.catalog.feed_parser import FeedChunk, FeedParser
from backend.catalog.header import HeaderError
from backend.catalog.records import LONGEST_RECORD
from backend.catalog.row_issue import IssueSeverity
from backend.catalog.sample_feed import BREAKAGES, sample_feed, some_broken


def parse(content: bytes | Iterable[bytes], *, size: int = 1 << 18, after_row: int = 0) -> FeedChunk:
    """The whole feed as one chunk."""
    content = content if isinstance(content, bytes) else b"".join(content)
    parser = FeedParser(after_row=after_row)
    for start in range(0, len(content), size):
        parser.feed(content[start : start + size])
    parser.feed(b"", is_last=True)
    return parser.take()


class TestRows:
    def test_row_numbers_count_rows_with_values_from_1(self) -> None:
        chunk = parse(b"\n\nid,title,price\n\n1,a,1\n,,\n\n2,b,2\n")
        assert [row[:2] for row in chunk.rows] == [(1, "1"), (2, "2")]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends_are_not_content(self, end: str) -> None:
        lines = ["id\ttitle\tprice\tdescription", '1\ta\t1\t"two', 'lines"', "2\tb\t2\tend"]
        assert parse(end.join(lines).encode()).rows == parse("\n".join(lines).encode()).rows

    def test_the_last_line_needs_no_end(self) -> None:
        assert len(parse(b"id,title,price\n1,a,1").rows) == 1

    def test_excels_note_about_the_delimiter_is_passed_over(self) -> None:
        assert len(parse(b"sep=;\r\nid;title;price\r\n1;a;1,50\r\n").rows) == 1

    @given(st.integers(1, 40))
    @settings(max_examples=20)
    def test_the_cut_into_blocks_changes_nothing(self, size: int) -> None:
        content = 'id;title;price\n1;"Käse; jung";1,50\n2;Thé;x\n3;"a\r\nb";3\n3;c;3\n'.encode()
        whole, cut = parse(content), parse(content, size=size)
        assert (cut.rows, cut.issues, cut.last_row) == (whole.rows, whole.issues, whole.last_row)

    def test_rows_that_a_run_before_has_done_are_only_named(self) -> None:
        chunk = parse(b"id,title,price\n1,a,1\n2,,\n3,c,3\n", after_row=2)
        assert chunk.seen_ids == ["1", "2"]
        assert [row[0] for row in chunk.rows] == [3]
        assert chunk.error_count == 0


class TestDuplicates:
    def test_the_last_row_of_an_id_wins_with_a_warning(self) -> None:
        chunk = parse(b"id,title,price\n1,a,1\n2,b,2\n1,c,3\n")
        assert [row[:3] for row in chunk.rows] == [(3, "1", "c"), (2, "2", "b")]
        assert chunk.superseded == 1
        assert [(issue.row_number, issue.severity, issue.code) for issue in chunk.issues] == [
            (3, IssueSeverity.WARNING, "duplicate_id")
        ]
        assert "in row 1" in chunk.issues[0].message


class TestBrokenRows:
    def test_a_row_longer_than_the_limit_is_one_error_and_never_held_whole(self) -> None:
        parser = FeedParser()
        parser.feed(b"id,title,price\n1,")
        for _ in range(40):
            parser.feed(b"x" * 100_000)
        parser.feed(b",1\n2,b,2\n", is_last=True)
        chunk = parser.take()
        assert [issue.code for issue in chunk.issues] == ["row_too_long"]
        assert len(chunk.issues[0].raw) < LONGEST_RECORD
        assert [row[1] for row in chunk.rows] == ["2"]

    def test_a_stray_quotation_mark_is_kept_with_a_warning(self) -> None:
        chunk = parse(b'id\ttitle\tprice\n1\t"Bio" Honig\t3\n2\tb\t2\n')
        assert chunk.rows[0][2] == '"Bio" Honig'
        assert [issue.code for issue in chunk.issues] == ["stray_quote"]

    def test_a_stray_quotation_mark_that_shifts_columns_is_an_error(self) -> None:
        chunk = parse(b'id,title,price\n1,"Bread,2,50\n2,b,2\n')
        assert [(issue.row_number, issue.code) for issue in chunk.issues] == [(1, "stray_quote")]
        assert [row[1] for row in chunk.rows] == ["2"]

    @given(st.lists(st.text(alphabet='",\t;\n a1\x00é', max_size=30), max_size=10), st.integers(1, 64))
    def test_every_row_is_a_product_an_error_or_superseded(self, lines: list[str], size: int) -> None:
        chunk = parse(("id,title,price\n" + "\n".join(lines)).encode(), size=size)
        errors = [issue for issue in chunk.issues if issue.severity is IssueSeverity.ERROR]
        assert len(errors) == chunk.error_count
        assert len(chunk.rows) + chunk.error_count + chunk.superseded == chunk.last_row

    @given(st.binary(max_size=400))
    def test_any_bytes_are_read_or_refused_in_words(self, content: bytes) -> None:
        try:
            parse(content)
        except (NotTextError, HeaderError) as error:
            assert str(error).endswith(".")  # noqa: PT017 - both outcomes are right


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "is empty"),
            (b"\n \n", "is empty"),
            (b";", "names no columns"),
            (b"<!DOCTYPE html><html><body>Login</body></html>", "HTML or XML"),
            (b'{"products": []}', 'no column "id"'),
            (b"id\ttitle\n1\ta\n", 'no column "price"'),
        ],
    )
    def test_what_is_no_product_feed_is_refused_in_words(self, content: bytes, message: str) -> None:
        with pytest.raises(HeaderError, match=message):
            parse(content)

    def test_a_header_alone_is_a_feed_without_rows(self) -> None:
        assert parse(b"id,title,price\n").last_row == 0


class TestSampleFeed:
    def test_every_row_is_clean(self) -> None:
        chunk = parse(sample_feed(300, seed=7))
        assert (len(chunk.rows), chunk.issues) == (300, [])

    def test_the_same_seed_gives_the_same_feed(self) -> None:
        assert list(sample_feed(20, seed=3)) == list(sample_feed(20, seed=3))
        assert list(sample_feed(20, seed=3)) != list(sample_feed(20, seed=4))

    def test_broken_rows_break_as_they_are_named(self) -> None:
        broken = some_broken(200, 12, seed=5)
        chunk = parse(sample_feed(200, seed=5, broken=broken))
        assert {issue.row_number: issue.code for issue in chunk.issues} == broken
        assert set(broken.values()) <= set(BREAKAGES)

    def test_breaking_a_row_leaves_the_others_as_they_were(self) -> None:
        mended, broken = list(sample_feed(30)), list(sample_feed(30, broken={4: "missing_price"}))
        assert [place for place in range(31) if mended[place] != broken[place]] == [4]
