"""Addresses of the public criteria."""

from django.urls import path

from scoring.views import criteria

app_name = "criteria"

urlpatterns = [
    path("", criteria.criteria_list, name="list"),
    path("<str:regime>/<int:number>/", criteria.criteria_detail, name="detail"),
    path("<str:regime>/<int:number>/tinh-diem/", criteria.criteria_calculator, name="calculator"),
    path("<str:regime>/<int:number>/phieu.pdf", criteria.criteria_sheet, name="sheet"),
]
