// Which pages answer a query, and in what order: those that hold it as it was typed, then those that hold it in other
// words, then those that hold most of it; among them first what is about it.

import { GLOSSARY, guess, key } from './query.js';

// How much it counts that a page of a kind is about a word, and that it mentions it.
const KINDS = {
  family: [1.15, 0.6], measure: [1, 1], indicator: [1.1, 0.7], topic: [0.9, 0.25], place: [1, 0.7], department: [1, 0.4],
  document: [1, 0.8], project: [0.8, 0.8], progress: [0.8, 0.8], plan: [0.9, 0.5], district: [0.8, 0.5],
  chapter: [0.7, 0.5], note: [0.5, 0.4], cascade: [0.5, 0.4], about: [0.5, 0.4], changes: [0.3, 0.2],
};
const BROAD = 8; // measures with a word in their titles, so many that none of them is meant
const OVERVIEW = 1.6; // of pages that show them together
const COUNTED = 1.5; // of indicators where a number is asked for
const HELP = ['about', 'changes']; // pages about this site, which come last
const NOTES = ['note', 'notes', 'plan-notes']; // by editors, which come last if no other page holds the query as typed
const LISTS = ['topic', 'department', 'cascade']; // pages of short items, where words stand near each other by chance
const OTHER_WORD = 0.75; // worth of a word that means the same as the one typed
const BY_BODY = 0.5; // worth of a page whose responsible body is meant
const NOTED = 0.25; // worth of a word that stands in the notes of a measure only
const TITLE = 2.2;
const COVERED = 2; // of a title that says nothing else
const LEAD = 0.8;
const OWN_PAGE = 3; // of the page about a word
const TOPIC = 0.5; // of measures filed under the topic that a word names
const OF_PLAN = 0.5; // as much of the page of the district that has the plan
const OWN_PLAN = 3; // of pages of the plan that the query names
const OTHER_PLANS = 0.6; // of pages about several others
const WEAK = 0.15; // of words that say little beside others
const NEAR = { zh: [120, 24], en: [30, 6] }; // words within which the parts of a query belong together; on such pages
const ENOUGH = 0.3; // of the weight of a question that a page must hold

const sum = (numbers) => numbers.reduce((one, two) => one + two, 0);
const escape = (text) => ` ${text} `;
const within = (name, word) => escape(name).includes(escape(key(word)));

/** One part of a query in the index: its weight and row → {worth, word, places}. */
async function match(index, part) {
  const rows = new Map();
  const put = (row, worth, word, places) => {
    const known = rows.get(row);
    if (!known) rows.set(row, { worth, word, places: [...places], words: [word] });
    else {
      known.places.push(...places);
      known.words.push(word);
    }
  };
  for (const [row, places] of await index.find(part.text)) put(row, 1, part.text, places);
  const own = key(part.text);
  const named = part.entries.filter((entry) => !entry.departments.length); // bodies are found by their filter
  const words = new Set(named.flatMap((entry) => entry.words).filter((word) => key(word) !== own));
  const others = [...words].filter((word) => !rows.size || !within(key(word), part.text));
  const found = await Promise.all(others.map(async (word) => [word, await index.find(word)]));
  for (const [word, places] of found) for (const [row, list] of places) put(row, OTHER_WORD, word, list);
  const bodies = new Set(part.entries.flatMap((entry) => entry.departments));
  if (bodies.size) {
    index.pages.forEach(({ filters }, row) => {
      if (!rows.has(row) && filters.department?.some((id) => bodies.has(id))) put(row, BY_BODY, '', []);
    });
  }
  const weight = Math.max(0.3, Math.log((index.pages.length + 1) / (rows.size + 0.5))) * (part.weak ? WEAK : 1);
  const pages = new Set(part.entries.flatMap((entry) => entry.pages).map((page) => page.split('#')[0]));
  const topics = new Set([...pages].filter((page) => page.startsWith('topics/')).map((page) => page.split('/')[1]));
  return { part, rows, weight, pages, topics };
}

/** The parts of a query, unknown ones cut into words that stand in some page; those that no page has as a whole are
    marked as `absent`. */
