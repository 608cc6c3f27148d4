/** One call in ten. */
const SHARE = 0.1;

/**
 * Whether a call gets approved answers only, so that calls with and without the model can be compared.
 * By chance, and the same for all asks of a call: an id's last twelve digits are random.
 */
export const isHeldOut = (callId: string): boolean =>
  Number.parseInt(callId.replaceAll("-", "").slice(-12), 16) / 2 ** 48 < SHARE;
