package message

import "unicode/utf8"

// Append appends a whole document: the declaration, a new line, and the root on one line without indentation. Characters
// that the encoding lacks become its substitute, and so do those that XML 1.0 forbids. Of an element that has both, the
// children are written.
func Append(to []byte, root Element, as Encoding) []byte { return AppendLabelled(to, root, as, as) }

// AppendLabelled is Append with the declaration of one encoding and the bytes of another, if told so: a fault.
func AppendLabelled(to []byte, root Element, label, as Encoding) []byte {
	return appendElement(append(to, declare(label)...), &root, as)
}

// declare gives the declaration as the terminal writes it.
func declare(label Encoding) string {
	return `<?xml version="1.0" encoding="` + label.String() + `" standalone="no"?>` + "\n"
}

func appendElement(to []byte, e *Element, as Encoding) []byte {
	if e.Name == "" {
		return to
	}
	to = as.append(append(to, '<'), e.Name)
	if e.Text == "" && len(e.Children) == 0 {
		return append(to, "/>"...)
	}
	to = append(to, '>')
	if len(e.Children) == 0 {
		to = appendText(to, e.Text, as)
	}
	for i := range e.Children {
		to = appendElement(to, &e.Children[i], as)
	}
	return append(as.append(append(to, "</"...), e.Name), '>')
}

// appendText appends a text in runs of characters that stand for themselves.
func appendText(to []byte, text string, as Encoding) []byte {
	run := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if instead := escape(r, size); instead != "" {
			to = as.append(to, text[run:i])
			to = as.append(to, instead)
			run = i + size
		}
		i += size
	}
	return as.append(to, text[run:])
}

// escape gives what is written in place of a character, nothing for one that stands for itself. A reader would make a line
// feed of a carriage return.
func escape(r rune, size int) string {
	switch {
	case r == '&':
		return "&amp;"
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '\r':
		return "&#xD;"
	case !inXML(r), r == utf8.RuneError && size == 1:
		return "\uFFFD"
	}
	return ""
}
