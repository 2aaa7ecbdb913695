// On a page that has moved: whoever asks for a place on it is led to that place, before the page leads to the new one's top.

const id = location.hash.slice(1); // ids of this site hold nothing that has to be encoded
const link = document.querySelector('[data-moved-to]');
const own = id && document.getElementById(id)?.querySelector('a[href]');

if (own) {
  location.replace(own.href);
} else if (id && link && !link.hash) {
  location.replace(link.href + location.hash);
}
