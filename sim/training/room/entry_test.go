package room_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// walk opens all that links lead to, from the first screen on, and gives the paths of the screens and of the forms' targets.
func (v *visitor) walk(t *testing.T, visit func(screen)) (screens, forms []string) {
	t.Helper()
	screens = []string{"/"}
	for i := 0; i < len(screens); i++ {
		s := v.open(t, screens[i])
		require.Equal(t, http.StatusOK, s.status, screens[i])
		visit(s)
		links, targets := s.links()
		forms = append(forms, targets...)
		for _, link := range links {
			link, _, _ = strings.Cut(link, "#")
			if link != "" && !strings.Contains(link, "/files/") && !slices.Contains(screens, link) && len(screens) < 300 {
				screens = append(screens, link)
			}
		}
	}
	slices.Sort(forms)
	return screens, slices.Compact(forms)
}

func TestNobodySeesAScreenWithoutTheCode(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	screens, forms := h.trainee(t, "default").walk(t, func(screen) {})
	require.Greater(t, len(screens), 25)
	require.Greater(t, len(forms), 15)
	stranger := h.visitor(t, "default")
	for _, path := range screens[1:] {
		s := stranger.open(t, path)
		assert.Equal(t, http.StatusForbidden, s.status, path)
		assert.Equal(t, "入室", s.title(), path)
	}
	for _, path := range forms {
		if path == "/room/entry" || path == "/room/leave" {
			continue
		}
		s := stranger.send(t, path, "cardSerial", "card-ichiro-1", "pin", "1101")
		assert.Equal(t, http.StatusForbidden, s.status, path)
		assert.Equal(t, "入室", s.title(), path)
	}
	assert.Empty(t, h.plane(t, http.MethodGet, "/worlds/default/journal?role=insurer&limit=1&after=99999", nil)["entries"])
}

func TestTheCodeIsThatOfOneWorld(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	h.add(t, "other", "base")
	assert.NotEqual(t, h.code(t, "default"), h.code(t, "other"))
	v := h.visitor(t, "other")
	for _, wrong := range []string{"", "ABCD-EFGH-JKLM", h.code(t, "default")} {
		s := v.send(t, "/room/entry", "code", wrong)
		assert.Equal(t, http.StatusForbidden, s.status)
		assert.Contains(t, s.html, `aria-invalid="true" aria-describedby="e-code"`)
	}
	assert.Equal(t, "研修室", v.send(t, "/room/entry", "code", " "+strings.ToLower(strings.ReplaceAll(h.code(t, "other"), "-", " "))).title(),
		"however it is written")
	v.base = h.public.URL
	assert.Equal(t, "入室", v.open(t, "/").title(), "the other world stays closed")
}

func TestAWorldThatIsNotThere(t *testing.T) {
	t.Parallel()
	s := open(t, "default", "base").visitor(t, "nowhere").open(t, "/")
	assert.Equal(t, http.StatusNotFound, s.status)
	assert.Contains(t, s.text(), "この世界はありません")
}

func TestWhoLeavesIsOut(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")
	v.send(t, "/room/mynaportal", "cardSerial", "card-ichiro-1", "pin", "1101")
	assert.Equal(t, "資格情報", v.open(t, "/room/mynaportal/eligibility").title())
	v.send(t, "/room/leave")
	assert.Equal(t, "入室", v.open(t, "/room/mynaportal/eligibility").title())
	v.send(t, "/room/entry", "code", h.code(t, "default"))
	assert.Equal(t, "マイナンバーカードでログイン", v.open(t, "/room/mynaportal/eligibility").title(), "the session is over too")
}

func TestCookiesAreForThisSiteAlone(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	for _, secure := range []bool{false, true} {
		r := httptest.NewRequest(http.MethodPost, "http://localhost/room/entry", strings.NewReader("code="+h.code(t, "default")))
		if secure {
			r = httptest.NewRequest(http.MethodPost, "https://localhost/room/entry", strings.NewReader("code="+h.code(t, "default")))
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.public.Config.Handler.ServeHTTP(w, r)
		require.Equal(t, http.StatusSeeOther, w.Code)
		cookie := w.Result().Cookies()[0]
		assert.True(t, cookie.HttpOnly)
		assert.Equal(t, http.SameSiteStrictMode, cookie.SameSite)
		assert.Equal(t, secure, cookie.Secure)
		assert.Zero(t, cookie.MaxAge, "it ends with the browser")
	}
}

func TestPagesOfOtherSitesSendNothing(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "http://elsewhere.example"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.public.URL+"/room/mynaportal", strings.NewReader("cardSerial=card-ichiro-1&pin=1101"))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(header, value)
		response, err := v.Do(r)
		require.NoError(t, err)
		assert.Equal(t, http.StatusForbidden, response.StatusCode, header)
	}
	assert.Equal(t, "マイナンバーカードでログイン", v.open(t, "/room/mynaportal").title())
}

func TestEveryPageKeepsToItself(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	h.trainee(t, "default").walk(t, func(s screen) {
		policy := s.header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
			assert.Contains(t, policy, part, s.path)
		}
		assert.NotContains(t, policy, "unsafe")
		assert.Equal(t, "no-store", s.header.Get("Cache-Control"), s.path)
		assert.Equal(t, "nosniff", s.header.Get("X-Content-Type-Options"), s.path)
		assert.NotContains(t, s.html, " style=", s.path)
		assert.NotContains(t, s.html, "http://", s.path)
		assert.NotContains(t, s.html, "https://", s.path)
	})
}

func TestAnAddressOfAWorldNeverLeadsToAnother(t *testing.T) {
	t.Parallel()
	h := open(t, "tanaka", "base")
	h.add(t, "default", "base")
	v := h.trainee(t, "tanaka")
	for _, path := range []string{"/room//cast", "/room/./cast", "/room/x/../cast", "/room/", "//"} {
		s := v.open(t, path)
		assert.Equal(t, http.StatusNotFound, s.status, path)
		assert.True(t, strings.HasPrefix(s.path, "/w/tanaka/"), s.path)
	}
}
