"""Every address of the portal; citizens' paths are Vietnamese without marks."""

from django.contrib import admin
from django.urls import include, path

from ocop_portal.accounts.views import choose_language
from promotion.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("ocop_portal.web.urls")),
    path("ngon-ngu/", choose_language, name="set_language"),
    path("tai-khoan/", include("ocop_portal.accounts.urls")),
    path("thong-bao/", include("ocop_portal.journal.urls")),
    path("", include("registry.urls")),
    path("chu-trinh/", include("cycle.urls")),
    path("hoi-dong/", include("scoring.urls")),
    path("tieu-chi/", include("scoring.urls_criteria")),
    path("huong-dan/", include("promotion.urls_guidance")),
    path("", include("promotion.urls")),
    path("thong-ke/", include("reporting.urls")),
    path("api/v1/", include("ocop_portal.api")),
    path("quan-tri/", admin.site.urls),
]
