"""Messages in a folder: whole or not there, none lost, while two processes look."""

from pathlib import Path
from queue import Empty
from threading import Thread
from typing import Any

import pytest
from kombu.connection import Connection

from ocop_portal import folder_queue

MANY = 300


@pytest.fixture
def channel(tmp_path: Path) -> Any:
    folder_queue.register()
    options = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    broker = Connection("folder://localhost//", transport_options=options)  # type: ignore[no-untyped-call] # ships no types
    with broker as connection:
        yield connection.channel()


def taken(channel: Any) -> list[int]:
    found = []
    while True:
        try:
            found.append(channel._get("celery")["number"])
        except Empty:
            return found


def test_message_while_it_is_written_then_nobody_finds_it(
    channel: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    write = Path.write_bytes

    def slowly(path: Path, content: bytes) -> int:
        write(path, b"")
        seen.append((channel._size("celery"), taken(channel)))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", slowly)
    channel._put("celery", {"number": 1})

    assert seen == [(0, [])]
    assert taken(channel) == [1]
    assert list(tmp_path.iterdir()) == []


def test_messages_when_read_beside_their_writing_then_each_comes_once(channel: Any) -> None:
    writer = Thread(
        target=lambda: [channel._put("celery", {"number": number}) for number in range(MANY)]
    )
    found: list[int] = []

    writer.start()
    while writer.is_alive():
        found += taken(channel)
    writer.join()
    found += taken(channel)

    assert sorted(found) == list(range(MANY))


def test_message_when_the_folder_is_gone_then_the_bell_hears_of_it(
    channel: Any, tmp_path: Path
) -> None:
    channel.connection.client.transport_options["data_folder_out"] = str(tmp_path / "gone")

    with pytest.raises(channel.connection.channel_errors, match="Cannot put"):
        channel.__class__(channel.connection)._put("celery", {"number": 1})
