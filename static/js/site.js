// What every page can do beyond its HTML: copy, quote, jump to a number, sort and filter tables.
// No text for readers stands here: it comes from data attributes.

const words = document.body.dataset;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// --- copy ------------------------------------------------------------------------------------------------------------

/** A live region behind the button; what it says is gone after two seconds. */
function say(button, message) {
  const region = button.nextElementSibling;
  region.textContent = message;
  clearTimeout(region.timer);
  region.timer = setTimeout(() => (region.textContent = ''), 2000);
}

/** Where the clipboard is closed, the text stands selected in a box, ready for the reader's own copy command. */
function offer(button, text) {
  const box = document.createElement('textarea');
  Object.assign(box, { className: 'copy-fallback', value: text, readOnly: true });
  box.setAttribute('aria-label', button.textContent.trim());
  (button.closest('li, details, .citation') ?? button.parentElement).append(box);
  box.select();
  box.addEventListener('blur', () => box.remove());
  say(button, words.copyFailed);
}

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    say(button, words.copied);
  } catch {
    offer(button, text);
  }
}

/** Text fragments need "-", "," and "&" encoded; encodeURIComponent leaves only "-". */
const encode = (text) => encodeURIComponent(text).replaceAll('-', '%2D');

/** The part of an address that marks a text on the page: a long one is named by its first and last clause. */
export function textFragment(text) {
  const clauses = text.split(/[，；。：、]|[,;.:](?: |$)/).filter(Boolean).map((clause) => clause.trim());
  const [first, last] = [clauses[0], clauses.at(-1)];
  const range = text.length > 80 && first !== last && first.length > 3 && last.length > 3;
  return `:~:text=${range ? `${encode(first)},${encode(last)}` : encode(text)}`;
}

/** What this site says, who says it, and the permanent address, wherever the page was opened from. */
function quotation(button) {
  const { quote, source } = button.dataset;
  const link = `${document.querySelector('link[rel=canonical]').href}#${button.closest('[id]').id}`;
  const quoted = quote.replaceAll('“', '‘').replaceAll('”', '’');
  const dash = document.documentElement.lang.startsWith('zh') ? '——' : '— ';
  return `“${quoted}”\n${dash}${source}\n${link}\n${link}${textFragment(quote)}`;
}

function copyText(button) {
  if (button.dataset.quote) return quotation(button);
  if (button.dataset.copyFrom) return document.querySelector(button.dataset.copyFrom).textContent.trim();
  return button.dataset.copy;
}

for (const button of document.querySelectorAll('button:is([data-copy], [data-copy-from], [data-quote])')) {
  const region = document.createElement('span');
  region.className = 'copied';
  region.setAttribute('role', 'status');
  button.after(region);
  button.addEventListener('click', () => copy(button, copyText(button)));
}

// --- citations: the day of reading, which nobody knew when the site was built (plansite/exports/citations.py) --------

const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, '0')).join('-');
for (const text of document.querySelectorAll('.citation-text')) {
  text.textContent = text.textContent.replace(/\[(?:引用日期|date accessed)\]/, `[${today}]`);
}

// --- search key ------------------------------------------------------------------------------------------------------

const slashKey = {
  name: 'slash-key',
  get on() {
    try {
      return localStorage.getItem(this.name) !== 'off';
    } catch {
      return true; // a browser that keeps nothing
    }
  },
  set on(wanted) {
    wanted ? localStorage.removeItem(this.name) : localStorage.setItem(this.name, 'off');
  },
};

// Readers who dictate may turn the key off (WCAG 2.2, 2.1.4), on the page about accessibility.
for (const box of document.querySelectorAll('[data-slash-key]')) {
  box.checked = slashKey.on;
  box.addEventListener('change', () => (slashKey.on = box.checked));
}

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, textarea, select, [contenteditable]');
  const field = document.querySelector('[data-search-key]');
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing || !field || !slashKey.on) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// --- jump to a number in a plan ----------------------------------------------------------------------------------------

const plain = (text) => text.normalize('NFKC').replace(/[。｡·・]/g, '.').replace(/\s+/g, ' ').trim();
const key = (text) => plain(text).toLowerCase().replaceAll(' ', '');

/** Splits "净月4.3.1" into what names the plan and what names the place; a plan's own name may end in digits. */
export function readLocator(text, list) {
  const asked = plain(text);
  const ids = new Map(Object.entries(list.names).map(([name, id]) => [key(name), id]));
  for (const id of Object.keys(list.plans)) ids.set(key(id), id);
  if (ids.has(key(asked))) return { asked, plan: ids.get(key(asked)), number: '' };
  const [, name, number] = asked.match(/^(.*?)[\s,，§]*(\d+(?:\.\d+){0,2})\.?$/) ?? [null, asked, ''];
  return { asked, name, plan: ids.get(key(name)), number };
}

/** The address below the language of a chapter, section or measure; undefined if the plan has none of that number. */
function place(plan, number) {
  const [chapter, section] = number.split('.');
  if (!number) return plan.path;
  if (plan.measures[number]) return `${plan.path}measures/${plan.measures[number]}/`;
  if (plan.sections[number]) return `${plan.path}chapters/${plan.sections[number]}/#s${section}`;
  return plan.chapters.map(String).includes(number) ? `${plan.path}chapters/${chapter}/` : undefined;
}

