from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_how_often_the_digest_comes")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="search_text",
            field=models.CharField(default="", editable=False, max_length=410),
        ),
    ]
