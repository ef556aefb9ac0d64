// What a page owes to those who can't see it, see it badly, or use no mouse: the parts of WCAG 2.2 AA that a program can decide.
// Each check gives its findings as texts; find.js stands before this.

// pathOf names an element so that it can be found again.
function pathOf(el) {
	if (el.id) return `#${CSS.escape(el.id)}`
	const same = el.parentElement ? [...el.parentElement.children].filter(e => e.localName === el.localName) : []
	const own = el.localName + (same.length > 1 ? `:nth-of-type(${same.indexOf(el) + 1})` : '')
	return el.parentElement && el !== document.body ? `${pathOf(el.parentElement)} > ${own}`.replace(/^html > /, '') : own
}

const said = el => {
	const words = squeezed(el.innerText).slice(0, 30)
	return pathOf(el) + (words ? ` (${words})` : '')
}

const all = (selector, root = document) => [...root.querySelectorAll(selector)]
const seen = selector => all(selector).filter(visible)

// hiddenFromEyes: cut to nothing or beside the page, as a skip link is until it has the focus.
function hiddenFromEyes(el) {
	for (let e = el; e; e = e.parentElement) {
		const style = getComputedStyle(e), box = e.getBoundingClientRect()
		if (style.clip === 'rect(0px, 0px, 0px, 0px)' || /^inset\((50|100)%/.test(style.clipPath)) return true
		if (style.overflow !== 'visible' && (box.width <= 1 || box.height <= 1)) return true
	}
	const box = el.getBoundingClientRect()
	return box.right + scrollX <= 0 || box.bottom + scrollY <= 0
}

function structure() {
	const found = []
	const root = document.documentElement
	if (root.lang !== 'ja') found.push(`html has lang="${root.lang}", not "ja"`)
	if (!document.title.trim()) found.push('the page has no title')
	const headings = seen('h1, h2, h3, h4, h5, h6')
	const first = headings.filter(h => h.localName === 'h1')
	if (first.length !== 1) found.push(`there are ${first.length} h1, not one`)
	let level = 0
	for (const h of headings) {
		const own = Number(h.localName[1])
		if (own > level + 1) found.push(`${said(h)}: an ${h.localName} after ${level ? `an h${level}` : 'nothing'}: a level is skipped`)
		if (!nameOf(h)) found.push(`${said(h)}: an empty heading`)
		level = own
	}
	const mains = seen('main, [role=main]')
	if (mains.length !== 1) found.push(`there are ${mains.length} main landmarks, not one`)
	const skips = all('a[href^="#"]').some(a => a.hash.length > 1 && document.getElementById(decodeURIComponent(a.hash.slice(1))))
	if (!skips && !seen('nav, [role=navigation]').length) found.push('there is neither a skip link nor a nav landmark')
	const ids = all('[id]').map(el => el.id)
	for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) found.push(`#${id}: an id that is there twice`)
	for (const name of ['for', 'aria-labelledby', 'aria-describedby', 'aria-errormessage', 'aria-controls']) {
		for (const el of all(`[${name}]`)) {
			for (const id of el.getAttribute(name).split(/\s+/).filter(id => id && !document.getElementById(id))) found.push(`${pathOf(el)}: ${name} names #${id}, which is not there`)
		}
	}
	return found
}

function names() {
	const found = []
	for (const el of all(controls).filter(el => visible(el) || [...el.labels ?? []].some(visible))) {
		if (!el.labels?.length && !el.ariaLabel && !el.hasAttribute('aria-labelledby') || !nameOf(el)) found.push(`${pathOf(el)}: a control without a label`)
		if (el.matches('[type=radio]') && !el.closest('fieldset, [role=radiogroup]')) found.push(`${pathOf(el)}: a choice without a question (fieldset with legend)`)
	}
	for (const el of seen('fieldset, [role=radiogroup]')) if (!nameOf(el)) found.push(`${pathOf(el)}: a group without a legend`)
	for (const el of seen('a[href], button, summary, input[type=submit], input[type=button], input[type=reset], input[type=image], [role=button], [role=link]')) {
		if (!nameOf(el)) found.push(`${pathOf(el)}: a link or button without a name`)
	}
	for (const el of seen('img, svg[role=img], [role=img]')) {
		if (el.matches('img:not([role])') ? !el.hasAttribute('alt') && !el.ariaLabel : !nameOf(el)) found.push(`${pathOf(el)}: a picture without a name`)
	}
	for (const table of seen('table:not([role=presentation], [role=none])')) {
		const heads = all('th', table)
		if (!heads.length) found.push(`${pathOf(table)}: a table without th`)
		for (const th of heads) if (!th.scope) found.push(`${said(th)}: a th without scope`)
		if (!squeezed(table.caption?.textContent) && !table.ariaLabel && !table.hasAttribute('aria-labelledby')) found.push(`${pathOf(table)}: a table without a caption`)
	}
	return found
}