/** The number of the same depth that stands closest in the document. */
export function nearest(plan, number) {
  const depth = number.split('.').length;
  const numbers = [plan.chapters.map(String), Object.keys(plan.sections), Object.keys(plan.measures)][depth - 1];
  const weigh = (other) =>
    number.split('.').reduce((sum, part, i) => sum + Math.abs(part - other.split('.')[i]) * 100 ** (depth - i), 0);
  return numbers.reduce((best, other) => (weigh(other) < weigh(best) ? other : best), numbers[0]);
}

function nameOf(list, id) {
  const han = document.documentElement.lang.startsWith('zh');
  const names = Object.keys(list.names).filter((name) => list.names[name] === id);
  return names.find((name) => /\p{Script=Han}/u.test(name) === han) ?? names[0] ?? id;
}

/** The plan of the page the reader is on, or the only plan there is. */
function impliedPlan(list) {
  const ids = Object.keys(list.plans);
  return ids.find((id) => location.pathname.includes(`/${list.plans[id].path}`)) ?? (ids.length === 1 ? ids[0] : undefined);
}

function jump(form, list, text) {
  const status = form.querySelector('.jump-status');
  const read = readLocator(text, list);
  const id = read.plan ?? (read.name || !read.number ? undefined : impliedPlan(list));
  const example = form.elements.q.placeholder;
  if (!id && read.name) {
    const names = Object.keys(list.plans).map((plan) => nameOf(list, plan));
    const listed = new Intl.ListFormat(document.documentElement.lang).format(names);
    status.textContent = fill(form.dataset.noPlan, { asked: read.name, names: listed });
  } else if (!id) {
    status.textContent = fill(form.dataset.unreadable, { example });
  } else {
    const target = place(list.plans[id], read.number);
    if (target) return location.assign(form.dataset.base + target);
    const near = nearest(list.plans[id], read.number);
    const link = Object.assign(document.createElement('a'), {
      href: form.dataset.base + place(list.plans[id], near),
      textContent: near,
    });
    const [before, after] = fill(form.dataset.notFound, { asked: read.number, plan: nameOf(list, id) }).split('{nearest}');
    status.replaceChildren(before, link, after ?? '');
  }
  form.elements.q.focus();
}

for (const form of document.querySelectorAll('form[data-locators]')) {
  const go = async () => {
    try {
      const answer = await fetch(form.dataset.locators);
      if (!answer.ok) throw new Error(answer.statusText);
      jump(form, await answer.json(), form.elements.q.value);
    } catch {
      form.querySelector('.jump-status').textContent = form.dataset.unavailable;
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    go();
  });
  const asked = new URLSearchParams(location.search).get('q');
  if (asked && document.body.classList.contains('kind-jump')) {
    form.elements.q.value = asked;
    go();
  }
}

// --- tables ----------------------------------------------------------------------------------------------------------

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

/** Keeps what the reader chose in the address, so that the view can be sent on. */
function remember(values) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) value ? query.set(name, value) : query.delete(name);
  history.replaceState(null, '', (`${query}` ? `?${query}` : location.pathname) + location.hash);
}

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const asPrinted = [...body.rows];
  const value = (row, column) => row.cells[column].dataset.sort || row.cells[column].textContent.trim();

  function sort(column, direction) {
    const sign = direction === 'descending' ? -1 : 1;
    const empty = (text) => text === '' || text === '–' || text === '—';
    const rows = asPrinted.toSorted((a, b) => {
      const [x, y] = [value(a, column), value(b, column)];
      return empty(x) - empty(y) || sign * (x - y || collator.compare(x, y));
    });
    body.append(...rows);
    heads.forEach((head, i) => (i === column ? head.setAttribute('aria-sort', direction) : head.removeAttribute('aria-sort')));
  }

  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const direction = head.ariaSort === 'ascending' ? 'descending' : 'ascending';
      sort(column, direction);
      remember({ sort: `${direction === 'descending' ? '-' : ''}${column + 1}` });
    });
  });
  const chosen = Number(new URLSearchParams(location.search).get('sort'));
  if (heads[Math.abs(chosen) - 1]) sort(Math.abs(chosen) - 1, chosen < 0 ? 'descending' : 'ascending');
}

function filtering(form) {
  const rows = [...document.getElementById(form.dataset.filterTable).tBodies].flatMap((body) => [...body.rows]);
  const fields = [...form.elements].filter((field) => field.name);
  const count = form.querySelector('.filter-count');

  function keeps(row, field) {
    if (!field.value) return true;
    if (field.name in row.dataset) return row.dataset[field.name].split(' ').includes(field.value);
    return plain(row.textContent).toLowerCase().includes(plain(field.value).toLowerCase());
  }

  function apply() {
    for (const row of rows) row.hidden = !fields.every((field) => keeps(row, field));
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = shown ? fill(form.dataset.countText, { shown, total: rows.length }) : form.dataset.noneText;
    remember(Object.fromEntries(fields.map((field) => [field.name, field.value])));
  }

  const query = new URLSearchParams(location.search);
  for (const field of fields) field.value = query.get(field.name) ?? '';
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
  apply();
}

document.querySelectorAll('table[data-sortable]').forEach(sortable);
document.querySelectorAll('form[data-filter-table]').forEach(filtering);

// The id that the address asks for; what is no valid one is taken as it stands.
function asked() {
  const id = location.hash.slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

// A link to folded official wording opens it.
function unfold() {
  const target = document.getElementById(asked());
  const fold = target?.closest('details:not([open])');
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
}

addEventListener('hashchange', unfold);
unfold();
