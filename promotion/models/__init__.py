"""What the public sees: listings with their days of recognition, stories, places to buy."""

from promotion.models.checks import CheckCount
from promotion.models.enquiries import Enquiry, EnquiryLine, EnquiryPart
from promotion.models.events import Event, EventEntry
from promotion.models.favourites import Favourite
from promotion.models.listings import Listing, Recognition
from promotion.models.marks import OfficialMark
from promotion.models.news import NewsFile, NewsItem
from promotion.models.points_of_sale import PointOfSale, SaleResult, SoldAt
from promotion.models.reports import MisuseReport
from promotion.models.stories import Story

__all__ = [
    "CheckCount",
    "Enquiry",
    "EnquiryLine",
    "EnquiryPart",
    "Event",
    "EventEntry",
    "Favourite",
    "Listing",
    "MisuseReport",
    "NewsFile",
    "NewsItem",
    "OfficialMark",
    "PointOfSale",
    "Recognition",
    "SaleResult",
    "SoldAt",
    "Story",
]
