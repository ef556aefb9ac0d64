package postgres

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// The states by which a database names an error, as in "PostgreSQL Error Codes" of its documentation.
const (
	connectionFailure     = "08006"
	transactionUnresolved = "08007"
	uniqueViolation       = "23505"
	readOnlyTransaction   = "25006"
	serializationFailure  = "40001"
	completionUnknown     = "40003"
	deadlockDetected      = "40P01"
	insufficientPrivilege = "42501"
	duplicateColumn       = "42701"
	duplicateObject       = "42710"
	undefinedTable        = "42P01"
	duplicateTable        = "42P07"
	diskFull              = "53100"
	tooManyConnections    = "53300"
	lockNotAvailable      = "55P03"
	queryCanceled         = "57014"
	adminShutdown         = "57P01"
	crashShutdown         = "57P02"
	cannotConnectNow      = "57P03"
)

// errReadOnly says that the database answers but can't be written.
var errReadOnly = errors.New("it is a standby, or set to read-only, and may lag behind: name the primary")

// unsuitable is why a database can't be used at all.
type unsuitable struct{ reason string }

func (u unsuitable) Error() string { return u.reason }

// oneLine is an error whose text is one line: pgx gives each address that it tried one of its own.
type oneLine struct{ error }

func (o oneLine) Error() string { return strings.ReplaceAll(o.error.Error(), "\n\t", "; ") }
func (o oneLine) Unwrap() error { return o.error }

// state is the state that the database gave an error; empty if it gave none.
func state(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// mayPass says whether what failed, though the connection is whole, may succeed when it is tried again.
func mayPass(err error) bool {
	return pgconn.SafeToRetry(err) || isReadOnly(err) || errors.As(err, new(anotherMigrates)) || slices.Contains(passing, state(err))
}

var passing = []string{
	connectionFailure, transactionUnresolved, serializationFailure, completionUnknown, deadlockDetected, tooManyConnections,
	lockNotAvailable, queryCanceled, adminShutdown, crashShutdown, cannotConnectNow,
}

// refusal says whether an error of connecting will be the same next time: a wrong password, a database that does not exist.
func refusal(err error) bool {
	s := state(err)
	return errors.As(err, new(unsuitable)) || s != "" && !mayPass(err)
}

func isReadOnly(err error) bool {
	return errors.Is(err, errReadOnly) || state(err) == readOnlyTransaction
}

// mayHaveRun says whether what failed so may have been done, or may be done later, for all that is known. What the
// database itself refuses is undone.
func mayHaveRun(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.SeverityUnlocalized != "ERROR" || e.Code == completionUnknown || e.Code == transactionUnresolved
	}
	return !pgconn.SafeToRetry(err)
}

// explain says in words what an error means.
func (d *database) explain(err error) error {
	if err == nil {
		return nil
	}
	switch state(err) {
	case "":
		if errors.Is(err, errReadOnly) || errors.As(err, new(unsuitable)) || errors.As(err, new(final)) {
			return fmt.Errorf("%s: %w", d.source, err)
		}
		return err // it names what it is about
	case insufficientPrivilege:
		return fmt.Errorf("%s: grant the program's role CREATE and USAGE on the schema, so that it can make its tables, or, if "+
			"another role made them, SELECT, INSERT, UPDATE and DELETE on all tables named onshisim_…: %w",
			d.source, err)
	case lockNotAvailable:
		return fmt.Errorf("%s: somebody else holds what this waits for, as who creates a world of the same name; try again later: %w",
			d.source, err)
	case diskFull:
		return fmt.Errorf("%s: its disk is full; make room and try again: %w", d.source, err)
	case tooManyConnections:
		return fmt.Errorf("%s: raise its max_connections, or lower pool_max_conns in the URL: %w", d.source, err)
	}
	return fmt.Errorf("%s: %w", d.source, err)
}
