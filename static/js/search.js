// The search page. Chinese is indexed one character a word (plansite/search_text.py), so a query is looked up as the
// phrase of its characters; English goes to Pagefind as typed. Every text comes from data attributes of [data-search].

const SITE = new URL('../', import.meta.url);
const FIRST = 10; // results of a group at first, and more at each press of its button
const PAUSE = 250; // milliseconds without typing before a search

const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/u;
const TOKEN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[a-z0-9]+|(?![\u3400-\u9fff])[\p{L}\p{N}]/giu;
const BREAKS = /\u200b/gu;

const root = document.querySelector('[data-search]');
const texts = root.dataset;
const box = document.querySelector('input[name="q"]');
const form = box.form;
const filterForm = root.querySelector('[data-search-filters]');
const selects = [...filterForm.querySelectorAll('select')];
const status = root.querySelector('[data-search-status]');
const list = root.querySelector('[data-search-results]');
const empty = root.querySelector('[data-search-empty]');
const other = root.querySelector('[data-search-other]');
const index = document.querySelector('[data-search-index]');
const chinese = document.documentElement.lang.startsWith('zh');

// --- the index -------------------------------------------------------------------------------------------------------

let loading;

/** Pagefind, and the titles and filters of all pages; loaded once, when first needed. */
function load() {
  loading ??= open().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function open() {
  const address = new URL(`pagefind/pages.${document.documentElement.lang.toLowerCase()}.json`, SITE);
  const [pagefind, answer] = await Promise.all([
    import(new URL('pagefind/pagefind.js', SITE)),
    fetch(address, { cache: 'no-cache' }),
  ]);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const table = await answer.json();
  await pagefind.options({ baseUrl: SITE.pathname, excerptLength: chinese ? 60 : 30 });
  await pagefind.init();
  const filters = {};
  for (const [name, values] of Object.entries(table.filters)) {
    filters[name] = new Map(Object.entries(values).map(([value, rows]) => [value, new Set(rows.map((row) => table.ids[row]))]));
  }
  return { pagefind, filters, titles: new Map(table.ids.map((id, row) => [id, table.titles[row]])) };
}

// --- looking up ------------------------------------------------------------------------------------------------------

const narrow = (text) => text.replace(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
  .replace(/\u3000/gu, ' ');

/** The words of a text by runs without a sign or space between them: "2025年 PM2.5" is [[2025, 年], [PM2], [5]]. */
const runs = (text) => narrow(text).split(/[^\p{L}\p{N}]+/u).map((run) => run.match(TOKEN) ?? []).filter((run) => run.length);

const words = (text) => [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)]
  .filter((part) => part.isWordLike).map((part) => part.segment);

/** A run as Pagefind's query for a phrase; a lone Latin word is left open to its longer forms. */
const phrase = (run) => (run.length === 1 && /^[a-z][a-z0-9]*$/iu.test(run[0]) ? run[0] : `"${run.join(' ')}"`);

/** Results that hold every run: id → result. */
async function holdingAll(pagefind, parts) {
  const found = await Promise.all(parts.map((run) => pagefind.search(phrase(run))));
  const sets = found.map(({ results }) => new Map(results.map((result) => [result.id, result])));
  return sets.reduce((some, more) => new Map([...some].filter(([id]) => more.has(id))));
}

/** Chinese: the pages that hold the query's phrases; if none does, those that hold its words. Phrases come unranked,
    so the order is that of a search for the single characters. */
async function searchChinese(pagefind, query) {
  const parts = runs(query);
  if (!parts.length) return { results: [], words: [] };
  const ranking = pagefind.search(parts.flat().join(' '));
  let hits = await holdingAll(pagefind, parts);
  let used = [];
  if (!hits.size) {
    const smaller = words(narrow(query)).flatMap(runs);
    if (smaller.length > parts.length) {
      hits = await holdingAll(pagefind, smaller);
      used = smaller.map((run) => run.join(''));
    }
  }
  const ranked = (await ranking).results.map((result) => result.id).filter((id) => hits.has(id));
  return { results: [...new Set([...ranked, ...hits.keys()])].map((id) => hits.get(id)), words: used };
}

async function search(pagefind, query) {
  if (!query) return { results: (await pagefind.search(null)).results, words: [] };
  if (chinese) return searchChinese(pagefind, query);
  return { results: (await pagefind.search(query)).results, words: [] };
}

/** Letters and digits only, a space between words: what two spellings of a title have in common. */
const plain = (text) => ` ${(narrow(text).toLowerCase().match(TOKEN_OR_WORD) ?? []).join(' ')}`;
const TOKEN_OR_WORD = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\P{L}\u3400-\u9fff]+\p{N}*|\p{N}+/giu;