async function matchAll(index, asked) {
  const matches = await Promise.all(asked.parts.map(async (part) => {
    const whole = await match(index, part);
    if (whole.rows.size || !part.open) return [whole];
    part.absent = true;
    const words = guess(part.text);
    if (words.length < 2) return [whole];
    return Promise.all(words.map((text) => match(index, { text, entries: [], lone: text.length === 1 })));
  }));
  const names = await Promise.all(asked.names.map((name) => match(index, name)));
  const found = [...matches.flat(), ...names];
  return asked.asks ? found.filter(({ part }) => !part.lone) : found;
}

/** Whether one stretch of a page holds a word of every part. */
function together(hits, near) {
  const places = hits.flatMap((hit, number) => hit.places.map(([start]) => [start, number]));
  places.sort(([one], [two]) => one - two);
  const counts = new Map();
  let from = 0;
  for (const [start, number] of places) {
    counts.set(number, (counts.get(number) ?? 0) + 1);
    for (; start - places[from][0] > near; from += 1) {
      const gone = places[from][1];
      if (counts.get(gone) === 1) counts.delete(gone);
      else counts.set(gone, counts.get(gone) - 1);
    }
    if (counts.size === hits.length) return true;
  }
  return false;
}

/** How much of a title the words of a query make up, 0 to 1. */
function share(name, words) {
  const all = name.split(' ');
  const used = new Set(words.filter((word) => within(name, word)).flatMap((word) => key(word).split(' ')));
  return all.filter((word) => used.has(word)).length / Math.max(1, all.length);
}

/** What stands at the place that a query names: rows in the order of the plans. */
function located(index, { locator, plan }) {
  if (!locator) return [];
  const chapter = locator.chapter && `chapters/${locator.chapter}/`;
  return [...index.pages.keys()].filter((row) => {
    const page = index.pages[row];
    if (plan && !page.filters.plan?.includes(plan)) return false;
    return chapter ? page.path.startsWith('plans/') && page.path.endsWith(chapter) : page.locator === locator.measure;
  });
}

/** How well a title fits what was typed: 0 it is it, 1 begins with it, 2 holds it, 3 does not. */
function titleFit(name, { text }) {
  const typed = key(text);
  if (name === typed) return 0;
  if (escape(name).startsWith(escape(typed))) return 1;
  return text.split(/\s+/u).every((part) => within(name, part)) ? 2 : 3;
}

/** The page of the plan that a query names and nothing beside it. */
function planNamed(index, { plan, parts, whole }) {
  const named = whole.flatMap(({ pages }) => pages).find((page) => /^plans\/[^/]+\/$/u.test(page));
  const page = plan && `plans/${plan}/`;
  return page && parts.every(({ text }) => within(key(index.titles.get(page) ?? ''), text)) ? page : named;
}

