package postgrestest

import "testing"

// Cut breaks every connection of the simulators that use the server.
func (s *Server) Cut(t testing.TB) {
	t.Helper()
	do(t, s.URL("postgres"), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'onshisim'`)
}
