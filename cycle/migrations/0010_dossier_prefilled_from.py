import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """An upgrade or a re-evaluation names the dossier that it was filled in from."""

    dependencies = [
        ('cycle', '0009_lodging_confirmations'),
    ]

    operations = [
        migrations.AddField(
            model_name='dossier',
            name='prefilled_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cycle.dossier', verbose_name='Điền sẵn từ'),
        ),
    ]
