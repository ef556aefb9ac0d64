package oqs

import "context"

// Answer looks at a request in req as if it had been there, and not whole, for long.
func (t *Terminal) Answer(ctx context.Context, file string) {
	t.answer(ctx, look{file: file, final: true}, nil)
}
