package world

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// An event's line is what encoding/json makes of it, byte for byte: logs are compared and hashed.
func TestEventsAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	at := time.Date(2021, 4, 1, 9, 0, 0, 0, JST)
	for _, k := range kinds {
		for range 30 {
			c := k.empty()
			fill(dice, reflect.ValueOf(c).Elem(), 0)
			data, err := json.Marshal(c)
			require.NoError(t, err)
			line, err := encode(7, at, c)
			require.NoError(t, err)
			want := bytes.Join([][]byte{[]byte(`{"position":7,"at":"2021-04-01T09:00:00+09:00","type":"`), []byte(k.name), []byte(`","version":1,"data":`), data, []byte("}")}, nil)
			require.Equal(t, string(want), string(line))
		}
	}
}

// fill gives the parts of a value that JSON shows random values.
func fill(dice *rand.Rand, v reflect.Value, level int) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(dice.IntN(2) == 0)
	case reflect.Int, reflect.Int64:
		v.SetInt(dice.Int64N(100) - 50)
	case reflect.Uint64:
		v.SetUint(dice.Uint64())
	case reflect.Float64:
		v.SetFloat(dice.NormFloat64())
	case reflect.String:
		v.SetString([]string{"", "a", "<&>", `"\`, "架空　県", "\n\x01", "\u2028", "\xff"}[dice.IntN(8)])
	case reflect.Pointer:
		if level < 6 && dice.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(dice, v.Elem(), level+1)
		}
	case reflect.Slice:
		if n := dice.IntN(4); n > 0 && level < 6 {
			v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
			for i := range n - 1 {
				fill(dice, v.Index(i), level+1)
			}
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(dice.Int64N(1<<33), 0).In(JST)))
			return
		}
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() || v.Type().Field(i).Anonymous && f.Kind() == reflect.Struct {
				fill(dice, f, level+1)
			}
		}
	}
}
