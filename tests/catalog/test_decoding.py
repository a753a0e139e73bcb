import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.decoding import FeedDecoder, NotTextError

MIB = 1 << 20
PLAIN = b"id\ttitle\tprice\n" + b"1\tBread and butter\t2.50\n" * 45_000


def decode(blocks: list[bytes]) -> str:
    decoder = FeedDecoder()
    text = [decoder.feed(block) for block in blocks]
    return "".join([*text, decoder.feed(b"", is_last=True)])


def in_blocks(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
    @pytest.mark.parametrize("size", [1, 7, 64, 4096])
    def test_the_same_text_comes_out_of_every_encoding(self, encoding: str, size: int) -> None:
        text = "id\ttitle\tprice\n1\tCafé crème à la Diekirch\t2,50\n2\t« Voilà » Käse\t3\n"
        assert decode(in_blocks(text.encode(encoding), size)) == text

    @pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
    def test_the_first_letter_that_decides_may_come_after_50_megabytes(self, encoding: str) -> None:
        decoder = FeedDecoder()
        for _ in range(52):
            decoder.feed(PLAIN)
        assert decoder.feed("9\tKäse «à la crème»\t1\n".encode(encoding)) == "9\tKäse «à la crème»\t1\n"

    def test_french_quotation_marks_in_latin_1_are_not_taken_for_utf_8(self) -> None:
        # C9 A0 and E0 A0 BB are also valid UTF-8; the other letters outvote them.
        text = "1\tCAFÉ\xa0! «\xa0voilà\xa0» crème brûlée à l'ancienne, thé\n"
        assert decode([text.encode("latin-1")]) == text

    def test_one_latin_1_row_in_a_utf_8_feed_keeps_its_letters(self) -> None:
        content = "1\tKäse\n2\tThé\n".encode() + b"3\tCr\xe8me\n" + "4\tMûre\n".encode()
        assert decode([content]) == "1\tKäse\n2\tThé\n3\tCrème\n4\tMûre\n"

    def test_a_broken_row_at_the_start_does_not_misread_the_rest(self) -> None:
        first = b"1\tCr\xe8me\n"
        rest = "2\tKäse\n3\tThé\n4\tMûre\n".encode()
        assert decode([first, rest, rest]) == "1\tCrème\n" + (rest + rest).decode()

    def test_the_euro_sign_of_windows_is_read(self) -> None:
        assert decode([b"1\tBrot\t5 \x80\n"]) == "1\tBrot\t5 €\n"

    @given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\ufeff\x00")), st.integers(1, 50))
    def test_utf_8_text_survives_any_cut(self, text: str, size: int) -> None:
        content = ("id,title\n" * 40 + text).encode()
        assert decode(in_blocks(content, size)).endswith(text)

    @given(st.binary(max_size=300), st.integers(1, 80))
    def test_any_bytes_give_text_or_a_refusal(self, content: bytes, size: int) -> None:
        try:
            text = decode(in_blocks(content, size))
        except NotTextError:
            return
        text.encode("utf-8")


class TestLineEnds:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("size", [1, 3, 1000])
    def test_line_ends_are_not_content(self, end: str, size: int) -> None:
        assert decode(in_blocks(f"id,title{end}1,Café{end}".encode(), size)) == "id,title\n1,Café\n"


class TestNotText:
    def test_an_excel_workbook_is_named(self) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
        with pytest.raises(NotTextError, match=r"Excel workbook \(\.xlsx\)"):
            decode([buffer.getvalue()])

    @pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"\x1f\x8b\x08\x00", b"\x89PNG\r\n", b"\xff\xfe\x00\x00a"])
    def test_other_kinds_of_file_are_refused_even_in_small_blocks(self, content: bytes) -> None:
        with pytest.raises(NotTextError):
            decode(in_blocks(content, 1))

    def test_binary_data_is_refused(self) -> None:
        with pytest.raises(NotTextError, match="binary data"):
            decode([bytes(range(256)) * 4])

    def test_one_nul_in_a_row_is_still_text_and_is_announced(self) -> None:
        decoder = FeedDecoder()
        decoder.feed(b"id,title,price\n")
        assert not decoder.has_controls
        decoder.feed(b"1,Bro\x00t,2.50\n")
        assert decoder.has_controls
