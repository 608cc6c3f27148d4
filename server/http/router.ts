import type { Result, Router } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";

/**
 * Hono's router for routes of any form, which remembers what it found where a path has no parameters. There are only so
 * many of those; its faster routers refuse an app that has both `/calls/:id` and `/calls/callbacks`.
 */
export class RememberingRouter<T> implements Router<T> {
  readonly name = "RememberingRouter";
  readonly #trie = new TrieRouter<T>();
  readonly #found = new Map<string, Result<T> | null>();

  add(method: string, path: string, handler: T): void {
    this.#trie.add(method, path, handler);
    if (!/[:*?]/.test(path)) this.#found.set(`${method} ${path}`, null);
  }

  match(method: string, path: string): Result<T> {
    const route = `${method} ${path}`;
    const known = this.#found.get(route);
    if (known) return known;
    const result = this.#trie.match(method, path);
    if (known === null) this.#found.set(route, result);
    return result;
  }
}
