"""Packages for the next level: made once, verified at receipt, refused where they are broken."""

import hashlib
import io
import json
import re
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfReader

from cycle.domain.dossier import DossierState
from cycle.models import Dossier
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.roles import Role
from scoring.models import Package
from scoring.services import packages, ratings
from tests.conftest import LogIn
from tests.factories import cycle
from tests.factories import scoring as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def forwarded() -> Dossier:
    """A dossier that its district sent to the province."""
    dossier = make.accepted_dossier(regime="2019")
    make.concluded(dossier, [88, 90, 89, 91])
    return Dossier.objects.get(pk=dossier.pk)


def test_a_file_that_goes_up_goes_with_its_package(forwarded: Dossier) -> None:
    package = Package.objects.get()
    assert (package.file.name, package.to_level) == ("", Level.PROVINCE)

    assert packages.make_missing(limit=10) == 1
    assert packages.make_missing(limit=10) == 0
    package = Package.objects.get()

    with package.file.open("rb") as stored, zipfile.ZipFile(io.BytesIO(stored.read())) as archive:
        names = archive.namelist()
        listed = archive.read("SHA256SUMS")
        sums = {line[66:]: line[:64] for line in listed.decode().splitlines()}
        assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sums} == sums
        about = json.loads(archive.read("goi-ho-so.json"))
        [minutes] = [
            json.loads(archive.read(name))
            for name in names
            if name.startswith("bien-") and name.endswith(".json")
        ]
    folders = sorted({name.partition("/")[0] for name in names})
    assert folders == [
        "SHA256SUMS",
        "bien-ban",
        "goi-ho-so.json",
        "ho-so",
        "ket-qua",
        "minh-chung",
        "phieu",
    ]
    assert sum(name.startswith("phieu/") for name in names) == 4 * 2  # as data, and on its form
    assert (about["dossier"], about["to_level"]) == (forwarded.code, "province")
    assert len(minutes["present"]) == 5
    [extract] = [name for name in names if name.startswith("bien-") and name.endswith(".pdf")]
    [result] = [name for name in names if name.startswith("ket-") and name.endswith(".pdf")]
    assert {extract, result} < sums.keys()
    assert package.seal == hashlib.sha256(listed).hexdigest()


def test_the_next_level_verifies_at_receipt(forwarded: Dossier) -> None:
    received = cycle.received(forwarded, at=make.SIGNING)

    package = Package.objects.get()
    assert received.state == DossierState.ACCEPTED
    assert (package.verified_at, package.verified_by) == (
        make.SIGNING,
        cycle.officer_for(forwarded.enrolment, Level.PROVINCE),
    )


def broken(package: Package) -> Package:
    """One file of the package was changed after it was sealed."""
    with package.file.open("rb") as stored, zipfile.ZipFile(io.BytesIO(stored.read())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    changed = next(name for name in files if name.startswith("phieu/") and "json" in name)
    files[changed] = files[changed].replace(b'"total"', b'"Total"')
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    name = str(package.file.name)
    package.file.storage.delete(name)
    package.file.storage.save(name, ContentFile(made.getvalue()))
    return package


def test_a_package_whose_checksum_does_not_match_is_refused_and_nothing_changes(
    forwarded: Dossier, log_in: LogIn
) -> None:
    packages.make_missing(limit=1)
    package = broken(Package.objects.get())
    before = Dossier.objects.values().get(pk=forwarded.pk)

    with pytest.raises(RuleBroken, match=r"^package\.broken: .*phieu/"):
        cycle.received(forwarded, at=make.SIGNING)

    assert Dossier.objects.values().get(pk=forwarded.pk) == before
    assert Package.objects.get().verified_at is None
    officer = cycle.officer_for(forwarded.enrolment, Level.PROVINCE)
    answer = log_in(officer).post(reverse("cycle:dossier-receive", args=[forwarded.pk]))
    assert answer.status_code == 409
    assert "không khớp mã kiểm tra" in answer.content.decode()
    page = log_in(officer).get(package.get_absolute_url())
    assert "Không khớp mã kiểm tra" in page.content.decode()


def test_a_package_that_is_gone_is_refused(forwarded: Dossier) -> None:
    packages.make_missing(limit=1)
    package = Package.objects.get()
    package.file.storage.delete(str(package.file.name))

    with pytest.raises(RuleBroken, match=r"^package\.broken"):
        cycle.received(forwarded, at=make.SIGNING)


def test_only_the_offices_of_both_levels_open_a_package(forwarded: Dossier, log_in: LogIn) -> None:
    packages.make_missing(limit=1)
    package = Package.objects.get()
    file = reverse("scoring:package-file", args=[package.pk])
    district = cycle.officer_for(forwarded.enrolment, Level.DISTRICT)
    province = cycle.officer_for(forwarded.enrolment, Level.PROVINCE)
    commune = cycle.holder(Role.COMMUNE_OFFICER, forwarded.enrolment.commune)

    for officer in (district, province):
        answer = log_in(officer).get(file)
        assert answer.status_code == 200
        answer.getvalue()  # read to its end, which puts it away
    assert log_in(cycle.owner_of(forwarded.enrolment)).get(file).status_code == 403
    assert log_in(commune).get(file).status_code == 403


def papers_in(package: Package) -> dict[str, str]:
    """The words of every PDF that was made for a package, by the folder it lies in."""
    found: dict[str, str] = {}
    with package.file.open("rb") as stored, zipfile.ZipFile(io.BytesIO(stored.read())) as archive:
        for name in archive.namelist():
            if name.endswith(".pdf") and not name.startswith("minh-chung/"):
                pages = PdfReader(io.BytesIO(archive.read(name))).pages
                words = " ".join(page.extract_text() for page in pages)
                found.setdefault(name.partition("/")[0], re.sub(r"\s+", " ", words))
    return found


def test_papers_go_up_as_they_are_printed_and_of_this_product_alone() -> None:
    dossier = make.accepted_dossier(regime="2026")
    other = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier, other))
    item = make.item_of(session)
    make.scored(item, held.voters, [91, 92, 93, 94])
    make.gates_found(item, held.chair.user, open_all=True)
    rating = ratings.conclude(item, by=held.chair.user, at=session.starts_at)
    assert rating is not None
    make.signed(make.drafted(rating, number="31/QĐ-UBND"))

    packages.make_missing(limit=1)
    papers = papers_in(Package.objects.get())

    assert sorted(papers) == ["bien-ban", "ket-qua", "phieu", "quyet-dinh"]
    assert "TRÍCH BIÊN BẢN" in papers["bien-ban"]
    assert f"1 {held.chair.user} 91" in papers["bien-ban"]
    assert "điểm trung bình 92,5 trên 4 phiếu" in papers["bien-ban"]
    assert other.enrolment.product.subject.name not in papers["bien-ban"]
    assert dossier.enrolment.product.subject.name in papers["phieu"]
    assert "31/QĐ-UBND" in papers["quyet-dinh"]
    assert "DỰ THẢO" not in papers["quyet-dinh"]
