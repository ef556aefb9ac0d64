package report

import (
	"bytes"
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"onshisim/bench/result"
)

const (
	width  = 20 * vg.Centimeter
	height = 10 * vg.Centimeter
	margin = vg.Centimeter / 2
)

// colours are told apart by eyes of every kind (Okabe and Ito).
var colours = []color.Color{
	color.RGBA{R: 0x00, G: 0x72, B: 0xb2, A: 0xff},
	color.RGBA{R: 0xd5, G: 0x5e, B: 0x00, A: 0xff},
	color.RGBA{R: 0x00, G: 0x9e, B: 0x73, A: 0xff},
	color.RGBA{R: 0xcc, G: 0x79, B: 0xa7, A: 0xff},
}

// Plots are the plots as SVG, by the name of their file.
func Plots(r *result.Results) (map[string][]byte, error) {
	plots := map[string][]byte{}
	add := func(name string, p *plot.Plot) error {
		canvas := vgsvg.New(width, height)
		p.Draw(draw.Crop(draw.New(canvas), margin, -margin, margin, -margin))
		var svg bytes.Buffer
		if _, err := canvas.WriteTo(&svg); err != nil {
			return err
		}
		plots[name+".svg"] = bytes.ReplaceAll(svg.Bytes(), []byte("font-family:Liberation Sans;"), []byte("font-family:Liberation Sans,Arial,sans-serif;"))
		return nil
	}
	if r.Hot != nil {
		p, err := bars(r.Hot.Rows)
		if err != nil {
			return nil, err
		}
		if err := add("hot", p); err != nil {
			return nil, err
		}
	}
	if r.Growth == nil {
		return plots, nil
	}
	for _, along := range []string{"persons", "events", "worlds", "connections", "replicas"} {
		p, lines, err := lines(r.Growth.Rows, along)
		if err != nil {
			return nil, err
		}
		if lines == 0 {
			continue
		}
		if err := add(along, p); err != nil {
			return nil, err
		}
	}
	return plots, nil
}

// newPlot is an empty plot in letters that every reader of SVG has in some form.
func newPlot() *plot.Plot {
	p := plot.New()
	for _, style := range []*text.Style{
		&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle, &p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle,
	} {
		style.Font.Variant = "Sans"
	}
	return p
}

// lines shows what a request costs along something that grows.
func lines(curves []result.Curve, along string) (p *plot.Plot, drawn int, err error) {
	p = newPlot()
	p.Title.Text = "CPU per request by " + along
	p.X.Label.Text, p.Y.Label.Text = along, "CPU µs per request"
	p.Y.Min = 0
	if along != "replicas" {
		p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	} else {
		p.X.Tick.Marker = plot.ConstantTicks{{Value: 1, Label: "1"}, {Value: 2, Label: "2"}, {Value: 3, Label: "3"}}
	}
	p.Legend.Top, p.Legend.Left = false, true
	for _, curve := range curves {
		if curve.Along != along {
			continue
		}
		var points plotter.XYs
		for _, point := range curve.Points {
			points = append(points, plotter.XY{X: point.At, Y: point.CPU.Median})
		}
		line, dots, err := plotter.NewLinePoints(points)
		if err != nil {
			return nil, 0, fmt.Errorf("%s of %s: %w", along, curve.Work, err)
		}
		line.Color = colours[drawn%len(colours)]
		line.Width = vg.Points(1.5)
		dots.Color, dots.Shape = line.Color, draw.CircleGlyph{}
		p.Add(line, dots)
		p.Legend.Add(curve.Work, line, dots)
		drawn++
	}
	p.Add(plotter.NewGrid())
	p.Y.Min = 0
	return p, drawn, nil
}

// bars shows ratios beside the line of 1.
func bars(rows []result.Comparison) (*plot.Plot, error) {
	p := newPlot()
	p.Title.Text = "requests per CPU second, baseline = 1"
	var values plotter.Values
	var names []string
	for _, row := range rows {
		values = append(values, row.Ratio.Median)
		name := row.Work
		if row.Subject != "sim" {
			name += "\n" + row.Subject
		}
		names = append(names, name)
	}
	chart, err := plotter.NewBarChart(values, vg.Points(40))
	if err != nil {
		return nil, err
	}
	chart.Color, chart.LineStyle.Width = colours[0], 0
	one, err := plotter.NewLine(plotter.XYs{{X: -0.5, Y: 1}, {X: float64(len(rows)) - 0.5, Y: 1}})
	if err != nil {
		return nil, err
	}
	one.Color, one.Dashes = colours[1], []vg.Length{vg.Points(4), vg.Points(3)}
	p.Add(chart, one)
	p.NominalX(names...)
	p.Y.Min = 0
	return p, nil
}