/** Puts a number on how much a page is about what was asked. */
class Scale {
  constructor(index, asked, matches) {
    Object.assign(this, { index, asked, matches });
    this.parts = matches.filter(({ part }) => !part.covers);
    this.names = matches.filter(({ part }) => part.covers);
    this.total = sum(this.parts.map(({ weight }) => weight));
    this.wanted = this.parts.filter(({ part }) => !part.weak);
    this.plan = planNamed(index, asked);
    this.broad = this.wanted.length > 0 && this.wanted.every((match) => this.#titled(match) > BROAD);
    this.average = sum(index.pages.map(({ words }) => words)) / index.pages.length;
  }

  /** The page of a row as an answer, or nothing. `literal` are its places of the whole query. */
  weigh(row, literal) {
    const { index, asked, matches } = this;
    const page = index.pages[row];
    const { path } = page;
    const kind = page.filters.kind?.[0];
    const [about, mention] = KINDS[kind] ?? [0.5, 0.4];
    const name = key(page.title);
    const isTitled = ({ rows }) => rows.get(row).words.some((word) => within(name, word));
    const strength = (match) => match.weight
      * this.#strength(page, match.rows.get(row), isTitled(match), about, mention);
    const held = this.#held(row, strength);
    const answered = new Set(held.flatMap(({ part }) => [part, ...(part.covers ?? [])]));
    const strong = this.wanted.filter(({ rows }) => rows.has(row));
    const hits = held.map(({ rows }) => rows.get(row));
    const own = held.length ? this.#own(page) : this.#own(page) * 0.5;
    const weight = sum(this.parts.filter(({ part }) => answered.has(part)).map((match) => match.weight));
    const complete = held.length > 0 && this.wanted.every(({ part }) => answered.has(part));
    const main = strong.map(({ rows }) => rows.get(row));
    const close = main.length < 2 || main.some(({ places }) => !places.length)
      || together(main, NEAR[index.chinese ? 'zh' : 'en'][LISTS.includes(kind) ? 1 : 0]);
    const enough = asked.asks ? weight >= ENOUGH * this.total : complete && (close || held.some(isTitled));
    if (!literal && !enough && !own) return undefined;
    const words = hits.flatMap((hit) => hit.words);
    let score = sum(held.map(strength));
    score *= this.total ? (weight / this.total) * (close ? 1 : 0.6) : 1;
    score += about * COVERED * weight * share(name, literal ? [...words, asked.text] : words) + own;
    if (this.broad && ['topic', 'family'].includes(kind) && held.some(isTitled)) score *= OVERVIEW;
    if (asked.counts && kind === 'indicator') score *= COUNTED;
    const alone = path.startsWith('plans/') || page.filters.plan?.length === 1;
    const named = asked.plan && page.filters.plan?.includes(asked.plan);
    if (asked.plan && named && alone) score *= OWN_PLAN;
    if (asked.plan && !named && !alone) score *= OTHER_PLANS;
    const defined = asked.defines && path === GLOSSARY && own > 0;
    return {
      row,
      score,
      tier: literal ? 0 : complete ? 1 : 2,
      fit: literal ? titleFit(name, asked) : 3,
      defined,
      last: HELP.includes(kind) && !defined && !(literal && titleFit(name, asked) < 2),
      note: NOTES.includes(kind),
      meant: asked.whole.some((entry) => entry.lead && entry.pages.includes(path)),
      elsewhere: Boolean(asked.plan && alone && !named),
      places: [...(literal ?? []), ...hits.flatMap((hit) => hit.places)],
      found: held.map((match) => match.part.text),
      through: literal ? [] : held.filter(({ rows }) => rows.get(row).worth < 1)
        .map(({ part, rows }) => ({ typed: part.text, word: shortest(rows.get(row).words) })),
    };
  }

  /** How many measures have a word in their titles. */
  #titled({ rows }) {
    const { pages } = this.index;
    return [...rows].filter(([row, { words }]) => pages[row].filters.kind?.includes('measure')
      && words.some((word) => within(key(pages[row].title), word))).length;
  }

  /** The parts that a page holds; a name in place of those that make it up where it counts for more. */
  #held(row, strength) {
    let held = this.parts.filter(({ rows }) => rows.has(row));
    for (const name of this.names.filter(({ rows }) => rows.has(row))) {
      const covered = held.filter(({ part }) => name.part.covers.includes(part));
      if (strength(name) > sum(covered.map(strength))) held = [...held.filter((match) => !covered.includes(match)), name];
    }
    return held;
  }

  #strength({ leading, own, words }, hit, titled, about, mention) {
    const said = hit.places.filter(([start]) => start < own);
    const often = (Math.log(1 + hit.places.length) * 0.5) / (0.7 + 0.3 * Math.min(4, words / this.average));
    const leads = hit.places.some(([start]) => start < leading);
    const worth = hit.places.length && !said.length ? NOTED * hit.worth : hit.worth;
    return worth * (mention * (0.6 + often) + (leads ? mention * LEAD : 0) + (titled ? about * TITLE : 0));
  }

  /** What a page counts because it is the one about a word, or filed under its topic. */
  #own({ path, title, filters }) {
    const { asked, matches } = this;
    let own = 0;
    for (const { part, pages, topics, weight } of matches) {
      if (part.covers && matches.some((match) => part.covers.includes(match.part) && match.pages.has(path))) continue;
      if (pages.has(path) && (asked.defines || !path.startsWith('about/'))) own += OWN_PAGE * weight;
      else if (filters.kind?.includes('measure') && filters.topic?.some((id) => topics.has(id))) own += TOPIC * weight;
    }
    const ofPlan = filters.kind?.includes('district') && filters.plan?.includes(this.plan?.split('/')[1]);
    return own + OWN_PAGE * this.total * (path === this.plan ? 1 : ofPlan ? OF_PLAN : 0);
  }
}

