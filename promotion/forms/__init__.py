"""What people are asked in step six."""

from promotion.forms.desk import MarkForm, PlaceForm, StoryForm, WithholdForm
from promotion.forms.enquiries import EnquiryAnswerForm, EnquiryForm
from promotion.forms.events import (
    ApplicationForm,
    ConclusionForm,
    EventForm,
    OutcomeForm,
    SelectionForm,
    event_values,
)
from promotion.forms.fields import CommuneNameField
from promotion.forms.news import NewsFileForm, NewsForm, NewsReasonForm
from promotion.forms.points import PointForm, ReasonForm, RecognisedProductForm, point_values
from promotion.forms.reports import AnswerForm, ReportForm
from promotion.forms.sales import LinkForm, SaleForm

__all__ = [
    "AnswerForm",
    "ApplicationForm",
    "CommuneNameField",
    "ConclusionForm",
    "EnquiryAnswerForm",
    "EnquiryForm",
    "EventForm",
    "LinkForm",
    "MarkForm",
    "NewsFileForm",
    "NewsForm",
    "NewsReasonForm",
    "OutcomeForm",
    "PlaceForm",
    "PointForm",
    "ReasonForm",
    "RecognisedProductForm",
    "ReportForm",
    "SaleForm",
    "SelectionForm",
    "StoryForm",
    "WithholdForm",
    "event_values",
    "point_values",
]
