import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { readFile } from "node:fs/promises";

type Variables = Record<string, string | undefined>;

const COOKIE = "MIT-MAGIC-COOKIE-1";
const INTERN_ATOM = 16;
const GET_PROPERTY = 20;
const SEND_EVENT = 25;
const CLIENT_MESSAGE = 33;
const IS_ERROR = 0;
const IS_REPLY = 1;
const PATIENCE_MS = 1_000;
/** SubstructureRedirect and SubstructureNotify: what window managers listen to. */
const TO_WINDOW_MANAGER = 0x180000;
/** Said by a pager, not by a program for itself: the window manager obeys. */
const AS_PAGER = 2;
const ABOVE = 0;
const WITHDRAWN = 0;
const MOST_WINDOWS = 1_000;

/** Which screen number a local DISPLAY means, or null for another machine's and for Wayland. */
function localDisplay(env: Variables): string | null {
  if (env["WAYLAND_DISPLAY"]) return null;
  return /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(env["DISPLAY"] ?? "")?.[1] ?? null;
}

/**
 * Who has the focus on an X11 desktop, and giving it back: a few requests of the protocol, so that no program
 * must be installed for it. https://www.x.org/releases/current/doc/xproto/x11protocol.html
 */
export class X11 {
  readonly #socket: Socket;
  #unread = Buffer.alloc(0);
  #root = 0;

