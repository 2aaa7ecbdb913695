// The results as elements. Texts come from the attributes of [data-search], forms from its templates.

import { restore } from './query.js';

const FIRST = 10; // results shown in full before the others by kind
const STEP = 10; // more of them at each press of a button
const BRIEF = 5; // of a kind shown at first, by title only
const WIDTH = { zh: 90, en: 40 }; // words of an excerpt
const BEFORE = { zh: 16, en: 8 }; // of them before the first word found, twice as many if a sentence begins there
const SENTENCE_END = /[。！？；.!?;¶]$/u;
const MOST_PARTS = 5; // links to other commitments of a measure
const GAP = '¶'; // between two blocks of an English page

const LATIN = /[A-Za-z0-9]/u;

/** The element that a template of the page makes. */
function copyOf(root, name) {
  return root.querySelector(`template[data-search-${name}]`).content.firstElementChild.cloneNode(true);
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/gu, (whole, name) => values[name] ?? whole);

const HAN = '\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff';
const FOREIGN = new RegExp(`([${HAN}](?:[${HAN}\\u3000-\\u303f\\uff00-\\uffef“”·\\d]*[${HAN}》」）])?)`, 'u');

/** Says of Chinese on an English page what language it is, as plansite/foreign.py does; returns the element. */
export function markForeign(element) {
  if (document.documentElement.lang.startsWith('zh')) return element;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (FOREIGN.test(walker.currentNode.data)) nodes.push(walker.currentNode);
  for (const node of nodes) {
    node.replaceWith(...node.data.split(FOREIGN).map((text, number) => {
      if (number % 2 === 0) return text;
      const run = document.createElement('span');
      run.lang = 'zh-Hans';
      run.textContent = text;
      return run;
    }));
  }
  return element;
}

/** Whether there is a space between two words of the index when they are shown. */
function spaced(one, two, chinese) {
  if (!one || !two) return false;
  if (chinese) return LATIN.test(one.at(-1)) && LATIN.test(two[0]);
  return !/\w[-\u2010-\u2015/]$/u.test(one);
}

/** Words of the index as text, those found marked. */
function quote(words, marks, from, to, chinese) {
  const nodes = [];
  let last = '';
  for (let at = from; at < to; at += 1) {
    const word = words[at] === GAP ? '' : words[at];
    if (!word) continue;
    const text = (spaced(last, word, chinese) ? ' ' : '') + word;
    const marked = marks.has(at);
    const before = nodes.at(-1);
    if (marked && before?.marked && at > from && marks.has(at - 1)) before.text += text;
    else if (!marked && before && !before.marked) before.text += text;
    else if (marked && text.startsWith(' ')) nodes.push({ text: ' ' }, { text: text.slice(1), marked });
    else nodes.push({ text, marked });
    last = word;
  }
  return nodes.map(({ text, marked }) => {
    if (!marked) return restore(text);
    const mark = document.createElement('mark');
    mark.textContent = restore(text);
    return mark;
  });
}

/** How many words the title takes at the beginning of a page. */
function titleLength(words, title) {
  const letters = title.replace(/\s/gu, '').length;
  let [count, length] = [0, 0];
  while (count < words.length && length < letters) length += restore(words[count++]).length;
  return count;
}

