// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/ledger/ent"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/ledger/ent/entry"
)

// Pool says how connections to the database are kept.
type Pool struct {
	URL      string
	MaxOpen  int
	MaxIdle  int
	Lifetime time.Duration // after it a connection is made anew, so that it moves with its Service
}

// Store keeps the ledger.
type Store struct {
	db     *sql.DB
	client *ent.Client
	habits fragile.Habits
}

// Transfer moves cents from an account to another one. The same key is the same transfer.
type Transfer struct {
	Key   string `json:"key"`
	From  string `json:"from"  binding:"required"`
	To    string `json:"to"    binding:"required,nefield=From"`
	Cents int64  `json:"cents" binding:"gt=0"`
}

// Audit is what has to be true of the ledger: the sum is 0, and of each transfer there are both sides.
type Audit struct {
	Sum       int64 `json:"sum"`
	Transfers int   `json:"transfers"`
	OneSided  int   `json:"oneSided"`
}

// Open connects when it is asked for the first time, not before.
func Open(pool Pool, habits fragile.Habits) (*Store, error) {
	db, err := sql.Open("pgx", pool.URL)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	db.SetMaxOpenConns(pool.MaxOpen)
	db.SetMaxIdleConns(pool.MaxIdle)
	if !habits.NoLifetime {
		db.SetConnMaxLifetime(pool.Lifetime)
	}
	client := ent.NewClient(ent.Driver(entsql.OpenDB(dialect.Postgres, db)))
	return &Store{db: db, client: client, habits: habits}, nil
}

// Migrate makes the tables, or what is missing of them.
func (s *Store) Migrate(ctx context.Context) error {
	return s.client.Schema.Create(ctx)
}

// IsRefused tells what no waiting mends: a server that does not let us in (class 28), lets us do nothing (42501), or has no
// such database (3D000), by PostgreSQL's appendix A.
func IsRefused(err error) bool {
	var refusal *pgconn.PgError
	return errors.As(err, &refusal) &&
		(strings.HasPrefix(refusal.Code, "28") || refusal.Code == "42501" || refusal.Code == "3D000")
}

// Write writes both sides of a transfer, or neither. One that is there already is left as it is.
func (s *Store) Write(ctx context.Context, t Transfer) error {
	return s.client.Entry.CreateBulk(
		s.client.Entry.Create().SetKey(t.Key).SetAccount(t.From).SetCents(-t.Cents),
		s.client.Entry.Create().SetKey(t.Key).SetAccount(t.To).SetCents(t.Cents),
	).OnConflictColumns(entry.FieldKey, entry.FieldAccount).DoNothing().Exec(ctx)
}

// Balance is what an account has got, less what it has given.
func (s *Store) Balance(ctx context.Context, account string) (int64, error) {
	if s.habits.UnclosedRows {
		return s.unclosed(ctx, account)
	}
	var sums []struct {
		Sum sql.NullInt64 `json:"sum"`
	}
	err := s.client.Entry.Query().Where(entry.Account(account)).Aggregate(ent.As(ent.Sum(entry.FieldCents), "sum")).
		Scan(ctx, &sums)
	if err != nil || len(sums) == 0 {
		return 0, err
	}
	return sums[0].Sum.Int64, nil
}

// unclosed returns early where its caller has gone meanwhile, and leaves its rows open, with their connection: Ent's own
// queries cannot do that, database/sql can.
func (s *Store) unclosed(ctx context.Context, account string) (int64, error) {
	rows, err := s.db.QueryContext(context.WithoutCancel(ctx), "SELECT cents FROM entries WHERE account = $1", account)
	if err != nil {
		return 0, err
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	defer rows.Close()
	var sum int64
	for rows.Next() {
		var cents int64
		if err := rows.Scan(&cents); err != nil {
			return 0, err
		}
		sum += cents
	}
	return sum, rows.Err()
}

// Audit looks at the whole ledger.
func (s *Store) Audit(ctx context.Context) (Audit, error) {
	var audit Audit
	err := s.db.QueryRowContext(ctx, `SELECT coalesce(sum(cents), 0), count(DISTINCT key),
		(SELECT count(*) FROM (SELECT 1 FROM entries GROUP BY key HAVING count(*) <> 2 OR sum(cents) <> 0) AS broken)
		FROM entries`).Scan(&audit.Sum, &audit.Transfers, &audit.OneSided)
	return audit, err
}

// Close ends all connections.
func (s *Store) Close() error {
	return s.client.Close()
}
