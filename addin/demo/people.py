"""Invented people: Vietnamese names in about the proportions in which they occur. No real person is meant."""

from __future__ import annotations

from random import Random

_SURNAMES = {
    "Nguyễn": 38, "Trần": 11, "Lê": 9, "Phạm": 9, "Hoàng": 5, "Vũ": 5, "Đỗ": 4, "Bùi": 4, "Đặng": 3, "Ngô": 2,
    "Đào": 2, "Đoàn": 2, "Phan": 2, "Lương": 1,
    "Đinh": 1, "Trịnh": 1, "Mai": 1, "Cao": 1, "Lưu": 1, "Tô": 1, "Dương": 1, "Hà": 1, "Khúc": 1, "Quách": 1, "Tạ": 1,
    "Vương": 1,
}  # fmt: skip
_MIDDLE_WOMEN = {
    "Thị": 34, "Thị Thu": 8, "Thị Thanh": 6, "Thị Hồng": 5, "Thị Minh": 4, "Thị Bích": 4, "Thị Ngọc": 4, "Thị Kim": 3,
    "Thị Lan": 3, "Ngọc": 3, "Thu": 3,
    "Thuỳ": 2, "Phương": 2, "Hải": 1, "Quỳnh": 1, "Diệu": 1,
}  # fmt: skip
_MIDDLE_MEN = {
    "Văn": 32, "Đức": 8, "Xuân": 5, "Quang": 6, "Minh": 5, "Hữu": 4, "Ngọc": 4, "Thành": 4, "Đình": 4, "Mạnh": 4,
    "Tiến": 3, "Hoàng": 3, "Trọng": 3,
    "Anh": 2, "Thế": 2, "Công": 2, "Bá": 1, "Khắc": 1, "Việt": 2, "Duy": 2,
}  # fmt: skip
_GIVEN_WOMEN = (
    "Hương", "Lan", "Hoa", "Hà", "Thuỷ", "Hằng", "Nga", "Linh", "Trang", "Hiền", "Mai", "Ngọc", "Yến", "Oanh", "Thảo",
    "Phương", "Dung", "Loan", "Huyền", "Nhung",
    "Thu", "Vân", "Hạnh", "Liên", "Tuyết", "Bình", "Quỳnh", "Chi", "Ngân", "Hoài", "Anh", "Xuân", "Thơm", "Nụ",
    "Duyên", "Thắm", "Lụa", "Giang", "Ánh", "Mến",
)  # fmt: skip
_GIVEN_MEN = (
    "Hùng", "Dũng", "Tuấn", "Cường", "Nam", "Sơn", "Hải", "Thắng", "Long", "Minh", "Quân", "Đức", "Tùng", "Trung",
    "Kiên", "Hưng", "Phong", "Bình", "Toàn", "Thành",
    "Hiếu", "Đạt", "Khánh", "Việt", "Quyết", "Chiến", "Tiến", "Huy", "Vinh", "Luân", "Khoa", "Lâm", "Hoàn", "Thuận",
    "Trường", "Ước", "Điệp", "Nghĩa", "Bằng", "Quý",
)  # fmt: skip


def _weighted(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def full_name(rng: Random, *, woman: bool) -> str:
    """A full name."""
    surname = _weighted(rng, _SURNAMES)
    middle = _weighted(rng, _MIDDLE_WOMEN if woman else _MIDDLE_MEN)
    given = rng.choice(_GIVEN_WOMEN if woman else _GIVEN_MEN)
    return f"{surname} {middle} {given}"


def full_names(rng: Random, count: int, *, women: float) -> list[str]:
    """So many different names; ``women`` is their share of women."""
    names: dict[str, None] = {}
    while len(names) < count:
        name = full_name(rng, woman=rng.random() < women)
        words = name.split()
        if len(set(words)) == len(words):  # no "Nguyễn Ngọc Ngọc"
            names[name] = None
    return list(names)
