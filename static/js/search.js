// The search page: the box, the filters, the address, the keyboard. What a query says is in query.js, where words stand
// in lookup.js, the order of the answers in ranking.js, their form in results.js, near words in near.js.

import { openIndex } from './lookup.js';
import { dictionary, hasHan, key, understand } from './query.js';
import { search } from './ranking.js';
import { Results, fill, markForeign } from './results.js';

const SITE = new URL('../', import.meta.url);
const PAUSE = 250; // milliseconds without typing before a search
const DISTRICT = /^\p{Script=Han}{2,7}(?:开发区|新区|县|(?<![范社景城])区|(?<![城超])市)$/u; // has the form of its name

const root = document.querySelector('[data-search]');
const texts = root.dataset;
const box = document.querySelector('form[role="search"] input');
const filters = root.querySelector('[data-search-filters]');
const selects = [...filters.querySelectorAll('select')];
const kinds = selects.find((select) => select.name === 'kind');
const plans = selects.find((select) => select.name === 'plan');
const status = root.querySelector('[data-search-status]');
const notes = root.querySelector('[data-search-notes]');
const list = root.querySelector('[data-search-results]');
const empty = root.querySelector('[data-search-empty]');
const near = root.querySelector('[data-search-near]');
const covered = root.querySelector('[data-search-covered]');
const alternates = document.querySelectorAll('a[rel=alternate]');
const count = root.querySelector('[data-search-count]');
const browse = document.querySelector('[data-search-index]');
const locale = document.documentElement.lang.slice(0, 2);
const results = new Results(root, kinds, plans);

// --- the index -------------------------------------------------------------------------------------------------------

const opened = new Map();

/** The index of a language, its words and everything that a query may mean. Loaded once, when first needed. */
function open(language) {
  if (!opened.has(language)) {
    opened.set(language, load(language).catch((error) => {
      opened.delete(language);
      throw error;
    }));
  }
  return opened.get(language);
}

async function load(language) {
  const { index, terms } = await openIndex(new URL(`pagefind/${language}/`, SITE), language === 'zh');
  index.titles = new Map(index.pages.map(({ path, title }) => [path, title]));
  return { index, terms, entries: dictionary(terms, index.titles, index.chinese) };
}

async function sounds() {
  const answer = await fetch(new URL('pagefind/sounds.json', SITE));
  return answer.ok ? answer.json() : {};
}

/** What answers a text in a language: the query as understood, results, missing parts, and `instead`, the text that was
    looked up in its place because no page has it. */
async function answer(text, language) {
  const { index, terms, entries } = await open(language);
  const asked = understand(text, entries, terms);
  if (!asked.text) return { asked, results: [], missing: [] };
  const found = { asked, ...await search(index, asked) };
  if (found.results.length) return found;
  const { nearQueries } = await import('./near.js');
  const wanting = found.missing.length ? found.missing : [asked.text];
  const offers = await nearQueries(asked.text, wanting, entries, index.pages, sounds);
  for (const instead of offers) {
    const again = understand(instead, entries, terms);
    const better = await search(index, again);
    if (better.results.length) return { ...better, asked: again, instead };
  }
  return { ...found, ...await search(index, asked, { lenient: true }), offers };
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
  keepQuery();
}

