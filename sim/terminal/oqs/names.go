package oqs

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// request is the name of a request file, taken apart.
type request struct {
	file   string // the whole name
	kind   string // the message that it asks by, as in OQSsiquc01
	suffix string // what client and answer know it by; usually twelve digits
}

// requestName is what a request may be called: any suffix that no shell, path or file system takes for more.
var requestName = regexp.MustCompile(`^([A-Z]{3}[a-z]{5}[0-9]{2})req_([0-9A-Za-z_]{0,100})\.xml$`)

// requestOf takes a file's name apart. meant is false for files that are no client's requests, as those still under a
// temporary name; known is false for a name that looks like a request, but is none that can be answered.
func requestOf(file string) (r request, meant, known bool) {
	r.file = file
	parts := requestName.FindStringSubmatch(file)
	if parts == nil {
		return r, strings.HasSuffix(strings.ToLower(file), ".xml"), false
	}
	r.kind, r.suffix = parts[1], parts[2]
	_, known = kinds[r.kind]
	return r, true, known
}

// answer is the name of the answer: that of the request with res in the place of req.
func (r request) answer(extension string) string { return r.kind + "res_" + r.suffix + extension }

// refusal is the name of the error file that comes instead of an answer. A name that can't be trusted stands in it as its hash.
func (r request) refusal() string {
	if r.kind == "" {
		sum := sha256.Sum256([]byte(r.file))
		return "SIMerr_" + hex.EncodeToString(sum[:8]) + ".xml"
	}
	return r.kind + "err_" + r.suffix + ".xml"
}

// faceFile is the name of the file that a card read gives: the institution, twenty hexadecimal digits that are its own, and the
// time.
func faceFile(institution, read, at string) string {
	sum := sha256.Sum256([]byte(read))
	return "OQSsiquc01res_face_" + institution + hex.EncodeToString(sum[:10]) + "_" + at + ".xml"
}
