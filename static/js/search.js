// The search page. Chinese is indexed one character a word (plansite/search_text.py), so a query is looked up as the
// phrase of its characters; English goes to Pagefind as typed. Every text comes from the attributes of [data-search].

const SITE = new URL('../', import.meta.url);
const STEP = 10; // results of a group at first, and more at each press of its button
const PAUSE = 250; // milliseconds without typing before a search
const LONGEST = 8; // characters of a piece of a query that no page has as a whole
const NEAR = 20; // words of an English page within which matches count as one passage
const WIDTH = 140; // length of an excerpt of a Chinese page; between two characters there is a word boundary, too
const LEAD = 20; // how much of it stands before the match

const root = document.querySelector('[data-search]');
const texts = root.dataset;
const box = document.querySelector('form[role="search"] input');
const filters = root.querySelector('[data-search-filters]');
const selects = [...filters.querySelectorAll('select')];
const kinds = selects.find((select) => select.name === 'kind');
const status = root.querySelector('[data-search-status]');
const list = root.querySelector('[data-search-results]');
const empty = root.querySelector('[data-search-empty]');
const other = root.querySelector('[data-search-other]');
const index = document.querySelector('[data-search-index]');
const chinese = document.documentElement.lang.startsWith('zh');

// --- the index -------------------------------------------------------------------------------------------------------

let opened;

