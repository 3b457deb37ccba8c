"""Addresses of the public endpoints of products and certificates."""

from django.urls import path

from promotion.api import outlets, views

urlpatterns = [
    path("products/", views.ProductList.as_view(), name="api-product-list"),
    path("products/<int:product_id>/", views.ProductDetail.as_view(), name="api-product"),
    path("points-of-sale/", outlets.PointList.as_view(), name="api-point-list"),
    path("points-of-sale/<int:point_id>/", outlets.PointDetail.as_view(), name="api-point"),
    path("events/", outlets.EventList.as_view(), name="api-event-list"),
    path("events/<int:event_id>/", outlets.EventDetail.as_view(), name="api-event"),
    path("certificates/<str:code>/", views.CertificateDetail.as_view(), name="api-certificate"),
]
