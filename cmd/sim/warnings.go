package main

import (
	"fmt"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/sqlite"
	"onshisim/sim/world"
)

// cutOff tells what was cut off when a log was opened; empty if nothing was.
func (l language) cutOff(log eventlog.Log) string {
	file, is := log.(*sqlite.Log)
	if !is || file.Torn() == nil {
		return ""
	}
	torn := file.Torn()
	return fmt.Sprintf(l.say(
		"%s の末尾に、終わらなかった書き込みが %d バイト(%d バイト目から)ありました。切り捨てました。応答していない書き込みで、ほかは何も変わりません。",
		"%s ended in %d bytes, from byte %d on, of a write that was never finished; they were cut off. Nobody had been told that it was done, and nothing else has changed."),
		torn.File, torn.Bytes, torn.At)
}

// shownAhead bounds how many worlds are named.
const shownAhead = 5

// ahead tells of worlds whose clocks are ahead of the machine's.
func (l language) ahead(worlds *world.Registry, now time.Time) (warnings []string) {
	ahead := worlds.Ahead()
	for _, w := range ahead[:min(len(ahead), shownAhead)] {
		warnings = append(warnings, fmt.Sprintf(l.say(
			"世界 %s の最後のイベントは %s で、このマシンの時計(%s)より先です。追いつくまで、その世界の時計はその時刻で止まります。失われたものはありません。マシンの時計を確かめてください。",
			"The newest event of world %s is of %s, ahead of this machine's clock (%s): the world's clock stands there until it is overtaken. Nothing is lost; see to the machine's clock."),
			w.World, world.Instant(w.At), world.Instant(now)))
	}
	if more := len(ahead) - shownAhead; more > 0 {
		warnings = append(warnings, fmt.Sprintf(l.say("ほかに%d個の世界の時計が先に進んでいます。", "The clocks of %d more worlds are ahead."), more))
	}
	return warnings
}
