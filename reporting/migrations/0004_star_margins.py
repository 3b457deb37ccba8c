"""Tallies of several days with their margins; what was counted before is counted again by itself."""

import django.db.models.deletion
from django.db import migrations, models


def province():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="registry.unit"
    )


def key():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0007_evidence_renewal_and_scan"),
        ("reporting", "0003_bulk_jobs"),
    ]

    operations = [
        migrations.DeleteModel(name="StarMark"),
        migrations.DeleteModel(name="StarCount"),
        migrations.DeleteModel(name="StarTally"),
        migrations.CreateModel(
            name="StarTally",
            fields=[
                ("id", key()),
                ("counted_for", models.DateField()),
                ("validity", models.CharField(max_length=8)),
                ("stars", models.PositiveSmallIntegerField()),
                ("group", models.SlugField(db_index=False, max_length=80)),
                ("regime", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("subject_kind", models.CharField(blank=True, max_length=20)),
                ("level", models.CharField(blank=True, max_length=10)),
                ("turn", models.CharField(blank=True, max_length=10)),
                ("products", models.PositiveIntegerField()),
                ("province", province()),
            ],
            options={
                "ordering": ("province_id", "counted_for", "id"),
                "indexes": [
                    models.Index(
                        fields=["counted_for", "validity", "province"],
                        name="startally_of_province",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StarMargin",
            fields=[
                ("id", key()),
                ("counted_for", models.DateField()),
                ("validity", models.CharField(max_length=8)),
                ("dimension", models.CharField(max_length=10)),
                ("value", models.CharField(blank=True, max_length=80)),
                ("stars", models.PositiveSmallIntegerField()),
                ("products", models.PositiveIntegerField()),
                ("subjects", models.PositiveIntegerField()),
                ("province", province()),
            ],
            options={
                "ordering": ("province_id", "counted_for", "id"),
                "indexes": [
                    models.Index(
                        fields=[
                            "counted_for",
                            "validity",
                            "dimension",
                            "province",
                            "value",
                            "stars",
                            "products",
                            "subjects",
                        ],
                        name="starmargin_figures",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StarCount",
            fields=[
                ("id", key()),
                ("counted_for", models.DateField()),
                ("province", province()),
            ],
            options={
                "ordering": ("province_id", "counted_for"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("counted_for", "province"), name="starcount_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StarMark",
            fields=[
                ("id", key()),
                ("since", models.DateField()),
                ("province", province()),
            ],
            options={"ordering": ("id",)},
        ),
    ]
