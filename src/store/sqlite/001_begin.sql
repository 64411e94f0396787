-- Times are microseconds since 1970, UTC. JSON is text, so that a person can read it.

CREATE TABLE mails (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    received_at INTEGER NOT NULL,
    maildir     ANY NOT NULL,            -- text; bytes where the path is not UTF-8
    file        TEXT NOT NULL,
    message_id  TEXT,
    sender      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('received', 'read', 'failed')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    rank        INTEGER NOT NULL,        -- turn among unread mails: see ranks in fair.rs
    case_seq    INTEGER REFERENCES cases (seq),
    reason      TEXT,
    waits_for   TEXT,                    -- key of a case that is to be begun first
    not_before  INTEGER NOT NULL DEFAULT 0 -- and how long that is waited for
) STRICT;
CREATE INDEX mails_put_off ON mails (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX mails_unread  ON mails (rank, seq) WHERE state = 'received';
CREATE INDEX mails_lane    ON mails (sender, rank) WHERE state = 'received';
CREATE INDEX mails_failed  ON mails (received_at, seq) WHERE state = 'failed';
CREATE INDEX mails_message ON mails (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX mails_case    ON mails (case_seq, seq) WHERE case_seq IS NOT NULL;

-- Apart from mails, so that looking through mails never reads their bytes.
CREATE TABLE raws (
    seq   INTEGER PRIMARY KEY REFERENCES mails (seq),
    bytes BLOB NOT NULL
) STRICT;

-- A case has a number, by which all else refers to it: what happens to one case, and to those that
-- began beside it, lies side by side in every index. Keys are random: by them, each change would
-- touch pages of its own.
CREATE TABLE cases (
    seq        INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    version    INTEGER NOT NULL,
    state      TEXT NOT NULL,
    sender     TEXT NOT NULL,
    opened_at  INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    wake_at    INTEGER,
    pruned     INTEGER NOT NULL DEFAULT 0,
    body       TEXT NOT NULL             -- JSON of the case
) STRICT;
CREATE INDEX cases_wake   ON cases (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX cases_opened ON cases (opened_at);
CREATE INDEX cases_open   ON cases (opened_at) WHERE state <> 'ended';
CREATE INDEX cases_state  ON cases (state, opened_at);
CREATE INDEX cases_sender ON cases (sender, opened_at);
CREATE INDEX cases_prune  ON cases (changed_at) WHERE state = 'ended' AND pruned = 0;

CREATE TABLE events (
    case_seq INTEGER NOT NULL REFERENCES cases (seq),
    number   INTEGER NOT NULL,           -- from 1, without gaps
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    state    TEXT NOT NULL,              -- of the case after it
    body     TEXT NOT NULL,              -- JSON of the event
    PRIMARY KEY (case_seq, number)
) STRICT;
CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
    BEGIN SELECT raise(ABORT, 'events are the audit trail: they are never changed'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
    BEGIN SELECT raise(ABORT, 'events are the audit trail: they are never removed'); END;

CREATE TABLE effects (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    case_seq   INTEGER NOT NULL REFERENCES cases (seq),
    kind       TEXT NOT NULL,
    sender     TEXT NOT NULL,
    letter_to  TEXT,
    state      TEXT NOT NULL CHECK (state IN ('ready', 'waiting', 'leased', 'done', 'dead')),
    rank       INTEGER NOT NULL,         -- turn among ready effects of its kind: see fair.rs
    attempts   INTEGER NOT NULL DEFAULT 0,
    decided_at INTEGER NOT NULL,
    timed_at   INTEGER NOT NULL,         -- waiting: ready then; leased: until then; dead: since then
    error      TEXT,
    body       TEXT NOT NULL             -- JSON of the effect
) STRICT;
CREATE INDEX effects_ready   ON effects (kind, rank, id) WHERE state = 'ready';
CREATE INDEX effects_lane    ON effects (kind, sender, rank) WHERE state = 'ready';
CREATE INDEX effects_timed   ON effects (timed_at) WHERE state IN ('waiting', 'leased');
CREATE INDEX effects_pending ON effects (id, kind) WHERE state IN ('ready', 'waiting', 'leased');
CREATE INDEX effects_dead    ON effects (timed_at, id) WHERE state = 'dead';
CREATE INDEX effects_case    ON effects (case_seq, id);
CREATE INDEX effects_letters ON effects (letter_to, decided_at) WHERE letter_to IS NOT NULL;
