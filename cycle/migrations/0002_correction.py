import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cycle.domain.corrections
import cycle.domain.paper_items


class Migration(migrations.Migration):
    """What an appraiser asks to be mended, item by item."""

    dependencies = [
        ("cycle", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=cycle.domain.paper_items.PaperKind.choices,
                        max_length=10,
                        verbose_name="Giấy tờ",
                    ),
                ),
                ("item", models.CharField(max_length=40, verbose_name="Mục")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Lần trả lại")),
                (
                    "reason",
                    models.CharField(
                        choices=cycle.domain.corrections.CorrectionReason.choices,
                        max_length=12,
                        verbose_name="Lý do",
                    ),
                ),
                ("note", models.TextField(verbose_name="Cần sửa gì")),
                ("asked_at", models.DateTimeField(verbose_name="Yêu cầu lúc")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="cycle.enrolment",
                    ),
                ),
            ],
            options={
                "verbose_name": "Yêu cầu sửa",
                "verbose_name_plural": "Các yêu cầu sửa",
                "ordering": ("enrolment_id", "paper", "-number", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enrolment", "paper", "number", "item"),
                        name="correction_once_in_return",
                    )
                ],
            },
        ),
    ]
