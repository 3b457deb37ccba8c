import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Representatives confirm by a code; a lodging remembers who stands for it."""

    dependencies = [
        ('cycle', '0008_appraisal_due_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='lodging',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người đại diện xác nhận'),
        ),
        migrations.CreateModel(
            name='LodgingConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=64)),
                ('nonce', models.CharField(max_length=32)),
                ('asked_at', models.DateTimeField(verbose_name='Xin mã lúc')),
                ('expires_at', models.DateTimeField(verbose_name='Mã hết hạn lúc')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='Số lần nhập sai')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='Xác nhận lúc')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người xác nhận')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='cycle.dossier')),
            ],
            options={
                'verbose_name': 'Xác nhận của người đại diện',
                'verbose_name_plural': 'Xác nhận của người đại diện',
                'ordering': ('-id',),
            },
        ),
    ]
