package population

// membership is one of a person's memberships (資格) in numbers. The certificate may be somebody else's in the
// household.
type membership struct {
	from, to day // the first day, and the first on which it is over
	certificate
	dwelling dwelling
}

const (
	segments   = 4 // that a holder can have, the elderly scheme's not counted
	ownSegment = 3 // of dependants who came to have a certificate of their own
)

// memberships are a person's, in the order of acquisition.
type memberships struct {
	all   [4]membership
	count int
}

func (m *memberships) add(one membership) {
	if one.from < one.to {
		m.all[m.count] = one
		m.count++
	}
}

func (m *memberships) list() []membership { return m.all[:m.count] }

func (m *memberships) last() *membership { return &m.all[m.count-1] }

// The purposes for which a number is drawn for a person.
const (
	drawFirstJob = iota
	drawRetirement
	drawJobs
	drawEmployer // one for each job
	_
	_
	drawWorks
	drawLimit
	drawDisease
	drawCard
	drawRegistered
	drawProxy
	drawConditions
	drawPurposes = 16
)

func (r *resident) drawing(purpose int) uint64 { return uint64(r.index*drawPurposes + purpose) }

// on tells which membership is in force on a day; the first one if none is yet.
func (m *memberships) on(d day) (which int, ok bool) {
	for i := range m.list() {
		if m.all[i].from <= d && d < m.all[i].to {
			return i, true
		}
	}
	return 0, false
}

// firstJob is when work begins: on a 1 April between the 18th and the 24th birthday. Who lives on their own income works
// from 18 if that is still to come. Nobody begins on AsOf, when offices would still have to be told.
func (n *Nation) firstJob(r *resident) day {
	begins := r.born.aprilFrom(18 + int(n.keys.work.below(r.drawing(drawFirstJob), 6)))
	if begins >= asOf && r.role != child {
		return r.born.aprilFrom(18)
	}
	return begins
}

// becomesElderly is the day from which the elderly scheme covers somebody: the 75th birthday (後期高齢者医療), or never as
// far as is known.
func (r *resident) becomesElderly() day {
	if at := r.born.turns(75); at <= asOf {
		return at
	}
	return never
}

// career is the memberships of somebody who is insured on their own account: up to two changes of employer, municipal
// insurance from retirement on, the elderly scheme in the end.
func (n *Nation) career(r *resident) (m memberships) {
	elderly := r.becomesElderly()
	retires := r.born.turns(60 + int(n.keys.work.below(r.drawing(drawRetirement), 6))).monthBegin()
	if retires > asOf {
		retires = never
	}
	n.addJobs(&m, r, n.firstJob(r), retires)
	if retires < never {
		m.add(membership{from: retires, to: elderly, certificate: certificate{municipal(r.town), r.index, m.count}})
	}
	m.add(membership{from: elderly, to: never, certificate: certificate{elder(r.town), r.index, 0}})
	return m
}

// addJobs adds one to three jobs that follow each other; of the long past only the last is on file.
func (n *Nation) addJobs(m *memberships, r *resident, begins, ends day) {
	until := min(ends, asOf)
	count := 1
	switch share := n.keys.work.draw(r.drawing(drawJobs)) % 10; {
	case share >= 8:
		count = 3
	case share >= 5:
		count = 2
	}
	switch age := r.born.ageOn(asOf); {
	case age >= 75:
		count = 1
	case age >= 60:
		count = min(count, 2)
	}
	if until-begins < day(count*2*365) {
		count = 1
	}
	part := (until - begins) / day(count)
	for i := range count {
		draws := n.keys.work.draw(r.drawing(drawEmployer + i))
		to, isPast := ends, ends < never
		if i < count-1 {
			to, isPast = (begins + part*day(i+1) + part/4 - day(draws>>33)%(part/2)).monthBegin(), true
		}
		from := begins
		if i > 0 {
			from = m.last().to
		}
		job := membership{from: from, to: to, certificate: certificate{employer(r.town, draws), r.index, i}}
		if job.insurer.isMunicipal() && isPast && draws>>60&1 == 1 {
			job.dwelling = formerly + dwelling(i)
			job.insurer = municipal(townOf(r.town, job.dwelling))
		}
		m.add(job)
	}
}

// employer is the insurer that comes with a job in a town, or without one. Shares are about those of Japan's workers.
func employer(town int, draws uint64) insurer {
	switch share := draws % 100; {
	case share < 44:
		return association(town)
	case share < 77:
		return company(town, int(draws>>8)%companiesPerTown)
	case share < 87:
		return mutual(town)
	}
	return municipal(town)
}
