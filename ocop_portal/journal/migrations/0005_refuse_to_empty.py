"""PostgreSQL refuses to empty the journal at once: TRUNCATE fires no trigger of a row.

Entries and heads are refused as seals are; TRUNCATE … CASCADE of another table reaches them too.
"""

from django.db import migrations

TABLES = ("journal_entry", "journal_seal", "journal_dayhead")
MADE = """
CREATE FUNCTION journal_keep_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal (%) is never emptied', TG_TABLE_NAME;
END $$;
"""


def make(_apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(MADE, params=None)
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_keep_all()"
        )


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_not_emptied ON {table}")
    schema_editor.execute("DROP FUNCTION journal_keep_all()")


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_keep_what_is_sealed")]
    operations = [migrations.RunPython(make, drop)]