// errors: a field that is marked as wrong says what is wrong, and what says so belongs to a field that is marked.
function errors() {
	const found = []
	const told = el => ['aria-describedby', 'aria-errormessage'].flatMap(name => (el.getAttribute(name) ?? '').split(/\s+/))
		.map(id => document.getElementById(id)).filter(e => e && visible(e) && squeezed(e.innerText))
	for (const el of seen('[aria-invalid]:not([aria-invalid=false])')) {
		if (!told(el).length) found.push(`${pathOf(el)}: marked as wrong (aria-invalid), but nothing says why (aria-describedby)`)
	}
	const wrong = seen('[aria-invalid]:not([aria-invalid=false])').flatMap(told)
	for (const el of seen('form .error, form .field-error, form [class*="error-message"]')) {
		if (!wrong.some(e => e === el || e.contains(el) || el.contains(e)) && !el.querySelector('a[href^="#"], [aria-invalid]') && !el.matches('[aria-invalid]')) {
			found.push(`${said(el)}: an error that belongs to no field (aria-describedby and aria-invalid)`)
		}
	}
	return found
}

// rgba reads a colour, however it is written, as the browser paints it.
const rgba = (() => {
	const known = new Map()
	const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true})
	return colour => {
		if (!known.has(colour)) {
			canvas.clearRect(0, 0, 1, 1)
			canvas.fillStyle = colour
			canvas.fillRect(0, 0, 1, 1)
			const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
			known.set(colour, [r, g, b, a / 255])
		}
		return known.get(colour)
	}
})()

const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => c * a + below[i] * (1 - a))

// ground is what lies behind an element's text; null if that is a picture, of which nothing is known.
function ground(el) {
	const layers = []
	for (let e = el; e; e = e.parentElement) {
		const style = getComputedStyle(e)
		if (style.backgroundImage !== 'none') return null
		const colour = rgba(style.backgroundColor)
		layers.push(colour)
		if (colour[3] === 1) break
	}
	return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255])
}

function luminance(colour) {
	const [r, g, b] = colour.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
	return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

// legible checks the colour of one text, as that of an element or of its placeholder.
function legible(el, style, what) {
	const below = ground(el)
	if (!below) return [`${said(el)}: ${what} over a picture, whose contrast nobody knows`]
	let opacity = 1
	for (let e = el; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity)
	const [r, g, b, a] = rgba(style.color)
	const light = [luminance(over([r, g, b, a * opacity], below)), luminance(below)].sort((x, y) => y - x)
	const ratio = (light[0] + 0.05) / (light[1] + 0.05)
	const size = parseFloat(style.fontSize)
	const needed = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700 ? 3 : 4.5
	return ratio < needed ? [`${said(el)}: ${what} has a contrast of ${ratio.toFixed(2)}, not ${needed}`] : []
}

function contrast(root = document.body) {
	const found = []
	const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
	const elements = new Set()
	while (texts.nextNode()) if (texts.currentNode.data.trim()) elements.add(texts.currentNode.parentElement)
	for (const el of elements) {
		if (el.closest('script, style, noscript, option, svg, :disabled, [aria-disabled=true]')) continue
		if (el.checkVisibility({visibilityProperty: true}) && el.getClientRects().length && !hiddenFromEyes(el)) found.push(...legible(el, getComputedStyle(el), 'text'))
	}
	for (const el of [...all(controls, root), ...all('input[type=submit], input[type=button], input[type=reset]', root)].filter(visible)) {
		if (el.matches(':disabled, [type=checkbox], [type=radio], [type=range], [type=color]')) continue
		found.push(...legible(el, getComputedStyle(el), 'text'))
		if (el.placeholder) found.push(...legible(el, getComputedStyle(el, '::placeholder'), 'placeholder'))
	}
	return found
}

// stops are the elements at which Tab stops, in their order in the document. Of the choices of one question it is one.
function stops() {
	const candidates = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable]:not([contenteditable=false])'
	return all(candidates).filter(el => {
		if (!el.checkVisibility({visibilityProperty: true}) || el.matches(':disabled') || el.closest('[inert]') || el.tabIndex < 0) return false
		if (el.matches('summary') && el.parentElement.querySelector('summary') !== el) return false
		if (!el.matches('[type=radio]')) return true
		const group = all('input[type=radio]').filter(r => r.name && r.name === el.name && r.form === el.form && !r.disabled)
		return group.length < 2 || el === (group.find(r => r.checked) ?? group[0])
	})
}

