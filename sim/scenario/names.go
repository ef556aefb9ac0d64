package scenario

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	namePattern   = regexp.MustCompile(`\$\{([A-Za-z][A-Za-z0-9]*)\}`)
	brokenPattern = regexp.MustCompile(`\$\{[^}]*\}?`)
)

// usedNames lists the ${names} in a text; broken is the first that is none.
func usedNames(text string) (used []string, broken string) {
	for _, found := range brokenPattern.FindAllString(text, -1) {
		match := namePattern.FindStringSubmatch(found)
		if match == nil || match[0] != found {
			return used, found
		}
		used = append(used, match[1])
	}
	return used, ""
}

// fill puts the saved values in the place of their ${names}, in every text of a value.
func fill(value any, saved map[string]string) (any, error) {
	switch value := value.(type) {
	case string:
		return fillText(value, saved)
	case map[string]any:
		filled := make(map[string]any, len(value))
		for key, inner := range value {
			result, err := fill(inner, saved)
			if err != nil {
				return nil, err
			}
			filled[key] = result
		}
		return filled, nil
	case []any:
		filled := make([]any, len(value))
		for i, inner := range value {
			result, err := fill(inner, saved)
			if err != nil {
				return nil, err
			}
			filled[i] = result
		}
		return filled, nil
	default:
		return value, nil
	}
}

// fillText does so in one text.
func fillText(text string, saved map[string]string) (string, error) {
	used, _ := usedNames(text)
	for _, name := range used {
		value, ok := saved[name]
		if !ok {
			return "", fmt.Errorf("${%s} は保存されていません", name)
		}
		text = strings.ReplaceAll(text, "${"+name+"}", value)
	}
	return text, nil
}
