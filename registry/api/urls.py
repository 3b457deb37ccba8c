"""Addresses of the register's REST endpoints."""

from django.urls import path

from registry.api import evidence, pictures, products, subjects
from registry.api.views import ProductSetList, UnitDetail, UnitList

urlpatterns = [
    path("units/", UnitList.as_view(), name="api-unit-list"),
    path("units/<str:division>/<str:code>/", UnitDetail.as_view(), name="api-unit-detail"),
    path("product-sets/", ProductSetList.as_view(), name="api-product-set-list"),
    path("subjects/", subjects.SubjectList.as_view(), name="api-subject-list"),
    path("subjects/<int:pk>/", subjects.SubjectDetail.as_view(), name="api-subject"),
    path(
        "registered-products/",
        products.RegisteredProductList.as_view(),
        name="api-registered-product-list",
    ),
    path(
        "registered-products/<int:pk>/",
        products.RegisteredProductDetail.as_view(),
        name="api-registered-product",
    ),
    path(
        "registered-products/pictures/<slug:token>/<slug:size>/",
        pictures.RegisteredPicture.as_view(),
        name="api-registered-picture",
    ),
    path("evidence/", evidence.EvidenceList.as_view(), name="api-evidence-list"),
    path("evidence/<int:pk>/", evidence.EvidenceDetail.as_view(), name="api-evidence"),
]
