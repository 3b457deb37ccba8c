"""PostgreSQL itself refuses to change or delete what was sealed.

Only the trigger of the owner stands in the way of the owner: who may drop it can still rewrite
rows, which the chain then shows. SQLite gets its own from `journal/guards.py`, because its tables
are made anew by later migrations, which loses triggers without a word.
"""

from django.db import migrations

MADE = """
CREATE FUNCTION journal_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM journal_seal WHERE entry_id = OLD.id) THEN
    IF TG_OP = 'DELETE' THEN
      RAISE EXCEPTION 'journal entry % is sealed', OLD.id;
    ELSIF (NEW.id, NEW.kind, NEW.subject_type, NEW.subject_id, NEW.actor_id, NEW.at, NEW.facts)
        IS DISTINCT FROM
        (OLD.id, OLD.kind, OLD.subject_type, OLD.subject_id, OLD.actor_id, OLD.at, OLD.facts) THEN
      RAISE EXCEPTION 'journal entry % is sealed', OLD.id;
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER journal_entry_kept
  BEFORE DELETE OR UPDATE OF id, kind, subject_type, subject_id, actor_id, at, facts
  ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_keep_entry();
CREATE FUNCTION journal_keep_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'seal % of the journal is never changed', OLD.number;
END $$;
CREATE TRIGGER journal_seal_kept
  BEFORE UPDATE OR DELETE ON journal_seal FOR EACH ROW EXECUTE FUNCTION journal_keep_seal();
"""
DROPPED = """
DROP TRIGGER journal_seal_kept ON journal_seal;
DROP FUNCTION journal_keep_seal();
DROP TRIGGER journal_entry_kept ON journal_entry;
DROP FUNCTION journal_keep_entry();
"""


def make(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MADE, params=None)


def drop(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROPPED, params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_seals")]
    operations = [migrations.RunPython(make, drop)]
