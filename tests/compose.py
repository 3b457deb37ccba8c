"""The services of docker-compose.yml run as they stand, with folders in the place of volumes."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
VOLUMES = ("/keys", "/media", "/backups")
ONE_ROUND = 'kill "$PPID"'  # in the place of `sleep`: after one round, whether it went well or not


def run_service(
    machine: Path, words: Sequence[str], *more: str, env: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """The service's own text with `machine/keys` for `/keys`; `machine/bin` comes first on PATH."""
    line = [word.replace("$$", "$") for word in words]
    for volume in VOLUMES:
        line = [word.replace(volume, str(machine / volume[1:])) for word in line]
    whole = {"PATH": f"{machine / 'bin'}:{os.environ['PATH']}", **env}
    return subprocess.run([*line, *more], env=whole, capture_output=True, text=True, check=False)
