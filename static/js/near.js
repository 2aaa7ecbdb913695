// Words near to one that no page has: the same sounds in Chinese, a letter or two more, fewer or other in English.

import { hasHan, key } from './query.js';

const OFFERED = 5;
const LONG = 4; // characters of a name in which one may be missing, too many or another

/** Character → its syllables. */
const readings = (sounds) => {
  const found = new Map();
  for (const [syllable, characters] of Object.entries(sounds)) {
    for (const character of characters) found.set(character, [...(found.get(character) ?? []), syllable]);
  }
  return found;
};

const same = (one, two) => one === two;

/** How many letters have to be put in, taken out, changed or exchanged with their neighbour; more than `limit` is not
    counted out. */
function distance(one, two, limit, alike = same) {
  if (Math.abs(one.length - two.length) > limit) return limit + 1;
  let [before, last] = [[], Array.from({ length: two.length + 1 }, (_, number) => number)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= two.length; j += 1) {
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (alike(one[i - 1], two[j - 1]) ? 0 : 1));
      const exchanged = i > 1 && j > 1 && alike(one[i - 1], two[j - 2]) && alike(one[i - 2], two[j - 1]);
      if (exchanged) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[two.length];
}

/** Words of Latin letters that the known names use, the nearest to one first. */
function nearWords(word, words) {
  const limit = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  const near = [];
  for (const other of words) {
    const steps = other[0] === word[0] ? distance(word, other, limit) : limit + 1;
    if (steps <= limit && other !== word) near.push([steps, other]);
  }
  return near.sort(([one], [two]) => one - two).map(([, other]) => other);
}

/** Whether two characters sound alike. */
const alikeIn = (sounds) => (one, two) => one === two
  || sounds.get(one)?.some((syllable) => sounds.get(two)?.includes(syllable));

/** Names that sound like a piece of a Chinese text: [{from, to, name}], the longest first. */
function soundAlike(text, names, sounds) {
  const found = [];
  const alike = alikeIn(sounds);
  for (const name of names) {
    const { length } = name;
    if (length < 2 || length > text.length || (length === 2 && text.length > 3)) continue;
    for (let from = 0; from + length <= text.length; from += 1) {
      const piece = text.slice(from, from + length);
      if (piece === name) continue;
      const other = [...piece].filter((sign, at) => sign !== name[at]).length;
      if (other * 2 > length || ![...piece].every((sign, at) => alike(sign, name[at]))) continue;
      found.push({ from, to: from + length, name });
    }
  }
  return found.sort((one, two) => two.name.length - one.name.length);
}

/** Everything that has a name: what the lists know, and the titles of the pages. */
function namesOf(entries, pages) {
  const named = [...entries.values()].filter((list) => list.some(({ kind }) => kind === 'term' || kind === 'plan'));
  return [...named.map(({ name }) => name), ...pages.map(({ title }) => title)];
}

const inChinese = (names) => new Set(names.filter((name) => /^\p{Script=Han}+$/u.test(name)));

/** Spellings of a query that may have been meant, the likeliest first. `missing` are its parts that no page has;
    `load` brings the sounds of the characters. */
export async function nearQueries(text, missing, entries, pages, load) {
  const names = namesOf(entries, pages);
  if (hasHan(text)) {
    const alike = soundAlike(text, inChinese(names), readings(await load()));
    return [...new Set(alike.map(({ from, to, name }) => text.slice(0, from) + name + text.slice(to)))].slice(0, OFFERED);
  }
  const words = new Set(names.flatMap((name) => name.toLowerCase().match(/[a-z]{4,}/gu) ?? []));
  let found = [text];
  for (const part of missing) {
    for (const word of part.toLowerCase().match(/[a-z]{4,}/gu) ?? []) {
      const near = nearWords(word, words).slice(0, OFFERED);
      found = found.flatMap((query) => near.map((other) => query.replace(new RegExp(`\\b${word}\\b`, 'iu'), other)));
    }
  }
  return found.filter((query) => key(query) !== key(text)).slice(0, OFFERED);
}

/** Names that have the syllables of a Chinese text in their order but for one, to be offered only. */
export async function nearNames(text, entries, pages, load) {
  if (!hasHan(text) || text.length < LONG) return [];
  const alike = alikeIn(readings(await load()));
  return [...inChinese(namesOf(entries, pages))].filter((name) => distance(text, name, 1, alike) < 2);
}
