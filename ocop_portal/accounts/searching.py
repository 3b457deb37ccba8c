"""Finding people whatever marks their names are typed with: “nguyen van a” is Nguyễn Văn A."""

import re
import unicodedata
from typing import Any

from django.db import models
from django.db.models import Q

_SPACES = re.compile(r"\s+")


def folded(text: str) -> str:
    """Lower case, without marks, đ as d, single spaces: as the register folds its names."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SPACES.sub(" ", kept).strip()


class SearchedText(models.CharField):  # type: ignore[type-arg] # not subscriptable at run time
    """The folded words of other columns, written whenever the row is saved with this one."""

    columns = ("full_name", "email")

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - as Django calls it
        text = folded(" ".join(getattr(model_instance, name) for name in self.columns))
        setattr(model_instance, self.attname, text)
        return text

    def deconstruct(self) -> Any:
        """A plain column to the migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def has_words(text: str, *, of: str = "") -> Q:
    """Every word of the text stands in the name or address of the person at `of` (a prefix)."""
    found = Q()
    for word in folded(text).split():
        found &= Q(**{f"{of}search_text__contains": word})
    return found
