/** A UUIDv7: the time in milliseconds, then chance. `crypto.randomUUID` is missing on pages without https. */
export function uuidv7(at: number = Date.now()): string {
  const time = at.toString(16).padStart(12, "0");
  const chance = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  const variant = (8 + (Number.parseInt(chance.slice(18), 16) % 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${chance.slice(0, 3)}-${variant}${chance.slice(3, 6)}-${chance.slice(6, 18)}`;
}
