import cycle.domain.samples
import django.db.models.deletion
import registry.domain.regime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Samples of a product, and what happened to them."""

    dependencies = [
        ('cycle', '0011_round_kind'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=registry.domain.regime.Level.choices, max_length=10, verbose_name='Cấp')),
                ('number', models.CharField(max_length=8, unique=True, verbose_name='Số mẫu')),
                ('opened_at', models.DateTimeField(verbose_name='Mở sổ lúc')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='cycle.dossier')),
            ],
            options={
                'verbose_name': 'Mẫu sản phẩm',
                'verbose_name_plural': 'Mẫu sản phẩm',
                'ordering': ('dossier_id', 'id'),
            },
        ),
        migrations.CreateModel(
            name='CustodyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=cycle.domain.samples.CustodyKind.choices, max_length=12, verbose_name='Việc')),
                ('units', models.PositiveSmallIntegerField(verbose_name='Số lượng')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='Nơi giữ')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Ghi chú')),
                ('at', models.DateTimeField(verbose_name='Lúc')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='cycle.sample')),
            ],
            options={
                'verbose_name': 'Việc với mẫu',
                'verbose_name_plural': 'Các việc với mẫu',
                'ordering': ('sample_id', 'id'),
            },
        ),
        migrations.AddConstraint(
            model_name='sample',
            constraint=models.UniqueConstraint(fields=('dossier', 'level'), name='sample_once_at_level'),
        ),
        migrations.AddConstraint(
            model_name='custodyevent',
            constraint=models.CheckConstraint(condition=models.Q(('units__gte', 1)), name='custodyevent_units'),
        ),
    ]