const look = el => {
	const s = getComputedStyle(el)
	return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow]
}

// beginFocus remembers how each stop looks without the focus, and puts that before the first.
function beginFocus() {
	const list = stops()
	document.activeElement?.blur()
	window.onshisimStops = list.map(el => ({el, before: look(el)}))
	document.body.tabIndex = -1
	document.body.focus({preventScroll: true})
	document.body.removeAttribute('tabindex')
	return list.filter(el => el.tabIndex > 0).map(el => `${pathOf(el)}: a tabindex above 0 has its own order`)
}

// focused tells at which stop the focus is: its number, -1 for none of them, -2 for a part that scrolls, and what is wrong with it there.
function focused() {
	const el = document.activeElement
	if (!el || el === document.body || el === document.documentElement) return {at: -1, path: '', found: []}
	const at = window.onshisimStops.findIndex(s => s.el === el)
	if (at < 0) return {at: scrolls(el) ? -2 : -3, path: pathOf(el), found: []}
	const [style, width, colour, shadow] = look(el), before = window.onshisimStops[at].before
	const outlined = style !== 'none' && parseFloat(width) > 0 && rgba(colour)[3] > 0 && [style, width, colour].join() !== before.slice(0, 3).join()
	const found = []
	if (!outlined && (shadow === 'none' || shadow === before[3])) found.push(`${said(el)}: nothing shows that it has the focus`)
	const box = el.getBoundingClientRect()
	if (hiddenFromEyes(el) && !el.labels?.length || box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth) {
		found.push(`${said(el)}: has the focus and can’t be seen`)
	}
	found.push(...contrast(el))
	return {at, path: pathOf(el), found}
}

const scrolls = el => /auto|scroll/.test(getComputedStyle(el).overflowX + getComputedStyle(el).overflowY)

// narrow is what does not fit a phone.
function narrow() {
	const found = []
	const width = document.documentElement.clientWidth
	if (document.documentElement.scrollWidth > width || innerWidth > 375) {
		const wide = seen('body *').filter(el => {
			const own = el.parentElement.closest('*')
			for (let e = own; e && e !== document.body; e = e.parentElement) if (getComputedStyle(e).overflowX !== 'visible') return false
			return el.getBoundingClientRect().right + scrollX > 375.5
		})
		const widest = wide.filter(el => !wide.some(other => other !== el && el.contains(other)))
		found.push(`at 375 px the page scrolls sideways (${document.documentElement.scrollWidth} px): ${widest.slice(0, 5).map(said).join(', ') || 'no viewport is set'}`)
	}
	for (const el of seen(`a[href], button, summary, [role=button], input[type=submit], input[type=button], input[type=reset], ${controls}`)) {
		if (hiddenFromEyes(el) && !el.labels?.length) continue
		const inText = getComputedStyle(el).display === 'inline' && el.matches('a') && [...el.parentElement.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim())
		if (inText || el.matches(':disabled')) continue
		const boxes = [el, ...el.labels ?? []].filter(visible).map(e => e.getBoundingClientRect())
		if (!boxes.some(b => b.width >= 23.9 && b.height >= 23.9)) {
			const b = el.getBoundingClientRect()
			found.push(`${said(el)}: ${Math.round(b.width)}×${Math.round(b.height)} px is less than 24×24 to aim at`)
		}
	}
	return found
}
