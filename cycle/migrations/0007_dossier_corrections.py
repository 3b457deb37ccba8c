import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Requests to mend may name items of a dossier."""

    dependencies = [
        ('cycle', '0006_conversations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='correction',
            name='correction_once_in_return',
        ),
        migrations.AddField(
            model_name='correction',
            name='dossier',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='cycle.dossier'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('dossier__isnull', True)), fields=('enrolment', 'paper', 'number', 'item'), name='correction_once_in_return'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(fields=('dossier', 'number', 'item'), name='correction_once_in_dossier'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dossier__isnull', False), ('paper', 'dossier')), models.Q(models.Q(('paper', 'dossier'), _negated=True), ('dossier__isnull', True)), _connector='OR'), name='correction_of_its_paper'),
        ),
    ]
