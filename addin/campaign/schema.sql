-- The ledger (so-cai.sqlite). Schema version 2. Everything here is either covered by a digest that stands in the
-- hash-chained journal (submission, bundle_unit, initiative, finding) or can be replayed from the journal (arrival, withdrawal).

CREATE TABLE ledger (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    schema_version  INTEGER NOT NULL,
    campaign        TEXT NOT NULL,      -- random identity of the campaign
    opened_at       TEXT NOT NULL,      -- ISO 8601, local time with offset
    head_seq        INTEGER NOT NULL,   -- the journal's last entry, so that a cut-off tail shows
    head_hash       TEXT NOT NULL
) STRICT;

-- One readable report by content.
CREATE TABLE submission (
    id               INTEGER PRIMARY KEY,
    sha256           TEXT NOT NULL UNIQUE,
    path             TEXT NOT NULL,     -- in the inbox, relative to the campaign folder
    form             TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    programme        TEXT NOT NULL,     -- as the workbook says
    sheet            TEXT NOT NULL,     -- the list's sheet
    columns          TEXT NOT NULL,     -- JSON: field -> column letters
    unit             TEXT NOT NULL,
    report_date      TEXT NOT NULL,
    report_number    INTEGER NOT NULL,
    members          INTEGER NOT NULL,
    workers          INTEGER NOT NULL,
    cover            TEXT NOT NULL,     -- JSON: the other cover fields
    blank_rows       INTEGER NOT NULL,
    received_at      TEXT NOT NULL,
    received_by      TEXT NOT NULL,
    judged_by        TEXT NOT NULL      -- fingerprint of rules, programme and units
) STRICT;

-- The units' reports that a consolidation carries, in the order of its table.
CREATE TABLE bundle_unit (
    submission    INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    unit_code     TEXT NOT NULL,
    report_date   TEXT NOT NULL,
    report_number INTEGER NOT NULL,
    members       INTEGER NOT NULL,
    workers       INTEGER NOT NULL,
    unit_name     TEXT,
    source_file   TEXT,                  -- the first file that the report stood in, where known
    source_sha256 TEXT,
    PRIMARY KEY (submission, position)
) STRICT, WITHOUT ROWID;

-- Every row of it that is not blank, as judged within its report.
CREATE TABLE initiative (
    submission        INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
    number            INTEGER NOT NULL,  -- real row number in the sheet
    unit_code         TEXT NOT NULL,
    outcome           TEXT NOT NULL,
    hidden            INTEGER NOT NULL,
    registration_code TEXT,
    lead_author       TEXT,
    member_number     TEXT,
    is_member         INTEGER,
    position          TEXT,
    co_authors        TEXT NOT NULL,     -- JSON list
    title             TEXT,
    solution_kind     TEXT,
    activity_field    TEXT,
    effect            TEXT,
    benefit_value     INTEGER,           -- đồng
    recognised_on     TEXT,
    applied_on        TEXT,
    ip_protected      INTEGER,
    registered_on     TEXT,
    status            TEXT,
    approved_on       TEXT,
    base_support      INTEGER,           -- đồng, as entered
    note              TEXT,
    unit_name         TEXT,
    source_file       TEXT,
    source_sheet      TEXT,
    source_row        INTEGER,
    source_sha256     TEXT,
    phase             INTEGER,
    upper_support     INTEGER NOT NULL,  -- đồng
    base_counted      INTEGER NOT NULL,  -- đồng, the part that stands in totals
    counted           INTEGER NOT NULL,
    PRIMARY KEY (submission, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    submission INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    code       TEXT NOT NULL,
    severity   TEXT NOT NULL,
    sheet      TEXT,
    row        INTEGER,
    cell       TEXT,
    field      TEXT,
    value      TEXT,
    facts      TEXT NOT NULL,            -- JSON
    fix        TEXT,
    PRIMARY KEY (submission, position)
) STRICT, WITHOUT ROWID;

-- Reports that somebody took out of the figures, by content. Replayed from the journal.
CREATE TABLE withdrawal (
    sha256 TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    name   TEXT NOT NULL,                -- who decided it
    at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was last met under each path.
CREATE TABLE arrival (
    path      TEXT PRIMARY KEY,
    sha256    TEXT,
    outcome   TEXT NOT NULL,             -- taken, quarantined, skipped
    code      TEXT,                      -- of the refusal
    facts     TEXT NOT NULL,             -- JSON
    judged_by TEXT NOT NULL,
    met_at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Append only. hash = sha256(previous || canonical entry).
CREATE TABLE journal (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    payload  TEXT NOT NULL,              -- canonical JSON
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;
