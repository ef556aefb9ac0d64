package result

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// Machine is where and when something was measured.
type Machine struct {
	Processor string `json:"processor"`
	Cores     int    `json:"cores"`
	MemoryGiB int    `json:"memoryGiB"`
	System    string `json:"system"`
	Go        string `json:"go"`
	Day       string `json:"day"`
}

// Here is this machine today.
func Here() Machine {
	release, _ := os.ReadFile("/proc/sys/kernel/osrelease") // empty elsewhere
	kernel, _, _ := strings.Cut(string(release), "-")       // without what its packager calls it
	kib, _ := strconv.Atoi(strings.TrimSuffix(field("/proc/meminfo", "MemTotal"), " kB"))
	return Machine{
		Processor: field("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), MemoryGiB: (kib + 1<<19) >> 20,
		System: strings.TrimSpace(runtime.GOOS + "/" + runtime.GOARCH + " " + kernel), Go: runtime.Version(),
		Day: time.Now().Format(time.DateOnly),
	}
}

// field is the first value of a name in a file of lines with colons.
func field(file, name string) string {
	text, _ := os.ReadFile(file) // what is not told stays empty
	for line := range strings.Lines(string(text)) {
		if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
