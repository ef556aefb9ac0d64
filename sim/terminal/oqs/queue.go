package oqs

import (
	"io/fs"

	"onshisim/sim/world"
)

// queue knows the files in the folder of requests, and which of them somebody has to look at, the first come first.
type queue struct {
	files   map[string]*standing
	waiting []string
}

// standing is how a file stands.
type standing struct {
	waiting bool // in the queue
	busy    bool // somebody is at it
	told    bool // and meanwhile it changed
	last    result
	begun   begun
	same    int // how many looks through the folder found it not whole, and the same
}

// begun is what was done about a request that is not answered yet, and need not be done again.
type begun struct {
	seen   version          // the request that it was done about
	taken  bool             // the simulator was told of it, and
	fault  *world.FileFault // which of its faults strikes, if any
	ready  *delivered       // the answer to what must not be carried out twice
	failed bool             // it was told that the answer can't be delivered
}

// result is what a look at a file came to.
type result uint8

const (
	unanswered result = iota // another look may do
	answered                 // the file is gone
	notWhole                 // its client may be writing it
	left                     // it was answered or refused, and stays
)

// look is a task: to look at a request and answer it.
type look struct {
	file  string
	final bool // if it is not whole now, it is refused
	begun begun
}

// looked is what became of a task.
type looked struct {
	file string
	result
	begun begun
}

// patience is how many looks through the folder may find a file the same, and not whole, before it is refused.
const patience = 3

// tell says that a file came or changed.
func (q *queue) tell(file string) {
	if _, meant, _ := requestOf(file); !meant {
		return
	}
	s := q.file(file)
	s.told = s.busy
	q.add(file, s)
}

// find says that a look through the folder found a file.
func (q *queue) find(file string, entry fs.DirEntry) {
	if _, meant, _ := requestOf(file); !meant {
		return
	}
	s := q.file(file)
	if s.last == notWhole || s.last == left {
		info, err := entry.Info()
		if err != nil {
			return // it is gone
		}
		switch changed := versionOf(info) != s.begun.seen; {
		case changed:
			s.same = 0
		case s.last == left:
			return
		default:
			s.same++
		}
	}
	q.add(file, s)
}

func (q *queue) file(name string) *standing {
	s := q.files[name]
	if s == nil {
		s = &standing{}
		q.files[name] = s
	}
	return s
}

func (q *queue) add(file string, s *standing) {
	if !s.busy && !s.waiting {
		s.waiting = true
		q.waiting = append(q.waiting, file)
	}
}

// take takes the first task out.
func (q *queue) take() look {
	file := q.waiting[0]
	q.waiting = q.waiting[1:]
	s := q.files[file]
	s.busy, s.waiting = true, false
	return look{file, s.same >= patience, s.begun}
}

// end says what became of a task.
func (q *queue) end(l looked) {
	s := q.files[l.file]
	if l.result == answered && !s.told {
		delete(q.files, l.file)
		return
	}
	if l.begun.seen != s.begun.seen {
		s.same = 0
	}
	s.busy, s.last, s.begun = false, l.result, l.begun
	if s.told {
		s.told = false
		q.add(l.file, s)
	}
}

// forget drops what the folder has no more.
func (q *queue) forget(there map[string]bool) {
	for file, s := range q.files {
		if !s.busy && !s.waiting && !there[file] {
			delete(q.files, file)
		}
	}
}
