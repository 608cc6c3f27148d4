import type { RateDifference } from "#contract";

/** Whether a difference is within noise: its 95 % interval has 0 inside. */
export const isNoise = ({ interval }: RateDifference): boolean => interval.from <= 0 && interval.to >= 0;