/** Pagefind, and `pages`: id → title and filters {name: [value]}. Loaded once, when first needed. */
function open() {
  opened ??= load().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function load() {
  const address = new URL(`pagefind/pages.${document.documentElement.lang.toLowerCase()}.json`, SITE);
  const [pagefind, answer] = await Promise.all([
    import(new URL('pagefind/pagefind.js', SITE)),
    fetch(address, { cache: 'no-cache' }),
  ]);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const table = await answer.json();
  const rows = table.titles.map((title) => ({ title, filters: {} }));
  for (const [name, values] of Object.entries(table.filters)) {
    for (const [value, numbers] of Object.entries(values)) {
      for (const number of numbers) (rows[number].filters[name] ??= []).push(value);
    }
  }
  await pagefind.options({ baseUrl: SITE.pathname, excerptLength: 30 });
  await pagefind.init();
  return { pagefind, pages: new Map(table.ids.map((id, number) => [id, rows[number]])) };
}

// --- looking up ------------------------------------------------------------------------------------------------------

const CARRIERS = '\u3400\u3401\u3402'; // of the signs . % / as in plansite/search_text.py
const GRADES = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ', IV: 'Ⅳ', V: 'Ⅴ' };
const HAN = '\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff';
const TOKEN = new RegExp(`[${HAN}]|[a-z0-9]+|[\\p{L}\\p{N}]`, 'giu');
const WORD = new RegExp(`[${HAN}]|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, 'gu');

/** Full-width letters, digits and signs as half-width ones. */
const narrow = (text) => text.replace(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** A query as the documents spell it: half-width, and grades of water (III类) with the signs that few can type. */
const spelt = (query) => narrow(query)
  .replace(/(?<![a-z])(?:iv|v|i{1,3})(?=类)/giu, (grade) => GRADES[grade.toUpperCase()]);

/** Signs within numbers and units as the Han characters they are indexed as, and back. */
const carry = (text) => text
  .replace(/(?<=\d)\.(?=\d)|(?<=\d)%|(?<=[\p{L}\p{N}])\/(?=[\p{L}\p{N}])/gu, (sign) => CARRIERS['.%/'.indexOf(sign)]);
const restore = (text) => text.replace(/[\u3400-\u3402]/gu, (sign) => '.%/'[CARRIERS.indexOf(sign)]);

/** The tokens of a query in runs with no space or sign between them: "2025年 秸秆" is [[2025, 年], [秸, 秆]]. */
const runs = (text) => carry(text).split(/[^\p{L}\p{N}]+/u).map((run) => run.match(TOKEN) ?? [])
  .filter((run) => run.length);

/** A run as a phrase for Pagefind; a lone Latin word stays open to its longer forms. */
const phrase = (run) => (run.length === 1 && /^[a-z][a-z0-9]*$/iu.test(run[0]) ? run[0] : `"${run.join(' ')}"`);

/** Pages that hold every run as a phrase: id → result. */
async function holding(pagefind, parts) {
  const found = await Promise.all(parts.map((run) => pagefind.search(phrase(run))));
  const maps = found.map(({ results }) => new Map(results.map((result) => [result.id, result])));
  return maps.reduce((some, more) => new Map([...some].filter(([id]) => more.has(id))));
}

/** A run cut, from left to right, into the longest pieces that stand in any page: 秸秆焚烧 is 秸秆, 焚烧. */
async function cut(pagefind, run) {
  const found = [];
  for (let start = 0; start < run.length; start += found.at(-1).length) {
    let end = Math.min(run.length, start + LONGEST);
    while (end > start + 1 && !(await pagefind.search(phrase(run.slice(start, end)))).results.length) end -= 1;
    found.push(run.slice(start, end));
  }
  return found.filter((piece) => piece.length > 1 || piece[0].length > 1);
}

/** For a query that no page has: the pages that hold half of it or more in pieces, those with most of it first. */
async function searchPieces(pagefind, parts) {
  const all = (await Promise.all(parts.map((run) => cut(pagefind, run)))).flat();
  const held = new Map();
  for (const text of new Set(all.map((piece) => piece.join(' ')))) {
    for (const result of (await pagefind.search(`"${text}"`)).results) {
      const page = held.get(result.id) ?? { result, pieces: [], size: 0 };
      page.pieces.push(restore(text.replaceAll(' ', '')));
      page.size += text.split(' ').length;
      held.set(result.id, page);
    }
  }
  const enough = [...held.values()].filter(({ size }) => size * 2 >= parts.flat().length);
  return {
    results: enough.sort((one, two) => two.size - one.size).map(({ result }) => result),
    pieces: new Map(enough.map(({ result, pieces }) => [result.id, pieces])),
  };
}

/** The pages that hold the query's phrases. Phrases come unranked; the order is that of a search for the characters. */
async function searchChinese(pagefind, query) {
  const parts = runs(query);
  if (!parts.length) return NOTHING;
  const ranking = pagefind.search(parts.flat().join(' '));
  const hits = await holding(pagefind, parts);
  if (!hits.size) return searchPieces(pagefind, parts);
  const ids = new Set([...(await ranking).results.map((result) => result.id), ...hits.keys()]);
  return { ...NOTHING, results: [...ids].filter((id) => hits.has(id)).map((id) => hits.get(id)) };
}

/** Pagefind's own search, but nothing if a word is in no page: Pagefind would take a shorter word in its place. */
async function searchEnglish(pagefind, query) {
  for (const word of query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    if ((await pagefind.search(`"${word}"`)).results.length) continue;
    const [first] = (await pagefind.search(word)).results;
    if (!first || !(await first.data()).content.toLowerCase().includes(word)) return NOTHING;
  }
  return { ...NOTHING, results: (await pagefind.search(query)).results };
}

const NOTHING = { results: [], pieces: new Map() };

async function search(pagefind, query) {
  if (!query) return { ...NOTHING, results: (await pagefind.search(null)).results };
  return chinese ? searchChinese(pagefind, query) : searchEnglish(pagefind, query);
}

/** Words with one space before each, so that spellings which differ in signs and spaces compare alike. */
const plain = (text) => (narrow(text).toLowerCase().match(WORD) ?? []).map((word) => ` ${word}`).join('');

/** How well a title fits: 0 it is the query, 1 begins with it, 2 holds its parts, 3 does not. */
function fit(title, query) {
  const [name, asked] = [plain(title), plain(query)];
  if (!asked) return 3;
  if (name === asked) return 0;
  if (name.startsWith(asked)) return 1;
  return query.split(/\s+/u).every((part) => name.includes(plain(part))) ? 2 : 3;
}

// --- the query and the filters, in the address -----------------------------------------------------------------------

const query = () => box.value.trim();
const chosen = () => selects.filter((select) => select.value);

function readAddress() {
  const asked = new URLSearchParams(location.search);
  box.value = asked.get('q') ?? '';
  for (const select of selects) {
    select.value = asked.get(select.name) ?? '';
    if (select.selectedIndex < 0) select.value = '';
  }
}

function writeAddress(change) {
  const asked = new URLSearchParams(chosen().map((select) => [select.name, select.value]));
  const text = new URLSearchParams([...(query() ? [['q', query()]] : []), ...asked]).toString();
  history[change](null, '', text ? `?${text}` : location.pathname);
}

/** Whether an option keeps a page. An option may stand for several values; "other" for all that no option names. */
function keeps(select, option, page) {
  const own = page.filters[select.name] ?? [];
  const values = (one) => (one.dataset.values ?? one.value).split(' ');
  if (option.value !== 'other') return values(option).some((value) => own.includes(value));
  const named = [...select.options].flatMap(values);
  return own.some((value) => !named.includes(value));
}

/** The results that all chosen options keep. Each option then says how many it keeps beside the choices elsewhere. */
function narrowDown(results, pages) {
  const passes = (result, but) => chosen()
    .every((select) => select === but || keeps(select, select.selectedOptions[0], pages.get(result.id)));
  for (const select of selects) {
    const possible = results.filter((result) => passes(result, select));
    for (const option of select.options) {
      if (option.value) label(option, possible.filter((result) => keeps(select, option, pages.get(result.id))).length);
    }
  }
  return results.filter((result) => passes(result));
}

function label(option, count) {
  option.dataset.name ??= option.textContent;
  option.textContent = count === undefined ? option.dataset.name : `${option.dataset.name} (${count})`;
  option.disabled = count === 0 && !option.selected;
}

// --- showing ---------------------------------------------------------------------------------------------------------

let turn = 0; // number of the newest search; an older one that comes in late is dropped

async function run() {
  const mine = turn += 1;
  const asked = spelt(query());
  index.hidden = Boolean(asked || chosen().length);
  if (!index.hidden) return clear('');
  status.textContent ||= texts.loading;
  list.ariaBusy = 'true';
  try {
    const { pagefind, pages } = await open();
    const { results, pieces } = await search(pagefind, asked);
    if (mine !== turn) return;
    const kept = narrowDown(results, pages);
    const groups = grouped(kept, pages, asked);
    const sections = await Promise.all(groups.map((group) => section(group, pages, asked, pieces)));
    if (mine !== turn) return;
    list.replaceChildren(...sections);
    list.ariaBusy = 'false';
    empty.hidden = kept.length > 0;
    other.search = asked ? new URLSearchParams({ q: asked }) : '';
    status.textContent = kept.length === 0 ? texts.countNone : kept.length === 1 ? texts.countOne
      : texts.countMany.replace('{count}', kept.length);
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    index.hidden = false;
    clear(texts.failed);
  }
}

function clear(message) {
  list.replaceChildren();
  list.ariaBusy = 'false';
  empty.hidden = true;
  status.textContent = message;
  selects.forEach((select) => [...select.options].forEach((option) => label(option)));
}

/** Pages with the query in their title, then the others by kind, in the order of the first select. */
function grouped(results, pages, asked) {
  const fits = new Map(results.map(({ id }) => [id, asked ? fit(pages.get(id).title, asked) : 3]));
  const titled = results.filter(({ id }) => fits.get(id) < 3).sort((one, two) => fits.get(one.id) - fits.get(two.id));
  const rest = results.filter(({ id }) => fits.get(id) === 3);
  const byKind = [...kinds.options].filter((option) => option.value).map((option) => (
    { heading: option.dataset.name, results: rest.filter(({ id }) => keeps(kinds, option, pages.get(id))) }));
  return [{ heading: texts.titled, results: titled }, ...byKind].filter((group) => group.results.length);
}

const copyOf = (name) => root.querySelector(`template[data-search-${name}]`).content.firstElementChild.cloneNode(true);

async function section({ heading, results }, pages, asked, pieces) {
  const part = copyOf('group');
  const items = part.querySelector('ul');
  const button = part.querySelector('button');
  part.querySelector('h2').textContent = heading;
  async function add() {
    const next = results.slice(items.children.length, items.children.length + STEP);
    const data = await Promise.all(next.map((result) => result.data()));
    const added = next.map(({ id }, number) => item(data[number], pages.get(id), asked, pieces.get(id) ?? []));
    items.append(...added);
    const left = results.length - items.children.length;
    button.textContent = `${texts.more.replace('{count}', left)} · ${heading}`;
    button.parentElement.hidden = left === 0;
    return added;
  }
  button.addEventListener('click', async () => {
    const [first] = await add();
    first.querySelector('a').focus();
  });
  await add();
  return part;
}

/** One result. `data` is Pagefind's, `page` has the title and the filters; `used` are the pieces of the query it holds
    if it does not hold the query. */
function item(data, page, asked, used) {
  const result = copyOf('result');
  const [title, passage] = result.querySelectorAll('a');
  const [meta, excerpt, reason] = result.querySelectorAll('p');
  const kind = [...kinds.options].find((option) => option.value && keeps(kinds, option, page));
  const years = page.filters.year?.toSorted().join(texts.join);
  title.href = data.url;
  title.textContent = page.title;
  const facts = [kind?.dataset.one, data.meta.place, data.meta.bodies, years && texts.years.replace('{years}', years)];
  meta.textContent = [...new Set(facts.filter(Boolean))].join(' · ');
  const found = !asked ? { nodes: [data.meta.summary ?? ''] } : chinese ? quote(data, asked, used) : marked(data);
  excerpt.append(...found.nodes);
  reason.textContent = used.length ? texts.whyWords.replace('{words}', used.join(texts.join))
    : found.apart ? texts.whyApart : '';
  reason.hidden = !reason.textContent;
  const anchor = data.anchors.findLast(({ location }) => location <= found.word);
  passage.parentElement.hidden = !anchor;
  if (anchor) {
    passage.href = `${data.url}#${encodeURIComponent(anchor.id)}`;
    passage.querySelector('span').textContent = ` (${page.title})`;
  }
  return result;
}

