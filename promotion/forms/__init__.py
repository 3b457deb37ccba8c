"""What people are asked in step six."""

from promotion.forms.desk import MarkForm, PlaceForm, StoryForm, WithholdForm
from promotion.forms.fields import CommuneNameField
from promotion.forms.points import PointForm, ReasonForm, RecognisedProductForm, point_values
from promotion.forms.reports import AnswerForm, ReportForm

__all__ = [
    "AnswerForm",
    "CommuneNameField",
    "MarkForm",
    "PlaceForm",
    "PointForm",
    "ReasonForm",
    "RecognisedProductForm",
    "ReportForm",
    "StoryForm",
    "WithholdForm",
    "point_values",
]
