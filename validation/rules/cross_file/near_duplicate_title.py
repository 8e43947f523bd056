"""Nearly the same title in two units: shown side by side with its score; what it means only people can say.

The comparison is ``validation.near_duplicates``; the pairs stand on a sheet of their own in the master.
"""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, cover, example
from validation.rules.registry import Rule, Scope


def _of(unit: str, title: str) -> Paper:
    return cover(example(title=title, registration_code=f"SK-2022-{unit[-2:]}17"), unit_code=unit)


_TITLE = "Cải tiến đồ gá khoan nâng cao năng suất gia công mặt bích"

RULE = Rule(
    code="near_duplicate_title",
    severity=Severity.WARNING,
    fields=("title",),
    since="0.1.0",
    scope=Scope.CROSS_FILE,
    beta=True,
    bad=(
        Case((_of("CĐ-01", _TITLE), _of("CĐ-02", "Cai tien do ga khoan nang cao nang suat gia cong mat bich"))),
        Case((_of("CĐ-01", _TITLE), _of("CĐ-02", "Cải tiến đồ gá khoan, nâng cao năng suất gia công các mặt bích"))),
    ),
    good=(
        Case((_of("CĐ-01", _TITLE), _of("CĐ-02", "Cải tiến khuôn dập nâng cao năng suất sản xuất vỏ hộp"))),
        Case((_of("CĐ-01", "Đề thi môn Toán lớp 4 cuối năm"), _of("CĐ-02", "Đề thi môn Toán lớp 5 cuối năm"))),
    ),
)