/** The place of a Chinese page where most of the query stands, every occurrence in it marked. `apart` says that the
    page has the query with other signs in it; `word` is the number of the first word found. */
function quote(data, asked, used) {
  const content = restore(unescaped(data.raw_content));
  const text = narrow(content);
  const all = (needles) => needles.flatMap((needle) => [...text.matchAll(needlePattern(needle))]
    .map((match) => ({ needle, from: match.index, to: match.index + match[0].length })));
  const typed = used.length ? used : asked.replace(/["“”]/gu, '').split(/\s+/u).filter(Boolean);
  let matches = all(typed);
  const apart = new Set(matches.map((match) => match.needle)).size < new Set(typed).size;
  if (apart) matches = all(runs(asked).map((run) => restore(run.join(''))));
  matches.sort((one, two) => one.from - two.from || two.to - one.to);
  const near = (one) => new Set(matches.filter((two) => two.from >= one.from && two.to < one.from + WIDTH)
    .map((two) => two.needle)).size;
  const best = matches.reduce((one, two) => (near(two) > near(one) ? two : one), matches[0] ?? { from: 0, to: 0 });
  let position = Math.max(0, best.from - LEAD);
  const end = Math.min(content.length, Math.max(best.to, position + WIDTH));
  const nodes = [position > 0 ? '…' : ''];
  for (const { from, to } of matches.filter((match) => match.from >= position && match.to <= end)) {
    if (from < position) continue;
    nodes.push(content.slice(position, from), mark(content.slice(from, to)));
    position = to;
  }
  nodes.push(content.slice(position, end), end < content.length ? '…' : '');
  const word = content.slice(0, best.from).split(/[\u200b\s]+/u).filter(Boolean).length;
  return { nodes: nodes.map((node) => (node.replaceAll ? node.replaceAll('\u200b', '') : node)), apart, word };
}

/** The needle with any spaces and word boundaries between its signs. */
const needlePattern = (needle) => new RegExp([...needle].map((sign) => sign.replace(/[\^$.*+?()[\]{}|/\\]/u, '\\$&'))
  .join('[\\u200b\\s]*'), 'giu');

/** Pagefind escapes these two signs only. */
const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** Pagefind's excerpt: of its markup only <mark> has a meaning, everything else stays text. */
function marked({ excerpt, content, locations }) {
  const plainText = (part) => unescaped(part.replace(/<\/?mark>/gu, ''));
  const parts = excerpt.trim().split(/(<mark>.*?<\/mark>)/gsu).filter(Boolean)
    .map((part) => (part.startsWith('<mark>') ? mark(plainText(part)) : plainText(part)));
  const shown = plainText(excerpt).trim();
  const close = (start) => locations.filter((place) => place >= start && place < start + NEAR).length;
  return {
    nodes: [content.startsWith(shown) ? '' : '… ', ...parts, content.endsWith(shown) ? '' : ' …'],
    word: locations.reduce((one, two) => (close(two) > close(one) ? two : one), locations[0]),
  };
}

function mark(text) {
  const element = document.createElement('mark');
  element.textContent = text.replaceAll('\u200b', '');
  return element;
}

// --- events ----------------------------------------------------------------------------------------------------------

let waiting;
let typing = false; // the address already belongs to the query that is being typed

/** Search for what the box holds. The first letter after a finished query makes a new entry of the history. */
function searchTyped() {
  clearTimeout(waiting);
  writeAddress(typing || !location.search ? 'replaceState' : 'pushState');
  typing = true;
  run();
}

function searchSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(searchTyped, PAUSE);
}

box.addEventListener('input', (event) => event.isComposing || searchSoon());
box.addEventListener('compositionend', searchSoon);
box.addEventListener('change', () => { typing = false; });
box.form.addEventListener('submit', (event) => {
  event.preventDefault();
  if ((new URLSearchParams(location.search).get('q') ?? '') !== query()) searchTyped();
  clearTimeout(waiting);
  typing = false;
});

filters.addEventListener('change', () => {
  writeAddress('replaceState');
  run();
});
filters.addEventListener('reset', () => setTimeout(() => {
  writeAddress('replaceState');
  run();
}));
filters.addEventListener('submit', (event) => event.preventDefault());

window.addEventListener('popstate', () => {
  typing = false;
  readAddress();
  run();
});

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...list.querySelectorAll('h3 a')];
  const inList = list.contains(event.target);
  const here = links.indexOf(event.target.closest('.result')?.querySelector('h3 a'));
  let goal;
  if (event.key === 'ArrowDown' && (inList || event.target === box)) goal = links[here + 1];
  else if (event.key === 'ArrowUp' && inList) goal = links[here - 1] ?? box;
  else if (event.key === 'Escape' && inList) goal = box;
  if (!goal) return;
  event.preventDefault();
  goal.focus();
});

readAddress();
run();
