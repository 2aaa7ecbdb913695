// Reads the files of the index: which pages have a word, and at what places. plansite/search/postings.py says what they
// hold.

const SIGNATURE = 12; // bytes before the content of a file that Pagefind wrote
const SHARED = 4; // letters that words in Latin letters share if they are sure to stand in one file

const text = new TextDecoder();

/** The content of a file, unzipped if the host has not done so. */
async function read(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Word → page → places, of the content of a file. Pages and places count from the one before. */
function words(data) {
  const found = new Map();
  let at = 0;
  const number = () => {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = data[at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  };
  while (at < data.length) {
    const length = number();
    const pages = new Map();
    found.set(text.decode(data.subarray(at, at += length)), pages);
    let page = 0;
    for (let left = number(); left; left -= 1) {
      page += number();
      const places = [];
      let place = 0;
      for (let more = number(); more; more -= 1) places.push(place += number());
      pages.set(page, places);
    }
  }
  return found;
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
      this.#files.set(name, read(new URL(`index/${name}.pf_index`, this.folder)).then(words));
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
    for (const file of files) for (const [other, pages] of file) if (other.startsWith(word)) join(found, pages);
    return found;
  }

  /** Page → places of the longest word that another one begins with. */
  async longest(word) {
    const chunk = this.chunks.findLast(([first]) => first <= word);
    const file = chunk ? await this.#file(chunk[2]) : new Map();
    const begun = [...file.keys()].filter((other) => other.length >= SHARED && word.startsWith(other));
    return file.get(begun.sort((one, two) => two.length - one.length)[0]) ?? new Map();
  }

  /** What results show of a page: {content, filters}. */
  async page(name) {
    const data = await read(new URL(`fragment/${name}.pf_fragment`, this.folder));
    return JSON.parse(text.decode(data.subarray(SIGNATURE)));
  }
}