/** The links to this page in the other language ask what is asked here. */
function keepQuery() {
  for (const link of alternates) link.search = location.search;
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
function narrowDown(found, pages) {
  const passes = ({ row }, but) => chosen()
    .every((select) => select === but || keeps(select, select.selectedOptions[0], pages[row]));
  for (const select of selects) {
    const possible = found.filter((result) => passes(result, select));
    for (const option of select.options) {
      if (option.value) label(option, possible.filter(({ row }) => keeps(select, option, pages[row])).length);
    }
  }
  return found.filter((result) => passes(result));
}

function label(option, number) {
  option.dataset.name ??= option.textContent;
  option.textContent = number === undefined ? option.dataset.name : `${option.dataset.name} (${number})`;
  option.disabled = number === 0 && !option.selected;
}

// --- showing ---------------------------------------------------------------------------------------------------------

let turn = 0; // number of the newest search; an older one that comes in late is dropped

async function run() {
  const mine = turn += 1;
  const asked = query();
  const idle = !asked && !chosen().length;
  document.documentElement.classList.toggle('asked', !idle);
  browse.classList.remove('beside');
  if (idle) return clear('');
  status.textContent ||= texts.loading;
  list.ariaBusy = 'true';
  try {
    const { index } = await open(locale);
    const found = asked ? await answer(asked, locale) : { results: everything(index), missing: [] };
    if (mine !== turn) return;
    const kept = narrowDown(found.results, index.pages);
    const sections = await results.show(kept, index, new URL(`${locale}/`, SITE).href);
    if (mine !== turn) return;
    tell(found, kept, index);
    list.replaceChildren(...sections);
    list.hidden = sections.length === 0;
    list.ariaBusy = 'false';
    const detail = kept.map(({ row, ...result }) => ({ path: index.pages[row].path, ...result }));
    list.dispatchEvent(new CustomEvent('searched', { detail }));
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    browse.classList.add('beside');
    clear(texts.failed);
  }
}

/** All pages, for filters without a query. */
const everything = ({ pages }) => pages.map((page, row) => (
  { row, tier: 0, part: 'typed', places: [], words: [], through: [], found: [] }));

/** What stands above the results, and in their place when there are none. */
function tell({ asked, missing, instead, offers = [] }, kept, index) {
  const typed = kept.filter(({ tier }) => tier === 0).length;
  status.textContent = typed && typed < kept.length ? fill(texts.countParts, { typed, others: kept.length - typed })
    : kept.length === 0 ? texts.countNone : kept.length === 1 ? texts.countOne
      : fill(texts.countMany, { count: kept.length });
  const lines = [];
  if (instead) lines.push(line(fill(texts.instead, { typed: query(), text: instead })));
  else if (asked?.changed) lines.push(line(fill(texts.spelt, { text: asked.changed })));
  if (asked && kept.length && missing.length) {
    lines.push(line(fill(texts.missing, { words: missing.join(texts.join) })));
  } else if (asked && kept.length && !typed && !instead && !asked.asks) {
    lines.push(line(fill(texts.apart, { text: asked.text })));
  }
  if (asked?.plan && !plans.value) lines.push(planOffer(asked.plan));
  lines.push(uncovered(asked, missing, index));
  notes.replaceChildren(...lines.filter(Boolean).map(markForeign));
  empty.hidden = kept.length > 0;
  if (!empty.hidden) ways(asked, missing, offers);
  count.hidden = !query();
  count.disabled = false;
  count.textContent = texts.otherCount;
}

function line(text, ...nodes) {
  const paragraph = document.createElement('p');
  paragraph.append(text, ...nodes);
  return paragraph;
}

/** That a district which the query names has no plan here, and which have. */
function uncovered(asked, missing, index) {
  const place = asked && districtIn(asked, missing, index);
  covered.hidden = Boolean(place);
  return place && line(fill(texts.noPlan, { place }), locale === 'zh' ? '' : ' ', ...covered.cloneNode(true).childNodes);
}

/** The district without a plan here that a query names: one of those in the documents, or what has the form of a name. */
function districtIn({ text, parts, uncovered: page }, missing, { titles }) {
  if (page) return titles.get(page);
  const inEnglish = [...text.matchAll(/\b(\w+) (?:District|County|City)\b/giu)].filter(([, word]) => missing.includes(word));
  return parts.find((part) => part.absent && DISTRICT.test(part.text))?.text ?? inEnglish[0]?.[0];
}

/** A button that keeps only the plan that the query names. */
function planOffer(id) {
  const option = [...plans.options].find(({ value }) => value === id);
  if (!option || option.disabled) return undefined;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button-quiet';
  button.textContent = fill(texts.onlyPlan, { plan: option.dataset.name ?? option.textContent });
  button.addEventListener('click', () => {
    plans.value = id;
    narrowed();
    plans.focus();
  });
  return line(button);
}

/** What else to try: near words, and the parts of the query that some page has. */
async function ways(asked, missing, offers) {
  const mine = turn;
  const { index, entries } = await open(locale);
  const parts = (asked?.parts ?? []).map(({ text }) => text).filter((text) => !missing.includes(text));
  const { nearNames } = await import('./near.js');
  const names = index.chinese ? await nearNames(query(), entries, index.pages, sounds) : [];
  const all = new Set([...offers, ...parts, ...names]);
  const offered = [...all].filter((text) => key(text) !== key(query())).slice(0, 6);
  const links = await Promise.all(offered.map(async (text) => {
    const { results: found } = await search(index, understand(text, entries));
    const link = document.createElement('a');
    link.href = `?${new URLSearchParams({ q: text })}`;
    link.textContent = `${text} (${found.length})`;
    return found.length && found.length < index.pages.length / 2 ? link : undefined; // a word of all pages leads nowhere
  }));
  if (mine !== turn) return;
  const items = links.filter(Boolean).map((link) => {
    const item = document.createElement('li');
    item.append(link);
    return markForeign(item);
  });
  near.querySelector('ul').replaceChildren(...items);
  near.hidden = items.length === 0;
  browse.classList.add('beside');
}

count.addEventListener('click', async () => {
  count.disabled = true;
  const { results: found } = await answer(query(), locale === 'zh' ? 'en' : 'zh');
  count.textContent = fill(texts.otherCounted, { count: found.length });
});

function clear(message) {
  list.replaceChildren();
  notes.replaceChildren();
  list.ariaBusy = 'false';
  empty.hidden = true;
  status.textContent = message;
  selects.forEach((select) => [...select.options].forEach((option) => label(option)));
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

function narrowed() {
  writeAddress('replaceState');
  run();
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

filters.addEventListener('change', narrowed);
filters.addEventListener('reset', () => setTimeout(narrowed));
filters.addEventListener('submit', (event) => event.preventDefault());

window.addEventListener('popstate', () => {
  typing = false;
  readAddress();
  keepQuery();
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
keepQuery();
run();
