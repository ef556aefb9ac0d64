// How a person finds something on a page: by its name and its text. What is not found, or is found twice, is an error that says
// what there is instead.

const squeezed = text => (text ?? '').replace(/\s+/g, ' ').trim()

const text = () => squeezed(document.body?.innerText)

const visible = el => el.checkVisibility({visibilityProperty: true, opacityProperty: true}) && el.getClientRects().length > 0

// nameOf is what an element is called by those who can't see it, near enough to the standard's computation.
function nameOf(el, within) {
	const by = (el.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean)
	if (by.length && !within) return squeezed(by.map(id => document.getElementById(id)).filter(Boolean).map(e => nameOf(e, true)).join(' '))
	const own = squeezed(el.getAttribute('aria-label'))
	if (own) return own
	if (!within && el.labels?.length) return squeezed([...el.labels].map(l => contentOf(l, el)).join(' '))
	if (el.matches('img, input[type=image]')) return squeezed(el.alt || el.title)
	if (el.matches('input[type=submit], input[type=button], input[type=reset]')) return squeezed(el.value || el.title)
	if (el.matches('svg')) return squeezed(el.querySelector('title')?.textContent)
	if (el.matches('input, select, textarea')) return squeezed(el.title)
	if (el.matches('fieldset')) return squeezed(el.querySelector('legend')?.textContent)
	return contentOf(el) || squeezed(el.getAttribute('title'))
}

function contentOf(el, control) {
	const parts = [...el.childNodes].map(node => {
		if (node.nodeType === Node.TEXT_NODE) return node.data
		if (node.nodeType !== Node.ELEMENT_NODE || node === control || node.matches('[aria-hidden=true], script, style, select, textarea')) return ''
		if (getComputedStyle(node).display === 'none') return ''
		const inside = nameOf(node, true)
		return getComputedStyle(node).display.startsWith('inline') ? inside : ` ${inside} `
	})
	return squeezed(parts.join(''))
}

// theOne is the one of several elements with a name; the whole name counts before a part of it.
function theOne(what, name, elements, namesOf) {
	const wanted = squeezed(name)
	const exact = elements.filter(el => namesOf(el).includes(wanted))
	const found = exact.length ? exact : elements.filter(el => namesOf(el).some(n => n.includes(wanted)))
	if (found.length === 1) return found[0]
	const there = [...new Set(elements.flatMap(namesOf).filter(Boolean))].map(n => `"${n}"`).join(', ')
	throw new Error(`${found.length || 'no'} ${what} "${name}"; there are: ${there || 'none'}`)
}

// part is the smallest row, item or section with a text.
function part(text) {
	const wanted = squeezed(text)
	const found = [...document.querySelectorAll('tr, li, dd, article, section, fieldset, form, details, dialog')]
		.filter(el => visible(el) && squeezed(el.innerText).includes(wanted))
	const smallest = found.filter(el => !found.some(other => other !== el && el.contains(other)))
	if (smallest.length === 1) return smallest[0]
	throw new Error(`${smallest.length || 'no'} rows, items or sections with "${text}"`)
}

// actor is the link or button with a name.
function actor(name, within) {
	const kinds = 'a[href], button, summary, input[type=submit], input[type=button], input[type=reset], input[type=image], [role=button], [role=link], [role=tab]'
	const all = [...(within === null ? document : part(within)).querySelectorAll(kinds)].filter(visible)
	return theOne('links or buttons', name, all, el => [nameOf(el), squeezed(el.innerText)])
}

const controls = 'input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image]), select, textarea'

// control is what a label belongs to. A fieldset is the question of its choices.
function control(label) {
	const groups = [...document.querySelectorAll('fieldset, [role=radiogroup], [role=group]')].filter(g => g.querySelector('input[type=radio], input[type=checkbox]'))
	const all = [...document.querySelectorAll(controls)].filter(el => visible(el) || [...el.labels ?? []].some(visible))
	return theOne('controls', label, [...all, ...groups.filter(visible)], el => [nameOf(el)])
}

const choices = group => [...group.querySelectorAll('input[type=radio], input[type=checkbox]')]

const tickable = el => el.matches('input[type=radio], input[type=checkbox]')

// choice is the box or the button that a value is chosen by.
function choice(label, value) {
	const el = control(label)
	return tickable(el) ? el : theOne('choices', value, choices(el), c => [nameOf(c)])
}

// fill gets a control ready and tells what is still to be done with it.
function fill(label, value) {
	const el = control(label)
	if (el.matches(':disabled') || el.readOnly) throw new Error('nobody can fill it')
	if (tickable(el)) {
		if (!['on', 'off'].includes(value)) throw new Error('a box is ticked by "on" and cleared by "off"')
		return el.checked === (value === 'on') ? 'done' : 'click'
	}
	if (!el.matches(controls)) return choice(label, value).checked ? 'done' : 'click'
	if (el.matches('select, input[type=date], input[type=time], input[type=month], input[type=datetime-local], input[type=color], input[type=range]')) return 'set'
	el.scrollIntoView({block: 'center', behavior: 'instant'})
	el.focus()
	el.select()
	return 'type'
}

// set gives a value to what nobody types into as a whole, and tells the page as the browser does.
function set(label, value) {
	const el = control(label)
	el.focus()
	if (el.matches('select')) {
		theOne('choices', value, [...el.options], o => [squeezed(o.label), o.value]).selected = true
	} else {
		Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(el, value)
		if (el.value !== value) throw new Error(`it does not take "${value}"`)
	}
	el.dispatchEvent(new Event('input', {bubbles: true}))
	el.dispatchEvent(new Event('change', {bubbles: true}))
}

function valueOf(label) {
	const el = control(label)
	if (tickable(el)) return el.checked ? 'on' : 'off'
	if (!el.matches(controls)) return choices(el).filter(c => c.checked).map(c => nameOf(c)).join(', ')
	return el.matches('select') ? squeezed(el.selectedOptions[0]?.label) : el.value
}

// middle is where a mouse clicks an element, or the label of one that can't be seen.
function middle(el) {
	const aim = visible(el) ? el : [...el.labels ?? []].find(visible)
	if (!aim) throw new Error('it can’t be seen')
	if (el.matches(':disabled, [aria-disabled=true]')) throw new Error('it is disabled')
	aim.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'})
	const box = aim.getClientRects()[0] // of a link over two lines, the first
	const x = box.x + box.width / 2, y = box.y + box.height / 2
	const over = document.elementFromPoint(x, y)
	if (over && (aim.contains(over) || over.contains(aim) && over.closest('label, a, button') || over.closest('label')?.control === el)) return {x, y}
	throw new Error(`a mouse does not reach it: ${over?.outerHTML.slice(0, 120) ?? 'nothing'} is there`)
}

// appears waits for a text.
const appears = wanted => new Promise(resolve => {
	const there = () => text().includes(squeezed(wanted))
	if (there()) return resolve(true)
	const observer = new MutationObserver(() => {
		if (!there()) return
		observer.disconnect()
		resolve(true)
	})
	observer.observe(document, {subtree: true, childList: true, characterData: true, attributes: true})
})

function isAbsent(unwanted) {
	if (text().includes(squeezed(unwanted))) throw new Error('it is there')
	return true
}
