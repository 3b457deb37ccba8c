"""The one REST entrance, /api/v1/: every app's addresses and the schema."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from ocop_portal.clients.api import ChangeFeed, JournalList

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("journal/", JournalList.as_view(), name="api-journal-list"),
    path("changes/", ChangeFeed.as_view(), name="api-change-feed"),
    path("", include("registry.api.urls")),
    path("", include("cycle.api.urls")),
    path("", include("scoring.api.urls")),
    path("", include("promotion.api.urls")),
    path("", include("reporting.api.urls")),
]
