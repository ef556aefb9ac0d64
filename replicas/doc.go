// Package replicas holds the tests of several simulators that share one PostgreSQL: the built program, its processes killed
// and paused, the database restarted, connections cut.
package replicas
