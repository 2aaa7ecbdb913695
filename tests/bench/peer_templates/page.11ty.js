// One page: the front matter's `record` is the content of page_content.py, `content` the Markdown as HTML.
const SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"};
const e = (text) => String(text ?? "").replace(/[&<>"']/g, (sign) => SIGNS[sign]);
const each = (list, make) => list.map(make).join("");
const entry = ({href, text}) =>
  href ? `<a class="entry-link" href="${e(href)}">${e(text)}</a>` : `<span class="entry-text">${e(text)}</span>`;

const section = (record) => (part, number) => `<section class="part" aria-labelledby="s${number}">
${part.heading ? `<h2 id="s${number}">${e(part.heading)}</h2>` : ""}
${part.actions.length ? `<ol class="actions">
${each(part.actions, (action, index) => `<li id="s${number}a${index}"><p>${e(action)} <span class="action-tools"><a class="permalink" href="#s${number}a${index}" aria-label="Link to commitment ${index}">#</a>
<button type="button" class="button-quiet needs-script" data-quote="${e(action)}" data-source="${e(record.title)}">Copy quote<span class="visually-hidden"> ${index}</span></button></span></p></li>
`)}</ol>
` : ""}${each(part.tables, (table) => `<div class="table-scroll" role="region" tabindex="0">
<table class="numbers">
${each(table, (row) => `<tr class="row">${each(row, (cell) => `<td class="cell">${entry(cell)}</td>
`)}</tr>
`)}</table>
</div>
`)}${part.entries.length ? `<ul class="entries">
${each(part.entries, (item) => `<li class="entry">${entry(item)}</li>
`)}</ul>
` : ""}</section>
`;

module.exports = class {
  render({record, content}) {
    const link = (folder) => (name) =>
      `<li><a href="/${record.language}/${folder}${name.toLowerCase()}/">${name}</a></li>\n`;
    return `<!doctype html>
<html lang="${record.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${e(record.title)}</title>
<meta name="description" content="${e(record.description)}">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="${record.canonical}">
${each(record.alternates, ({language, href}) => `<link rel="alternate" hreflang="${language}" href="${href}">\n`)}<meta property="og:title" content="${e(record.heading)}">
<meta property="og:description" content="${e(record.description)}">
<meta property="og:type" content="article">
<meta property="og:url" content="${record.canonical}">
<meta property="og:site_name" content="Plain Plans">
<meta name="citation_title" content="${e(record.heading)}">
<meta name="citation_author" content="Plain Plans editors">
<meta name="citation_publisher" content="Plain Plans">
<meta name="citation_language" content="${record.language}">
<meta name="citation_public_url" content="${record.canonical}">
<link rel="stylesheet" href="${record.stylesheet}">
<script type="application/ld+json">${record.linked_data}</script>
</head>
<body class="page">
<a class="skip-link" href="#main">Skip to the content</a>
<header class="site-header">
<div class="masthead"><a class="site-name" href="/">Plain Plans</a>
<form class="search-box" role="search" action="/search/" method="get" aria-label="Search the site">
<label for="q" class="visually-hidden">Search the site</label>
<span class="field"><input id="q" name="q" type="search" value="" placeholder="straw burning, PM2.5, sewage …" autocomplete="off" enterkeyhint="search">
<button type="submit">Search</button></span>
</form></div>
<nav class="site-nav" aria-label="Main">
<ul>
${each(["Plans", "Shared", "Indicators", "Targets", "Topics", "Departments", "Places", "Notes"], link(""))}</ul>
</nav>
</header>
<nav class="breadcrumbs" aria-label="Breadcrumb">
<ol>
${each(record.crumbs, ({href, text}) => `<li>${href ? `<a href="${e(href)}">${e(text)}</a>` : `<span aria-current="page">${e(text)}</span>`}</li>\n`)}</ol>
</nav>
<main id="main" tabindex="-1">
<article class="content">
<header class="page-head">
<h1>${e(record.heading)}</h1>
<p class="lead">${e(record.lead)}</p>
</header>
<section class="prose">
${content}
</section>
${each(record.sections, section(record))}${each(record.citations, ({id, text}) => `<details class="fold"><summary>${e(id)}</summary>
<pre class="citation-text" id="${e(id)}">${e(text)}</pre><button type="button" class="button-quiet needs-script" data-copy-from="#${e(id)}">Copy<span class="visually-hidden"> ${e(id)}</span></button></details>
`)}<div class="print-address"><div class="qr">${record.code}</div><p>Permanent address<br>${record.canonical}</p></div>
</article>
</main>
<footer class="site-footer">
<p>An unofficial restatement. The official document decides.</p>
<ul>
${each(["About", "Method", "Data", "Cite", "Glossary", "Accessibility"], link("about/"))}</ul>
<p>Texts and data: <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a></p>
</footer>
</body>
</html>
`;
  }
};
