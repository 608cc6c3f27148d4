import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ResetCode, User } from "#contract";
import { checkPassword } from "../../server/auth/password-rules.ts";
import { AppError } from "../../server/errors.ts";
import { answer, ORIGIN, PASSWORD, testServer, type Client, type TestServer } from "../support/server.ts";

const owner = {
  name: "María Ruiz Soler",
  email: "maria.ruiz@televentas.es",
  team: "Fibra Norte",
  site: "Zaragoza",
};

/** What is said of a password; null where it may be used. */
function saidOf(password: string): "common" | "personal" | null {
  try {
    checkPassword(password, owner);
    return null;
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, "invalid");
    return error.errors?.[0]?.message.startsWith("one of the first") ? "common" : "personal";
  }
}

describe("which passwords may be used", () => {
  const common = [
    "contraseña123",
    "CONTRASEÑA2026",
    "password123",
    "P4$$w0rd2024!",
    "qwertyuiop",
    "asdfghjkl123",
    "1234567890",
    "9876543210",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "1212121212",
    "passwordpassword",
    "realmadrid2025",
    "tequieromucho",
    "Barcelona1899",
    "clave secreta",
    "bienvenido.2026",
    "abcdefghij",
    "1q2w3e4r5t",
    "qazwsxedc1",
    "administrador1",
    "iloveyou!!!!",
  ];
  for (const password of common)
    test(`«${password}» is common`, () => assert.equal(saidOf(password), "common"));

  const personal = [
    "mariaruiz1984",
    "Ruiz-Soler-María",
    "televentas2026",
    "fibranorte!!",
    "Zaragoza.1808",
    "maria.ruiz@televentas.es",
    "CallManager1",
  ];
  for (const password of personal)
    test(`«${password}» is the owner's own words`, () => assert.equal(saidOf(password), "personal"));

  const good = [
    PASSWORD,
    "el buzón naranja de mi abuela",
    "tres tristes tigres trigaban",
    "correct zebra stapler",
    "xkq7-mmzp-43td",
    "zaragoza tiene viento del norte y cierzo",
    "🐙🐙 pulpo a la gallega",
    "nmbvqpwkzj",
  ];
  for (const password of good) test(`«${password}» may be used`, () => assert.equal(saidOf(password), null));
});