/** How well a title fits: 0 it is the query, 1 it begins with it, 2 it holds all of it, 3 it does not. */
function fit(title, query) {
  const [name, asked] = [plain(title), plain(query)];
  if (name === asked) return 0;
  if (name.startsWith(asked)) return 1;
  return query.split(/\s+/u).every((part) => name.includes(plain(part))) ? 2 : 3;
}

/** Whether the page has the query as typed, whatever the spaces in it. */
function literal(content, query) {
  const text = narrow(content).replace(/[\u200b\s]/gu, '').toLowerCase();
  return narrow(query).toLowerCase().split(/\s+/u).every((part) => text.includes(part.replace(/["“”]/gu, '')));
}

// --- state -----------------------------------------------------------------------------------------------------------

const state = () => ({
  query: box.value.trim(),
  chosen: Object.fromEntries(selects.filter((select) => select.value).map((select) => [select.name, select.value])),
});

function readAddress() {
  const asked = new URLSearchParams(location.search);
  box.value = asked.get('q') ?? '';
  for (const select of selects) {
    select.value = asked.get(select.name) ?? '';
    if (select.selectedIndex < 0) select.value = '';
  }
}

function writeAddress(change = 'replaceState') {
  const { query, chosen } = state();
  const asked = new URLSearchParams({ ...(query && { q: query }), ...chosen }).toString();
  history[change](null, '', asked ? `?${asked}` : location.pathname);
}

/** The values an option stands for. "other" stands for every value that no other option names. */
const valuesOf = (option) => (option.dataset.values ?? option.value).split(' ');

/** The ids that an option keeps. */
function idsOf(filters, select, option) {
  const all = filters[select.name] ?? new Map();
  const named = new Set([...select.options].flatMap(valuesOf));
  const values = option.value === 'other' ? [...all.keys()].filter((value) => !named.has(value)) : valuesOf(option);
  return new Set(values.flatMap((value) => [...(all.get(value) ?? [])]));
}

// --- showing ---------------------------------------------------------------------------------------------------------

let turn = 0; // of the newest search: a slower older one is dropped

async function run() {
  const mine = ++turn;
  const { query, chosen } = state();
  const asked = query !== '' || Object.keys(chosen).length > 0;
  index.hidden = asked;
  if (!asked) return clear();
  status.textContent ||= texts.loading;
  root.setAttribute('aria-busy', 'true');
  try {
    const site = await load();
    const found = await search(site.pagefind, query);
    if (mine !== turn) return undefined;
    const kept = narrowDown(site.filters, found.results);
    await show(site, kept, query, found.words, mine);
    if (mine === turn) status.textContent = count(kept.length);
  } catch (error) {
    if (mine !== turn) return undefined;
    console.error(error);
    clear();
    status.textContent = texts.failed;
    index.hidden = false;
  }
  root.removeAttribute('aria-busy');
  return undefined;
}

function clear() {
  list.replaceChildren();
  empty.hidden = true;
  status.textContent = '';
  root.removeAttribute('aria-busy');
  for (const select of selects) for (const option of select.options) label(option);
}

const count = (number) => (number === 0 ? texts.countNone : number === 1 ? texts.countOne
  : texts.countMany.replace('{count}', number));

/** Results that every chosen option keeps; each option shows how many it would leave beside the other choices. */
function narrowDown(filters, results) {
  const sets = selects.map((select) => (select.value ? idsOf(filters, select, select.selectedOptions[0]) : null));
  const keeps = (result, except) => sets.every((set, row) => row === except || !set || set.has(result.id));
  selects.forEach((select, row) => {
    const others = results.filter((result) => keeps(result, row));
    for (const option of select.options) {
      if (!option.value) continue;
      const ids = idsOf(filters, select, option);
      label(option, others.filter((result) => ids.has(result.id)).length);
    }
  });
  return results.filter((result) => keeps(result));
}

/** An option with its count behind its name; without one, as it was. */
function label(option, number) {
  option.dataset.label ??= option.textContent;
  option.textContent = number === undefined ? option.dataset.label : `${option.dataset.label} (${number})`;
  option.disabled = number === 0 && !option.selected;
}

/** Groups: pages with the query in their title first, then by kind in the order of the first select. */
function grouped({ filters, titles }, results, query) {
  const fits = new Map(results.map((result) => [result.id, query ? fit(titles.get(result.id) ?? '', query) : 3]));
  const titled = results.filter((result) => fits.get(result.id) < 3)
    .sort((one, two) => fits.get(one.id) - fits.get(two.id));
  const rest = results.filter((result) => fits.get(result.id) === 3);
  const kinds = selects.find((select) => select.name === 'kind');
  const groups = [...kinds.options].filter((option) => option.value).map((option) => {
    const ids = idsOf(filters, kinds, option);
    return { heading: option.dataset.label, results: rest.filter((result) => ids.has(result.id)) };
  });
  return [{ heading: texts.titled, results: titled }, ...groups].filter((group) => group.results.length);
}

async function show(site, results, query, used, mine) {
  const sections = await Promise.all(grouped(site, results, query).map((group) => section(group, query, used)));
  if (mine !== turn) return;
  list.replaceChildren(...sections);
  empty.hidden = results.length > 0;
  other.search = query ? `?${new URLSearchParams({ q: query })}` : '';
}

const copyOf = (name) => root.querySelector(`template[data-search-${name}]`).content.firstElementChild.cloneNode(true);

async function section({ heading, results }, query, used) {
  const part = copyOf('group');
  const items = part.querySelector('ul');
  const button = part.querySelector('button');
  part.querySelector('h2').textContent = heading;
  async function add() {
    const next = results.slice(items.children.length, items.children.length + FIRST);
    const added = await Promise.all(next.map(async (result) => item(await result.data(), query, used)));
    items.append(...added);
    const left = results.length - items.children.length;
    button.textContent = texts.more.replace('{count}', left);
    button.parentElement.hidden = left === 0;
    return added;
  }
  button.addEventListener('click', async () => {
    const added = await add();
    added[0].querySelector('a').focus();
  });
  await add();
  return part;
}

function item(page, query, used) {
  const result = copyOf('result');
  const [title, passage] = result.querySelectorAll('a');
  const { label: name, place, bodies } = page.meta;
  const years = [...new Set(yearsOf(page))];
  title.href = page.url;
  title.textContent = name;
  fill(result.querySelector('.meta'), [kindOf(page), place, bodies,
    years.length && texts.years.replace('{years}', years.join(texts.join))].filter(Boolean).join(' · '));
  result.querySelector('.result-excerpt').append(...marked(page));
  fill(result.querySelector('.result-reason'), reason(page, query, used));
  const anchor = anchorOf(page);
  if (anchor) {
    passage.href = `${page.url}#${anchor.id}`;
    passage.setAttribute('aria-label', `${passage.textContent} (${name})`);
  } else passage.parentElement.remove();
  return result;
}
