"""Who reads what: no conflict, an even share, reasons beside every name."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.domain.assignment import Duty, Matter, Reader, Reason, loads, propose

TEA = Matter(1, "2026/11", "Đồ uống", "Thái Nguyên")
HONEY = Matter(2, "2026/02", "Thực phẩm", "Sơn La")

sets = st.sampled_from(["a", "b", "c"])
places = st.sampled_from(["x", "y"])
matters = st.lists(st.tuples(sets, sets, places), min_size=1, max_size=8).map(
    lambda rows: [Matter(number, *row) for number, row in enumerate(rows)]
)
readers = st.lists(
    st.tuples(st.frozensets(sets), st.frozensets(sets), st.frozensets(places)),
    min_size=1,
    max_size=7,
).map(lambda rows: [Reader(number, *row) for number, row in enumerate(rows)])
bars = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 6)), max_size=20)


@given(matters, readers, bars, st.integers(1, 3))
@settings(max_examples=60)
def test_everybody_gets_readers_none_of_them_in_conflict(
    papers: list[Matter], people: list[Reader], barred: set[tuple[int, int]], each: int
) -> None:
    duties = propose(papers, people, barred=barred, each=each)

    pairs = [(duty.matter, duty.reader) for duty in duties]
    assert len(set(pairs)) == len(pairs)
    assert barred & set(pairs) == set()
    for matter in papers:
        able = [reader for reader in people if (matter.id, reader.id) not in barred]
        found = [reader for paper, reader in pairs if paper == matter.id]
        assert len(found) == min(each, len(able))


@given(matters, readers, st.integers(1, 3))
@settings(max_examples=60)
def test_without_conflicts_nobody_has_more_than_one_dossier_more_than_another(
    papers: list[Matter], people: list[Reader], each: int
) -> None:
    work = loads(people, propose(papers, people, each=each))

    assert all(abs(one - other) <= 1 for one, other in combinations(work.values(), 2))


@given(matters, readers, bars)
@settings(max_examples=40)
def test_the_order_of_the_readers_does_not_matter_and_every_name_has_a_reason(
    papers: list[Matter], people: list[Reader], barred: set[tuple[int, int]]
) -> None:
    duties = propose(papers, people, barred=barred)

    assert propose(papers, people[::-1], barred=barred) == duties
    assert all(duty.reasons and duty.reasons[-1] is Reason.LOAD for duty in duties)


def test_who_knows_the_set_reads_it_though_the_even_share_alone_would_say_otherwise() -> None:
    """The first reader is free first and would get the tea; the exchange gives it to the second."""
    people = [
        Reader(1, industries=frozenset({"Thực phẩm"})),
        Reader(2, sets=frozenset({"2026/11"}), industries=frozenset({"Thực phẩm"})),
    ]

    duties = propose([HONEY, TEA], people, each=1)

    assert duties == (
        Duty(1, 2, (Reason.SET, Reason.LOAD)),
        Duty(2, 1, (Reason.INDUSTRY, Reason.LOAD)),
    )


def test_who_has_much_to_read_already_gets_less() -> None:
    people = [Reader(1, load=3, sets=frozenset({"2026/11"})), Reader(2), Reader(3)]

    assert [duty.reader for duty in propose([TEA], people, each=2)] == [2, 3]


def test_a_neighbour_stands_behind_somebody_from_elsewhere() -> None:
    people = [Reader(1, places=frozenset({"Thái Nguyên"})), Reader(2, places=frozenset({"Hà Nội"}))]

    assert propose([TEA], people, each=1) == (Duty(1, 2, (Reason.OTHER_PLACE, Reason.LOAD)),)


def test_every_reason_has_its_words() -> None:
    assert all(reason.label for reason in Reason)


# Ba knows both sets and the trade of the second, Tư the trade of the first.
BA = Reader(1, sets=frozenset({"s1", "s2"}), industries=frozenset({"i2"}))
TU = Reader(2, industries=frozenset({"i1"}))
FIRST, SECOND = Matter(1, "s1", "i1", "x"), Matter(2, "s2", "i2", "x")


def test_duties_are_exchanged_where_both_dossiers_together_gain() -> None:
    duties = propose([FIRST, SECOND], [BA, TU], each=1)

    assert [(duty.matter, duty.reader) for duty in duties] == [(1, 2), (2, 1)]
    assert loads([BA, TU], duties) == {1: 1, 2: 1}


def test_duties_are_not_exchanged_into_a_conflict() -> None:
    duties = propose([FIRST, SECOND], [BA, TU], barred={(1, 2)}, each=1)

    assert [(duty.matter, duty.reader) for duty in duties] == [(1, 1), (2, 2)]


def test_every_reason_is_said_in_words() -> None:
    assert all(reason.label for reason in Reason)
