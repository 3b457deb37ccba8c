"""Where the portal lies, and where it keeps what it makes."""

from pathlib import Path

from ocop_portal import env

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.text("OCOP_DATA_DIR") or BASE_DIR / "var").resolve()
