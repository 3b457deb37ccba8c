"""Addresses of the public endpoints of products and certificates."""

from django.urls import path

from promotion.api import views

urlpatterns = [
    path("products/", views.ProductList.as_view(), name="api-product-list"),
    path("products/<int:product_id>/", views.ProductDetail.as_view(), name="api-product"),
    path("certificates/<str:code>/", views.CertificateDetail.as_view(), name="api-certificate"),
]
