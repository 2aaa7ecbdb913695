// The stem of an English word, as Pagefind's index has it: Porter's second algorithm (snowballstem.org, “english”).

const VOWEL = '[aeiouy]';
const DOUBLE = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/u;
const SHORT = /(^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$/u;
const FIXED = new Map(Object.entries({
  skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie', idly: 'idl', gently: 'gentl', ugly: 'ugli',
  early: 'earli', only: 'onli', singly: 'singl', sky: 'sky', news: 'news', howe: 'howe', atlas: 'atlas', cosmos: 'cosmos',
  bias: 'bias', andes: 'andes', paste: 'paste',
}));
const KEPT = new Set(['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed']);

const SECOND = [ // in region 1; the longest first
  ['ational', 'ate'], ['tional', 'tion'], ['fulness', 'ful'], ['ousness', 'ous'], ['iveness', 'ive'], ['ization', 'ize'],
  ['biliti', 'ble'], ['lessli', 'less'], ['ation', 'ate'], ['alism', 'al'], ['aliti', 'al'], ['ousli', 'ous'],
  ['iviti', 'ive'], ['fulli', 'ful'], ['entli', 'ent'], ['enci', 'ence'], ['anci', 'ance'], ['abli', 'able'],
  ['izer', 'ize'], ['ator', 'ate'], ['alli', 'al'], ['bli', 'ble'], ['ogi', 'og', /logi$/u], ['li', '', /[cdeghkmnrt]li$/u],
];
const THIRD = [
  ['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'], ['ative', '', 2],
  ['ical', 'ic'], ['ness', ''], ['ful', ''],
];
const FOURTH = ['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion',
  'al', 'er', 'ic'];

/** Where the regions begin: behind the first consonant after a vowel, and the same once more. */
function regions(word) {
  const behind = (from) => {
    const match = new RegExp(`${VOWEL}[^aeiouy]`, 'u').exec(word.slice(from));
    return match ? from + match.index + 2 : word.length;
  };
  const special = /^(gener|commun|arsen|past|univers|later|emerg|organ|inter)/u.exec(word);
  const first = special ? special[0].length : behind(0);
  return [first, behind(first)];
}

/** The stem of a word in small letters. */
export function stem(given) {
  if (given.length < 3 || !/[a-z]/u.test(given)) return given;
  if (FIXED.has(given)) return FIXED.get(given);
  let word = given.replace(/^'/u, '').replace(/^y|(?<=[aeiouy])y/gu, 'Y');
  const [one, two] = regions(word);
  const ends = (suffix, region = 0) => word.endsWith(suffix) && word.length - suffix.length >= region;
  const cut = (suffix, other = '') => { word = word.slice(0, word.length - suffix.length) + other; };

  word = word.replace(/('s'|'s|')$/u, '');
  if (word.endsWith('sses')) cut('es');
  else if (/(ied|ies)$/u.test(word)) cut('ies', word.length > 4 ? 'i' : 'ie');
  else if (/s$/u.test(word) && !/(us|ss)$/u.test(word) && /[aeiouy].+s$/u.test(word)) cut('s');
  if (KEPT.has(word)) return word;

  const past = /(eedly|eed|ingly|edly|ing|ed)$/u.exec(word)?.[0];
  if (past?.startsWith('eed')) {
    if (ends(past, one)) cut(past, 'ee');
  } else if (past && new RegExp(VOWEL, 'u').test(word.slice(0, -past.length))) {
    cut(past);
    if (/(at|bl|iz)$/u.test(word)) word += 'e';
    else if (DOUBLE.test(word) && !/^[aeo]..$/u.test(word)) word = word.slice(0, -1);
    else if (one >= word.length && SHORT.test(word)) word += 'e';
  }
  word = word.replace(/(?<=.[^aeiouy])[yY]$/u, 'i');

  const second = SECOND.find(([suffix]) => word.endsWith(suffix));
  if (second && ends(second[0], one) && (second[2]?.test(word) ?? true)) cut(second[0], second[1]);
  const third = THIRD.find(([suffix]) => word.endsWith(suffix));
  if (third && ends(third[0], third[2] ? two : one)) cut(third[0], third[1]);
  const fourth = FOURTH.find((suffix) => word.endsWith(suffix));
  if (fourth && ends(fourth, two) && (fourth !== 'ion' || /[st]ion$/u.test(word))) cut(fourth);
  if (ends('e', two) || (ends('e', one) && !SHORT.test(word.slice(0, -1)))) cut('e');
  else if (ends('l', two) && word.endsWith('ll')) cut('l');
  return word.replace(/Y/gu, 'y');
}