  #arrived: () => void = () => undefined;
  #failed: (error: Error) => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.#unread = Buffer.concat([this.#unread, chunk]);
      this.#arrived();
    });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error("the X server does not answer")));
    socket.on("error", (error) => this.#failed(error));
    socket.on("close", () => this.#failed(new Error("the X server has gone")));
  }

  /**
   * Runs `work` on a connection of its own. Resolves to null where there is no X11 desktop on this machine,
   * or where it does not let this program in.
   */
  static async with<T>(env: Variables, work: (x: X11) => Promise<T>): Promise<T | null> {
    const display = localDisplay(env);
    if (display === null) return null;
    const socket = connect(`/tmp/.X11-unix/X${display}`);
    try {
      await once(socket, "connect");
      const x = new X11(socket);
      await x.#enter(await cookieOf(env, display));
      return await work(x);
    } catch {
      return null;
    } finally {
      socket.destroy();
    }
  }

  /** The window that has the focus, as its manager says; null when none has. */
  async active(): Promise<number | null> {
    const property = await this.#property(this.#root, await this.#atom("_NET_ACTIVE_WINDOW"));
    return property && property.length >= 4 ? property.readUInt32LE(0) || null : null;
  }

  /** The process that a window is of, by its own number; null when it does not say so, or is gone. */
  async pidOf(window: number): Promise<number | null> {
    const property = await this.#property(window, await this.#atom("_NET_WM_PID"));
    return property && property.length >= 4 ? property.readUInt32LE(0) : null;
  }

  /** The oldest window of a process among those that the window manager shows; null when there is none. */
  async windowOf(pid: number): Promise<number | null> {
    const list = await this.#property(this.#root, await this.#atom("_NET_CLIENT_LIST"), MOST_WINDOWS);
    const all = list ?? Buffer.alloc(0);
    for (let at = 0; at + 4 <= all.length; at += 4) {
      const window = all.readUInt32LE(at);
      if ((await this.pidOf(window)) === pid) return window;
    }
    return null;
  }

  /** Asks the window manager to give a window the focus. False when that window is gone, or out of its hands. */
  activate(window: number): Promise<boolean> {
    return this.#ask(window, "_NET_ACTIVE_WINDOW", [AS_PAGER]);
  }

  /** Asks the window manager to put a window before all others, without the focus. False as above. */
  raise(window: number): Promise<boolean> {
    return this.#ask(window, "_NET_RESTACK_WINDOW", [AS_PAGER, 0, ABOVE]);
  }

  /** https://specifications.freedesktop.org/wm-spec/latest/ */
  async #ask(window: number, what: string, data: number[]): Promise<boolean> {
    // a program that closes to the tray keeps its window, and the window manager no longer answers for it
    const state = await this.#property(window, await this.#atom("WM_STATE"));
    if (!state || state.length < 4 || state.readUInt32LE(0) === WITHDRAWN) return false;
    const type = await this.#atom(what);
    const event = Buffer.alloc(32);
    event.writeUInt8(CLIENT_MESSAGE, 0);
    event.writeUInt8(32, 1);
    event.writeUInt32LE(window, 4);
    event.writeUInt32LE(type, 8);
    for (const [i, value] of data.entries()) event.writeUInt32LE(value, 12 + 4 * i);
    const target = Buffer.alloc(8);
    target.writeUInt32LE(this.#root, 0);
    target.writeUInt32LE(TO_WINDOW_MANAGER, 4);
    this.#request(SEND_EVENT, Buffer.concat([target, event]));
    // The answer to a later request shows that the message has been taken.
    await this.#atom(what);
    return true;
  }

  async #enter(cookie: Buffer): Promise<void> {
    const name = Buffer.from(cookie.length > 0 ? COOKIE : "");
    const hello = Buffer.alloc(12);
    hello.write("l", 0);
    hello.writeUInt16LE(11, 2);
    hello.writeUInt16LE(name.length, 6);
    hello.writeUInt16LE(cookie.length, 8);
    this.#socket.write(Buffer.concat([hello, padded(name), padded(cookie)]));
    const head = await this.#read(8);
    const body = await this.#read(head.readUInt16LE(6) * 4);
    if (head[0] !== 1) throw new Error("the X server refused");
    const vendorBytes = body.readUInt16LE(16);
    const formats = body.readUInt8(21);
    this.#root = body.readUInt32LE(32 + Math.ceil(vendorBytes / 4) * 4 + formats * 8);
  }

  async #atom(name: string): Promise<number> {
    const length = Buffer.alloc(4);
    length.writeUInt16LE(name.length, 0);
    this.#request(INTERN_ATOM, Buffer.concat([length, padded(Buffer.from(name))]));
    return (await this.#reply())?.head.readUInt32LE(8) ?? 0;
  }

  /** The first `words` of 4 bytes of a property, empty when it is not set; null when the window is gone. */
  async #property(window: number, property: number, words = 1): Promise<Buffer | null> {
    const body = Buffer.alloc(20);
    body.writeUInt32LE(window, 0);
    body.writeUInt32LE(property, 4);
    body.writeUInt32LE(words, 16);
    this.#request(GET_PROPERTY, body);
    return (await this.#reply())?.rest ?? null;
  }

  #request(opcode: number, body: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt8(opcode, 0);
    head.writeUInt16LE(1 + body.length / 4, 2);
    this.#socket.write(Buffer.concat([head, body]));
  }

  /** The reply to the last request, or null when it was an error; events between them are passed over. */
  async #reply(): Promise<{ head: Buffer; rest: Buffer } | null> {
    for (;;) {
      const head = await this.#read(32);
      if (head[0] === IS_ERROR) return null;
      if (head[0] === IS_REPLY) return { head, rest: await this.#read(head.readUInt32LE(4) * 4) };
    }
  }

  async #read(bytes: number): Promise<Buffer> {
    while (this.#unread.length < bytes) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#arrived = resolve;
      this.#failed = reject;
      await promise;
    }
    const read = this.#unread.subarray(0, bytes);
    this.#unread = this.#unread.subarray(bytes);
    return read;
  }
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

/** The secret of a display in the file of libXau: per entry a family, then address, number, name and data. */
async function cookieOf(env: Variables, display: string): Promise<Buffer> {
  const file = env["XAUTHORITY"] ?? join(env["HOME"] ?? homedir(), ".Xauthority");
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  for (let at = 2; at < bytes.length;) {
    const fields: Buffer[] = [];
    for (let field = 0; field < 4; field += 1) {
      const length = bytes.readUInt16BE(at);
      fields.push(bytes.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    at += 2;
    const [, number, name, data] = fields;
    const fits = number?.length === 0 || number?.toString() === display;
    if (fits && name?.toString() === COOKIE && data) return data;
  }
  return Buffer.alloc(0);
}
