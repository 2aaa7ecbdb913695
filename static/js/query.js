// What a query says: its words as the documents spell them, and which of them ask, name a plan, a place in a plan or a
// thing that is known under other words, too. Nothing here loads anything.

import { stem } from './stem.js';

const HAN = '\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff';
const TOKEN = new RegExp(`[${HAN}]|[a-z0-9]+|[\\p{L}\\p{N}]`, 'giu');
const CARRIERS = '\u3400\u3401\u3402'; // of the signs . % / as in plansite/search/text.py
const GRADES = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ', IV: 'Ⅳ', V: 'Ⅴ' };
const DIGITS = '零一二三四五六七八九';
const LONGEST = 16; // words of a name
export const GLOSSARY = 'about/glossary/'; // the page of every term that has no other

export const hasHan = (text) => new RegExp(`[${HAN}]`, 'u').test(text);
export const isHan = (word) => word.length === 1 && hasHan(word);

/** Full-width letters, digits and signs as half-width ones. */
const narrow = (text) => text
  .replace(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** Signs within numbers and units as the Han characters they are indexed as, and back. */
const carry = (text) => text
  .replace(/(?<=\d)\.(?=\d)|(?<=\d)%|(?<=[\p{L}\p{N}])\/(?=[\p{L}\p{N}])/gu, (sign) => CARRIERS['.%/'.indexOf(sign)]);
export const restore = (text) => text.replace(/[\u3400-\u3402]/gu, (sign) => '.%/'[CARRIERS.indexOf(sign)]);

/** As the documents spell it: half-width, simplified, without usual slips, grades of water (III类) with the signs that few
    can type. */
export function spell(text, { simplified: [traditional, simplified] = ['', ''], spellings = [] } = {}) {
  const characters = [...traditional];
  const others = [...simplified];
  const known = narrow(text).trim()
    .replace(new RegExp(`[${HAN}]`, 'gu'), (sign) => others[characters.indexOf(sign)] ?? sign)
    .replace(/(?<![a-z])(?:iv|v|i{1,3})(?=类)/giu, (grade) => GRADES[grade.toUpperCase()]);
  return spellings.reduce((some, [typed, right]) => typed.reduce(
    (one, word) => one.replace(new RegExp(hasHan(word) ? word : `\\b${word}`, 'giu'), right), some), known);
}

/** The words of a text as a Chinese page is indexed, in runs with no space or sign between them. */
export const runs = (text) => carry(narrow(text)).split(/[^\p{L}\p{N}]+/u).map((run) => run.match(TOKEN) ?? [])
  .filter((run) => run.length);

/** The words of an English text as such pages are indexed: parts of compounds apart, 2.5 and 90% whole. */
export const englishWords = (text) => narrow(text).replace(/[’']s?(?=\s|$)/gu, '')
  .split(/[\s\-\u2010-\u2015/,;:!?()“”"\u3000-\u303f]+|\.(?=\s|$)/u).filter((word) => /[\p{L}\p{N}]/u.test(word));

const stems = new Map();

function stemOf(word) {
  if (!stems.has(word)) stems.set(word, stem(word));
  return stems.get(word);
}

/** Words as they are compared: [{key, from, to, gap}], `gap` saying that a space or sign stands before. */
function tokens(text) {
  const carried = carry(text.toLowerCase());
  let end = 0;
  return [...carried.matchAll(TOKEN)].map((match) => {
    const [from, to, gap] = [match.index, match.index + match[0].length, match.index > end];
    end = to;
    return { key: stemOf(match[0]), from, to, gap };
  });
}

/** A name as it is looked up, whatever signs stand in it. */
export const key = (text) => tokens(narrow(text)).map((token) => token.key).join(' ');

/** Everything that a part of a query may mean: key → entries, with the `name` itself. `titles` are those of the pages by
    address, `chinese` tells their language. */
export function dictionary(terms, titles, chinese) {
  const [own, other] = chinese ? ['zh', 'en'] : ['en', 'zh'];
  const entries = new Map();
  const add = (word, entry) => {
    const name = key(word);
    if (!name) return;
    for (const spelling of new Set([name, name.replace(/ ?[\u3400-\u3402] ?/gu, '')])) { // PM25 for PM2.5
      if (!entries.has(spelling)) entries.set(spelling, Object.assign([], { name: word }));
      if (!entries.get(spelling).includes(entry)) entries.get(spelling).push(entry);
    }
  };
  const term = (entry, typed, title) => {
    const words = [...new Set([...(title ? [title] : []), ...(entry[own] ?? [])])];
    const { pages = [], departments = [], typed: lead } = entry;
    const made = { kind: 'term', words, pages, departments, lead: Boolean(lead) };
    typed.forEach((word) => add(word, made));
  };
  for (const entry of terms.same) {
    const page = entry.pages?.[0];
    const title = page !== GLOSSARY && titles.get(page)?.replace(/[“”《》]/gu, '');
    term(entry, [...(entry.zh ?? []), ...(entry.en ?? []), ...(title ? [title] : [])], title);
  }
  for (const entry of terms.leads) {
    const documents = (entry.pages ?? []).filter((page) => page.startsWith('documents/'));
    const named = documents.map((page) => titles.get(page)?.replace(/[“”《》]/gu, '')).filter(Boolean);
    term({ ...entry, [own]: [...(entry[own] ?? []), ...named] }, entry.typed);
  }
  for (const [plan, names] of Object.entries(terms.plans)) names.forEach((name) => add(name, { kind: 'plan', plan }));
  for (const [page, names] of Object.entries(terms.uncovered)) {
    names.forEach((name) => add(name, { kind: 'uncovered', page }));
  }
  for (const kind of ['defining', 'asking', 'weak']) {
    [...terms[kind].zh, ...terms[kind].en].forEach((word) => add(word, { kind }));
  }
  return Object.assign(entries, { loose: loosened(entries) });
}

/** English names by their words in any order, without those that only join them: “use of straw” for “straw used”. */
function loosened(entries) {
  const loose = new Map();
  for (const [name, list] of entries) {
    const words = contentWords(name.split(' '), entries);
    const terms = list.filter(({ kind }) => kind === 'term');
    if (words.length < 2 || !terms.length || hasHan(name)) continue;
    const sorted = words.sort().join(' ');
    if (!loose.has(sorted)) loose.set(sorted, Object.assign([], { name: list.name }));
    loose.get(sorted).push(...terms);
  }
  return loose;
}

const contentWords = (words, entries) => words
  .filter((word) => !entries.get(word)?.some(({ kind }) => kind === 'asking'));

/** Whether a Han character has another beside it: alone it is a word, there it may be part of one. */
const within = (list, at) => isHan(list[at].key) && [[at - 1, at], [at + 1, at + 1]]
  .some(([other, later]) => list[other] && isHan(list[other].key) && !list[later].gap);

/** The cheapest way to cut a query into known names and single words: [{from, to, entries}] over its tokens. */
function cut(list, entries) {
  const best = [{ cost: 0, start: 0, found: [] }];
  for (let end = 1; end <= list.length; end += 1) {
    for (let start = Math.max(0, end - LONGEST); start < end; start += 1) {
      const some = list.slice(start, end);
      const split = isHan(some[0].key) && some.slice(1).some((token) => token.gap);
      let found = split ? undefined : entries.get(some.map((token) => token.key).join(' '));
      if (end - start === 1 && within(list, start)) found = found?.filter(({ kind }) => kind === 'asking');
      if (!found?.length && end - start > 1) continue;
      const cost = best[start].cost + (found?.length ? 1 : 2);
      if (!best[end] || cost < best[end].cost) best[end] = { cost, start, found: found ?? [] };
    }
  }
  const pieces = [];
  for (let end = list.length; end > 0; end = best[end].start) {
    pieces.unshift({ from: best[end].start, to: end, entries: best[end].found });
  }
  const known = (piece, touching) => !piece || !touching || piece.entries.length > 0;
  pieces.forEach((piece, at) => { // a character between known words is a word: the 河 of 净月区有哪些河
    const [before, behind] = [pieces[at - 1], pieces[at + 1]];
    const touches = (from) => list[from] && !list[from].gap;
    if (piece.entries.length || piece.to - piece.from > 1 || !isHan(list[piece.from].key)) return;
    if (known(before, touches(piece.from)) && known(behind, touches(piece.to))) {
      piece.entries = entries.get(list[piece.from].key) ?? [];
    }
  });
  return pieces;
}

/** Names whose words the parts of an English query hold in other order or with words between: [{text, entries, covers}],
    `covers` being those parts. */
function gather(parts, entries) {
  const found = [];
  for (let size = Math.min(parts.length, LONGEST); size > 1; size -= 1) {
    for (let start = 0; start + size <= parts.length; start += 1) {
      const covers = parts.slice(start, start + size);
      const words = covers.flatMap(({ text }) => key(text).split(' '));
      const named = entries.loose.get(contentWords(words, entries).sort().join(' '));
      const taken = covers.some((part) => part.declined || found.some((name) => name.covers.includes(part)));
      if (named && !taken) found.push({ text: named.name, entries: named, covers });
    }
  }
  return found;
}

const NUMBER = /(?<![\d.])\d{1,2}\.\d{1,2}\.\d{1,3}(?![\d.])/u;
const DECLINING = /\b(?:instead of|rather than)\s+$/iu;
const COUNTING = /\bhow (?:many|much|[a-z]+ (?:should|must|will|is|are|was|were))\b|多少|多大|多高|几成|最高|最低/iu;
const CHAPTER = new RegExp(`第\\s*([\\d${DIGITS}十]+)\\s*章|\\bchapter\\s+(\\d+)`, 'iu');

/** 十二 as 12. */
function count(text) {
  if (/^\d+$/u.test(text)) return Number(text);
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const digit = (sign, none) => (sign ? DIGITS.indexOf(sign) : none);
  return (text.includes('十') ? 10 * digit(tens, 1) : 0) + digit(ones, 0);
}

/** A place in a plan: {measure} such as 4.3.1, {chapter}, or nothing. */
function locator(text) {
  const number = text.match(NUMBER);
  if (number) return { text: number[0], measure: number[0] };
  const chapter = text.match(CHAPTER);
  return chapter ? { text: chapter[0], chapter: count(chapter[1] ?? chapter[2]) } : undefined;
}

/** What a query says.

    `text` as the documents spell it, `literal` with the quotation marks within; `changed` if that is not as typed;
    `uncovered` the page of a district that it names and that has no plan here; `parts` what it names, each {text, entries, open: no list knows it, lone: nor is it more than a character beside
    others, weak: it says little, declined: it is what shall not be}; `names` the names that they make up together;
    `plan` the plan it names beside other words; `locator` a place in a plan; `asking` its words that only ask; `asks`
    that it is a question, `counts` that it asks for a number, `defines` that it asks for a meaning; `whole` the entries
    of the query as one name. */
export function understand(typed, entries, terms = {}) {
  const text = spell(typed.replace(/["“”]/gu, ' '), terms);
  const changed = text !== narrow(typed.replace(/["“”]/gu, ' ')).trim();
  const literal = spell(typed.replace(/^["“]([^"“”]*)["”]$/u, '$1'), terms);
  const asked = { text, literal, changed: changed ? text : '', parts: [], plan: '' };
  asked.locator = locator(text);
  const rest = asked.locator ? text.replace(asked.locator.text, ' ') : text;
  const list = tokens(rest);
  const pieces = cut(list, entries);
  const names = (piece, kind) => piece.entries.some((entry) => entry.kind === kind);
  const only = (piece, kind) => piece.entries.length && piece.entries.every((entry) => entry.kind === kind);
  asked.uncovered = pieces.flatMap((piece) => piece.entries).find(({ kind }) => kind === 'uncovered')?.page;
  asked.defines = pieces.some((piece) => names(piece, 'defining')) && pieces.length > 1;
  const asking = (piece) => only(piece, 'asking') || only(piece, 'defining');
  const said = pieces.filter((piece) => !asking(piece));
  const spelt = ({ from, to }) => restore(rest.slice(list[from].from, list[to - 1].to));
  asked.asking = said.length ? pieces.filter(asking).map(spelt) : [];
  asked.asks = asked.asking.length > 0;
  asked.counts = COUNTING.test(text);
  const chosen = said.length ? said : pieces;
  const plans = chosen.filter((piece) => names(piece, 'plan'));
  if (plans.length === 1 && (chosen.length > 1 || asked.locator)) {
    asked.plan = plans[0].entries.find((entry) => entry.kind === 'plan').plan;
  }
  for (const piece of chosen) {
    if (asked.plan && piece === plans[0]) continue;
    const [from, to] = [list[piece.from].from, list[piece.to - 1].to];
    const before = asked.parts.at(-1);
    const known = piece.entries.filter((entry) => entry.kind === 'term');
    if (!known.length && before?.open && before.to === from && isHan(list[piece.from].key)) {
      before.to = to;
    } else {
      const open = !piece.entries.length && isHan(list[piece.from].key);
      const declined = DECLINING.test(rest.slice(0, from));
      const weak = (names(piece, 'weak') || declined) && chosen.length > 1;
      asked.parts.push({ from, to, entries: known, open, weak, declined });
    }
  }
  for (const part of asked.parts) {
    part.text = restore(rest.slice(part.from, part.to));
    part.lone = part.open && part.to - part.from === 1 && within(list, list.findIndex(({ from }) => from === part.from));
  }
  asked.names = gather(asked.parts, entries);
  asked.whole = (entries.get(key(text)) ?? []).filter((entry) => entry.kind === 'term');
  return asked;
}

const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter('zh', { granularity: 'word' });

/** The words of a Chinese text that no list knows, by the browser's own dictionary. */
export function guess(text) {
  if (!segmenter) return [text];
  return [...segmenter.segment(text)].filter((word) => word.isWordLike).map((word) => word.segment);
}
