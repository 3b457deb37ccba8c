"""What a product card shows."""

CARD_COLUMNS = (
    "product_id",
    "slug",
    "name",
    "subject_name",
    "set_name",
    "group_name",
    "stars",
    "potential_five",
    "valid_until",
    "province__short_name",
    "commune__name",
)
