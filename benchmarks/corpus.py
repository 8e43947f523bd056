"""The benchmark's inbox: N seeded reports of grassroots unions on the real form, kept between runs.

18.7 rows a file on average, as in a city with 2,300 reports and 43,000 initiatives, in the form as it is delivered,
with its prepared rows; one file in ten is untidy.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from validation.fields import Form
from validation.programme import Programme, load_programme
from workbook_templates.book import new_book
from workbook_templates.forms import Value, add_form_sheets
from workbook_templates.layout import DEFAULT_ROWS

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Thu", "Quang", "Ngọc", "Hữu", "Thanh", "Xuân")
GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Hà",
    "Hải",
    "Hoa",
    "Hùng",
    "Lan",
    "Linh",
    "Mai",
    "Nam",
    "Phương",
    "Sơn",
    "Thảo",
    "Trang",
    "Tuấn",
    "Yến",
)
VERBS = ("Cải tiến", "Chế tạo", "Tối ưu", "Tự động hoá", "Số hoá", "Bố trí lại", "Thay thế", "Chuẩn hoá")
THINGS = (
    "máy ép nhựa",
    "dây chuyền may",
    "quy trình kiểm hàng",
    "lò hơi",
    "hệ thống chiếu sáng",
    "kho vật tư",
    "sổ theo dõi",
    "giáo án",
    "khuôn đúc",
    "băng tải",
)
PLACES = (
    "phân xưởng 1",
    "phân xưởng 2",
    "tổ hoàn thiện",
    "phòng kỹ thuật",
    "kho thành phẩm",
    "khối văn phòng",
    "bến số 3",
    "lớp 4A",
)


def make_corpus(folder: Path, files: int, seed: int = 1) -> Path:
    """A folder with ``don-vi.csv`` and ``nhan/`` with that many reports; made once per (files, seed)."""
    target = folder / f"{files}-{seed}-{DEFAULT_ROWS}"
    if (target / "xong").is_file():
        return target
    shutil.rmtree(target, ignore_errors=True)
    (target / "nhan").mkdir(parents=True)
    _write_units(target / "don-vi.csv", files)
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(partial(_write_report, target / "nhan", seed), range(files), chunksize=20):
            pass
    (target / "xong").write_text("")
    return target


def _write_report(inbox: Path, seed: int, index: int) -> None:
    content = _report(load_programme(), random.Random(f"{seed}-{index}"), index)
    (inbox / f"bao-cao-{index + 1:05d}.xlsx").write_bytes(content)


def _write_units(file: Path, files: int) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(("code", "name", "level", "parent", "valid_from", "valid_to"))
        writer.writerow(("HP", "LĐLĐ thành phố", "city", "", "", ""))
        for upper in range(20):
            writer.writerow((f"HP-{upper:02d}", f"LĐLĐ quận {upper + 1}", "upper", "HP", "", ""))
        for index in range(files):
            writer.writerow((unit_code(index), f"CĐCS số {index + 1}", "grassroots", f"HP-{index % 20:02d}", "", ""))


def unit_code(index: int) -> str:
    """The code of the unit with that number."""
    return f"HP-{index % 20:02d}-{index + 1:05d}"


def _report(programme: Programme, rng: random.Random, index: int) -> bytes:
    count = max(1, min(120, int(rng.expovariate(1 / 18.7)) + 1))
    raw = io.BytesIO()
    book = new_book(raw, title="Báo cáo")
    sheets = add_form_sheets(book, Form.GRASSROOTS, programme, rows=max(DEFAULT_ROWS, count), with_guide=True)
    members = rng.randint(20, 900)
    sheets.fill_cover({
        "unit_code": unit_code(index), "unit_name": f"CĐCS số {index + 1}", "superior_code": f"HP-{index % 20:02d}",
        "report_date": date(2023, 9, 5), "report_number": 1, "members": members, "workers": members + 10,
        "reporter_name": _name(rng), "reporter_phone": "0912000111",
    })  # fmt: skip
    untidy = rng.random() < 0.1
    for row, values in enumerate(make_rows(rng, index, count)):
        if untidy and rng.random() < 0.3:
            values["applied_on"] = values["applied_on"].strftime("%d/%m/%Y")  # type: ignore[union-attr]
            values["base_support"] = "200.000đ"
        sheets.fill_row(row, values)
    book.close()
    return raw.getvalue()


def make_rows(rng: random.Random, index: int, count: int) -> Iterator[dict[str, Value]]:
    """Plausible rows of one unit, by field."""
    for number in range(count):
        registered = date(2022, 1, 10) + timedelta(days=rng.randrange(590))
        approved = rng.random() < 0.65
        yield {
            "registration_code": f"SK-{index:05d}-{number:04d}" if rng.random() < 0.92 else None,
            "lead_author": _name(rng),
            "member_number": f"{rng.randrange(10**9):010d}" if rng.random() < 0.5 else None,
            "is_member": "Có" if rng.random() < 0.9 else "Không",
            "position": f"Tổ trưởng {rng.choice(PLACES)}",
            "co_authors": f"{_name(rng)}; {_name(rng)}" if rng.random() < 0.2 else None,
            "title": f"{rng.choice(VERBS)} {rng.choice(THINGS)} tại {rng.choice(PLACES)} số {rng.randrange(10**5)}",
            "solution_kind": rng.choice(("Giải pháp kỹ thuật", "Giải pháp quản lý", "Giải pháp tác nghiệp")),
            "activity_field": "Sản xuất, kinh doanh",
            "effect": f"Giảm {rng.randrange(5, 60)} phút mỗi ca, tiết kiệm {rng.randrange(2, 90)} triệu đồng mỗi năm.",
            "benefit_value": rng.randrange(1, 500) * 1_000_000,
            "recognised_on": registered - timedelta(days=20),
            "applied_on": registered - timedelta(days=40),
            "ip_protected": "Không",
            "registered_on": registered,
            "status": "Hợp lệ" if approved else "Đang xem xét",
            "approved_on": registered + timedelta(days=12) if approved else None,
            "base_support": rng.choice((None, 100_000, 150_000, 200_000)),
        }  # fmt: skip


def _name(rng: random.Random) -> str:
    return f"{rng.choice(SURNAMES)} {rng.choice(MIDDLES)} {rng.choice(GIVEN)}"
