"""Addresses of the public face and of the producer's desk of step six."""

from django.urls import path

from promotion.views import (
    catalogue,
    comparison,
    credentials,
    desk,
    favourites,
    hub,
    labels,
    point_desk,
    points,
    products,
    provinces,
    reports,
    trade_number,
    verify,
)

app_name = "promotion"

urlpatterns = [
    path("san-pham/", catalogue.listing_list, name="catalogue"),
    path("san-pham/theo-tinh/", provinces.province_map, name="provinces"),
    path("san-pham/<slug:slug>/", products.product_page, name="product"),
    path("01/<str:gtin>", trade_number.by_gtin, name="gtin"),
    path("01/<str:gtin>/<path:qualifiers>", trade_number.by_gtin, name="gtin-pack"),
    path("so-sanh/", comparison.comparison, name="comparison"),
    path("yeu-thich/", favourites.favourite_list, name="favourites"),
    path("yeu-thich/luu/", favourites.favourite_change, name="favourite-change"),
    path("hinh/<int:product_id>.svg", products.picture, name="picture"),
    path("hinh/<int:product_id>/chia-se.png", products.share_picture, name="share-picture"),
    path("hinh/<slug:token>/<slug:size>.webp", products.photograph, name="photograph"),
    path("xac-thuc/", verify.verify_form, name="verify"),
    path("xac-thuc/chung-thu/", credentials.credential_check, name="credential-check"),
    path("xac-thuc/chung-thu/sw.js", credentials.offline_worker, name="credential-worker"),
    path("xac-thuc/chung-thu/ngu-canh.json", credentials.context, name="credential-context"),
    path(
        "xac-thuc/trang-thai/<str:purpose>/<int:number>.jwt",
        credentials.listed,
        name="status-list",
    ),
    path(".well-known/jwks.json", credentials.jwks, name="jwks"),
    path(".well-known/ocop-issuer.json", credentials.issuer, name="issuer"),
    path("xac-thuc/<str:code>/", verify.verify, name="verify"),
    path("xac-thuc/<str:code>/giay-chung-nhan.pdf", verify.verify_pdf, name="verify-pdf"),
    path("xac-thuc/<str:code>/chung-thu.jwt", credentials.credential, name="credential"),
    path("bao-vi-pham/", reports.report_create, name="report"),
    path("bao-vi-pham/<str:code>/", reports.report_state, name="report-state"),
    path("phan-anh/", reports.report_list, name="report-list"),
    path("phan-anh/<int:pk>/", reports.report_detail, name="report-detail"),
    path("phan-anh/<int:pk>/nhan/", reports.report_take, name="report-take"),
    path("phan-anh/<int:pk>/tra-loi/", reports.report_answer, name="report-answer"),
    path("phan-anh/<int:pk>/anh/", reports.report_photo, name="report-photo"),
    path("diem-ban/", points.point_list, name="points"),
    path("diem-ban/<int:pk>/", points.point_page, name="point"),
    path("so-diem-ban/", point_desk.kept_list, name="kept-points"),
    path("so-diem-ban/moi/", point_desk.point_create, name="point-create"),
    path("so-diem-ban/<int:pk>/", point_desk.kept_point, name="kept-point"),
    path("so-diem-ban/<int:pk>/sua/", point_desk.point_edit, name="point-edit"),
    path("so-diem-ban/<int:pk>/dong/", point_desk.point_close, name="point-close"),
    path("so-diem-ban/<int:pk>/san-pham/", point_desk.offer_put, name="offer-put"),
    path(
        "so-diem-ban/chao-ban/<int:sold_id>/nhan/", point_desk.offer_confirm, name="offer-confirm"
    ),
    path(
        "so-diem-ban/chao-ban/<int:sold_id>/khong/", point_desk.offer_decline, name="offer-decline"
    ),
    path("xuc-tien/", hub.hub, name="hub"),
    path("xuc-tien/<int:product_id>/bo-nhan/", labels.label_page, name="label-page"),
    path("xuc-tien/<int:product_id>/bo-nhan.zip", labels.label_pack, name="label-pack"),
    path("xuc-tien/<int:product_id>/the-ke.pdf", labels.shelf_card, name="shelf-card"),
    path("nhan-hieu/<int:unit_pk>/", labels.mark_list, name="mark-list"),
    path("nhan-hieu/tep/<int:pk>/", labels.mark_file, name="mark-file"),
    path("xuc-tien/<int:product_id>/", desk.product_desk, name="desk"),
    path("xuc-tien/<int:product_id>/cau-chuyen/", desk.story_edit, name="story-edit"),
    path("xuc-tien/<int:product_id>/diem-ban/", desk.place_add, name="place-add"),
    path("xuc-tien/<int:product_id>/chon-diem-ban/", desk.place_propose, name="place-propose"),
    path("xuc-tien/diem-ban/<int:sold_id>/bo/", desk.place_end, name="place-end"),
    path("xuc-tien/<int:product_id>/an/", desk.withhold, name="withhold"),
    path("xuc-tien/<int:product_id>/hien/", desk.show, name="show"),
]
