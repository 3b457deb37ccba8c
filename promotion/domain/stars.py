"""What each star means to a citizen, in plain words.

The wording follows the programme's description of the five classes (1048/2019 and 26/2026,
Article 3): three and more are recognised by a decision, one and two are results without one.
"""

from registry.domain.text import term

MEANINGS = {
    3: term(
        "Sản phẩm đạt tiêu chuẩn, có thể phát triển lên hạng bốn sao; "
        "được công nhận bằng quyết định của cấp có thẩm quyền."
    ),
    4: term(
        "Sản phẩm đạt tiêu chuẩn ở mức cao, có thể nâng cấp lên hạng năm sao; "
        "được công nhận bằng quyết định của cấp có thẩm quyền."
    ),
    5: term(
        "Hạng cao nhất: sản phẩm có chất lượng cao, có thể xuất khẩu; "
        "được công nhận bằng quyết định của bộ, ngành trung ương."
    ),
}
RECOGNISED = tuple(MEANINGS)
