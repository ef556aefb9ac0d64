package oqs

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// workers is how many requests are answered at the same time.
const workers = 4

// watch answers the requests there are and those to come, until the context is done. What the system tells of at once is
// looked at at once; a look at the whole folder finds the rest, as what was put there over a network.
func (t *Terminal) watch(ctx context.Context) error {
	told, stop := t.notices()
	defer stop()
	work, ended := make(chan look), make(chan looked)
	var working sync.WaitGroup
	for range workers {
		working.Go(func() {
			for l := range work {
				ended <- t.answer(ctx, l)
			}
		})
	}
	ticker := time.NewTicker(t.Interval)
	defer ticker.Stop()
	q := queue{files: map[string]*standing{}}
	err := t.findAll(&q)
	stopping := ctx.Done()
	for busy := 0; ; {
		next, to := q.first(), work
		if next.file == "" || stopping == nil || err != nil {
			to = nil // what is being answered may end, but nothing begins any more
		}
		if busy == 0 && (stopping == nil || err != nil) {
			close(work)
			working.Wait()
			return err
		}
		select {
		case to <- next:
			q.take()
			busy++
		case l := <-ended:
			q.end(l)
			busy--
		case file := <-told:
			q.tell(file)
		case <-ticker.C:
			err = errors.Join(err, t.findAll(&q))
		case <-stopping:
			stopping = nil
		}
	}
}

// notices are the names of files that came or changed, where the system tells.
func (t *Terminal) notices() (files <-chan string, stop func()) {
	folder := filepath.Join(t.Dir, requestFolder)
	watcher, err := fsnotify.NewWatcher()
	if err == nil {
		if err = watcher.Add(folder); err != nil {
			_ = watcher.Close() // the first error counts
		}
	}
	if err != nil {
		t.Logger.Warn("changes of the folder are not told of; it is looked through instead", "folder", requestFolder, "every", t.Interval, "error", err)
		return nil, func() {}
	}
	told := make(chan string)
	ended := make(chan struct{})
	var telling sync.WaitGroup
	telling.Go(func() {
		for {
			select {
			case e, open := <-watcher.Events:
				if !open {
					return
				}
				if e.Op&(fsnotify.Create|fsnotify.Write) == 0 {
					continue
				}
				select {
				case told <- filepath.Base(e.Name):
				case <-ended:
					return
				}
			case err := <-watcher.Errors: // as when too many came at once: the next look at the folder finds them
				t.Logger.Debug("changes of the folder were not told of", "error", err)
			case <-ended:
				return
			}
		}
	})
	return told, func() {
		close(ended)
		telling.Wait()
		_ = watcher.Close() // it was only read from
	}
}

// findAll looks through the folder of requests.
func (t *Terminal) findAll(q *queue) error {
	entries, err := fs.ReadDir(t.requests.FS(), ".")
	if err != nil {
		return err
	}
	there := make(map[string]bool, len(entries))
	for _, entry := range entries {
		there[entry.Name()] = true
		q.find(entry.Name(), entry)
	}
	q.forget(there)
	return nil
}
