// Reads the files of Pagefind's index: which pages have a word, and at what places. plansite/search/postings.py says what
// is in them.

const SIGNATURE = 12; // bytes before the content
const SHARED = 4; // letters that words in Latin letters share if they are sure to stand in one file

const text = new TextDecoder();

/** The content of a file, unzipped if the host has not done so. */
async function read(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data[0] !== 0x1f) return data.subarray(SIGNATURE);
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer()).subarray(SIGNATURE);
}

/** Takes CBOR values (RFC 8949) from bytes: integers, texts and the heads of arrays. */
class Reader {
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  /** The next number; of a text or an array its length. Negative numbers come as they are. */
  number() {
    const first = this.data[this.at++];
    let value = first & 31;
    if (value > 23) {
      let bytes = 1 << (value - 24);
      for (value = 0; bytes; bytes -= 1) value = value * 256 + this.data[this.at++];
    }
    return first >> 5 === 1 ? -1 - value : value;
  }

  text() {
    const length = this.number();
    this.at += length;
    return text.decode(this.data.subarray(this.at - length, this.at));
  }

  /** Page → places of a word. Each number counts from the one before; a negative one is the weight of those that follow it
      and count anew. */
  pages() {
    const found = new Map();
    let page = 0;
    for (let count = this.number(); count; count -= 1) {
      this.number();
      page += this.number();
      const places = [];
      let place = 0;
      for (let left = this.number(); left; left -= 1) {
        const step = this.number();
        if (step < 0) place = 0;
        else places.push(place += step);
      }
      for (let left = this.number(); left; left -= 1) this.number();
      found.set(page, places.sort((one, two) => one - two));
    }
    return found;
  }

  /** Word → page → places, of a whole file. */
  words() {
    const found = new Map();
    this.number();
    for (let count = this.number(); count; count -= 1) {
      this.number();
      const word = this.text();
      found.set(word, this.pages());
      for (let spellings = this.number(); spellings; spellings -= 1) {
        this.number();
        this.text();
        join(found.get(word), this.pages());
      }
    }
    return found;
  }
}

/** Adds the places of one word to those of another. */
function join(pages, more) {
  for (const [page, places] of more) {
    pages.set(page, [...new Set([...(pages.get(page) ?? []), ...places])].sort((one, two) => one - two));
  }
  return pages;
}

/** The word index of one language. `chunks` are its files: [first word, last word, name]. */
export class Postings {
  #files = new Map();

  constructor(folder, chunks) {
    Object.assign(this, { folder, chunks });
  }

  #file(name) {
    if (!this.#files.has(name)) {
      this.#files.set(name, read(new URL(`index/${name}.pf_index`, this.folder)).then((data) => new Reader(data).words()));
    }
    return this.#files.get(name);
  }

  /** Page → places of a word. */
  async exactly(word) {
    const chunk = this.chunks.find(([first, last]) => first <= word && word <= last);
    return (chunk && (await this.#file(chunk[2])).get(word)) ?? new Map();
  }

  /** Page → places of the words that begin like this, at least those of its file. */
  async beginning(word) {
    const last = word.length < SHARED ? word : `${word}\uffff`;
    const chunks = this.chunks.filter((chunk) => chunk[0] <= last && word <= chunk[1]);
    const files = await Promise.all(chunks.map(([, , name]) => this.#file(name)));
    const found = new Map();
    for (const words of files) for (const [other, pages] of words) if (other.startsWith(word)) join(found, pages);
    return found;
  }

  /** Page → places of the longest word that another one begins with. */
  async longest(word) {
    const chunk = this.chunks.findLast(([first]) => first <= word);
    const words = chunk ? await this.#file(chunk[2]) : new Map();
    const begun = [...words.keys()].filter((other) => other.length >= SHARED && word.startsWith(other));
    return words.get(begun.sort((one, two) => two.length - one.length)[0]) ?? new Map();
  }

  /** What results show of a page: {content, filters}. */
  async page(name) {
    return JSON.parse(text.decode(await read(new URL(`fragment/${name}.pf_fragment`, this.folder))));
  }
}
