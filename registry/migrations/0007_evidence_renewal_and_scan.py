import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A paper may follow one that runs out; when it was scanned for viruses is kept."""

    dependencies = [
        ('registry', '0006_product_pictures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='registry.evidence', verbose_name='Thay cho'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='scanned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='Quét vi-rút lúc'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['valid_until'], name='evidence_runs_out'),
        ),
    ]
