package scenario

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// The bounds of what is read, in bytes: an answer, and the events of a whole world.
const (
	maxAnswer = 8 << 20
	maxEvents = 256 << 20
)

// answer is what a call gave.
type answer struct {
	status int
	header http.Header
	body   []byte
	value  any // the body as JSON; nil if it is none
}

// readAnswer reads a response to its end. One that is too long is an error: half of it must not pass for the whole.
func readAnswer(response *http.Response, most int64) (*answer, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > most {
		return nil, fmt.Errorf("応答が%dバイトを超えています", most)
	}
	return newAnswer(response.StatusCode, response.Header, body), nil
}

// newAnswer reads a body as JSON, if it is any.
func newAnswer(status int, header http.Header, body []byte) *answer {
	a := &answer{status: status, header: header, body: body}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&a.value) != nil {
		a.value = nil
	}
	return a
}

// worldHere is what stands in records for the name of the world, which is another one each time.
const worldHere = "{world}"

// without is the answer without the name of the world that gave it.
func (a *answer) without(world string) *answer {
	if !bytes.Contains(a.body, []byte(world)) {
		return a
	}
	return newAnswer(a.status, a.header, bytes.ReplaceAll(a.body, []byte(world), []byte(worldHere)))
}

// ok says whether the call was accepted.
func (a *answer) ok() bool { return a.status >= 200 && a.status < 300 }

// text gives a text field of the answer's top level.
func (a *answer) text(name string) string {
	fields, _ := a.value.(map[string]any)
	text, _ := fields[name].(string)
	return text
}

// at finds the field at a dotted path, list indexes being numbers.
func (a *answer) at(path string) (any, bool) {
	here := a.value
	for _, part := range strings.Split(path, ".") {
		switch within := here.(type) {
		case map[string]any:
			inner, ok := within[part]
			if !ok {
				return nil, false
			}
			here = inner
		case []any:
			index, err := strconv.Atoi(part)
			if err != nil || index < 0 || index >= len(within) {
				return nil, false
			}
			here = within[index]
		default:
			return nil, false
		}
	}
	return here, true
}

// refusal sums up an error answer: its code, its sentence, the fields that it names.
func (a *answer) refusal() string {
	parts := []string{strconv.Itoa(a.status)}
	for _, name := range []string{"code", "detail"} {
		if text := a.text(name); text != "" {
			parts = append(parts, text)
		}
	}
	fields, _ := a.value.(map[string]any)
	problems, _ := fields["errors"].([]any)
	for _, problem := range problems {
		parts = append(parts, compact(problem))
	}
	return strings.Join(parts, " ")
}

// compact writes a value as JSON on one line, Japanese readable.
func compact(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(text.String())
}
