"""Whether a product lies in another province than its maker stands in the row itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("promotion", "0013_sale_results"),
    ]

    operations = [
        migrations.AddField(
            model_name="recognition",
            name="is_away",
            field=models.BooleanField(default=False, verbose_name="Ở tỉnh khác chủ thể"),
        ),
        migrations.AddIndex(
            model_name="recognition",
            index=models.Index(
                condition=models.Q(("is_away", True)),
                fields=["ends_on", "starts_on"],
                name="recognition_away",
            ),
        ),
    ]
