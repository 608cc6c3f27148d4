/** Stands in, when the pages are built, for hono's own `<form>`, `<title>`, `<script>` and `<link>`: all tags are the browser's. */
export const components_exports = {};
