import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What is typed into a message or a milestone is kept until it is sent."""

    dependencies = [
        ('cycle', '0012_samples'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Jotting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=30, verbose_name='Biểu mẫu')),
                ('field', models.CharField(max_length=40, verbose_name='Mục')),
                ('text', models.TextField(blank=True, verbose_name='Nội dung')),
                ('saved_at', models.DateTimeField(verbose_name='Lưu lúc')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jottings', to='cycle.enrolment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jottings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Chữ chưa gửi',
                'verbose_name_plural': 'Chữ chưa gửi',
                'ordering': ('person_id', 'enrolment_id', 'form', 'field'),
                'constraints': [models.UniqueConstraint(fields=('person', 'enrolment', 'form', 'field'), name='jotting_once')],
            },
        ),
    ]
