package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"html/template"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
	"github.com/swaggest/swgui/v5/static"
)

//go:embed docs
var docs embed.FS

var docsPage = template.Must(template.ParseFS(docs, "docs/index.html"))

const javaScript = "text/javascript; charset=utf-8"

// docsPolicy lets the page load from here only. The styles that Swagger UI writes itself need unsafe-inline.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// serveDocs adds the OpenAPI document and the page that shows it. The page names its parts and the document relative to
// itself, so it works under a world's prefix too.
func serveDocs(router *echo.Echo, document *huma.OpenAPI) {
	text := sync.OnceValues(func() ([]byte, error) { return documentText(document) })
	router.GET("/openapi.json", func(c echo.Context) error {
		body, err := text()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/json", body)
	})
	router.GET("/docs", func(c echo.Context) error {
		var page bytes.Buffer
		if err := docsPage.Execute(&page, document.Info); err != nil {
			return err
		}
		c.Response().Header().Set("Content-Security-Policy", docsPolicy)
		return c.Blob(http.StatusOK, "text/html; charset=utf-8", page.Bytes())
	})
	router.GET("/docs/start.js", func(c echo.Context) error {
		script, err := docs.ReadFile("docs/start.js")
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, javaScript, script)
	})
	router.GET("/docs/swagger-ui-bundle.js", packed("swagger-ui-bundle.js.gz", javaScript))
	router.GET("/docs/swagger-ui.css", packed("swagger-ui.css.gz", "text/css; charset=utf-8"))
}

// documentText writes the document once more, since huma writes < and & as escapes.
func documentText(document *huma.OpenAPI) ([]byte, error) {
	escaped, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(escaped))
	decoder.UseNumber()
	var plain any
	if err := decoder.Decode(&plain); err != nil {
		return nil, err
	}
	return encode(plain)
}

// packed serves a file that swgui keeps compressed, as it is or unpacked.
func packed(name, contentType string) echo.HandlerFunc {
	return func(c echo.Context) error {
		file, err := static.FS.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		var content io.Reader = file
		c.Response().Header().Set("Vary", "Accept-Encoding")
		if strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
			c.Response().Header().Set("Content-Encoding", "gzip")
		} else if content, err = gzip.NewReader(file); err != nil {
			return err
		}
		return c.Stream(http.StatusOK, contentType, content)
	}
}
