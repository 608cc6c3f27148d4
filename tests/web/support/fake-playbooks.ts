import { Hono } from "hono";
import { parse } from "yaml";
import {
  cardContent,
  cardInput,
  newPlaybook,
  playbookChange,
  searchTry,
  slug,
  type CardContent,
  type CardHistory,
  type ImportResult,
  type Playbook,
  type PlaybookCard,
} from "#contract";
import * as scene from "./scene.ts";
import { playbooks as ofTheHouse } from "./playbook-scene.ts";
import { problem } from "./wire.ts";

export type PlaybookOptions = { playbooks?: Playbook[] };

const TODAY = "2026-11-23";
const absent = problem(
  404,
  "not_found",
  "No existe, o no es tuyo.",
  "Comprueba la dirección o el identificador.",
);
const changed = problem(
  409,
  "card_changed",
  "Otra persona ha cambiado esta tarjeta.",
  "Vuelve a abrirla: verás su versión, y repite tu cambio.",
);
const contentIn = ({
  id: _,
  version: _v,
  approvedBy: _by,
  approvedOn: _on,
  ...content
}: PlaybookCard): CardContent => content;

/** /api/playbooks in memory: versions count up, keys move, changes are kept. */
export function fakePlaybooks(options: PlaybookOptions) {
  const all = new Map((options.playbooks ?? ofTheHouse).map((one) => [one.id, structuredClone(one)]));
  const versions = new Map(
    [...all.values()].flatMap(({ cards }) => cards.map(({ id, version }) => [id, version])),
  );
  const history = new Map<string, CardHistory[]>(
    [...all.values()].map(({ id, cards }) => [
      id,
      cards.map((card) => ({
        cardId: card.id,
        version: card.version,
        action: "added",
        by: card.approvedBy,
        at: "2026-11-12T09:00:00.000Z",
        content: contentIn(card),
      })),
    ]),
  );
  const detail = (playbook: Playbook): Playbook => ({
    ...playbook,
    expired: playbook.cards.filter(({ validUntil }) => validUntil !== null && validUntil < TODAY).length,
  });
  const keep = (
    playbook: Playbook,
    cardId: string,
    action: CardHistory["action"],
    content: CardContent,
    by: string,
  ): number => {
    const version = (versions.get(cardId) ?? 0) + 1;
    versions.set(cardId, version);
    playbook.updatedAt = new Date().toISOString();
    const change = { cardId, version, action, by, at: scene.NOW.toISOString(), content };
    history.set(playbook.id, [change, ...(history.get(playbook.id) ?? [])]);
    return version;
  };
  const put = (playbook: Playbook, cardId: string, content: CardContent, by = "Luis Prieto"): void => {
    const known = playbook.cards.some(({ id }) => id === cardId);
    const version = keep(playbook, cardId, known ? "changed" : "added", content, by);
    const card = { ...content, id: cardId, version, approvedBy: by, approvedOn: TODAY };
    const others = playbook.cards.map((one) =>
      one.key !== null && one.key === content.key ? { ...one, key: null } : one,
    );
    playbook.cards = known ? others.map((one) => (one.id === cardId ? card : one)) : [...others, card];
  };

  /** What a file says, and its mistakes; a stand-in for the server's own reader. */
  function read(text: string) {
    const file = parse(text) as { id: string; name: string; cards: Record<string, unknown>[] };
    const errors = file.cards.flatMap(({ id: _, ...card }, i) =>
      (cardContent.safeParse(card).error?.issues ?? []).map(({ path, message }) => ({
        path: `line ${i + 3}, cards.${i}.${path.join(".")}`,
        message,
      })),
    );
    return { file, errors };
  }

  const app = new Hono()
    .get("/", (c) =>
      c.json(
        { items: [...all.values()].map((one) => ({ ...detail(one), cards: one.cards.length })), next: null },
        200,
      ),
    )
    .post("/", async (c) => {
      const input = newPlaybook.parse(await c.req.json());
      if (all.has(input.id))
        return c.json(
          problem(409, "playbook_taken", "Ya hay un argumentario con ese identificador.", "Elige otro."),
          409,
        );
      const playbook = {
        ...input,
        active: true,
        main: false,
        cards: [],
        expired: 0,
        updatedAt: scene.NOW.toISOString(),
      };
      all.set(input.id, playbook);
      return c.json(playbook, 201);
    })
    .post("/try", async (c) => {
      const { text, context = "" } = searchTry.parse(await c.req.json());
      const language = c.req.header("accept-language");
      const shelf =
        [...all.values()].find(
          (one) => one.active && one.language === language && context.includes(one.product),
        ) ?? [...all.values()].find((one) => one.main && one.language === language);
      const words = text.toLowerCase().split(/\W+/);
      const found = (shelf?.cards ?? [])
        .map(({ id, title, kind, objection, triggers, validUntil }) => {
          const phrases = [title, objection, ...triggers].join(" ").toLowerCase();
          const score = words.filter((word) => word.length > 3 && phrases.includes(word)).length;
          return { id, title, kind, score, sure: score > 0 && (validUntil === null || validUntil >= TODAY) };
        })
        .filter(({ score }) => score > 0)
        .slice(0, 5);
      return c.json({ playbook: shelf?.name ?? null, found }, 200);
    })
    .post("/import", async (c) => {
      const { file, errors } = read(await c.req.text());
      if (errors.length > 0)
        return c.json(
          problem(
            422,
            "import_invalid",
            "El archivo no se ha importado: hay errores.",
            "Corrige los lugares que se indican y vuelve a subirlo. Nada ha cambiado.",
            errors,
          ),
          422,
        );
      const before = all.get(slug.parse(file.id));
      const cards = file.cards.map(({ id, ...card }) => ({
        id: String(id),
        content: cardContent.parse(card),
      }));
      const known = new Map(
        (before?.cards ?? []).map((card) => [card.id, JSON.stringify(cardContent.parse(contentIn(card)))]),
      );
      const same = cards.filter(({ id, content }) => known.get(id) === JSON.stringify(content));
      const added = cards.filter(({ id }) => !known.has(id));
      const removed = [...known.keys()].filter((id) => !cards.some((card) => card.id === id));
      const result: ImportResult = {
        playbook: file.id,
        name: file.name,
        added: added.length,
        changed: cards.length - same.length - added.length,
        unchanged: same.length,
        removed: removed.length,
        product: before?.name !== file.name,
      };
      if (c.req.query("check") !== "true" && before) {
        for (const { id, content } of cards) put(before, id, content);
        before.cards = before.cards.filter(({ id }) => !removed.includes(id));
      }
      return c.json(result, 200);
    })
    .get("/:id", (c) => {
      const playbook = all.get(c.req.param("id"));
      return playbook ? c.json(detail(playbook), 200) : c.json(absent, 404);
    })
    .patch("/:id", async (c) => {
      const playbook = all.get(c.req.param("id"));
      if (!playbook) return c.json(absent, 404);
      const change = playbookChange.parse(await c.req.json());
      if (playbook.main && (change.main === false || change.active === false))
        return c.json(
          problem(
            409,
            "main_playbook",
            "Es el argumentario principal.",
            "Haz principal a otro antes de apagar este.",
          ),
          409,
        );
      Object.assign(playbook, change);
      return c.json(detail(playbook), 200);
    })
    .get("/:id/history", (c) => c.json({ items: history.get(c.req.param("id")) ?? [], next: null }, 200))
    .get("/:id/export", (c) => {
      const { format = "yaml" } = c.req.query();
      return c.body("format: callmanager-playbook/1\n", 200, {
        "content-disposition": `attachment; filename="${c.req.param("id")}.${format}"`,
      });
    })
    .put("/:id/cards/:cardId", async (c) => {
      const { id, cardId } = c.req.param();
      const playbook = all.get(id);
      if (!playbook) return c.json(absent, 404);
      const input = cardInput.safeParse(await c.req.json());
      if (!input.success) {
        const errors = input.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
        return c.json(
          problem(422, "invalid", "Hay valores que no valen.", "Corrige los campos que se indican.", errors),
          422,
        );
      }
      const { version, ...content } = input.data;
      const there = playbook.cards.some((card) => card.id === cardId);
      const current = versions.get(cardId) ?? 0;
      if (version !== current && !(version === 0 && !there)) return c.json(changed, 409);
      put(playbook, cardId, content);
      return c.json(detail(playbook), 200);
    })
    .delete("/:id/cards/:cardId", (c) => {
      const { id, cardId } = c.req.param();
      const playbook = all.get(id);
      const card = playbook?.cards.find((one) => one.id === cardId);
      if (!playbook || !card) return c.json(absent, 404);
      keep(playbook, cardId, "removed", { ...contentIn(card), key: null }, "Luis Prieto");
      playbook.cards = playbook.cards.filter((one) => one !== card);
      return c.json(detail(playbook), 200);
    });

  return {
    app,
    /** Somebody else's change, so that the version that a page holds is old. */
    changeCard(playbookId: string, cardId: string, change: Partial<CardContent>): void {
      const playbook = all.get(playbookId);
      const card = playbook?.cards.find(({ id }) => id === cardId);
      if (playbook && card) put(playbook, cardId, { ...contentIn(card), ...change }, "Elena Vega");
    },
  };
}
