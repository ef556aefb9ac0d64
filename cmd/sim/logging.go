package main

import (
	"log/slog"
	"os"
)

// logFlags say how the program logs. Below warnings there is little: that it began and ended, and at debug a line for
// every request.
type logFlags struct {
	LogFormat string `default:"auto" enum:"auto,text,json" env:"SIM_LOG_FORMAT" help:"${logFormat}"`
	LogLevel  string `default:"info" enum:"debug,info,warn,error" env:"SIM_LOG_LEVEL" help:"${logLevel}"`
}

// logger writes to a file: text if somebody may be looking, else JSON.
func (f *logFlags) logger(to *os.File) *slog.Logger {
	format := f.LogFormat
	if format == "auto" {
		format = "json"
		if info, err := to.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			format = "text"
		}
	}
	var level slog.Level
	_ = level.UnmarshalText([]byte(f.LogLevel)) // one of those that the flag takes
	options := &slog.HandlerOptions{Level: level}
	if format == "text" {
		return slog.New(slog.NewTextHandler(to, options))
	}
	return slog.New(slog.NewJSONHandler(to, options))
}
