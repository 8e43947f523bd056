"""Values typed over the formulas of calculated columns; they are computed anew and never trusted."""

from __future__ import annotations

from validation.findings import Severity
from validation.rules.examples import Case, Paper, noticed
from validation.rules.registry import Rule, Scope

RULE = Rule(
    code="formulas_overwritten",
    severity=Severity.WARNING,
    fields=(),
    since="0.1.0",
    scope=Scope.REPORT,
    bad=(
        noticed(
            "formulas_overwritten",
            "Người lập dán cả bảng, đè lên các cột nền xám.",
            count=12,
            rows="6–8",
            columns="Giai đoạn, Cấp trên hỗ trợ (đồng)",
        ),
    ),
    good=(Case((Paper(),)),),
)
