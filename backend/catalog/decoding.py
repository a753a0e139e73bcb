"""A feed's bytes become text with one kind of line end, block by block, whatever its encoding.

UTF-16 says so with a byte-order mark. Everything else is ASCII until the first other byte comes, which may be far into
the file: then UTF-8 and CP1252 (which holds Latin-1's letters) are told apart by counting which sequences are valid
UTF-8. The count goes on, so that one broken row at the start does not misread the rest.
"""

import codecs
import io

_FOREIGN = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook (.xlsx)",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xff\xfe\x00\x00": "text in UTF-32, which is not supported",
    b"\x00\x00\xfe\xff": "text in UTF-32, which is not supported",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NON_ASCII = bytes(range(0x80, 0x100))
# Control characters but for tab, line feed and carriage return.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
# Binary files hold far more control characters than this; a text with a stray one far fewer.
_MOST_CONTROLS = 0.05
_FEW_CONTROLS = 16
_LONGEST_MAGIC = 4
# A line that is longer is cut here: what follows is handed on as it comes.
_LONGEST_TAIL = 1 << 18


class NotTextError(ValueError):
    """The file is no text; the message says what it looks like."""


class FeedDecoder:
    """Turns blocks of bytes into text; `has_controls` says whether the last text may hold control characters."""

    def __init__(self) -> None:
        self.has_controls = False
        self._start: bytes | None = b""
        self._tail = b""
        self._utf16: codecs.IncrementalDecoder | None = None
        self._votes = 0
        self._newlines = io.IncrementalNewlineDecoder(None, translate=True)

    def feed(self, block: bytes, *, is_last: bool = False) -> str:
        """The text that is certain so far; NotTextError when the file turns out to be something else."""
        if self._start is not None:
            block = self._start + block
            if len(block) < _LONGEST_MAGIC and not is_last:
                self._start = block
                return ""
            self._start = None
            block = self._begin(block)
        text = self._utf16.decode(block, is_last) if self._utf16 else self._decode(block, is_last=is_last)
        return self._newlines.decode(text, final=is_last)

    def _begin(self, block: bytes) -> bytes:
        for magic, kind in _FOREIGN.items():
            if block.startswith(magic):
                raise NotTextError(f"The file is not text: it looks like {kind}.")
        if block.startswith(_UTF16):
            self._utf16 = codecs.getincrementaldecoder("utf-16")(errors="replace")
            self.has_controls = True
            return block
        if _count(block, _CONTROLS) > max(_FEW_CONTROLS, _MOST_CONTROLS * len(block)):
            raise NotTextError("The file is not text: it holds binary data.")
        return block.removeprefix(codecs.BOM_UTF8)

    def _decode(self, block: bytes, *, is_last: bool) -> str:
        block = self._tail + block
        # Whole lines only, so that no character is cut in two and counted as broken.
        end = len(block) if is_last else max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
        if not end and len(block) > _LONGEST_TAIL:
            end = len(block)
        self._tail = block[end:]
        lines = block[:end]
        self.has_controls = _count(lines, _CONTROLS) > 0
        if lines.isascii():
            return lines.decode("ascii")
        try:
            text = lines.decode()
        except UnicodeDecodeError:
            self._votes += _vote(lines)
        else:
            self._votes += len(lines) - len(text)
            if self._votes >= 0:
                return text
        return lines.decode("utf-8", _RESCUE) if self._votes >= 0 else lines.decode("cp1252", "replace")


def _vote(lines: bytes) -> int:
    """Valid UTF-8 sequences less invalid ones."""
    characters_of_ascii = len(lines) - _count(lines, _NON_ASCII)
    valid = len(lines.decode("utf-8", "ignore")) - characters_of_ascii
    invalid = len(lines.decode("utf-8", "replace")) - characters_of_ascii - valid
    return valid - invalid


def _count(block: bytes, which: bytes) -> int:
    return len(block) - len(block.translate(None, which))


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Inside UTF-8, read a byte that is none as CP1252 would: one row pasted in from elsewhere keeps its letters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_RESCUE = "catalog.cp1252"
codecs.register_error(_RESCUE, _as_cp1252)
