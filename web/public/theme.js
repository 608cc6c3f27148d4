// Runs before the first paint, so that a chosen theme never flashes; the CSP allows no inline script.
if (localStorage.theme) document.documentElement.dataset.theme = localStorage.theme;
