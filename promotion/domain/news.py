"""News of the offices: what makes a piece fit to be published, and what stands beside it."""

from registry.domain.errors import RuleBroken
from registry.domain.text import term

MOST_FILES = 12


def check_text(title: str, body: str) -> None:
    """A piece has a title and says something."""
    if not title:
        raise RuleBroken("news.title", term("Hãy ghi tiêu đề."), field="title_vi")
    if not body:
        raise RuleBroken("news.body", term("Hãy viết nội dung."), field="body_vi")


def check_english(title: str, body: str) -> None:
    """English comes with title and text, or not at all."""
    if bool(title) != bool(body):
        raise RuleBroken(
            "news.half_english",
            term("Bản tiếng Anh cần cả tiêu đề và nội dung, hoặc để trống cả hai."),
            field="body_en" if title else "title_en",
        )


def check_version(stored: int, seen: int) -> None:
    """Refuses to write over what somebody else has saved meanwhile."""
    if stored != seen:
        raise RuleBroken(
            "news.stale",
            term(
                "Người khác vừa sửa tin này. Chữ bạn gõ còn nguyên bên dưới; hãy xem bản đang lưu "
                "rồi bấm lưu lần nữa."
            ),
        )


def check_room(held: int) -> None:
    """Refuses more files than a reader can take in."""
    if held >= MOST_FILES:
        raise RuleBroken(
            "news.files",
            term("Một tin nhận nhiều nhất %(most)s tệp."),
            field="file",
            most=MOST_FILES,
        )
