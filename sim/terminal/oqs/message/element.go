// Package message reads and writes the XML messages of the terminal's file interface: elements that have either a text or
// children, in UTF-8 or Shift_JIS. What it reads comes from programs under test, so it refuses whatever could cost more
// than the file is long, and says where the file is wrong and what would be right.
package message

// Element is one element of a message: it has either text or children.
type Element struct {
	Name     string
	Text     string
	Children []Element
}

// Leaf is an element with a text. It is the zero Element if there is none: an absent value's element is left out.
func Leaf(name, text string) Element {
	if text == "" {
		return Element{}
	}
	return Element{Name: name, Text: text}
}

// Group is an element with children, less those that are zero.
func Group(name string, children ...Element) Element {
	present := make([]Element, 0, len(children))
	for _, child := range children {
		if child.Name != "" {
			present = append(present, child)
		}
	}
	return Element{Name: name, Children: present}
}

// Optional is a Group, or the zero Element if nothing is in it.
func Optional(name string, children ...Element) Element {
	group := Group(name, children...)
	if len(group.Children) == 0 {
		return Element{}
	}
	return group
}

// Child gives the first child of a name.
func (e *Element) Child(name string) (*Element, bool) {
	for i := range e.Children {
		if e.Children[i].Name == name {
			return &e.Children[i], true
		}
	}
	return nil, false
}
