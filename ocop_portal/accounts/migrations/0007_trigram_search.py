"""Searching inside the folded names is quick on PostgreSQL too, where it has trigrams."""

from django.db import migrations


def make_index(_apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql" or not _has_trigrams(schema_editor):
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    schema_editor.execute(
        "CREATE INDEX IF NOT EXISTS accounts_user_search ON accounts_user "
        "USING gin (search_text gin_trgm_ops)"
    )


def drop_index(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS accounts_user_search")


def _has_trigrams(schema_editor):
    """A server without the contrib packages searches more slowly and loses nothing."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        return cursor.fetchone() is not None


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_fill_search_text")]
    operations = [migrations.RunPython(make_index, drop_index)]
