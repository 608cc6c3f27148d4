/** 16-bit samples from their bytes; a copy, because a chunk of a stream may begin at an odd address. */
export function samplesOf(bytes: Buffer): Int16Array {
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(2 * i);
  return samples;
}

/** The loudest sample, 0 to 32 768. */
export function peakOf(samples: Int16Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

/** A peak in dB below full scale; silence is -96, the floor of 16 bits. */
export const decibels = (peak: number): number =>
  peak === 0 ? -96 : Math.round(20 * Math.log10(peak / 32_768)) + 0;
