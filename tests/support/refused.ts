import assert from "node:assert/strict";
import { v7 as uuidv7 } from "uuid";
import type { Problem } from "#contract";
import { answer, type TestServer } from "./server.ts";

/** An id that nothing has. */
export const NOBODY = uuidv7();

/** Checks that a request was refused: a problem with code and hint, and nothing in the server's own log. */
export const refusals =
  (server: () => TestServer) =>
  async (response: Promise<Response>, status: number, code: string): Promise<Problem> => {
    const { headers } = await response;
    const { status: got, body } = await answer(response);
    assert.deepEqual([got, body.code], [status, code], JSON.stringify(body));
    assert.match(headers.get("content-type") ?? "", /^application\/problem\+json/);
    assert.ok(body.detail.length > 10 && body.hint.length > 10, "a text and a hint");
    assert.equal(server().errors.length, 0, "nothing unexpected happened");
    return body;
  };
