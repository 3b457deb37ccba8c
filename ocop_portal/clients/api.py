"""The feed of changes for programs that keep a copy, and the journal for who watches."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.clients import changes, feeds
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal.models import Entry
from ocop_portal.journal.permissions import may_see_outbox
from ocop_portal.web.filters import refuse_unknown
from ocop_portal.web.rows import RowList

USUAL, MOST = 100, 500
LARGEST = 2**63 - 1


class ChangedObjectSerializer(serializers.Serializer[Any]):
    """What a change is about."""

    type = serializers.CharField(help_text="The kind of thing, for example scoring.certificate.")
    id = serializers.IntegerField()
    url = serializers.CharField(help_text="Where the API tells the thing as it is now.")


class FollowedChangeSerializer(serializers.Serializer[Any]):
    """One change; its content is read at the address of its object, by who may see it."""

    number = serializers.IntegerField(help_text="Rises by one with each change of the portal.")
    kind = serializers.CharField(help_text="What happened, as scoring.certificate.issued.")
    at = serializers.DateTimeField(help_text="When it happened.")
    object = ChangedObjectSerializer()


class ChangesSerializer(serializers.Serializer[Any]):
    """A part of the feed."""

    results = FollowedChangeSerializer(many=True)
    next = serializers.IntegerField(help_text="Send it as `after` next time; nothing is missed.")
    has_more = serializers.BooleanField(help_text="Whether more is there already.")


class ChangeFeed(APIView):
    """Changes of the things that the caller may see, oldest first, after a number.

    Ask with the `next` of the last answer. A number is given only after every smaller one is
    visible, so a reader that goes on from `next` misses nothing and gets nothing twice.
    """

    read_scope = Scope.FEED

    @extend_schema(
        operation_id="changes_list",
        summary="Dòng thay đổi, theo số thứ tự",
        parameters=[
            OpenApiParameter("after", OpenApiTypes.INT64, description="0 where it is absent."),
            OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 500; 100 usually."),
            OpenApiParameter("kind", OpenApiTypes.STR, description="Only this kind of change."),
        ],
        responses=ChangesSerializer,
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request, frozenset({"after", "limit", "kind"}))
        after = _number(request, "after", usual=0, least=0, most=LARGEST)
        limit = _number(request, "limit", usual=USUAL, least=1, most=MOST)
        person = signed_in(request._request)
        seen = changes.visible_changes(person, timezone.now()).filter(number__gt=after)
        if kind := request.query_params.get("kind"):
            seen = seen.filter(entry__kind=_known_kind(kind))
        found = list(seen.select_related("entry")[: limit + 1])
        shown = found[:limit]
        return Response(
            {
                "results": [changes.told(change) for change in shown],
                "next": shown[-1].number if shown else after,
                "has_more": len(found) > limit,
            }
        )


JOURNAL = {
    "id": "pk",
    "kind": "kind",
    "subject_type": "subject_type",
    "subject_id": "subject_id",
    "actor": "actor_id",
    "at": "at",
}


class EntrySerializer(serializers.Serializer[Any]):
    """One thing that happened; never changed, never deleted."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    subject_type = serializers.CharField(help_text="The kind of thing it is about.")
    subject_id = serializers.IntegerField()
    actor = serializers.IntegerField(allow_null=True, help_text="null: the portal itself.")
    at = serializers.DateTimeField()


class EntryFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """By kind, thing and time."""

    since = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = Entry
        fields = ("kind", "subject_type", "subject_id", "since", "until")


class JournalList(RowList):
    """The whole journal, for auditors and administrators of the programme."""

    serializer_class = EntrySerializer
    filterset_class = EntryFilter
    columns = JOURNAL

    def get_queryset(self) -> QuerySet[Entry]:
        if getattr(self, "swagger_fake_view", False):  # the schema asks without a caller
            return Entry.objects.none()
        person = signed_in(self.request._request)
        require(may_see_outbox(person, on=timezone.localdate()))
        return Entry.objects.order_by("-pk")

    @extend_schema(operation_id="journal_list", summary="Nhật ký")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


def _known_kind(kind: str) -> str:
    if kind not in feeds.kinds():
        words = ", ".join(feeds.kinds())
        raise ValidationError({"kind": _("Các loại tin: %(words)s.") % {"words": words}})
    return kind


def _number(request: Request, name: str, *, usual: int, least: int, most: int) -> int:
    word = request.query_params.get(name, "")
    if not word:
        return usual
    if not (word.isascii() and word.isdigit()) or not least <= int(word[:20]) <= most:
        sentence = _("Hãy gửi số từ %(least)s đến %(most)s.")
        raise ValidationError({name: sentence % {"least": least, "most": most}})
    return int(word)
