"""What the public face reads; `headline_figures(on=day)` is for the first page."""

from promotion.selectors.figures import Headline, StarCount, headline_figures

__all__ = ["Headline", "StarCount", "headline_figures"]
