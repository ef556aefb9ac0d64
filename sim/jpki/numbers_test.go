package jpki_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/numbers"
)

// The old number is nobody's from then on; the new one is the same person's, and can't be a real one.
func TestChangeIndividualNumber(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	status, answer := s.send(office, "POST", "/individual-numbers/990000010015/change", "")
	require.Equal(t, 200, status, answer)
	var changed map[string]string
	require.NoError(t, json.Unmarshal([]byte(answer), &changed))
	require.Len(t, changed, 1)
	number := changed["individualNumber"]
	assert.Regexp(t, `^[0-9]{12}$`, number)
	assert.NotEqual(t, "990000010015", number)
	assert.False(t, numbers.ValidIndividualNumber(number))

	_, known := s.world.PersonByIndividualNumber("990000010015")
	assert.False(t, known)
	p, known := s.world.PersonByIndividualNumber(number)
	require.True(t, known)
	assert.Equal(t, "hanako", p.ID)

	s.refuse(t, office, "POST", "/individual-numbers/990000010015/change", "", 404, "SIM-NUMBER-404", "")
	status, answer = s.send(office, "POST", "/individual-numbers/"+number+"/change", "")
	assert.Equal(t, 200, status, answer)
}

func TestIndividualNumberRefusals(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.refuse(t, office, "POST", "/individual-numbers/990000990011/change", "", 404, "SIM-NUMBER-404", "")
	s.refuse(t, office, "POST", "/individual-numbers/99/change", "", 422, "SIM-REQ-422", "path.number")
}
