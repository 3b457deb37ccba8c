"""The queue of an installation without Redis: messages are files in a folder.

The library's own channel opens a message's file and then fills it; a worker that looks in between
takes an empty file away, loses what was meant by it and ends. Here a message appears as a whole.
"""

from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils import json

SCHEME = "folder"


class Channel(filesystem.Channel):
    """As the library's, but for how a message is put down."""

    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override] # the library differs with itself
        """Readers take the files of a folder in the order of their names, the oldest first."""
        whole = Path(self.data_folder_out) / f"{monotonic_ns() // 10**6}_{uuid4()}.{queue}.msg"
        part = whole.with_name(f"{whole.name}.part")
        try:
            text: str = json.dumps(payload)  # type: ignore[no-untyped-call] # ships no types
            part.write_bytes(text.encode())
            part.rename(whole)
        except OSError as reason:
            raise ChannelError(f"Cannot put {whole} down") from reason


class Transport(filesystem.Transport):
    """`folder://`, once `register` was called."""

    Channel = Channel


def register() -> None:
    """Makes the scheme known to the library."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{Transport.__name__}"