/** The word that surely is what others say, too: straw of crop straw; none if it is the body that is meant. */
const shortest = (words) => words.reduce((one, two) => (two && two.length < one.length ? two : one), words[0]);

/** Row → places of the query as typed. The words that ask are looked up first: they hardly stand in documents. */
async function findLiteral(index, { text, literal, asking, locator }) {
  if (locator && locator.text !== text) return new Map();
  for (const word of asking) if (!(await index.find(word)).size) return new Map();
  return index.find(literal);
}

/** Whether a query is in words of the language that the pages are not in, which stand there by chance: in a name, in an
    address. Terms such as PM2.5 and VOCs are no words in this sense. */
function inOtherLanguage(index, text) {
  return index.chinese ? /^[A-Za-z][a-z]+(?:[ '’-][A-Za-z]?[a-z]+)*$/u.test(text.trim()) : /\p{Script=Han}/u.test(text);
}

/** Tells which part of the list each result belongs to: `typed` holds the query as typed, `other` does not; `aside` are
    notes and explanations that hold it, if there is anything else; `meant` is what an everyday word is known to mean
    where no page is named after it. */
function divide(results) {
  const typed = results.filter(({ tier, foreign }) => tier === 0 && !foreign);
  const named = typed.some(({ fit }) => fit < 3);
  const plain = typed.some(({ last, note }) => !last && !note);
  const onlyNotes = !plain && results.length > typed.length;
  for (const result of results) {
    const late = onlyNotes || (plain && result.last);
    if (typed.includes(result)) result.part = late ? 'aside' : 'typed';
    else result.part = result.meant && plain && !named ? 'meant' : 'other';
  }
}

const PARTS = ['meant', 'typed', 'other', 'aside'];

/** The pages that answer a query, the best first:
    [{row, tier, part, score, places, found, through}]: `tier` 0 as typed, 1 all of it in other words or apart, 2 most of
    it; `part` where it stands in the list, as `divide` says;
    `foreign` that the query is in the other language, so that a page which holds it is no better than the others;
    `found` its parts that the page holds; `through` the words found for others typed, [{typed, word}], no word if it is
    the body that is meant; `placed` that it stands at the place named. Beside them `missing`, parts that no page has. `lenient` passes over one such part beside others that are known. */
export async function search(index, asked, { lenient = false } = {}) {
  const placed = located(index, asked);
  const literal = await findLiteral(index, asked);
  const matches = await matchAll(index, asked);
  const wanting = matches.filter(({ rows, part }) => (!rows.size && !part.weak && !part.covers) || part.lone);
  const missing = wanting.map(({ part }) => part.text);
  const known = matches.filter(({ rows, part }) => rows.size && !part.lone);
  const named = known.some(({ part }) => part.entries.some(({ pages, lead }) => pages.length && !lead));
  const most = lenient && named && wanting.length === 1 && (wanting[0].part.lone || known.length > 1);
  const partly = asked.asks || most;
  const candidates = new Set(literal.keys());
  if (!missing.length || partly) {
    const own = new Set(known.flatMap(({ pages }) => [...pages]));
    known.forEach(({ rows }) => [...rows.keys()].forEach((row) => candidates.add(row)));
    index.pages.forEach(({ path }, row) => { if (own.has(path)) candidates.add(row); });
  }
  const scale = new Scale(index, asked, partly ? known : matches);
  const results = [...candidates].filter((row) => !placed.includes(row))
    .map((row) => scale.weigh(row, literal.get(row))).filter(Boolean);
  if (inOtherLanguage(index, asked.text)) results.forEach((result) => Object.assign(result, { foreign: true, fit: 3 }));
  divide(results);
  const rank = ({ part, defined, last, elsewhere }) => (
    20 * PARTS.indexOf(part) + (defined ? -9 : 0) + (last ? 4 : 0) + (elsewhere ? 2 : 0));
  results.sort((one, two) => (
    rank(one) - rank(two) || one.fit - two.fit || two.score - one.score || one.row - two.row));
  const first = placed.map((row) => (
    { row, tier: 0, part: 'typed', score: 0, places: [], found: [], through: [], placed: true }));
  return { results: [...first, ...results], missing: literal.size ? [] : missing };
}