/** The passage of a page with most of what was found: {nodes, first}, `first` being the number of its first word. */
export function excerpt({ content }, page, places, chinese) {
  const language = chinese ? 'zh' : 'en';
  const words = content.split(' ');
  const marks = new Set(places.flatMap(([start, length]) => Array.from({ length }, (_, step) => start + step)));
  const begin = titleLength(words, page.title) + 1;
  const all = places.map(([start]) => start).filter((start) => start >= begin).sort((one, two) => one - two);
  const said = all.filter((start) => start < page.own);
  const starts = said.length ? said : all; // rather not from the notes
  const near = (start) => new Set(starts.filter((other) => other >= start && other < start + WIDTH[language])
    .map((other) => words[other].toLowerCase())).size;
  const first = starts.reduce((best, start) => (near(start) > near(best) ? start : best), starts[0] ?? begin);
  const early = Math.max(begin, first - 2 * BEFORE[language]);
  const end = words.slice(early, first).findLastIndex((word) => SENTENCE_END.test(word));
  const from = end < 0 ? Math.max(begin, first - BEFORE[language]) : early + end + 1;
  const to = Math.min(words.length, from + WIDTH[language]);
  const nodes = quote(words, marks, Math.min(from, words.length), to, chinese);
  const ends = [from > begin ? '… ' : '', to < words.length ? ' …' : ''];
  return { nodes: [ends[0], ...nodes, ends[1]], first: starts.length ? first : -1 };
}

/** Writes results into the page. `kinds` is the select of kinds, `index` the index that they are from. */
export class Results {
  constructor(root, kinds, plans) {
    Object.assign(this, { root, kinds, texts: root.dataset, list: root.querySelector('[data-search-results]') });
    this.planNames = new Map([...plans.options].map(({ value, textContent }) => [value, textContent]));
  }

  /** The option of the kind of a page; "other" stands for all kinds that no option names. */
  kindOf(page) {
    const values = (option) => (option.dataset.values ?? option.value).split(' ');
    const own = (option) => option.value && values(option).some((value) => page.filters.kind?.includes(value));
    return [...this.kinds.options].find(own) ?? this.kinds.querySelector('[value=other]');
  }

  /** Shows results: those that hold the query as typed, the first in full, the others by kind and brief; then, under a
      heading of their own, those that hold other words for it. */
  async show(results, index, base) {
    const typed = results.filter(({ tier, foreign }) => tier === 0 && !foreign);
    const main = typed.length ? typed : results;
    const beside = typed.length ? results.filter(({ tier }) => tier > 0) : [];
    const others = Map.groupBy(main.slice(FIRST), ({ row }) => this.kindOf(index.pages[row]));
    const sections = [];
    if (main.length) {
      const items = await this.#fully(main.slice(0, FIRST), index, base);
      sections.push(this.#section(others.size ? this.texts.best : this.texts.all, items));
    }
    for (const option of this.kinds.options) {
      const group = others.get(option);
      if (group) sections.push(this.#group(option.dataset.name ?? option.textContent, group, index, base));
    }
    if (beside.length) {
      const items = await this.#fully(beside.slice(0, Math.max(0, FIRST - main.length)), index, base);
      const part = this.#group(this.texts.otherWords, beside, index, base, items);
      part.dataset.beside = '';
      sections.push(part);
    }
    return sections;
  }

  #fully(results, index, base) {
    return Promise.all(results.map((result) => this.#full(result, index, base)));
  }

  #section(heading, items) {
    const part = copyOf(this.root, 'group');
    part.querySelector('h2').textContent = heading;
    part.querySelector('ul').append(...items);
    part.querySelector('button').parentElement.hidden = true;
    return part;
  }

  /** Results below a heading, brief behind the items that are there already. */
  #group(name, results, index, base, items = []) {
    const part = this.#section(`${name} (${results.length})`, items);
    const list = part.querySelector('ul');
    const button = part.querySelector('button');
    const add = (count) => {
      const next = results.slice(list.children.length, list.children.length + count);
      const items = next.map((result) => this.#brief(result, index, base));
      list.append(...items);
      const left = results.length - list.children.length;
      button.textContent = `${fill(this.texts.more, { count: left })} · ${name}`;
      button.parentElement.hidden = left === 0;
      return items;
    };
    button.addEventListener('click', () => add(STEP)[0].querySelector('a').focus());
    add(BRIEF);
    return part;
  }

  /** A plan in few words: by its district, if that has no other. */
  #planName(id, index) {
    index.districts ??= new Map(index.pages
      .filter(({ filters: { kind, plan } }) => kind?.includes('district') && plan?.length === 1)
      .map(({ filters, title }) => [filters.plan[0], title]));
    return index.districts.get(id) ?? this.planNames.get(id);
  }

  #facts(page, index, bodies = '') {
    const { plan = [], year = [], kind = [] } = page.filters;
    const own = plan.length === 1 && page.path.startsWith('plans/') ? this.#planName(plan[0], index) : '';
    const chapter = kind.includes('measure')
      && index.titles.get(`plans/${plan[0]}/chapters/${page.locator.split('.')[0]}/`);
    const several = kind.includes('family') ? plan.map((id) => this.#planName(id, index)).join(this.texts.join) : '';
    const years = year.toSorted().join(this.texts.join);
    return [
      this.kindOf(page).dataset.one, [own, page.locator].filter(Boolean).join(' '), chapter, several, bodies,
      years && fill(this.texts.years, { years }),
    ].filter(Boolean).join(' · ');
  }

  /** Why a page answers that does not hold the query as typed. */
  #reason({ through, tier, found, placed }, chinese) {
    const { texts } = this;
    if (placed) return texts.whyPlace;
    if (through.length) {
      const told = through.map(({ typed, word }) => fill(word ? texts.whyThrough : texts.whyBody, { typed, word }));
      return told.join(texts.join);
    }
    const words = found.join(texts.join);
    if (tier === 1 && found.length > 1) return fill(texts.whyApart, { words });
    return words && (tier === 2 || (tier === 1 && chinese)) ? fill(texts.whyWords, { words }) : '';
  }

