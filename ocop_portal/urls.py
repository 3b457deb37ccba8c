"""Every address of the portal; citizens' paths are Vietnamese without marks."""

from django.contrib import admin
from django.urls import include, path

from ocop_portal.accounts.views import choose_language
from ocop_portal.upkeep.views import metrics
from promotion.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("ocop_portal.web.urls")),
    path("metrics", metrics, name="metrics"),
    path("ngon-ngu/", choose_language, name="set_language"),
    path("tai-khoan/", include("ocop_portal.accounts.urls")),
    path("rieng-tu/", include("ocop_portal.privacy.urls")),
    path("thong-bao/", include("ocop_portal.journal.urls")),
    path("", include("registry.urls")),
    path("chu-trinh/", include("cycle.urls")),
    path("hoi-dong/", include("scoring.urls")),
    path("tieu-chi/", include("scoring.urls_criteria")),
    path("huong-dan/", include("promotion.urls_guidance")),
    path("", include("promotion.urls")),
    path("du-lieu-mo/", include("reporting.urls_open_data")),
    path("thong-ke/", include("reporting.urls")),
    path("tu-kiem-tra/", include("ocop_portal.upkeep.urls")),
    path("lap-trinh/", include("ocop_portal.clients.urls")),
    path("api/v1/", include("ocop_portal.api")),
    path("quan-tri/", admin.site.urls),
]

handler400 = "ocop_portal.problems.bad_request"
handler403 = "ocop_portal.problems.permission_denied"
handler404 = "ocop_portal.problems.page_not_found"
handler500 = "ocop_portal.problems.server_error"
