"""What happened before a test's own deeds is no news to its programs."""

import pytest

from ocop_portal.accounts.models import User
from ocop_portal.clients.models import Change


@pytest.fixture
def no_news_yet(producer: User, stranger: User) -> None:
    """Lan and Tuấn registered their subjects; nobody is told of it."""
    Change.objects.all().delete()
