package browser_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"path/filepath"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// screenshot puts a picture of the whole page into out/screens, for people.
func (b *tab) screenshot(name string) {
	b.Helper()
	require.NoError(b, write(filepath.Join(screens, name+".png"), encoded(b, b.picture())))
}

// phoneScreenshot is the same on a phone of 375×812, as <name>-phone.png.
func (b *tab) phoneScreenshot(name string) {
	b.Helper()
	b.onPhone(func(ctx context.Context) error {
		picture, err := b.taken(ctx)
		if err != nil {
			return err
		}
		return write(filepath.Join(screens, name+"-phone.png"), picture)
	})
}

// picture is the whole page, with what selectors name, as times and ids, painted over.
func (b *tab) picture(masked ...string) *image.RGBA {
	b.Helper()
	var picture []byte
	var boxes []struct{ X, Y, Right, Bottom float64 }
	b.must("picture", func(ctx context.Context) (err error) {
		selectors, err := json.Marshal(append([]string{}, masked...))
		if err != nil {
			return err
		}
		if picture, err = b.taken(ctx); err != nil {
			return err
		}
		return b.ask(ctx, &boxes, "JSON.parse(%s).flatMap(s => [...document.querySelectorAll(s)]).map(e => e.getBoundingClientRect())"+
			".map(r => ({x: r.x + scrollX, y: r.y + scrollY, right: r.right + scrollX, bottom: r.bottom + scrollY}))", string(selectors))
	})
	decoded, err := png.Decode(bytes.NewReader(picture))
	require.NoError(b, err)
	drawn := image.NewRGBA(decoded.Bounds())
	draw.Draw(drawn, drawn.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
	for _, r := range boxes {
		box := image.Rect(int(r.X), int(r.Y), int(r.Right+1), int(r.Bottom+1))
		draw.Draw(drawn, box, image.NewUniform(color.Gray{Y: 128}), image.Point{}, draw.Src)
	}
	return drawn
}

func (b *tab) taken(ctx context.Context) (picture []byte, err error) {
	err = b.still(ctx, func() error { return chromedp.FullScreenshot(&picture, 100).Do(ctx) })
	return picture, err
}

// still does something while nothing on the page moves, not even the cursor. No policy forbids a style sheet made this way.
func (b *tab) still(ctx context.Context, do func() error) error {
	const stop = `(() => {
		const style = new CSSStyleSheet()
		style.replaceSync('*, ::before, ::after { caret-color: transparent !important; animation: none !important; transition: none !important }')
		window.onshisimSheets = document.adoptedStyleSheets
		document.adoptedStyleSheets = [...document.adoptedStyleSheets, style]
		return document.fonts.ready.then(() => true)
	})()`
	if err := b.ask(ctx, nil, stop); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return b.ask(ctx, nil, "void (document.adoptedStyleSheets = window.onshisimSheets ?? [])")
}

// onPhone does something while the page is shown on a phone.
func (b *tab) onPhone(do func(context.Context) error) {
	b.Helper()
	b.must("on a phone", func(ctx context.Context) error {
		if err := b.resize(ctx, 375, 812, true); err != nil {
			return err
		}
		if err := do(ctx); err != nil {
			return err
		}
		return b.desk(ctx)
	})
}

// desk is how a tab is shown that is not on a phone.
func (b *tab) desk(ctx context.Context) error { return b.resize(ctx, 1280, 900, false) }

// resize shows the page on a screen of another size, and waits until the page knows.
func (b *tab) resize(ctx context.Context, width, height int64, phone bool) error {
	screen := emulation.SetDeviceMetricsOverride(width, height, 1, phone).WithScreenWidth(width).WithScreenHeight(height)
	if err := screen.Do(ctx); err != nil {
		return err
	}
	return b.ask(ctx, nil, fmt.Sprintf("new Promise(r => { const is = () => screen.width === %d && r(true); is() || addEventListener('resize', is) })", width))
}

// sameLooks fails the test unless two pictures are equal to the pixel, and then draws where they differ.
func (b *tab) sameLooks(name string, one, other *image.RGBA) {
	b.Helper()
	count, drawn := difference(one, other)
	if count == 0 {
		return
	}
	file := filepath.Join(screens, name+"-diff.png")
	require.NoError(b, write(file, encoded(b, drawn)))
	b.Errorf("%s: %d pixels differ, red in %s", name, count, file)
}

// difference counts the pixels in which pictures differ, and draws them red on the first one, made pale. What only one of them
// has differs.
func difference(one, other *image.RGBA) (count int, drawn *image.RGBA) {
	drawn = image.NewRGBA(one.Bounds().Union(other.Bounds()))
	for y := drawn.Rect.Min.Y; y < drawn.Rect.Max.Y; y++ {
		for x := drawn.Rect.Min.X; x < drawn.Rect.Max.X; x++ {
			at := image.Pt(x, y)
			pixel := one.RGBAAt(x, y)
			if at.In(one.Rect) && at.In(other.Rect) && pixel == other.RGBAAt(x, y) {
				drawn.SetRGBA(x, y, color.RGBA{R: 192 + pixel.R/4, G: 192 + pixel.G/4, B: 192 + pixel.B/4, A: 255})
				continue
			}
			count++
			drawn.SetRGBA(x, y, color.RGBA{R: 255, A: 255})
		}
	}
	return count, drawn
}

func encoded(b *tab, picture image.Image) []byte {
	b.Helper()
	var out bytes.Buffer
	require.NoError(b, png.Encode(&out, picture))
	return out.Bytes()
}
