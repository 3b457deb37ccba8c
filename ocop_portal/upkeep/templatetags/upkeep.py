"""What a finding says, in the reader's language."""

from django import template

from ocop_portal.upkeep.models import CheckFinding
from ocop_portal.web.wording import worded

register = template.Library()


@register.filter
def said(finding: CheckFinding) -> str:
    return worded(finding.text, finding.facts)
