// For the copy of the site in a folder on a reader's own disk. Browsers let pages there load neither modules nor data,
// so both lie in plain scripts beside them (plansite/publish/offline.py), and what stands here hands them on. Browsers do not
// look for index.html there either, so links to a folder are led to it.

(() => {
  const script = document.currentScript;
  const ROOT = new URL('../', script.src);
  const loading = new Map();
  const waiting = new Map();
  const modules = new Map();

  /** The path of an address in this copy. */
  const pathOf = (address) => new URL(address, location.href).href.slice(ROOT.href.length).replace(/[?#].*$/u, '');

  /** What the script of a file brings. */
  function load(path) {
    if (!loading.has(path)) {
      loading.set(path, new Promise((resolve, reject) => {
        waiting.set(path, resolve);
        const element = document.createElement('script');
        element.src = new URL(`${path}.js`, ROOT);
        element.addEventListener('error', () => reject(new Error(`${path} is not in this copy`)));
        document.head.append(element);
      }));
    }
    return loading.get(path);
  }

  /** The address of a module that the browser can import; those it imports are made first. */
  function moduleAt(address) {
    if (!modules.has(address.href)) modules.set(address.href, makeModule(address));
    return modules.get(address.href);
  }

  async function makeModule(address) {
    let source = await load(pathOf(address));
    for (const [whole, start, name] of source.matchAll(/^(import .* from )'(\.\/[\w.-]+)'/gmu)) {
      source = source.replace(whole, `${start}'${await moduleAt(new URL(name, address))}'`);
    }
    return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  }

  /** An address that ends in a folder, with the file that a host would send. */
  function whole(address) {
    const url = new URL(address, location.href);
    if (url.protocol === 'file:' && url.pathname.endsWith('/')) url.pathname += 'index.html';
    return url.href;
  }

  window.offline = {
    bring: (path, content) => waiting.get(path)(content),
    url: (path) => new URL(path, ROOT).href,
    import: async (from, name) => import(await moduleAt(new URL(name, new URL(from, ROOT)))),
    fetch: async (address) => {
      const text = await load(pathOf(address));
      return new Response(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)));
    },
    go: (address) => location.assign(whole(address)),
  };

  for (const kind of ['pointerdown', 'focusin', 'click']) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.('a[href]');
      if (link && whole(link.href) !== link.href) link.href = whole(link.href);
    }, true);
  }

  document.addEventListener('DOMContentLoaded', () => {
    for (const path of script.dataset.modules.split(' ').filter(Boolean)) window.offline.import('./', path);
  });
})();
