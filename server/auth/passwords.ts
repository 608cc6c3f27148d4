import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import pLimit from "p-limit";

/** Each hash takes 128 MB for a moment, hence two at a time. */
const turn = pLimit(2);

const derive = (password: string, salt: Buffer, log2N: number, r: number, p: number): Promise<Buffer> =>
  turn(
    () =>
      new Promise<Buffer>((resolve, reject) =>
        scrypt(password.normalize("NFKC"), salt, 32, { N: 2 ** log2N, r, p, maxmem: 2 ** 28 }, (error, key) =>
          error ? reject(error) : resolve(key),
        ),
      ),
  );

/** `scrypt$17$8$1$<salt>$<hash>`: the parameters travel with the hash, so they can rise later. */
export async function hashPassword(password: string, log2N = 17): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, log2N, 8, 1);
  return ["scrypt", log2N, 8, 1, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Whether the password is the one that was hashed. Takes as long for an unknown person (`stored` null). */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = (stored ?? "scrypt$17$8$1$AAAAAAAAAAAAAAAAAAAAAA$").split("$");
  const [, log2N, r, p, salt = "", hash = ""] = parts;
  const key = await derive(password, Buffer.from(salt, "base64url"), Number(log2N), Number(r), Number(p));
  const expected = Buffer.from(hash, "base64url");
  return expected.length === key.length && timingSafeEqual(key, expected);
}
