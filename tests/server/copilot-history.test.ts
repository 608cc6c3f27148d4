import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createHistory, type HistoryOptions } from "../../server/copilot/history.ts";
import { manualTimers } from "../support/timers.ts";

/** A history on manual time. */
function historyOf(options: Omit<HistoryOptions, "timers"> = {}) {
  const { timers, pass, pending } = manualTimers();
  return { history: createHistory({ ...options, timers }), pass, pending };
}

const exchange = (n: number) => ({ said: `question ${n}`, answered: `answer ${n}` });

describe("what was said in a call", () => {
  test("between cuts the list is an extension of the one before; at 15 messages it is cut down to 9", () => {
    const { history } = historyOf();
    const conversation = history.of("ana", "call");
    let before = conversation.messages();
    const lengths = [before.length];
    for (let n = 1; n <= 40; n++) {
      conversation.append(exchange(n));
      const now = conversation.messages();
      lengths.push(now.length);
      const cut = now.length < before.length;
      if (cut)
        assert.deepEqual(
          now.slice(0, -2),
          before.slice(2 - now.length),
          "a cut takes whole blocks of the oldest",
        );
      else assert.deepEqual(now.slice(0, before.length), before);
      assert.deepEqual(
        now.map(({ role }) => role),
        now.map((_, i) => (i % 2 === 0 ? "user" : "assistant")),
      );
      assert.deepEqual(
        now.slice(-2).map(({ content }) => content),
        [`question ${n}`, `answer ${n}`],
      );
      before = now;
    }
    // with the question that follows: 15 at most, 9 after a cut
    assert.deepEqual(lengths.slice(0, 13), [0, 2, 4, 6, 8, 10, 12, 14, 8, 10, 12, 14, 8]);
    assert.equal(Math.max(...lengths), 14);
  });

  test("each agent and call has its own, and so has an agent without a call", () => {
    const { history } = historyOf();
    history.of("ana", "call 1").append(exchange(1));
    history.of("ana", null).append(exchange(2));
    history.of("bea", "call 1").append(exchange(3));
    const first = (agentId: string, callId: string | null) =>
      history.of(agentId, callId).messages()[0]?.content;
    assert.equal(first("ana", "call 1"), "question 1");
    assert.equal(first("ana", null), "question 2");
    assert.equal(first("bea", "call 1"), "question 3");
    assert.equal(first("ana", "call 2"), undefined);
  });

  test("half an exchange is not kept, and a given list does not change the kept one", () => {
    const conversation = historyOf().history.of("ana", null);
    conversation.append({ said: "es caro", answered: " " });
    conversation.append({ said: "", answered: "Le entiendo." });
    assert.deepEqual(conversation.messages(), []);
    conversation.append(exchange(1));
    conversation.messages().pop();
    assert.equal(conversation.messages().length, 2);
  });

  test("forgotten by agent or with the call, and an answer that comes late brings nothing back", () => {
    const { history, pending } = historyOf();
    const [old, other, alone] = [
      history.of("ana", "call"),
      history.of("bea", "call"),
      history.of("ana", null),
    ];
    for (const one of [old, other, alone]) one.append(exchange(1));
    history.forgetAgent("ana");
    old.append(exchange(2));
    assert.deepEqual(history.of("ana", "call").messages(), []);
    old.append(exchange(3));
    assert.deepEqual(history.of("ana", "call").messages(), []);
    assert.equal(other.messages().length, 2);
    history.forgetCall("call");
    assert.deepEqual(history.of("bea", "call").messages(), []);
    history.clear();
    assert.deepEqual([history.size, pending()], [0, 0]);
  });

  test("an hour unused, it is forgotten without anybody asking", () => {
    const { history, pass, pending } = historyOf();
    history.of("ana", null).append(exchange(1));
    pass(1_800_000);
    history.of("bea", null).append(exchange(1));
    pass(1_799_999);
    assert.equal(history.size, 2);
    pass(1);
    assert.equal(history.size, 1);
    assert.equal(history.of("bea", null).messages().length, 2);
    pass(3_600_000);
    assert.deepEqual([history.size, pending()], [0, 0]);
  });

  test("no more than so many: the one unused for longest goes", () => {
    const { history } = historyOf({ most: 3 });
    for (const agentId of ["ana", "bea", "cid"]) history.of(agentId, null).append(exchange(1));
    history.of("ana", null);
    history.of("dan", null).append(exchange(1));
    assert.equal(history.size, 3);
    assert.equal(history.of("ana", null).messages().length, 2);
    assert.deepEqual(history.of("bea", null).messages(), []);
  });
});