  #brief(result, index, base) {
    const page = index.pages[result.row];
    const item = copyOf(this.root, 'brief');
    const link = item.querySelector('a');
    link.href = base + page.path;
    link.textContent = page.title;
    item.querySelector('.meta').textContent = this.#facts(page, index);
    this.#explain(item, result, index);
    return markForeign(item);
  }

  #explain(item, result, { chinese }) {
    const reason = item.querySelector('.result-reason');
    reason.textContent = this.#reason(result, chinese);
    reason.hidden = !reason.textContent;
    if (result.through.length) item.dataset.through = '';
  }

  async #full(result, index, base) {
    const page = index.pages[result.row];
    const item = copyOf(this.root, 'result');
    const [title, passage] = item.querySelectorAll('a');
    title.href = base + page.path;
    title.textContent = page.title;
    const data = await index.data(result.row);
    const { bodies = [], summary = [], anchors = [] } = data.filters;
    item.querySelector('.meta').textContent = this.#facts(page, index, bodies.join(this.texts.join));
    const { nodes, first } = result.places.length ? excerpt(data, page, result.places, index.chinese)
      : { nodes: summary, first: -1 };
    item.querySelector('.result-excerpt').append(...nodes);
    this.#explain(item, result, index);
    const parts = anchors.map((text) => text.split(' '));
    const partOf = (place) => parts.findLast(([, word]) => Number(word) <= place)?.[0];
    const own = partOf(first);
    passage.parentElement.hidden = !own;
    if (own) {
      passage.href = `${title.href}#${encodeURIComponent(own)}`;
      passage.querySelector('span').textContent = ` (${page.title})`;
      passage.after(...this.#otherParts(result.places.map(([start]) => partOf(start)), own, title.href));
    }
    return markForeign(item);
  }

  /** Links to the other commitments of a measure that hold what was found. */
  #otherParts(ids, own, href) {
    const others = [...new Set(ids)].filter((id) => /^a\d+$/u.test(id) && id !== own);
    others.sort((one, two) => one.slice(1) - two.slice(1));
    return others.slice(0, MOST_PARTS).flatMap((id) => {
      const link = document.createElement('a');
      link.href = `${href}#${id}`;
      link.textContent = fill(this.texts.commitment, { number: id.slice(1) });
      return [' · ', link];
    });
  }
}
