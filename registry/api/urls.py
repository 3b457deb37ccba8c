"""Addresses of the register's REST endpoints."""

from django.urls import path

from registry.api.views import ProductSetList, UnitDetail, UnitList

urlpatterns = [
    path("units/", UnitList.as_view(), name="api-unit-list"),
    path("units/<str:division>/<str:code>/", UnitDetail.as_view(), name="api-unit-detail"),
    path("product-sets/", ProductSetList.as_view(), name="api-product-set-list"),
]
