"""The tables of the state file."""

VERSION = 2
INDEXED = "json_extract(body, '$.{name}')"
# Fields by which lists are narrowed; each is an index, so that a long run stays quick.
LOOKED_UP = (
    "payment_intent",
    "transfer_group",
    "source_transaction",
    "destination",
    "charge",
    "transfer",
    "status",
    "type",
)
TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS objects (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL,
    account TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_of_a_kind ON objects (kind, account, number);
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL,
    account TEXT NOT NULL, type TEXT NOT NULL, category TEXT NOT NULL,
    amount INTEGER NOT NULL, fee INTEGER NOT NULL, net INTEGER NOT NULL,
    source TEXT NOT NULL, description TEXT, payout TEXT,
    created INTEGER NOT NULL, available_on INTEGER NOT NULL, shown INTEGER NOT NULL,
    CHECK (net = amount - fee));
CREATE INDEX IF NOT EXISTS entries_of_an_account ON entries (account, available_on, net);
CREATE INDEX IF NOT EXISTS entries_of_a_source ON entries (source);
CREATE INDEX IF NOT EXISTS entries_of_a_payout ON entries (payout);
CREATE TABLE IF NOT EXISTS agenda (
    number INTEGER PRIMARY KEY AUTOINCREMENT, due REAL NOT NULL, task TEXT NOT NULL,
    subject TEXT NOT NULL, UNIQUE (task, subject, due));
CREATE INDEX IF NOT EXISTS agenda_by_moment ON agenda (due);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
    body TEXT NOT NULL, created REAL NOT NULL);
CREATE INDEX IF NOT EXISTS answers_by_age ON answers (created);
CREATE TABLE IF NOT EXISTS draws (what TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT NOT NULL, path TEXT NOT NULL,
    key TEXT NOT NULL, status INTEGER NOT NULL, replayed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, type TEXT NOT NULL,
    endpoint TEXT NOT NULL, damage TEXT NOT NULL DEFAULT '', state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL, last_status INTEGER);
CREATE INDEX IF NOT EXISTS deliveries_that_wait ON deliveries (state, endpoint, next_at);
"""
SCHEMA = TABLES + "".join(
    f"CREATE INDEX IF NOT EXISTS objects_by_{name}"
    f" ON objects (kind, {INDEXED.format(name=name)});\n"
    for name in LOOKED_UP
)
