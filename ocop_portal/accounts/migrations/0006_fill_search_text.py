"""The search texts of the people who are there."""

import re
import unicodedata

from django.db import migrations

BATCH = 1000


def fill(apps, _schema_editor):
    users = apps.get_model("accounts", "User").objects
    batch = []
    for user in users.only("full_name", "email").iterator(chunk_size=BATCH):
        user.search_text = _folded(f"{user.full_name} {user.email}")
        batch.append(user)
        if len(batch) == BATCH:
            users.bulk_update(batch, ["search_text"])
            batch = []
    users.bulk_update(batch, ["search_text"])


def empty(apps, _schema_editor):
    apps.get_model("accounts", "User").objects.update(search_text="")


def _folded(text):
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", kept).strip()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_search_text")]
    operations = [migrations.RunPython(fill, empty)]
