// The results as elements. Texts come from the attributes of [data-search], forms from its templates.

import { restore } from './query.js';

const FIRST = 10; // results shown in full before the others by kind
const STEP = 10; // more of them at each press of a button
const BRIEF = 5; // of a kind shown at first, by title only
const WIDTH = { zh: 90, en: 40 }; // words of an excerpt
const BEFORE = { zh: 16, en: 8 }; // of them before the first word found, twice as many if a sentence begins there
const SHORT = { zh: 14, en: 8 }; // words of a passage that says little: the name of something
const LISTS = ['topic', 'place', 'department', 'indicator']; // kinds of page whose first paragraph says more than an item
const SENTENCE_END = /[。！？；.!?;¶]$/u;
const PAUSE = /[。！？；：，、.!?;:,]$/u;
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

/** Says of Chinese on an English page what language it is, as plansite/html/foreign.py does; returns the element. */
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
  const end = nodes.at(-1);
  if (end) end.text = end.text.replace(/[，,]$/u, ''); // of the last cell in a row
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

/** The passages that may be quoted: [number of the first word, of the one behind the last]. */
function passagesOf([steps = '']) {
  const passages = [];
  let at = 0;
  const numbers = steps.split(' ').map(Number);
  for (let step = 0; step + 1 < numbers.length; step += 2) {
    const first = at + numbers[step];
    passages.push([first, at = first + numbers[step + 1]]);
  }
  return passages;
}

/** The part of a passage that is shown if it is too long: from the beginning of a sentence to a sign, if they are near. */
function stretch(words, [begin, end], first, width, before) {
  if (end - begin <= width) return [begin, end];
  const early = Math.max(begin, first - 2 * before);
  const sentence = words.slice(early, first).findLastIndex((word) => SENTENCE_END.test(word));
  const from = early === begin ? begin : sentence < 0 ? Math.max(begin, first - before) : early + sentence + 1;
  if (from + width >= end) return [from, end];
  const sign = words.slice(0, from + width).findLastIndex((word) => PAUSE.test(word));
  return [from, sign > from + width * 0.6 ? sign + 1 : from + width];
}

/** What a page says about what was found: {nodes, first}, `first` being the number of the first word found. It is one
    passage: the one with most of it or, where it stands in headings only or `brief` asks for it, the first. */
export function excerpt({ content, filters }, page, places, chinese, brief) {
  const language = chinese ? 'zh' : 'en';
  const words = content.split(' ');
  const marks = new Set(places.flatMap(([start, length]) => Array.from({ length }, (_, step) => start + step)));
  const text = ([start, length]) => words.slice(start, start + length).join(' ').toLowerCase();
  const begin = titleLength(words, page.title) + 1;
  const all = places.filter(([start]) => start >= begin).sort(([one], [two]) => one - two);
  const said = all.filter(([start]) => start < page.own);
  const found = said.length ? said : all; // rather not from the notes
  const passages = passagesOf(filters.quotes ?? []);
  const worth = ([from, to]) => {
    const held = new Set(found.filter(([start]) => start >= from && start < to).map(text)).size;
    return held && held + (to - from < SHORT[language] ? 0 : 0.5);
  };
  const best = brief ? passages[0]
    : passages.reduce((one, two) => (worth(two) > worth(one) ? two : one), passages[0]);
  if (!best) return { nodes: [], first: found[0]?.[0] ?? -1 };
  const [first = best[0]] = found.map(([start]) => start).filter((start) => start >= best[0] && start < best[1]);
  const [from, to] = stretch(words, best, first, WIDTH[language], BEFORE[language]);
  const nodes = quote(words, marks, from, to, chinese);
  const ends = [from > best[0] ? '… ' : '', to < best[1] ? ' …' : ''];
  return { nodes: [ends[0], ...nodes, ends[1]], first: worth(best) ? first : found[0]?.[0] ?? -1 };
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

  /** Shows results in their order: pages about what is meant; those that hold the query as typed, the first in full, the
      others by kind and brief; under a heading of their own those that hold other words for it; notes and explanations
      last. Where nothing else holds the query as typed, other words for it take its place. */
  async show(results, index, base) {
    const of = (part) => results.filter((result) => result.part === part);
    const [meant, typed, aside] = [of('meant'), of('typed'), of('aside')];
    const main = typed.length ? typed : of('other');
    const beside = typed.length ? of('other') : [];
    const isBeside = !typed.length && aside.length > 0; // what takes the place of pages with the query as typed
    const others = Map.groupBy(main.slice(FIRST), ({ row }) => this.kindOf(index.pages[row]));
    const sections = [];
    const add = (section, isApart) => {
      if (isApart) section.dataset.beside = '';
      sections.push(section);
    };
    if (meant.length) add(this.#section(this.texts.meant, await this.#fully(meant, index, base)), true);
    if (main.length) {
      const items = await this.#fully(main.slice(0, FIRST), index, base);
      add(this.#section(others.size ? this.texts.best : this.texts.all, items), isBeside);
    }
    for (const option of this.kinds.options) {
      const group = others.get(option);
      if (group) add(this.#group(option.dataset.name ?? option.textContent, group, index, base), isBeside);
    }
    if (beside.length) {
      const items = await this.#fully(beside.slice(0, Math.max(0, FIRST - main.length)), index, base);
      add(this.#group(this.texts.otherWords, beside, index, base, items), true);
    }
    if (aside.length) add(this.#group(this.texts.aside, aside, index, base), false);
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
    const brief = result.part === 'meant' || LISTS.includes(page.filters.kind?.[0]);
    const { nodes, first } = excerpt(data, page, result.places, index.chinese, brief);
    item.querySelector('.result-excerpt').append(...(nodes.length ? nodes : summary));
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
