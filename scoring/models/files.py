"""Where documents of this app are stored: under names that say nothing."""

import uuid

from django.db import models
from django.utils.deconstruct import deconstructible


@deconstructible
class random_path:  # noqa: N801 # read as a function where a field names it
    """A stored name below `folder` that cannot be guessed; documents are PDF, packages are not."""

    def __init__(self, folder: str, suffix: str = "pdf") -> None:
        self.folder, self.suffix = folder, suffix

    def __call__(self, _row: models.Model, _name: str) -> str:
        token = uuid.uuid4().hex
        return f"{self.folder}/{token[:2]}/{token}.{self.suffix}"
