package oqs

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// workers is how many requests are answered at the same time. A file that a fault delays is none of them.
const workers = 4

// watch answers the requests there are and those to come, until the context is done. What the system tells of at once is
// looked at at once; a look through the whole folder finds the rest, as what was put there over a network.
func (t *Terminal) watch(ctx context.Context) {
	told, again, stop := t.notices()
	defer stop()
	q := queue{files: map[string]*standing{}}
	ended, freed := make(chan looked), make(chan struct{})
	ticker := time.NewTicker(t.Interval)
	defer ticker.Stop()
	stopping := ctx.Done()
	t.findAll(&q)
	for looking, places := 0, workers; stopping != nil || looking > 0; {
		for ; stopping != nil && places > 0 && len(q.waiting) > 0; places-- {
			l, place := q.take(), &place{freed: freed}
			looking++
			go func() {
				done := t.answer(ctx, l, place)
				place.leave()
				ended <- done
			}()
		}
		select {
		case l := <-ended:
			q.end(l)
			looking--
		case <-freed:
			places++
		case file := <-told:
			q.tell(file)
		case <-ticker.C:
			again()
			t.away.wakes()
			t.findAll(&q)
		case <-stopping:
			stopping = nil // what is being answered ends, and nothing begins any more
		}
	}
}

// place is one of those at which requests are answered.
type place struct {
	freed chan<- struct{}
	once  sync.Once
}

// leave gives the place to another, once.
func (p *place) leave() {
	if p != nil {
		p.once.Do(func() { p.freed <- struct{}{} })
	}
}

// findAll looks through the folder of requests.
func (t *Terminal) findAll(q *queue) {
	entries, err := t.requests.entries()
	if err != nil { // it went, and comes again, or is made anew
		t.away.begins(err)
		if err := t.make(); err != nil {
			t.Logger.Debug("a folder can't be made", "error", err)
		}
		return
	}
	there := make(map[string]bool, len(entries))
	for _, entry := range entries {
		there[entry.Name()] = true
		q.find(entry.Name(), entry)
	}
	q.forget(there)
}

// notices are the names of files that came or changed, where the system tells; again makes sure that it goes on telling.
func (t *Terminal) notices() (files <-chan string, again, stop func()) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		t.notTold(err)
		return nil, func() {}, func() {}
	}
	again = func() {
		if err := watcher.Add(string(t.requests)); err != nil {
			t.Logger.Debug("changes of the folder are not told of", "error", err)
		}
	}
	if err := watcher.Add(string(t.requests)); err != nil {
		t.notTold(err)
	}
	told := make(chan string)
	ended := make(chan struct{})
	var telling sync.WaitGroup
	telling.Go(func() {
		for {
			select {
			case e := <-watcher.Events:
				if e.Op&(fsnotify.Create|fsnotify.Write) == 0 {
					continue
				}
				select {
				case told <- filepath.Base(e.Name):
				case <-ended:
					return
				}
			case err := <-watcher.Errors: // as when too many came at once: the next look through the folder finds them
				t.Logger.Debug("changes of the folder were not told of", "error", err)
			case <-ended:
				return
			}
		}
	})
	return told, again, func() {
		close(ended)
		telling.Wait()
		_ = watcher.Close() // it was only read from
	}
}

func (t *Terminal) notTold(err error) {
	t.Logger.Warn("changes of the folder are not told of; it is looked through instead", "folder", t.requests, "every", t.Interval, "error", err)
}
