"""Relations between members and subjects that the portal proposes to look at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.models import Posting
from scoring.domain.relations import PersonFacts, RelationKind, SubjectFacts, relations
from scoring.models import AgendaItem, CouncilMember, InterestStatement


@dataclass(frozen=True)
class Proposed:
    """A member, a product, and the kinds of relation between them."""

    item: AgendaItem
    member: CouncilMember
    kinds: tuple[RelationKind, ...]


def proposed_relations(
    items: Sequence[AgendaItem], members: Sequence[CouncilMember]
) -> list[Proposed]:
    """What is proposed for each product and member, in this order; two queries for any number."""
    people = _people(members)
    found = []
    for item in items:
        subject = _subject(item)
        for member in members:
            kinds = relations(people[member.pk], subject)
            if kinds:
                found.append(Proposed(item, member, kinds))
    return found


def statement_of(user_id: int) -> InterestStatement | None:
    return InterestStatement.objects.filter(user=user_id).first()


def _people(members: Sequence[CouncilMember]) -> dict[int, PersonFacts]:
    users = {member.user_id for member in members}
    stated = {row.user_id: row for row in InterestStatement.objects.filter(user__in=users)}
    worked: dict[int, set[int]] = {}
    postings = Posting.objects.filter(user__in=users, subject__isnull=False).order_by("id")
    for user, subject in postings.values_list("user", "subject"):
        worked.setdefault(user, set()).add(subject)
    return {
        member.pk: _person(member, stated.get(member.user_id), worked.get(member.user_id, ()))
        for member in members
    }


def _person(
    member: CouncilMember, stated: InterestStatement | None, subjects: Iterable[int]
) -> PersonFacts:
    employers = [member.office] if member.office else []
    return PersonFacts(
        name=member.user.full_name,
        phones=(member.user.phone, stated.phone if stated else ""),
        tax_codes=(stated.tax_code,) if stated else (),
        communes=lines(stated.communes) if stated else (),
        employers=(*employers, *(lines(stated.employers) if stated else ())),
        subjects=frozenset(subjects),
    )


def lines(text: str) -> tuple[str, ...]:
    """What a person wrote one below the other."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _subject(item: AgendaItem) -> SubjectFacts:
    enrolment = item.dossier.enrolment
    subject = enrolment.product.subject
    return SubjectFacts(
        id=subject.pk,
        name=subject.name,
        representative=subject.representative_name,
        phone=subject.phone,
        tax_code=subject.tax_code,
        commune=enrolment.commune.name,
    )
