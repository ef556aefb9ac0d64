package oqs

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"onshisim/sim/numbers"
	"onshisim/sim/terminal/oqs/message"
)

// fields read the elements in one element of a request, whatever their order. What is wrong with them is collected, so
// that one answer names all of it.
type fields struct {
	element message.Element
	asked   []string
	wrong   []string
}

func fieldsOf(e message.Element) *fields { return &fields{element: e} }

// text is an element's text; empty if it is absent or empty, which are the same.
func (f *fields) text(name string) string {
	f.asked = append(f.asked, name)
	found, text := 0, ""
	for i := range f.element.Children {
		child := &f.element.Children[i]
		if child.Name != name {
			continue
		}
		if found++; len(child.Children) > 0 {
			f.mistake(name, "has to hold text")
		}
		text = child.Text
	}
	if found > 1 {
		f.mistake(name, "occurs %d times, may once", found)
	}
	return text
}

// required is a text that has to be there.
func (f *fields) required(name string) string {
	text := f.text(name)
	if text == "" {
		f.mistake(name, "is missing")
	}
	return text
}

// atMost is a text of a bounded number of characters.
func (f *fields) atMost(name, text string, most int) string {
	if len([]rune(text)) > most {
		f.mistake(name, "has more than %d characters", most)
	}
	return text
}

// date is a day that has to be there, yyyyMMdd in the file, given as in 2006-01-02.
func (f *fields) date(name string) string {
	text := f.required(name)
	if text == "" {
		return ""
	}
	day, err := time.Parse("20060102", text)
	if err != nil {
		f.mistake(name, "has to be a day of the calendar as yyyyMMdd, and not %.40q", text)
		return ""
	}
	return day.Format(time.DateOnly)
}

// month is a month or day, yyyyMM or yyyyMMdd in the file, given as in 2006-01 or 2006-01-02; empty if it is absent.
func (f *fields) month(name string) string {
	text := f.text(name)
	for _, form := range [][2]string{{"200601", "2006-01"}, {"20060102", time.DateOnly}} {
		if at, err := time.Parse(form[0], text); err == nil {
			return at.Format(form[1])
		}
	}
	if text != "" {
		f.mistake(name, "has to be a month as yyyyMM or a day as yyyyMMdd, and not %.40q", text)
	}
	return ""
}

// oneOf is a code that has to be there.
func (f *fields) oneOf(name string, codes ...string) string {
	text := f.required(name)
	if text != "" && !slices.Contains(codes, text) {
		f.mistake(name, "has to be %s, and not %.40q", strings.Join(codes, " or "), text)
	}
	return text
}

// groups are all elements of a name, each with its own fields.
func (f *fields) groups(name string) (all []*fields) {
	f.asked = append(f.asked, name)
	for _, child := range f.element.Children {
		if child.Name == name {
			all = append(all, fieldsOf(child))
		}
	}
	return all
}

// group is the one element of a name; without any if it is absent.
func (f *fields) group(name string) *fields {
	switch all := f.groups(name); len(all) {
	case 0:
		f.mistake(name, "is missing")
		return fieldsOf(message.Element{Name: name})
	case 1:
		return all[0]
	default:
		f.mistake(name, "occurs %d times, may once", len(all))
		return all[0]
	}
}

// checkDigit refuses a wrong check digit, where checking is strict: vendors' own test data often have one.
func (f *fields) checkDigit(strict bool, name, number string) {
	if strict && number != "" && !numbers.ValidInsurerNumber(number) {
		f.mistake(name, "%.40q is no insurer number: 8 digits, or 6, of which the last is the check digit", number)
	}
}

func (f *fields) mistake(name, format string, args ...any) {
	f.wrong = append(f.wrong, name+" "+fmt.Sprintf(format, args...))
}

// unknown are the elements that nobody asked for.
func (f *fields) unknown() (names []string) {
	for _, child := range f.element.Children {
		if !slices.Contains(f.asked, child.Name) && !slices.Contains(names, child.Name) {
			names = append(names, child.Name)
		}
	}
	return names
}
