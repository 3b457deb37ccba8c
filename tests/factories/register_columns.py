"""The headings of the provincial register of 22 columns, in two rows."""

from reporting.domain.register_columns import Field

UPPER = [
    "TT", "Tên sản phẩm", "Nhóm sản phẩm", "Loại hình chủ thể", "Chủ thể", "Xã/phường", "Địa chỉ",
    "Người đại diện", "Điện thoại", "Hạng sao hiện nay", "Ngày hết hạn",
    "Công nhận lần đầu", "", "", "", "",
    "Công nhận lần 2/nâng hạng", "", "", "", "",
    "Ghi chú",
]  # fmt: skip
OF_TURN = ["Hạng sao", "Ngày QĐ", "Năm", "Số quyết định", "Cơ quan công nhận"]
LOWER = [""] * 11 + OF_TURN * 2 + [""]
COLUMNS = {
    field: place
    for place, field in enumerate(
        [
            None, Field.PRODUCT, Field.GROUP, Field.KIND, Field.SUBJECT, Field.COMMUNE,
            Field.ADDRESS, Field.REPRESENTATIVE, Field.PHONE, Field.STARS, Field.EXPIRES,
            Field.FIRST_STARS, Field.FIRST_DATE, Field.FIRST_YEAR, Field.FIRST_DECISION,
            Field.FIRST_AUTHORITY, Field.LATER_STARS, Field.LATER_DATE, Field.LATER_YEAR,
            Field.LATER_DECISION, Field.LATER_AUTHORITY, Field.NOTE,
        ]
    )
    if field
}  # fmt: skip
