// Where words stand. Pagefind says which pages have a word and at what places; phrases are put together here, because
// Pagefind tells only the first place of one and ranks none.

import { englishWords, hasHan, isHan, runs } from './query.js';

/** One language's index: Pagefind, the pages (rows of their table) and the words that mean each other. */
export class Index {
  #words = new Map();

  #phrases = new Map();

  #results = new Map();

  constructor(pagefind, pages, chinese) {
    Object.assign(this, { pagefind, pages, chinese });
    this.numbers = new Map(pages.map((page, number) => [page.id, number]));
  }

  /** Row → places of a word, and in Latin letters of the words that begin with it. */
  #places(word) {
    if (!this.#words.has(word)) this.#words.set(word, this.#ask(word));
    return this.#words.get(word);
  }

  async #ask(text) {
    const { results } = await this.pagefind.search(text);
    return new Map(results.map((result) => {
      const row = this.numbers.get(result.id);
      this.#results.set(row, result);
      return [row, result.words.toSorted((one, two) => one - two)];
    }));
  }

  /** Row → first place of words that stand one after another, and none that only begins like them. */
  #exactly(words) {
    const text = `"${words.join(' ')}"`;
    if (!this.#phrases.has(text)) this.#phrases.set(text, this.#ask(text));
    return this.#phrases.get(text);
  }

  /** Row → places [start, length] of words that stand one after another. */
  async #phrase(words) {
    const exact = words.every(isHan) ? undefined : await this.#exactly(words);
    if (exact && !exact.size) return words.length === 1 ? this.#beginning(words[0]) : new Map();
    const lists = await Promise.all(words.map((word) => this.#places(word)));
    const found = new Map();
    const rows = exact ?? lists.reduce((some, more) => (more.size < some.size ? more : some));
    for (const row of rows.keys()) {
      const places = lists.map((list) => list.get(row));
      if (places.some((list) => !list)) continue;
      const later = places.slice(1).map((list) => new Set(list));
      const starts = places[0].filter((start) => later.every((list, number) => list.has(start + number + 1)));
      if (!starts.length && exact) starts.push(exact.get(row)[0]);
      if (starts.length) found.set(row, starts.map((start) => [start, words.length]));
    }
    if (exact && words.length === 1 && /^[a-z]/iu.test(words[0])) {
      for (const [row, places] of lists[0]) if (!found.has(row)) found.set(row, places.map((place) => [place, 1]));
    }
    return found;
  }

  /** Pages with words that begin with one that no page has whole. Pagefind would take a shorter one in its place. */
  async #beginning(word) {
    if (!/^[a-z]{3,}/iu.test(word)) return new Map();
    const places = await this.#places(word);
    const [row] = places.keys();
    const content = row === undefined ? '' : (await this.data(row)).content.toLowerCase();
    if (!content.includes(word.toLowerCase())) return new Map();
    return new Map([...places].map(([one, list]) => [one, list.map((place) => [place, 1])]));
  }

  /** Row → places of a text: all of its phrases on one page. */
  async find(text) {
    if (!this.chinese && hasHan(text)) return new Map();
    const parts = this.chinese ? runs(text) : [englishWords(text)].filter((words) => words.length);
    if (!parts.length) return new Map();
    return every(await Promise.all(parts.map((words) => this.#phrase(words))));
  }

  /** Pagefind's file of a page: {content, filters}. */
  async data(row) {
    if (!this.#results.has(row)) {
      const { results } = await this.pagefind.search(null);
      results.forEach((result) => this.#results.set(this.numbers.get(result.id), result));
    }
    return this.#results.get(row).data();
  }
}

/** The rows that all have, with their places. */
export function every(found) {
  return found.reduce((some, more) => new Map([...some].filter(([row]) => more.has(row))
    .map(([row, places]) => [row, [...places, ...more.get(row)]])));
}

/** Opens the index of one language. `folder` is its address, `base` that of the site. A copy of Pagefind runs one
    language only: what stems the words of the first would be used for the second. */
export async function openIndex(folder, base, chinese) {
  const json = async (name) => {
    const answer = await fetch(new URL(name, folder), { cache: 'no-cache' });
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    return answer.json();
  };
  const copy = document.documentElement.lang.startsWith('zh') === chinese ? '' : '?other';
  const [{ createInstance }, table, terms] = await Promise.all(
    [import(new URL(`../pagefind.js${copy}`, folder)), json('pages.json'), json('terms.json')],
  );
  const pagefind = createInstance({ basePath: folder.pathname, baseUrl: base.pathname, noWorker: true });
  await pagefind.init();
  return { index: new Index(pagefind, rows(table), chinese), terms };
}

/** The rows of the table: {id, path, title, locator, words, leading, filters: {name: [value]}}. */
function rows(table) {
  const pages = table.ids.map((id, number) => ({
    id,
    path: table.paths[number],
    title: table.titles[number],
    locator: table.locators[number],
    words: 100 * table.words[number],
    leading: 8 * table.leading[number],
    filters: {},
  }));
  for (const [name, values] of Object.entries(table.filters)) {
    for (const [value, steps] of Object.entries(values)) {
      let row = 0;
      for (const step of steps) (pages[row += step].filters[name] ??= []).push(value);
    }
  }
  return pages;
}
