package web

import "sync"

// pages is what a request is read to and its answer written on. Nothing may keep a part of them beyond the exchange: what
// is read from a body is copied, and the journal copies too.
type pages struct{ body, answer []byte }

var blank = sync.Pool{New: func() any { return &pages{} }}

func newPages() *pages { return blank.Get().(*pages) }

// giveBack lets others use the pages, unless they have grown large.
func (p *pages) giveBack() {
	if cap(p.body)+cap(p.answer) <= 4*firstPart {
		blank.Put(p)
	}
}

// room is where a body of a length goes.
func (p *pages) room(length int64) []byte {
	if p == nil {
		return make([]byte, length)
	}
	if int64(cap(p.body)) < length {
		p.body = make([]byte, max(length, 512))
	}
	return p.body[:length]
}
