"""Why an account that was paid is no longer what it was, in a sentence for the list that mends it. Pure."""

from __future__ import annotations

from addin.merge.overview import Overview, Report
from validation import messages
from validation.payments import Due, Fund
from validation.submission import Outcome, Row


class Reasons:
    """Looks in the reports that count for what became of a paid row."""

    def __init__(self, overview: Overview) -> None:
        self._overview = overview
        self._current: dict[str, Report] = {report.unit_code: report for report in overview.current}
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self._holder: dict[str, str] = {}
        for report in overview.current:
            for row in report.rows:
                if row.registration_code:
                    self._rows.setdefault((row.unit_code, row.registration_code), []).append(row)
                    if row.accepted:
                        self._holder[row.registration_code] = row.unit_code

    def of(self, one: Due) -> str:
        """Why, in Vietnamese: it is printed, and printed again the same."""
        if one.entitled and one.paid < 0:
            return self._say("void_before")
        if one.entitled:
            return self._say("amount", before=_shown(one.paid), after=_shown(one.entitled))
        if one.paid < 0:
            return self._say("void_before")
        return self._why_nothing(one)

    def _why_nothing(self, one: Due) -> str:
        account = one.account
        rows = self._rows.get((account.unit, account.identity), [])
        accepted = next((row for row in rows if row.accepted), None)
        if accepted is not None:
            return self._why_no_money(accepted, one)
        if any(row.outcome is Outcome.DUPLICATE for row in rows):
            return self._say("duplicate", unit=self._holder.get(account.identity, "?"))
        if rows:
            return self._say("rejected")
        holder = self._holder.get(account.identity)
        if holder is not None:
            return self._say("moved", unit=holder)
        if account.unit not in self._current:
            withdrawn = any(r.unit_code == account.unit and r.withdrawn is not None for r in self._overview.reports)
            return self._say("withdrawn" if withdrawn else "no_report")
        return self._say("gone", day=self._current[account.unit].cover.report_date)

    def _why_no_money(self, row: Row, one: Due) -> str:
        programme = self._overview.programme
        if row.phase != one.account.phase:
            return self._say("other_phase") if row.phase is not None else self._say("no_phase")
        if one.account.fund is Fund.UPPER:
            if row.status != programme.status.approved:
                return self._say("status", status=row.status or "?")
            if row.ip_protected:
                return self._say("ip_protected")
        else:
            return self._say("amount", before=_shown(one.paid), after="0")
        return self._say("not_entitled")

    def _say(self, key: str, /, **facts: object) -> str:
        return messages.text("payment_reason", key, **facts)


def _shown(amount: int) -> str:
    return str(messages.shown(amount, grouped=True))
