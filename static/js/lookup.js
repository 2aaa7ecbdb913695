// Where words and phrases stand, from the places of single words in Pagefind's index.

import { Postings } from './postings.js';
import { englishWords, hasHan, runs } from './query.js';
import { stem } from './stem.js';

/** One language's index: its words, the pages (rows of their table). */
export class Index {
  #exact = new Map();

  #begun = new Map();

  #shown = new Map();

  constructor(postings, pages, chinese) {
    Object.assign(this, { postings, pages, chinese });
  }

  /** A word as it is indexed. */
  #indexed(word) {
    const plain = word.normalize('NFD').replace(/\p{M}|[.`~!@#$%^&*(){}[\]\\|:;'",<>/?-]/gu, '').toLowerCase();
    return this.chinese ? plain : stem(plain);
  }

  /** Row → places of a word. */
  #exactly(word) {
    if (!this.#exact.has(word)) this.#exact.set(word, this.postings.exactly(this.#indexed(word)));
    return this.#exact.get(word);
  }

  /** Row → places of the words that begin like one in Latin letters. */
  #beginning(word) {
    if (!this.#begun.has(word)) this.#begun.set(word, this.#begin(word));
    return this.#begun.get(word);
  }

  async #begin(word) {
    const typed = word.toLowerCase();
    const indexed = this.#indexed(word);
    const found = await this.postings.beginning(typed.startsWith(indexed) ? indexed : typed);
    if (found.size || this.chinese || word.length < 4) return found;
    const places = await this.postings.longest(typed); // “emissio” of “emissions”, indexed as “emiss”
    const [row] = places.keys();
    const content = row === undefined ? '' : (await this.data(row)).content.toLowerCase();
    return content.includes(typed) ? places : found;
  }

  /** Row → places [start, length] of words that stand one after another; of a single one in Latin letters also where a
      word begins with it. */
  async #phrase(words) {
    const lists = await Promise.all(words.map((word) => this.#exactly(word)));
    const found = new Map();
    const rows = lists.reduce((some, more) => (more.size < some.size ? more : some));
    for (const row of rows.keys()) {
      const places = lists.map((list) => list.get(row));
      if (places.some((list) => !list)) continue;
      const later = places.slice(1).map((list) => new Set(list));
      const starts = places[0].filter((start) => later.every((list, number) => list.has(start + number + 1)));
      if (starts.length) found.set(row, starts.map((start) => [start, words.length]));
    }
    const [word] = words;
    if (words.length === 1 && (found.size ? /^[a-z]/iu : /^[a-z]{3,}/iu).test(word)) {
      for (const [row, places] of await this.#beginning(word)) found.set(row, places.map((place) => [place, 1]));
    }
    return found;
  }

  /** Row → places of a text: all of its parts between spaces on one page. */
  async find(text) {
    if (!this.chinese && hasHan(text)) return new Map();
    const parts = this.chinese ? text.split(/\s+/u).map(runs) : [[englishWords(text)]];
    const wanted = parts.map((part) => part.filter((words) => words.length)).filter((part) => part.length);
    if (!wanted.length) return new Map();
    return every(await Promise.all(wanted.map((part) => this.#joined(part))));
  }

  /** Row → places of phrases with nothing but a sign between each and the next, which is a word of the index. */
  async #joined(phrases) {
    const found = await Promise.all(phrases.map((words) => this.#phrase(words)));
    return found.slice(1).reduce((some, more) => {
      const next = new Map();
      for (const [row, places] of some) {
        const lengths = new Map(more.get(row));
        const joined = places.map(([start, length]) => [start, length, lengths.get(start + length + 1)])
          .filter(([, , later]) => later).map(([start, length, later]) => [start, length + 1 + later]);
        if (joined.length) next.set(row, joined);
      }
      return next;
    }, found[0]);
  }

  /** What results show of a page: {content, filters}. */
  data(row) {
    if (!this.#shown.has(row)) this.#shown.set(row, this.postings.page(this.pages[row].id));
    return this.#shown.get(row);
  }
}

/** The rows that all have, with their places. */
export function every(found) {
  return found.reduce((some, more) => new Map([...some].filter(([row]) => more.has(row))
    .map(([row, places]) => [row, [...places, ...more.get(row)]])));
}

/** Opens the index of one language; `folder` is its address. */
export async function openIndex(folder, chinese) {
  const json = async (name) => {
    const answer = await fetch(new URL(name, folder), { cache: 'no-cache' });
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    return answer.json();
  };
  const [table, terms] = await Promise.all([json('pages.json'), json('terms.json')]);
  return { index: new Index(new Postings(folder, table.chunks), rows(table), chinese), terms };
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
    own: 8 * table.own[number] || Infinity, // words before the notes
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
