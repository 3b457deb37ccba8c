"""`manage.py demonstrate`: fills an empty installation with the fictitious programme."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ocop_portal.accounts.models import User
from ocop_portal.journal import bell
from reporting.demonstration.play import play, recognised
from reporting.demonstration.script import read_script
from reporting.demonstration.stage import Stage
from reporting.services import open_data

# Who is printed: the address before the @, and what the person does.
SHOWN = (
    ("quan-tri", "Quản trị chương trình"),
    ("giam-sat", "Người giám sát"),
    ("lan.la-bang", "Chủ thể (Hợp tác xã Chè Suối Bạc La Bằng)"),
    ("can-bo-xa.thai-nguyen", "Cán bộ xã La Bằng"),
    ("can-bo-huyen.thai-nguyen", "Cán bộ huyện Đại Từ (đợt ba cấp)"),
    ("can-bo-tinh.thai-nguyen", "Cán bộ OCOP tỉnh Thái Nguyên"),
    ("ky.thai-nguyen", "Người có thẩm quyền ký, tỉnh Thái Nguyên"),
    ("hoi-dong-huyen.thai-nguyen.chu-tich", "Chủ tịch hội đồng huyện Đại Từ"),
    ("hoi-dong-huyen.thai-nguyen.thanh-vien-1", "Thành viên hội đồng huyện"),
    ("hoi-dong-huyen.thai-nguyen.thanh-vien-2", "Thành viên hội đồng huyện"),
    ("hoi-dong-huyen.thai-nguyen.thanh-vien-3", "Thành viên hội đồng huyện"),
    ("hoi-dong-huyen.thai-nguyen.thu-ky", "Thư ký hội đồng huyện"),
    ("hoi-dong-tinh.thai-nguyen.chu-tich", "Chủ tịch hội đồng tỉnh Thái Nguyên"),
    ("tu-van.thai-nguyen", "Tổ tư vấn hội đồng huyện"),
    ("hoi-dong-tinh.thai-nguyen.thanh-vien-1", "Thành viên hội đồng tỉnh"),
    ("hoi-dong-tinh.thai-nguyen.thu-ky", "Thư ký hội đồng tỉnh"),
    ("can-bo-trung-uong", "Cán bộ OCOP trung ương"),
    ("hoi-dong-trung-uong.chu-tich", "Chủ tịch hội đồng trung ương"),
    ("ky.trung-uong", "Người có thẩm quyền ký, trung ương"),
)


class Command(BaseCommand):
    """Plays the demonstration through the services; refuses where people already work."""

    help = "Fill an empty installation with a fictitious programme and print its accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if User.objects.exists():
            raise CommandError(
                "There are accounts already: a demonstration is made only in an empty installation."
            )
        script = read_script()
        password = secrets.token_urlsafe(9)
        with bell.silence(), transaction.atomic():
            stage = play(script, password=password, at=timezone.now(), tell=self.stderr.write)
        self.stderr.write("dữ liệu mở")
        open_data.publish(at=timezone.now())  # as each night; a first visitor finds files
        self._print(stage, script.notice, password)

    def _print(self, stage: Stage, notice: str, password: str) -> None:
        self.stdout.write(f"\n{notice}")
        self.stdout.write(f"{recognised(stage)} sản phẩm được công nhận.")
        self.stdout.write(f"\nMật khẩu chung: {password}\n\n")
        for name, what in SHOWN:
            user = User.objects.get(email__startswith=f"{name}@")
            self.stdout.write(f"  {user.email:<52} {user.full_name:<18} {what}\n")