describe("passwords on the wire", () => {
  let server: TestServer;
  let admin: Client;
  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { team: "Oficina" });
  });
  after(() => server.close());

  const NEXT = "el buzón naranja de mi abuela";
  const login = (userId: string, password: string, address = "192.0.2.9") =>
    server.anonymous.request(
      "POST",
      "/api/login",
      { email: `${userId}@example.com`, password },
      { "x-test-address": address },
    );
  const codeFor = async (userId: string) =>
    (await answer<ResetCode>(admin.request("POST", `/api/users/${userId}/reset-code`))).body;
  const reset = (userId: string, code: string, password = NEXT) =>
    server.anonymous.request("POST", "/api/reset", { email: `${userId}@example.com`, code, password });
  const cookieOf = (response: Response) => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

  test("a new person, a change, the first admin: what is wrong is said at the field, in both languages", async () => {
    const person = {
      name: "Eva Gil",
      email: "eva@example.com",
      role: "agent",
      team: "Norte",
      site: "Madrid",
    };
    const spanish = await answer(admin.request("POST", "/api/users", { ...person, password: "contraseña1" }));
    assert.deepEqual([spanish.status, spanish.body.errors?.[0]?.path], [422, "password"]);
    assert.match(spanish.body.errors?.[0]?.message ?? "", /de las primeras/);
    const english = await answer(
      admin.request(
        "POST",
        "/api/users",
        { ...person, password: "evagil12345" },
        { "accept-language": "en" },
      ),
    );
    assert.match(english.body.errors?.[0]?.message ?? "", /your name/);
    const { body: eva } = await answer<User>(
      admin.request("POST", "/api/users", { ...person, password: PASSWORD }),
    );
    const changed = await answer(admin.request("PATCH", `/api/users/${eva.id}`, { password: "qwertyuiop" }));
    assert.equal(changed.status, 422);
    const fresh = await testServer();
    const token = await fresh.offerSetup();
    const first = { token, name: "Ana", email: "ana@example.com", password: "administrador" };
    assert.equal((await answer(fresh.anonymous.request("POST", "/api/setup", first))).status, 422);
    const good = { ...first, password: PASSWORD };
    assert.equal(
      (await fresh.anonymous.request("POST", "/api/setup", good)).status,
      201,
      "the link still works",
    );
    assert.equal((await fresh.anonymous.request("POST", "/api/setup", good)).status, 409, "and only once");
    await fresh.close();
  });

  test("one's own: the current one is asked for, and other browsers are signed out", async () => {
    const luis = await server.person("supervisor");
    const [here, there, panel, pc] = await Promise.all([
      server.session(luis, "browser"),
      server.session(luis, "browser"),
      server.session(luis, "panel"),
      server.session(luis, "device"),
    ]);
    const change = (current: string, next: string) =>
      here.request("PUT", "/api/me/password", { current, next });
    const wrong = await answer(change("no es esta", NEXT));
    assert.deepEqual([wrong.status, wrong.body.errors?.[0]?.path], [422, "current"]);
    const weak = await answer(change(PASSWORD, "contraseña1"));
    assert.deepEqual([weak.status, weak.body.errors?.[0]?.path], [422, "next"]);
    assert.equal((await there.request("GET", "/api/me")).status, 200);
    assert.equal((await change(PASSWORD, NEXT)).status, 204);
    assert.equal((await here.request("GET", "/api/me")).status, 200);
    assert.equal((await there.request("GET", "/api/me")).status, 401);
    assert.equal((await panel.request("GET", "/api/me")).status, 200);
    assert.equal((await pc.request("GET", "/api/me")).status, 200, "a PC goes on recording");
    assert.equal((await login(luis, NEXT)).status, 200);
    for (const other of [panel, pc])
      assert.equal(
        (await other.request("PUT", "/api/me/password", { current: NEXT, next: PASSWORD })).status,
        403,
        "only in a browser",
      );
  });

  test("forgotten: an admin's code sets it once, signs in, and ends what was signed in", async () => {
    const luis = await server.person("supervisor");
    const before = await server.session(luis, "browser");
    const { code, expiresAt } = await codeFor(luis);
    assert.match(code, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    assert.equal(Date.parse(expiresAt), server.now().getTime() + 3_600_000);
    const weak = await answer(reset(luis, code, "contraseña1"));
    assert.deepEqual([weak.status, weak.body.errors?.[0]?.path], [422, "password"]);
    const done = await reset(luis, code.toLowerCase().replace("-", " "));
    assert.equal(done.status, 200);
    const signed = await server.anonymous.request("GET", "/api/me", undefined, { cookie: cookieOf(done) });
    assert.equal(((await signed.json()) as User).id, luis);
    assert.equal((await before.request("GET", "/api/me")).status, 401);
    assert.equal((await answer(reset(luis, code))).body.code, "reset_code_invalid");
  });

  test("a code of somebody else, an unknown e-mail, one too late, one that was replaced: the same answer", async () => {
    const [luis, eva] = [await server.person("supervisor"), await server.person("agent")];
    const first = await codeFor(luis);
    const second = await codeFor(luis);
    const answers = [
      await answer(reset(luis, first.code)),
      await answer(reset(eva, second.code)),
      await answer(reset("nobody", second.code)),
    ];
    const now = server.now();
    server.setNow(new Date(now.getTime() + 3_601_000));
    answers.push(await answer(reset(luis, second.code)));
    server.setNow(now);
    assert.equal(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1);
    assert.equal(answers[0]?.body.code, "reset_code_invalid");
    assert.equal((await reset(luis, second.code)).status, 200);
  });

  test("a code ends with the password that it was made for", async () => {
    const luis = await server.person("supervisor");
    const desk = await server.session(luis, "browser");
    const { code } = await codeFor(luis);
    const own = { current: PASSWORD, next: "otra clave bien larga" };
    assert.equal((await desk.request("PUT", "/api/me/password", own)).status, 204);
    assert.equal((await answer(reset(luis, code))).body.code, "reset_code_invalid");
    const second = await codeFor(luis);
    const password = "una tercera clave larga";
    assert.equal((await admin.request("PATCH", `/api/users/${luis}`, { password })).status, 200);
    assert.equal((await answer(reset(luis, second.code))).body.code, "reset_code_invalid");
  });

  test("who may not sign in any more gets no PC by a code of before, also once they are back", async () => {
    const maria = await server.person("agent");
    const asked = () => admin.request("POST", "/api/pairing-codes", { userId: maria });
    const { body: pairing } = await answer<{ code: string }>(asked());
    const { code: resetCode } = await codeFor(maria);
    await admin.request("PATCH", `/api/users/${maria}`, { active: false });
    assert.equal((await asked()).status, 404);
    const pair = () =>
      answer(server.anonymous.request("POST", "/api/pair", { code: pairing.code, device: "PC" }));
    assert.equal((await pair()).body.code, "pairing_code_invalid");
    await admin.request("PATCH", `/api/users/${maria}`, { active: true });
    assert.equal((await pair()).body.code, "pairing_code_invalid");
    assert.equal((await answer(reset(maria, resetCode))).body.code, "reset_code_invalid");
  });

  test("only an admin makes codes, and for nobody who may not sign in", async () => {
    const luis = await server.browser("supervisor");
    assert.equal((await luis.request("POST", `/api/users/${luis.userId}/reset-code`)).status, 403);
    await admin.request("PATCH", `/api/users/${luis.userId}`, { active: false });
    assert.equal((await admin.request("POST", `/api/users/${luis.userId}/reset-code`)).status, 404);
  });

  test("the origin of a sign-in that comes from another page is refused", async () => {
    const luis = await server.person("supervisor");
    const body = { email: `${luis}@example.com`, password: PASSWORD };
    const from = (origin: string) => server.anonymous.request("POST", "/api/login", body, { origin });
    assert.equal((await from("https://elsewhere.example")).status, 403);
    assert.equal((await from(ORIGIN)).status, 200);
  });

  test("a session that a browser brought along is not the one that a sign-in opens", async () => {
    const luis = await server.person("supervisor");
    const body = { email: `${luis}@example.com`, password: PASSWORD };
    const brought = { cookie: "callmanager=chosen-by-somebody-else", origin: ORIGIN };
    const opened = cookieOf(await server.anonymous.request("POST", "/api/login", body, brought));
    assert.notEqual(opened, brought.cookie);
    assert.equal((await server.anonymous.request("GET", "/api/me", undefined, brought)).status, 401);
  });
});
