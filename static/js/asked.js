// Runs before the search page is drawn: if its address holds a query, there is room for the results from the start.
const asked = /[?&](?:q|kind|plan|topic|department|year)=[^&]/u.test(location.search);
document.documentElement.classList.toggle('asked', asked);
