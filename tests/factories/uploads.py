"""A form with a large file, made while it is read: no test keeps a hundred megabytes."""

from collections.abc import Mapping
from io import RawIOBase

BOUND = "ranh-gioi"
BLOCK = 1 << 16


class LongForm(RawIOBase):
    """The body of a form with these fields and, between them, a file of so many bytes."""

    content_type = f"multipart/form-data; boundary={BOUND}"

    def __init__(self, fields: Mapping[str, str], file_name: str, size: int) -> None:
        first, *rest = (self._part(name, value) for name, value in fields.items())
        head = (
            f"--{BOUND}\r\nContent-Disposition: form-data; name=file; filename={file_name}\r\n"
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        self._head = (first + head).encode()
        self._tail = ("\r\n" + "".join(rest) + f"--{BOUND}--\r\n").encode()
        self._left, self._block = size, b"0" * BLOCK
        self.length = len(self._head) + size + len(self._tail)

    @staticmethod
    def _part(name: str, value: str) -> str:
        return f"--{BOUND}\r\nContent-Disposition: form-data; name={name}\r\n\r\n{value}\r\n"

    def read(self, size: int = -1) -> bytes:
        if self._head:
            part, self._head = self._head[:size], self._head[size:]
            return part
        if self._left:
            part = self._block[: min(size, self._left)]
            self._left -= len(part)
            return part
        part, self._tail = self._tail[:size], self._tail[size:]
        return part
